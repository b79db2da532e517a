// Notices' own statements, all under row-level security by subject.
import { sql, type Tx } from "#platform/db"
import type { InboxMessage } from "./inbox.ts"

export interface NewMessage {
  readonly id: string
  readonly subject: string
  readonly caseId: string | null
  readonly code: string
  /** JSON text. */
  readonly params: string
  readonly link: string | null
}

export const addMessage = (tx: Tx, m: NewMessage) =>
  tx.run(sql`
    insert into notices.message (subject, id, case_id, code, params, link, sent_at)
    values (${m.subject}, ${m.id}, ${m.caseId}, ${m.code}, ${m.params}::jsonb, ${m.link}, ${tx.now})`)

/** Ids are in order of time, so the last one seen is where the next page begins. */
export const findInbox = (tx: Tx, subject: string, before: string | null, limit: number) =>
  tx.rows<InboxMessage>(sql`
    select id, case_id as "caseId", code, params, link, sent_at as "sentAt", read_at as "readAt"
    from notices.message where subject = ${subject} and (${before}::uuid is null or id < ${before}::uuid)
    order by id desc limit ${limit}`)

export const countUnread = async (tx: Tx, subject: string) =>
  (await tx.get<{ n: number }>(sql`select count(*) as n from notices.message where subject = ${subject} and read_at is null`)).n

export const markOne = (tx: Tx, subject: string, id: string) =>
  tx.find<{ link: string | null }>(sql`
    update notices.message set read_at = coalesce(read_at, ${tx.now}) where subject = ${subject} and id = ${id} returning link`)

export const markAll = (tx: Tx, subject: string) =>
  tx.run(sql`update notices.message set read_at = ${tx.now} where subject = ${subject} and read_at is null`)
