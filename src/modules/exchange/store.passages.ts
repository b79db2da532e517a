// The statements of messages of information systems, of which a row holds many.
import { type Sql, sql, type Tx } from "#platform/db"
import type { LogWish } from "./store.log.ts"

export interface PassageRow {
  readonly id: string
  readonly side: "consumer" | "provider"
  readonly requester: string
  readonly provider: string
  readonly consumer: string
  readonly service: string
  readonly purpose: string
  readonly legalGround: string
  readonly outcome: "answered" | "empty" | "refused" | "silent"
  readonly fromAt: Date
  readonly untilAt: Date
  readonly messages: readonly string[]
  readonly afterMs: readonly number[]
}

export function insertPassage(tx: Tx, p: PassageRow): void {
  tx.send(sql`
    insert into exchange.passage (id, side, requester, provider, consumer, service, purpose, legal_ground, outcome, from_at, until_at,
      messages, after_ms)
    values (${p.id}, ${p.side}, ${p.requester}, ${p.provider}, ${p.consumer}, ${p.service}, ${p.purpose}, ${p.legalGround}, ${p.outcome},
      ${p.fromAt}, ${p.untilAt}, ${listed(p.messages)}::uuid[], ${listed(p.afterMs)}::integer[])`)
}

/** As PostgreSQL writes arrays of what needs no quotes: far quicker than one value after the other. */
const listed = (values: readonly (string | number)[]): string => `{${values.join(",")}}`

/** One message out of such a row. */
export interface PassedRow {
  readonly id: string
  readonly service: string
  readonly provider: string
  readonly requester: string
  readonly consumer: string
  readonly purpose: string
  readonly legalGround: string
  readonly outcome: PassageRow["outcome"]
  readonly at: Date
}

/** Rows that begin in one moment with that of the page before: more would have to share its millisecond to be passed over. */
const ROWS_MORE = 200

const columns = sql`service, provider, requester, consumer, purpose, legal_ground as "legalGround", outcome`

/** Messages in which systems of the agency have asked or were asked, newest first. As many rows as messages are wanted hold enough of them. */
export const selectPassed = (tx: Tx, agency: string, wish: LogWish): Promise<PassedRow[]> =>
  tx.rows<PassedRow>(sql`
    select one.id, ${columns}, one.at from (
      (select * from exchange.passage where side = 'consumer' and requester = ${agency}
        and (${wish.member}::text is null or provider = ${wish.member}) and ${wished(wish)}
        order by until_at desc limit ${wish.limit + ROWS_MORE})
      union all
      (select * from exchange.passage where side = 'provider' and provider = ${agency} and requester <> ${agency}
        and (${wish.member}::text is null or requester = ${wish.member}) and ${wished(wish)}
        order by until_at desc limit ${wish.limit + ROWS_MORE})) as rows,
      lateral (select message as id, from_at + after * interval '1 millisecond' as at
        from unnest(messages, after_ms) as of_row(message, after)) as one
    where one.at >= ${wish.from} and one.at < ${wish.until} and ${earlier(wish)}
    order by one.at desc, one.id desc limit ${wish.limit}`)

const wished = ({ from, until, service, purpose, outcome, before }: LogWish): Sql => sql`
  until_at >= ${from} and from_at < ${until}
  and (${service}::text is null or starts_with(service, ${service}))
  and (${purpose}::text is null or purpose = ${purpose})
  and (${outcome}::text is null or outcome = ${outcome})
  and (${before?.at ?? null}::timestamptz is null or from_at <= ${before?.at ?? null}::timestamptz)`

const earlier = ({ before }: LogWish): Sql => sql`
  (${before?.at ?? null}::timestamptz is null or (one.at, one.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))`

/** One message, from a row that begins within the time. */
export const findPassed = (tx: Tx, id: string, from: Date, until: Date): Promise<PassedRow | undefined> =>
  tx.find<PassedRow>(sql`
    select ${id}::uuid as id, ${columns}, from_at + after_ms[array_position(messages, ${id}::uuid)] * interval '1 millisecond' as at
    from exchange.passage
    where until_at >= ${from} and from_at < ${until} and ${id}::uuid = any (messages)
    order by from_at limit 1`)
