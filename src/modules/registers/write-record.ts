// Writes a record: a first version or a further one, its event in the outbox, and the same fact under the second subject where there is one.

import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import { assignNumber } from "./assign-number.ts"
import { getRecordType, type RecordType } from "./definition.ts"
import { likenessesOf } from "./likeness.ts"
import { grant, insertEvent, insertRecord, type NewRecordRow, selectLike, selectVersions } from "./store.ts"

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
 * `record-invalid` when a required field is missing or an unknown one comes, `record-exists` when the subject has its one record already.
 */
export async function writeRecord(tx: Tx, entry: RecordEntry): Promise<WrittenRecord> {
  const type = getRecordType(tx, entry.type)
  checkFields(type, entry.data)
  const likeness = likenessesOf(tx, type, entry.data)
  if (!entry.record && !entry.duplicateCleared) await refuseDuplicate(tx, type, likeness)
  const number = entry.number ?? (await assignNumber(tx, type, entry.data))
  const data = { ...entry.data, [type.record.key]: number }
  const subject = tx.site.keys.subjectOf(number)
  const record = entry.record ?? (type.record.many ? newId(tx.now) : subject)
  const row = { ...rowOf(tx, entry, type), record, data, likeness }
  const changes = entry.record !== undefined
  const version = await insertVersion(tx, type, { ...row, subject }, changes)
  const mirrored = type.record.mirror && data[type.record.mirror]
  if (typeof mirrored === "string")
    await insertVersion(tx, type, { ...row, data: seenByOther(type, data), subject: tx.site.keys.subjectOf(mirrored) }, changes)
  return { record, version, number, subject }
}

/** The same fact under the other subject: the two numbers change places; the name beside the other's number is no longer theirs. */
function seenByOther({ record }: RecordType, data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const mirror = record.mirror!
  const { [mirror.replace(/Number$/, "FullName")]: _, ...rest } = data
  return { ...rest, [record.key]: data[mirror], [mirror]: data[record.key] }
}

function checkFields(type: RecordType, data: Readonly<Record<string, unknown>>): void {
  const known = new Set(type.record.fields.map((f) => f.id))
  const extra = Object.keys(data).find((id) => !known.has(id))
  if (extra) throw problem("record-invalid", { register: type.name, field: extra })
  const missing = type.record.fields.find((f) => f.required && f.id !== type.record.key && (data[f.id] ?? "") === "")
  if (missing) throw problem("record-invalid", { register: type.name, field: missing.id })
}

async function refuseDuplicate(tx: Tx, type: RecordType, likeness: readonly string[]): Promise<void> {
  for (const one of likeness) {
    await grant(tx, one)
    const [found] = await selectLike(tx, type.name, one)
    if (found) throw problem("record-likely-duplicate", { register: type.name, record: found.record })
  }
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

async function insertVersion(tx: Tx, type: RecordType, row: Omit<NewRecordRow, "version">, changes: boolean): Promise<number> {
  await grant(tx, `${type.name}/${row.subject}`)
  const last = (await selectVersions(tx, type.name, row.subject, row.record)).at(-1)
  if (last?.message === row.message) return last.version
  if (last && !changes) throw problem("record-exists", { register: type.name })
  const full = { ...row, version: (last?.version ?? 0) + 1 }
  if (!(await insertRecord(tx, full))) throw problem("record-exists", { register: type.name })
  const { added, changed, ended } = type.record.events ?? {}
  const event = row.ended ? ended : last ? changed : added
  if (event) await insertEvent(tx, newId(tx.now), full, event)
  return full.version
}
