// The records of a log, newest first: what an operator looks through.
import type { Tx } from "#platform/db"
import { placeOf } from "./log-state.ts"
import { messagesOf, openRecords, type RecordKind } from "./record.ts"
import { selectNewestBatches } from "./store.newest.ts"

/** One record, or one message of a receipt. */
export interface ListedRecord {
  readonly batch: number
  readonly at: Date
  readonly kind: RecordKind
  readonly message: string
}

export interface RecordsWish {
  readonly from: Date
  readonly until: Date
  readonly kind?: RecordKind | undefined
  /** The batch that the page before has ended with. */
  readonly before?: number | undefined
  /** A page ends with the batch in which so many are there. */
  readonly limit: number
}

export interface RecordsPage {
  readonly records: readonly ListedRecord[]
  /** With which batch to go on; undefined at the end. */
  readonly next?: number
}

/** Batches that one page looks into. */
const BATCHES_MAX = 100

/** Records of the log with whose id they are found, and nothing of what they say. */
export async function listRecords(tx: Tx, book: string, wish: RecordsWish): Promise<RecordsPage> {
  const { from, until, kind, before, limit } = wish
  const records: ListedRecord[] = []
  const batches = await selectNewestBatches(tx, book, { from, until, before, limit: BATCHES_MAX })
  for (const { seq, madeAt, sealed, records: bytes } of batches) {
    const all = bytes ? openRecords(bytes, tx.site.keys.secret(sealed), placeOf(book, seq)) : []
    const wished = all.filter((record) => kind === undefined || record.kind === kind).reverse()
    records.push(
      ...wished.flatMap((record) =>
        messagesOf(record).map((message) => ({ batch: seq, at: madeAt, kind: record.kind, message })),
      ),
    )
    if (records.length >= limit) return { records, next: seq }
  }
  const last = batches.at(-1)
  return { records, ...(batches.length === BATCHES_MAX && last && { next: last.seq }) }
}
