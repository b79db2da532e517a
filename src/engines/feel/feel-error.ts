// What can be wrong with an expression, and where in its text.

export type FeelFault =
  | "too-long"
  | "syntax"
  | "unknown-name"
  | "unknown-function"
  | "type-mismatch"
  | "clock"
  | "external-function"
  | "input-too-large"
  | "host-object"
  | "too-many-steps"
  | "too-much-memory"
  | "too-deep"
  | "too-slow"

/** What to do about it, for the author of the expression. */
const mends: Readonly<Record<FeelFault, string>> = {
  "too-long": "Split it into several expressions",
  syntax: "Mend the expression here",
  "unknown-name": "Use a declared name",
  "unknown-function": "Use a function of FEEL",
  "type-mismatch": "Compare or reckon with values of one type",
  clock: "Use a declared name for the day instead of the clock",
  "external-function": "Write the function in FEEL",
  "input-too-large": "Give fewer values",
  "host-object": "Give plain data",
  "too-many-steps": "Loop over fewer items",
  "too-much-memory": "Make shorter lists and texts",
  "too-deep": "Let the function end, or call it less deeply",
  "too-slow": "Make the expression simpler",
}

/** A refused expression or input. `from` and `to` count characters (UTF-16) of the expression's text; `mend` says what to do. */
export class FeelError extends Error {
  readonly mend: string
  constructor(
    readonly code: FeelFault,
    readonly from: number,
    readonly to: number,
    readonly detail = "",
  ) {
    super(`FEEL ${code} at ${from + 1}${detail && `: ${detail}`}`)
    this.name = "FeelError"
    this.mend = mends[code]
  }
}
