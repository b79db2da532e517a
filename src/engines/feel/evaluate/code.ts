// What an expression becomes: a function of the frame that holds its names.
import type { Ast, TypeNode } from "../syntax/ast.ts"
import type { FeelType } from "../values/feel-type.ts"
import type { Value } from "../values/value.ts"
import type { Run } from "./run.ts"
import type { Frame, Scope } from "./scope.ts"

export type Code = (frame: Frame, run: Run) => Value

/** What the makers of code for each kind of node share. */
export interface Compiler {
  compile(node: Ast, scope: Scope): Code
  /** The type that a text names; null when nobody has defined it. */
  type(node: TypeNode): FeelType | null
  /** Whether what each part gives is kept: nothing may be left out then. */
  readonly watched: boolean
  /** What a name that nobody has declared becomes: code, or a fault. */
  unknown(name: string, node: Ast): Code
}
