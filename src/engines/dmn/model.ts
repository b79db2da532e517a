// A decision model as data: what the XML says, without its drawing.

export interface Variable {
  readonly name: string
  readonly typeRef: string | null
}

export type Boxed =
  | { readonly kind: "literal"; readonly text: string | null; readonly typeRef: string | null }
  | {
      readonly kind: "context"
      readonly entries: readonly { readonly variable: Variable | null; readonly value: Boxed | null }[]
      readonly typeRef: string | null
    }
  | {
      readonly kind: "invocation"
      readonly callee: Boxed | null
      readonly bindings: readonly { readonly parameter: string; readonly value: Boxed | null }[]
      readonly typeRef: string | null
    }
  | ({ readonly kind: "table"; readonly typeRef: string | null } & Table)
  | {
      readonly kind: "relation"
      readonly columns: readonly Variable[]
      readonly rows: readonly (readonly (Boxed | null)[])[]
      readonly typeRef: string | null
    }
  | { readonly kind: "list"; readonly items: readonly (Boxed | null)[]; readonly typeRef: string | null }
  | ({ readonly kind: "function"; readonly typeRef: string | null } & FunctionBody)
  | {
      readonly kind: "conditional"
      readonly if: Boxed | null
      readonly consequent: Boxed | null
      readonly alternative: Boxed | null
      readonly typeRef: string | null
    }
  | { readonly kind: "filter"; readonly in: Boxed | null; readonly match: Boxed | null; readonly typeRef: string | null }
  | {
      readonly kind: "for" | "every" | "some"
      readonly variable: string
      readonly in: Boxed | null
      readonly body: Boxed | null
      readonly typeRef: string | null
    }

export interface FunctionBody {
  /** FEEL; Java and PMML are other people's code and never run. */
  readonly language: "FEEL" | "Java" | "PMML"
  readonly parameters: readonly Variable[]
  readonly body: Boxed | null
}

/** What its author says of it; it decides nothing. */
export interface Described {
  readonly description?: string
}

export type HitPolicy = "UNIQUE" | "ANY" | "FIRST" | "PRIORITY" | "COLLECT" | "RULE ORDER" | "OUTPUT ORDER"
export type Aggregation = "SUM" | "COUNT" | "MIN" | "MAX"

export interface Table {
  readonly hitPolicy: HitPolicy
  readonly aggregation: Aggregation | null
  readonly inputs: readonly ({
    readonly id?: string
    readonly label: string
    readonly text: string | null
    readonly typeRef: string | null
    readonly values: string | null
  } & Described)[]
  readonly outputs: readonly {
    readonly name: string
    readonly typeRef: string | null
    readonly values: string | null
    readonly default: string | null
  }[]
  readonly rules: readonly ({
    readonly id: string
    readonly inputs: readonly string[]
    readonly outputs: readonly (string | null)[]
  } & Described)[]
}

export interface ItemDefinition {
  readonly name: string
  readonly typeRef: string | null
  readonly isCollection: boolean
  readonly components: readonly ItemDefinition[]
  readonly allowedValues: string | null
  readonly typeConstraint: string | null
  readonly functionItem: { readonly parameters: readonly Variable[]; readonly result: string | null } | null
}

interface Named {
  readonly id: string
  readonly name: string
  readonly variable: Variable
}

export interface InputData extends Named {
  readonly kind: "input"
}
export interface Decision extends Named, Described {
  readonly kind: "decision"
  /** Hrefs of what it requires: inputs, decisions, knowledge. */
  readonly requires: readonly string[]
  readonly logic: Boxed | null
}
export interface Knowledge extends Named {
  readonly kind: "knowledge"
  readonly requires: readonly string[]
  readonly logic: FunctionBody | null
}
export interface Service extends Named {
  readonly kind: "service"
  readonly outputs: readonly string[]
  readonly encapsulated: readonly string[]
  readonly inputDecisions: readonly string[]
  readonly inputs: readonly string[]
}
export type Element = InputData | Decision | Knowledge | Service

export interface Import {
  readonly name: string
  readonly namespace: string
}

export interface Model {
  readonly name: string
  readonly namespace: string
  readonly imports: readonly Import[]
  readonly items: readonly ItemDefinition[]
  readonly elements: readonly Element[]
}
