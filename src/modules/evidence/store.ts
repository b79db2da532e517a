// The statements of the evidence: batches, where records stand, checkpoints.
import { type Sql, sql, type Tx } from "#platform/db"

export interface BatchRow {
  readonly book: string
  readonly seq: number
  readonly madeAt: Date
  readonly keyId: string
  readonly size: number
  readonly root: Buffer
  readonly signature: Buffer
  /** Name of the secret under which the records are encrypted. */
  readonly sealed: string
  /** Null once their time is over: what remains still proves that they were not changed. */
  readonly records: Buffer | null
  /** `tagOf` each message, one behind the other. */
  readonly tags: Buffer
}

export interface CheckpointRow {
  readonly size: number
  readonly root: Buffer
  readonly edge: Buffer
  readonly note: string
  readonly madeAt: Date
}

/** One row, which is one commit. */
export const insertBatch = (b: BatchRow): Sql => sql`
  insert into evidence.batch (book, seq, made_at, key_id, size, root, signature, sealed, records, tags)
  values (${b.book}, ${b.seq}, ${b.madeAt}, ${b.keyId}, ${b.size}, ${b.root}, ${b.signature}, ${b.sealed}, ${b.records}, ${b.tags})`

const batchColumns = sql`book, seq, made_at as "madeAt", key_id as "keyId", size, root, signature, sealed, records, tags`

/** Batches from `from` on, in their order. */
export const selectBatches = (tx: Tx, book: string, from: number, limit: number): Promise<BatchRow[]> =>
  tx.rows<BatchRow>(sql`
    select ${batchColumns} from evidence.batch where book = ${book} and seq >= ${from} order by seq limit ${limit}`)

/** Batches of a time that may hold a message with this tag. */
export const selectTagged = (tx: Tx, book: string, tag: Buffer, from: Date, until: Date, limit: number): Promise<BatchRow[]> =>
  tx.rows<BatchRow>(sql`
    select ${batchColumns} from evidence.batch
    where book = ${book} and made_at >= ${from} and made_at <= ${until} and position(${tag}::bytea in tags) > 0 order by seq limit ${limit}`)

const checkpointColumns = sql`size, root, edge, note, made_at as "madeAt"`

export const insertCheckpoint = (tx: Tx, book: string, c: CheckpointRow): Promise<number> =>
  tx.run(sql`
    insert into evidence.checkpoint (book, size, root, edge, note, made_at)
    values (${book}, ${c.size}, ${c.root}, ${c.edge}, ${c.note}, ${c.madeAt}) on conflict do nothing`)

export const lastCheckpoint = (tx: Tx, book: string): Promise<CheckpointRow | undefined> =>
  tx.find<CheckpointRow>(
    sql`select ${checkpointColumns} from evidence.checkpoint where book = ${book} order by size desc limit 1`,
  )

/** The first checkpoint that covers batch `seq`. */
export const checkpointOver = (tx: Tx, book: string, seq: number): Promise<CheckpointRow | undefined> =>
  tx.find<CheckpointRow>(sql`
    select ${checkpointColumns} from evidence.checkpoint where book = ${book} and size > ${seq} order by size limit 1`)

/** Checkpoints over more than `after` batches, the smallest first. */
export const selectCheckpoints = (tx: Tx, book: string, after: number, limit: number): Promise<CheckpointRow[]> =>
  tx.rows<CheckpointRow>(sql`
    select ${checkpointColumns} from evidence.checkpoint where book = ${book} and size > ${after} order by size limit ${limit}`)
