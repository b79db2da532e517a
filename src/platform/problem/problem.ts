// Everything that goes wrong on purpose is a code with a status; the words live in the catalogues.

/** What a code may carry into its message: short plain values, never personal data. */
export type ProblemParams = Readonly<Record<string, string | number>>

/** A problem that the caller can act on. `code` is documented in docs/problems.md, `status` is the HTTP status. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly params: ProblemParams = {},
  ) {
    super(code)
    this.name = "Problem"
  }
}
