// Why a source did not answer. The code goes to the log and the measures; no text of the source, which could hold data of people.

export type FailureCode =
  | "no-connection"
  | "too-slow"
  | "busy"
  | "breaker-open"
  | "refused"
  | "status"
  | "answer-unreadable"
  | "answer-too-large"
  | "rows-too-many"
  | "column-missing"
  | "column-differs"
  | "field-wrong"
  | "other-subject"
  | "files-unreadable"

/** It may be gone the next moment: worth another try. */
const passing: readonly FailureCode[] = ["no-connection"]
/** Signs that the source ails as a whole; the others are of one question or answer, or of our own restraint. */
const ofSource: readonly FailureCode[] = ["no-connection", "too-slow", "status", "answer-unreadable"]

export class SourceFailure extends Error {
  /** `detail`: a column's name, a status, a code of the database; never a value. */
  constructor(
    readonly code: FailureCode,
    readonly detail = "",
    readonly isPassing = passing.includes(code),
  ) {
    super(detail ? `${code}: ${detail}` : code)
    this.name = "SourceFailure"
  }

  /** Does it count for the breaker? */
  get isOfSource(): boolean {
    return ofSource.includes(this.code)
  }
}
