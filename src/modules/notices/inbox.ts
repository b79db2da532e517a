// A person's inbox. Row-level security shows everybody their own alone.
import type { Tx } from "#platform/db"
import { isId } from "#platform/ids"
import { problem } from "#problems"
import { countUnread, findInbox } from "./store.ts"

/** Messages on a page. */
export const INBOX_PAGE = 20

export interface InboxMessage {
  readonly id: string
  readonly caseId: string | null
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
  readonly link: string | null
  readonly sentAt: Date
  readonly readAt: Date | null
}

/** Messages of the acting person, newest first, 20 at a time; `before` is the id of the last one seen. Throws `not-allowed`. */
export async function listInbox(tx: Tx, before?: string): Promise<InboxMessage[]> {
  if (before !== undefined && !isId(before)) throw problem("bad-request")
  return findInbox(tx, subjectIn(tx), before ?? null, INBOX_PAGE)
}

/** How many messages the acting person hasn't read. Throws `not-allowed`. */
export async function unreadCount(tx: Tx): Promise<number> {
  return countUnread(tx, subjectIn(tx))
}

/** The acting person's subject; nobody else has an inbox. */
export function subjectIn(tx: Tx): string {
  if (tx.actor.kind !== "person") throw problem("not-allowed")
  return tx.actor.subject
}
