// What can be wrong with an expression, and where in its text.

export type FeelFault =
  | "too-long"
  | "syntax"
  | "unknown-name"
  | "unknown-function"
  | "clock"
  | "regular-expression"
  | "function-definition"
  | "range-loop"
  | "nested-loops"
  | "input-too-large"
  | "host-object"

/** A refused expression or input. `from` and `to` count characters (UTF-16) of the expression's text. */
export class FeelError extends Error {
  constructor(
    readonly code: FeelFault,
    readonly from: number,
    readonly to: number,
    readonly detail = "",
  ) {
    super(`FEEL ${code} at ${from + 1}${detail && `: ${detail}`}`)
    this.name = "FeelError"
  }
}
