// Reading a message: the time of the first reading stays.
import type { Tx } from "#platform/db"
import { isId } from "#platform/ids"
import { problem } from "#problems"
import { subjectIn } from "./inbox.ts"
import { markAll, markOne } from "./store.ts"

/**
 * Marks a message of the acting person as read and gives the path that it leads to, if any. Throws `not-found`, also for
 * somebody else's; marking twice changes nothing.
 */
export async function markRead(tx: Tx, id: string): Promise<string | undefined> {
  const marked = isId(id) ? await markOne(tx, subjectIn(tx), id) : undefined
  if (!marked) throw problem("not-found")
  return marked.link ?? undefined
}

/** Marks everything as read and gives how many messages were new. */
export async function markAllRead(tx: Tx): Promise<number> {
  return markAll(tx, subjectIn(tx))
}
