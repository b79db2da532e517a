// Reads the records of one subject, as they held on a day and as they were known at a time.
import type { Tx } from "#platform/db"
import { getRecordType } from "./definition.ts"
import { grant, type RecordRow, selectRecords, selectVersions } from "./store.ts"

export interface RegisterEntry {
  readonly type: string
  readonly record: string
  readonly version: number
  readonly data: Readonly<Record<string, unknown>>
  /** First day on which this version holds. */
  readonly validFrom: string
  readonly recordedAt: Date
}

export interface AsOf {
  /** The day on which the facts shall hold; today when left out. */
  readonly validOn?: string
  /** What was known at this time; now when left out. */
  readonly knownAt?: Date
}

/** The records of `subject` in force, newest first; those that have ended are left out. Called by the exchange after it has authorised. */
export async function readRecords(
  tx: Tx,
  type: string,
  subject: string,
  today: string,
  asOf: AsOf = {},
): Promise<RegisterEntry[]> {
  getRecordType(tx, type)
  const [, rows] = await Promise.all([
    grant(tx, `${type}/${subject}`),
    selectRecords(tx, type, subject, asOf.validOn ?? today, asOf.knownAt ?? tx.now),
  ])
  return rows
    .filter((row) => !row.ended)
    .sort((a, b) =>
      a.valid_from < b.valid_from ? 1 : a.valid_from > b.valid_from ? -1 : b.recorded_at.getTime() - a.recorded_at.getTime(),
    )
    .map(entryOf)
}

/** Every version of one record, oldest first, each with the two times. */
export async function readHistory(tx: Tx, type: string, subject: string, record: string): Promise<RegisterEntry[]> {
  const [, rows] = await Promise.all([grant(tx, `${type}/${subject}`), selectVersions(tx, type, subject, record)])
  return rows.map(entryOf)
}

const entryOf = (row: RecordRow): RegisterEntry => ({
  type: row.register,
  record: row.record,
  version: row.version,
  data: row.data,
  validFrom: row.valid_from,
  recordedAt: row.recorded_at,
})
