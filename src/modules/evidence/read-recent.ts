// The records of the last minutes of a log, for a program that has just started: what the one before it had sealed.
import type { Db } from "#platform/db"
import { placeOf, SYSTEM } from "./log-state.ts"
import { type EvidenceRecord, openRecords } from "./record.ts"
import { selectNewestBatches } from "./store.newest.ts"

export interface RecentSpan {
  /** Nothing older. */
  readonly from: Date
  /** Nothing from then on. */
  readonly until: Date
  /** Nothing that is older than the newest batch by more than this, in milliseconds. */
  readonly spanMs: number
}

const BATCHES_AT_ONCE = 50

/** The records of each batch, from the newest batch back; none of a batch whose secret is forgotten. */
export async function* readRecent(db: Db, book: string, { from, until, spanMs }: RecentSpan): AsyncGenerator<EvidenceRecord[]> {
  let before: number | undefined
  let oldest = from.getTime()
  for (;;) {
    const wish = { from: new Date(oldest), until, before, limit: BATCHES_AT_ONCE }
    const batches = await db.tx(SYSTEM, async (tx) =>
      (await selectNewestBatches(tx, book, wish)).map(({ seq, madeAt, sealed, records }) => ({
        ...{ seq, madeAt },
        records: records ? openRecords(records, tx.site.keys.secret(sealed), placeOf(book, seq)) : [],
      })),
    )
    if (before === undefined && batches[0]) oldest = Math.max(oldest, batches[0].madeAt.getTime() - spanMs)
    for (const { madeAt, records } of batches) if (madeAt.getTime() >= oldest) yield records
    before = batches.at(-1)?.seq
    if (batches.length < BATCHES_AT_ONCE) return
  }
}
