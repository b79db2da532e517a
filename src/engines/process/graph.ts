// The one graph to which BPMN and step tables are compiled: nodes, flows and scopes, with their conditions ready to evaluate.

/** What plain data of a process may be. */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [name: string]: Data }
export type Vars = Readonly<Record<string, Data>>

/** A FEEL expression, compiled; throws GraphFault `expression-failed` when it goes beyond its budget. */
export interface Expression {
  readonly text: string
  value(vars: Vars): Data
}

export type TaskKind = "user" | "service" | "script" | "rule" | "send" | "receive" | "manual"
export type GatewayKind = "exclusive" | "inclusive" | "parallel" | "complex" | "event"
export type NodeKind =
  | { readonly type: "start" | "end" | "catch" | "throw" | "boundary" }
  | { readonly type: "task"; readonly task: TaskKind }
  | { readonly type: "gateway"; readonly gateway: GatewayKind }
  | { readonly type: "sub" | "event-sub" | "transaction" | "ad-hoc" | "call" }

/** What an event waits for or throws. */
export type EventDefinition =
  | { readonly on: "message" | "signal"; readonly name: string; readonly key?: Expression }
  /** No code: catches every one. */
  | { readonly on: "error" | "escalation"; readonly code?: string }
  | { readonly on: "timer"; readonly timer: "date" | "duration" | "cycle"; readonly at: Expression }
  | { readonly on: "condition"; readonly when: Expression }
  | { readonly on: "compensate"; readonly activity?: string; readonly waits: boolean }
  | { readonly on: "link"; readonly name: string }
  | { readonly on: "cancel" | "terminate" }

export type Loop =
  | { readonly loop: "standard"; readonly before: boolean; readonly while?: Expression; readonly max?: number }
  | {
      readonly loop: "many"
      readonly sequential: boolean
      readonly count?: Expression
      /** Name of a list: one instance for each of its items, which it reads as `item`. */
      readonly list?: string
      readonly item?: string
      readonly until?: Expression
      readonly behaviour: "all" | "one" | "none" | "complex"
      readonly event?: EventDefinition
      readonly complex: readonly { readonly when: Expression; readonly event?: EventDefinition }[]
    }

/** Data moved when an activity begins (`into`) or is done (`out`). */
export interface Assignment {
  readonly to: string
  readonly from: Expression
}

export interface Flow {
  readonly id: string
  readonly name: string
  readonly from: GraphNode
  readonly to: GraphNode
  readonly when?: Expression
  /** The condition `outcome = "..."`, read without FEEL. */
  readonly outcome?: string
}

export interface GraphNode {
  readonly id: string
  readonly name: string
  readonly kind: NodeKind
  /** The scope in which it lies. */
  readonly scope: Scope
  readonly incoming: readonly Flow[]
  readonly outgoing: readonly Flow[]
  readonly default?: Flow
  readonly events: readonly EventDefinition[]
  /** All its events must come, not one of them. */
  readonly allEvents: boolean
  /** A boundary event or the start of an event sub-process that stops what runs beside it. */
  readonly interrupting: boolean
  /** Events attached to an activity, compensation aside. */
  readonly boundary: readonly GraphNode[]
  readonly host?: GraphNode
  /** The activity that undoes this one. */
  readonly undoneBy?: GraphNode
  readonly forCompensation: boolean
  readonly loop?: Loop
  readonly startQuantity: number
  readonly completionQuantity: number
  /** Content of a sub-process. */
  readonly body?: Scope
  /** Process that a call activity runs. */
  readonly called?: string
  readonly script?: { readonly text: string; readonly value?: Expression; readonly result?: string }
  readonly sequential: boolean
  readonly cancelsRest: boolean
  /** Of an ad hoc sub-process: when it is done. Of a complex gateway: when it goes on. */
  readonly until?: Expression
  readonly instantiates: boolean
  readonly into: readonly Assignment[]
  readonly out: readonly Assignment[]
  /** Attributes of the domain: kind, role, norm and so on, as written. */
  readonly attributes: ReadonlyMap<string, string>
}

/** A process or the content of a sub-process. */
export interface Scope {
  readonly id: string
  readonly name: string
  readonly owner?: GraphNode
  readonly nodes: readonly GraphNode[]
  readonly flows: readonly Flow[]
  /** Where a token begins: start events without a trigger, else what nothing leads to. */
  readonly begins: readonly GraphNode[]
  /** Start events with a trigger, and receivers that bring a process to life. */
  readonly triggers: readonly GraphNode[]
  readonly eventSubs: readonly GraphNode[]
  /** Data declared here, with what it holds at first. */
  readonly data: readonly { readonly name: string; readonly first: Data }[]
}

/** A compiled document; share it between all its cases. */
export interface Graph {
  readonly main: string
  readonly processes: ReadonlyMap<string, Scope>
  /** Every node of every process by its id. */
  readonly nodes: ReadonlyMap<string, GraphNode>
  /** Whether anything waits for a condition. */
  readonly conditional: boolean
}

/** One thing wrong with a graph: what (a code) and where (id of the element). */
export interface Finding {
  readonly code: FindingCode
  readonly at: string
  readonly params: Readonly<Record<string, string | number>>
}

export type FindingCode =
  | "not-xml"
  | "too-large"
  | "not-bpmn"
  | "id-reserved"
  | "no-process"
  | "no-start"
  | "flow-broken"
  | "element-unknown"
  | "expression-broken"
  | "quantity-wrong"
  | "loop-wrong"
  | "event-broken"
  | "called-unknown"
  | "script-foreign"
  | "dead-task"
  | "deadlock"
  | "never-ends"
  | "token-lost"
  | "token-doubled"
  | "no-default"
  | "runs-away"
  | "undecided"
  | "not-a-table"

/** A document that can't be compiled: all that is wrong with it. */
export class GraphFaults extends Error {
  constructor(readonly findings: readonly Finding[]) {
    super(findings.map(({ at, code, params }) => `${at || "document"}: ${code} ${JSON.stringify(params)}`).join("\n"))
    this.name = "GraphFaults"
  }
}
