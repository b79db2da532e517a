// Where the log stands, read from the database: the last checkpoint, the batches after it, the records that are not noted yet.
import { CompactRange } from "#engines/ledger"
import type { Db } from "#platform/db"
import type { Site } from "#platform/site"
import { batchLeaf, type LogKeys, type LogState, placeOf, SYSTEM } from "./log-state.ts"
import { openRecords } from "./record.ts"
import { type BatchRow, type EntryRow, insertEntries, lastCheckpoint, lastNoted, selectBatches } from "./store.ts"

const AT_ONCE = 500

/** Reads the log from its last checkpoint on, and notes the records that a process which died had not noted. */
export async function restoreLog({ db, site, book }: Pick<LogKeys, "db" | "site" | "book">): Promise<LogState> {
  const last = await db.tx(SYSTEM, (tx) => lastCheckpoint(tx, book))
  const edge = last ? CompactRange.restore(last.edge) : new CompactRange()
  const state: LogState = { size: last?.size ?? 0, edge, noted: last?.size ?? 0 }
  for await (const batch of batchesFrom(db, book, state.size)) {
    if (batch.seq !== state.size) throw new Error(`the log ${book} lacks batch ${state.size}`)
    edge.append(batchLeaf(batch))
    state.size++
  }
  const noted = await db.tx(SYSTEM, (tx) => lastNoted(tx, book))
  for await (const batch of batchesFrom(db, book, noted)) await note(db, site, batch)
  return state
}

/** The batches from one on, in their order, some hundreds at a time. */
export async function* batchesFrom(db: Db, book: string, from: number): AsyncGenerator<BatchRow> {
  for (let next = from; ; ) {
    const some = await db.tx(SYSTEM, (tx) => selectBatches(tx, book, next, AT_ONCE))
    yield* some
    if (some.length < AT_ONCE) return
    next = some.at(-1)!.seq + 1
  }
}

async function note(db: Db, site: Site, { book, seq, sealed, records, madeAt }: BatchRow): Promise<void> {
  if (!records) return
  const rows: EntryRow[] = openRecords(records, site.keys.secret(sealed), placeOf(book, seq)).map(({ message, kind }, place) => ({
    batch: seq,
    place,
    message,
    kind,
    at: madeAt,
  }))
  await db.tx(SYSTEM, (tx) => insertEntries(tx, book, rows))
}
