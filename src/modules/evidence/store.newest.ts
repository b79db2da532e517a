// The statement of those who look through the log from its end.
import { sql, type Tx } from "#platform/db"
import type { BatchRow } from "./store.ts"

interface Wish {
  readonly from: Date
  readonly until: Date
  readonly before: number | undefined
  readonly limit: number
}

export const selectNewestBatches = (tx: Tx, book: string, { from, until, before, limit }: Wish) =>
  tx.rows<Pick<BatchRow, "seq" | "madeAt" | "sealed" | "records">>(sql`
    select seq, made_at as "madeAt", sealed, records from evidence.batch
    where book = ${book} and made_at >= ${from} and made_at < ${until} and (${before ?? null}::bigint is null or seq < ${before ?? null})
    order by seq desc limit ${limit}`)
