// The statements about who vouches for a log: cosignatures, timestamps, logs that were witnessed here, certificates that are kept.
import { sql, type Tx } from "#platform/db"
import type { CheckpointRow } from "./store.ts"

export interface CosignatureRow {
  readonly size: number
  readonly witness: string
  /** To be added to the note, with its newline. */
  readonly line: string
  /** When the witness says that it saw the checkpoint. */
  readonly seenAt: Date
}

export interface TimestampRow {
  readonly size: number
  readonly authority: string
  /** DER of the token. */
  readonly token: Buffer
  readonly stampedAt: Date
}

export interface WitnessedRow {
  readonly log: string
  readonly size: number
  readonly root: Buffer
  /** Size of the checkpoint that was cosigned before. */
  readonly follows: number
  readonly verdict: "cosigned" | "rollback" | "fork" | "unproven"
  readonly note: string
}

/** False when this witness has cosigned this checkpoint before. */
export const insertCosignature = async (tx: Tx, book: string, c: CosignatureRow): Promise<boolean> =>
  (await tx.run(sql`
    insert into evidence.cosignature (book, size, witness, line, seen_at, taken_at)
    values (${book}, ${c.size}, ${c.witness}, ${c.line}, ${c.seenAt}, ${tx.now}) on conflict do nothing`)) === 1

/** Size of the last checkpoint that this witness has cosigned; 0 for none. */
export async function lastCosigned(tx: Tx, book: string, witness: string): Promise<number> {
  const { size } = await tx.get<{ size: number }>(
    sql`select coalesce(max(size), 0) as size from evidence.cosignature where book = ${book} and witness = ${witness}`,
  )
  return size
}

export const selectCosignatures = (tx: Tx, book: string, size: number): Promise<CosignatureRow[]> =>
  tx.rows<CosignatureRow>(sql`
    select size, witness, line, seen_at as "seenAt" from evidence.cosignature where book = ${book} and size = ${size} order by witness`)

export const insertTimestamp = (tx: Tx, book: string, t: TimestampRow): Promise<number> =>
  tx.run(sql`
    insert into evidence.timestamp (book, size, authority, token, stamped_at, taken_at)
    values (${book}, ${t.size}, ${t.authority}, ${t.token}, ${t.stampedAt}, ${tx.now}) on conflict do nothing`)

export const selectTimestamps = (tx: Tx, book: string, size: number): Promise<TimestampRow[]> =>
  tx.rows<TimestampRow>(sql`
    select size, authority, token, stamped_at as "stampedAt" from evidence.timestamp
    where book = ${book} and size = ${size} order by authority`)

/** Of the first few checkpoints over batch `seq` for which others vouch, the one with the most of them; undefined for none. */
export const vouchedOver = (tx: Tx, book: string, seq: number, among: number): Promise<CheckpointRow | undefined> =>
  tx.find<CheckpointRow>(sql`
    select c.size, c.root, c.edge, c.note, c.made_at as "madeAt" from (
      select size, count(*) as vouches from (
        select size from evidence.cosignature where book = ${book} and size > ${seq}
        union all select size from evidence.timestamp where book = ${book} and size > ${seq}) v
      group by size order by size limit ${among}) v
    join evidence.checkpoint c on c.book = ${book} and c.size = v.size order by v.vouches desc, v.size limit 1`)

/** The last checkpoint over at most `size` batches. */
export const checkpointUpTo = (tx: Tx, book: string, size: number): Promise<CheckpointRow | undefined> =>
  tx.find<CheckpointRow>(sql`
    select size, root, edge, note, made_at as "madeAt" from evidence.checkpoint
    where book = ${book} and size <= ${size} order by size desc limit 1`)

/** The last checkpoint of a log that was cosigned here. */
export const lastWitnessed = (tx: Tx, book: string, log: string): Promise<WitnessedRow | undefined> =>
  tx.find<WitnessedRow>(sql`
    select log, size, root, follows, verdict, note from evidence.witnessed
    where book = ${book} and log = ${log} and verdict = 'cosigned' order by size desc limit 1`)

/** False when it stands there already, or another deed has followed the same checkpoint. */
export const insertWitnessed = async (tx: Tx, book: string, w: WitnessedRow): Promise<boolean> =>
  (await tx.run(sql`
    insert into evidence.witnessed (book, log, size, root, follows, verdict, note, seen_at)
    values (${book}, ${w.log}, ${w.size}, ${w.root}, ${w.follows}, ${w.verdict}, ${w.note}, ${tx.now}) on conflict do nothing`)) ===
  1

/** How many checkpoints of a log were refused here. */
export async function countRefused(tx: Tx, book: string, log: string): Promise<number> {
  const { n } = await tx.get<{ n: number }>(
    sql`select count(*)::int as n from evidence.witnessed where book = ${book} and log = ${log} and verdict <> 'cosigned'`,
  )
  return n
}

/** Keeps certificates by key id; those that are kept stay as they are. */
export const insertCertificates = (tx: Tx, book: string, rows: readonly { readonly keyId: string; readonly pem: string }[]) =>
  tx.run(sql`
    insert into evidence.certificate (book, key_id, pem, kept_at)
    select ${book}, *, ${tx.now} from unnest(${rows.map((r) => r.keyId)}::text[], ${rows.map((r) => r.pem)}::text[])
    on conflict do nothing`)

/** The ids of all keys whose certificates are kept. */
export const selectCertificates = (tx: Tx, book: string): Promise<{ keyId: string }[]> =>
  tx.rows(sql`select key_id as "keyId" from evidence.certificate where book = ${book}`)

export const findCertificate = (tx: Tx, book: string, keyId: string): Promise<{ pem: string } | undefined> =>
  tx.find(sql`select pem from evidence.certificate where book = ${book} and key_id = ${keyId}`)

/** What the leaves of the log are made of, from one batch to before another. */
export const selectLeavesBetween = (
  tx: Tx,
  book: string,
  from: number,
  to: number,
): Promise<{ root: Buffer; signature: Buffer }[]> =>
  tx.rows(sql`select root, signature from evidence.batch where book = ${book} and seq >= ${from} and seq < ${to} order by seq`)
