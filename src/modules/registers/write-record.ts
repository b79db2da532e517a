// Writes a record: a first version or a further one, its event in the outbox, and the same fact under the second subject where there is one.

import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import { assignNumber } from "./assign-number.ts"
import { checkFields } from "./check-fields.ts"
import { getRecordType, type RecordType } from "./definition.ts"
import { findLikely, likenessesOf } from "./likeness.ts"
import { grant, insertEvent, insertRecord, type NewRecordRow, type RecordRow, selectNewest } from "./store.ts"

export interface RecordEntry {
  readonly type: string
  /** Personal number of the subject; left out where the register gives the number itself. */
  readonly number?: string
  readonly data: Readonly<Record<string, unknown>>
  readonly validFrom: string
  /** The record to change; left out for a new one. */
  readonly record?: string
  /** The record no longer holds from `validFrom` on. */
  readonly ended?: boolean
  readonly recordedBy: string
  readonly message: string
  readonly caseId?: string
  /** A person has looked at the likely duplicate and says that it is none. */
  readonly duplicateCleared?: boolean
}

export interface WrittenRecord {
  readonly record: string
  readonly version: number
  readonly number: string
  readonly subject: string
}

/**
 * Records a fact. Throws `record-likely-duplicate` when another record equals it in every field of one of the type's duplicate rules,
 * `record-invalid` when a required field is missing, an unknown one comes or a value is not of its element's kind, `record-exists` when
 * the subject (or the one on the other side) has its one record already, `not-found` when the record to change is not there.
 */
export async function writeRecord(tx: Tx, entry: RecordEntry): Promise<WrittenRecord> {
  const type = getRecordType(tx, entry.type)
  checkFields(tx, type, entry.data)
  if (!entry.record && !entry.duplicateCleared && (await findLikely(tx, type, entry.data, entry.number)))
    throw problem("record-likely-duplicate", { register: type.name })
  const number = entry.number ?? (await assignNumber(tx, type, entry.data))
  const data = { ...entry.data, [type.record.key]: number }
  const subject = tx.site.keys.subjectOf(number)
  const record = entry.record ?? (type.record.many ? newId(tx.now) : subject)
  const row = { ...rowOf(tx, entry, type), record, data, likeness: likenessesOf(tx, type, data) }
  const changes = entry.record !== undefined
  const version = await insertVersion(tx, type, { ...row, subject }, changes)
  const other = type.record.mirror && data[type.record.mirror]
  if (typeof other === "string") {
    if (other === number) throw problem("record-invalid", { register: type.name, field: type.record.mirror! })
    const seen = { ...row, data: seenByOther(type, data), subject: tx.site.keys.subjectOf(other) }
    await insertVersion(tx, type, seen, changes)
  }
  return { record, version, number, subject }
}

/** The same fact under the other subject: the two numbers change places; the name beside the other's number is no longer theirs. */
function seenByOther({ record }: RecordType, data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const mirror = record.mirror!
  const { [mirror.replace(/Number$/, "FullName")]: _, ...rest } = data
  return { ...rest, [record.key]: data[mirror], [mirror]: data[record.key] }
}

function rowOf(
  tx: Tx,
  entry: RecordEntry,
  type: RecordType,
): Omit<NewRecordRow, "subject" | "record" | "likeness" | "data" | "version"> {
  return {
    register: type.name,
    owner: type.register.owner,
    valid_from: entry.validFrom,
    ended: entry.ended ?? false,
    recorded_at: tx.now,
    recorded_by: entry.recordedBy,
    message: entry.message,
    case_id: entry.caseId ?? null,
  }
}

/** The next version under one subject. A record that has ended may begin anew; whoever was on the other side of it stays there. */
async function insertVersion(tx: Tx, type: RecordType, row: Omit<NewRecordRow, "version">, changes: boolean): Promise<number> {
  const [, newest] = await Promise.all([grant(tx, `${type.name}/${row.subject}`), selectNewest(tx, type.name, row.subject)])
  const last = newest.find((one) => one.record === row.record)
  if (changes) refuseWrongChange(type, last, row)
  else if (!type.record.many && newest.some((one) => !one.ended)) throw problem("record-exists", { register: type.name })
  const full = { ...row, version: (last?.version ?? 0) + 1 }
  if (!(await insertRecord(tx, full))) throw problem("record-exists", { register: type.name })
  const { added, changed, ended } = type.record.events ?? {}
  const event = row.ended ? ended : changes ? changed : added
  if (event) await insertEvent(tx, newId(tx.now), full, event)
  return full.version
}

function refuseWrongChange({ name, record }: RecordType, last: RecordRow | undefined, row: Pick<NewRecordRow, "data">): void {
  if (!last) throw problem("not-found")
  if (record.mirror && last.data[record.mirror] !== row.data[record.mirror])
    throw problem("record-invalid", { register: name, field: record.mirror })
}
