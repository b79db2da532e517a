// The statements of the registers. Each runs under a grant for exactly one register and one subject, or for likenesses.
import { sql, type Tx } from "#platform/db"

export interface RecordRow {
  subject: string
  register: string
  record: string
  version: number
  owner: string
  data: Record<string, unknown>
  valid_from: string
  ended: boolean
  recorded_at: Date
  recorded_by: string
  message: string
  case_id: string | null
}

export interface NewRecordRow extends RecordRow {
  likeness: readonly string[]
}

/** Opens rows to this transaction: those of one record type and subject, or those of likenesses; closes what was open before. */
export async function grant(tx: Tx, key: string): Promise<void> {
  await tx.run(sql`select set_config('motlan.grant', ${key}, true)`)
}

/** Closes what was opened to this transaction. */
export async function closeGrant(tx: Tx): Promise<void> {
  await grant(tx, "")
}

/** The versions in force on `validOn` as known at `knownAt`: one row per record, the newest that had begun. */
export function selectRecords(tx: Tx, register: string, subject: string, validOn: string, knownAt: Date): Promise<RecordRow[]> {
  return tx.rows<RecordRow>(sql`
    select distinct on (record)
      subject, register, record, version, owner, data, valid_from, ended, recorded_at, recorded_by, message, case_id
    from registers.record
    where subject = ${subject} and register = ${register} and valid_from <= ${validOn} and recorded_at <= ${knownAt}
    order by record, version desc`)
}

export function selectVersions(tx: Tx, register: string, subject: string, record: string): Promise<RecordRow[]> {
  return tx.rows<RecordRow>(sql`
    select subject, register, record, version, owner, data, valid_from, ended, recorded_at, recorded_by, message, case_id
    from registers.record
    where subject = ${subject} and register = ${register} and record = ${record}
    order by version`)
}

/** The newest version of each record of a subject, those that have ended too. */
export function selectNewest(tx: Tx, register: string, subject: string): Promise<RecordRow[]> {
  return tx.rows<RecordRow>(sql`
    select distinct on (record)
      subject, register, record, version, owner, data, valid_from, ended, recorded_at, recorded_by, message, case_id
    from registers.record
    where subject = ${subject} and register = ${register}
    order by record, version desc`)
}

export interface LikelyRecord {
  readonly subject: string
  readonly record: string
  readonly recordedAt: Date
}

/** The newest record of which some version has one of these fingerprints, or none. */
export async function findLike(tx: Tx, likenesses: readonly string[]): Promise<LikelyRecord | undefined> {
  const [, found] = await Promise.all([
    grant(tx, likenesses.join(" ")),
    tx.find<LikelyRecord>(sql`
      select subject, record, recorded_at as "recordedAt" from registers.likeness
      where fingerprint = any (${likenesses}) order by recorded_at desc, record limit 1`),
    closeGrant(tx),
  ])
  return found
}

/** False when this subject has that version of the record already. */
export async function insertRecord(tx: Tx, row: NewRecordRow): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into registers.record (subject, register, record, version, owner, data, valid_from, ended, recorded_at,
      recorded_by, message, case_id)
    values (${row.subject}, ${row.register}, ${row.record}, ${row.version}, ${row.owner}, ${JSON.stringify(row.data)},
      ${row.valid_from}, ${row.ended}, ${row.recorded_at}, ${row.recorded_by}, ${row.message}, ${row.case_id})
    on conflict (subject, register, record, version) do nothing`)
  tx.send(sql`
    insert into registers.likeness (fingerprint, subject, register, record, version, recorded_at)
    select fingerprint, ${row.subject}, ${row.register}, ${row.record}, ${row.version}, ${row.recorded_at}
    from unnest(${row.likeness}::text[]) fingerprint on conflict do nothing`)
  return inserted === 1
}

export async function insertEvent(tx: Tx, id: string, row: NewRecordRow, type: string): Promise<void> {
  await tx.run(sql`
    insert into registers.event (subject, id, register, record, version, type, occurred_at)
    values (${row.subject}, ${id}, ${row.register}, ${row.record}, ${row.version}, ${type}, ${row.recorded_at})`)
}
