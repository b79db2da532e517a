// The tree of an expression, with each part's place in the text.
import type { Num } from "../values/decimal.ts"

interface Placed {
  readonly from: number
  readonly to: number
}

export type Operator = "+" | "-" | "*" | "/" | "**"
export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">="

export type TypeNode =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "list"; readonly of: TypeNode }
  | { readonly kind: "range"; readonly of: TypeNode }
  | { readonly kind: "context"; readonly entries: readonly { readonly name: string; readonly type: TypeNode }[] }
  | { readonly kind: "function"; readonly parameters: readonly TypeNode[]; readonly result: TypeNode }

/** `name in list` or `name in start..end`. */
export interface Binding {
  readonly name: string
  readonly in: Ast
  readonly to: Ast | null
}

export interface Nodes {
  number: { readonly value: Num }
  string: { readonly value: string }
  boolean: { readonly value: boolean }
  null: object
  /** `@"…"`. */
  at: { readonly text: string }
  name: { readonly name: string }
  /** `?`: the value that unary tests are about. */
  input: object
  arithmetic: { readonly operator: Operator; readonly left: Ast; readonly right: Ast }
  negation: { readonly of: Ast }
  compare: { readonly operator: Comparison; readonly left: Ast; readonly right: Ast }
  and: { readonly left: Ast; readonly right: Ast }
  or: { readonly left: Ast; readonly right: Ast }
  between: { readonly value: Ast; readonly low: Ast; readonly high: Ast }
  in: { readonly value: Ast; readonly tests: readonly Ast[] }
  instance: { readonly value: Ast; readonly type: TypeNode }
  path: { readonly of: Ast; readonly name: string }
  filter: { readonly of: Ast; readonly by: Ast }
  call: { readonly callee: Ast; readonly args: readonly Ast[]; readonly names: readonly string[] | null }
  list: { readonly items: readonly Ast[] }
  context: { readonly entries: readonly { readonly name: string; readonly value: Ast }[] }
  range: { readonly start: Ast; readonly end: Ast; readonly startIncluded: boolean; readonly endIncluded: boolean }
  /** `> 5`, alone. */
  test: { readonly operator: Comparison; readonly of: Ast }
  function: {
    readonly parameters: readonly { readonly name: string; readonly type: TypeNode | null }[]
    readonly body: Ast
    readonly external: boolean
  }
  for: { readonly bindings: readonly Binding[]; readonly body: Ast }
  quantified: { readonly every: boolean; readonly bindings: readonly Binding[]; readonly body: Ast }
  if: { readonly condition: Ast; readonly consequent: Ast; readonly alternative: Ast }
  /** The whole of a cell: `-`, `1, 2`, `not(…)`. No tests stand for `-`. */
  tests: { readonly negated: boolean; readonly tests: readonly Ast[] }
}

export type Ast = { [K in keyof Nodes]: { readonly kind: K } & Nodes[K] & Placed }[keyof Nodes]
export type AstOf<K extends keyof Nodes> = Extract<Ast, { readonly kind: K }>
