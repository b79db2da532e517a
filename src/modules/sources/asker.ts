// What every kind of source can do: be asked with parameters, say which columns it has, and be closed.
import type { Tx } from "#platform/db"
import type { Family, RawRow } from "./column.ts"
import type { Parameters, SourceRequest } from "./mapping.ts"

export interface Question {
  readonly parameters: Parameters
  readonly request: SourceRequest
  /** Rows of one answer; more are a failure, never cut off. */
  readonly rowsMax: number
  readonly signal: AbortSignal
  readonly leftMs: number
  readonly tx: Tx
}

export interface Asker {
  /** Throws SourceFailure. */
  ask(question: Question): Promise<readonly RawRow[]>
  /** The columns that it says it has; a kind that can't say has none of this. Throws SourceFailure. */
  describe?(signal: AbortSignal, leftMs: number): Promise<ReadonlyMap<string, Family | undefined>>
  close(): Promise<void>
}
