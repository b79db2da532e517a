// Where the log stands, read from the database: the last checkpoint and the batches after it.
import { CompactRange } from "#engines/ledger"
import type { Db } from "#platform/db"
import { batchLeaf, type LogKeys, type LogState, SYSTEM } from "./log-state.ts"
import { type BatchRow, lastCheckpoint, selectBatches } from "./store.ts"

const AT_ONCE = 500

/** Reads the log from its last checkpoint on. */
export async function restoreLog({ db, book }: Pick<LogKeys, "db" | "book">): Promise<LogState> {
  const last = await db.tx(SYSTEM, (tx) => lastCheckpoint(tx, book))
  const edge = last ? CompactRange.restore(last.edge) : new CompactRange()
  const state: LogState = { size: last?.size ?? 0, edge, noted: last?.size ?? 0 }
  for await (const batch of batchesFrom(db, book, state.size)) {
    if (batch.seq !== state.size) throw new Error(`the log ${book} lacks batch ${state.size}`)
    edge.append(batchLeaf(batch))
    state.size++
  }
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
