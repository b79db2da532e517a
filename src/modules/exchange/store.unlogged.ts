// The statements of what the log of the systems lacks. Ids begin with their time, so that the newest rows are found by them.
import { sql, type Tx } from "#platform/db"
import { isId, lowestId } from "#platform/ids"
import type { PassageRow } from "./store.passages.ts"

/** Id of the row that was written last. */
export const newestPassage = async (tx: Tx): Promise<string | undefined> =>
  (await tx.find<{ id: string }>(sql`select id from exchange.passage order by id desc limit 1`))?.id

/** Messages of the rows that were written since. */
export const selectPassedSince = (tx: Tx, since: Date): Promise<Pick<PassageRow, "side" | "messages">[]> =>
  tx.rows(sql`select side, messages from exchange.passage where id >= ${lowestId(since)}::uuid`)

/** Those of the messages that have rows of their own. */
export const selectLogged = async (tx: Tx, messages: readonly string[]): Promise<string[]> =>
  (
    await tx.rows<{ id: string }>(sql`
      select id from exchange.message where id = any (${`{${messages.filter(isId).join(",")}}`}::uuid[])`)
  ).map(({ id }) => id)
