// The statements of those who look through the log of the exchange.
import { type Sql, sql, type Tx } from "#platform/db"
import type { MessageRow } from "./store.ts"

export interface LogWish {
  readonly from: Date
  readonly until: Date
  /** The other party. */
  readonly member: string | null
  /** Begins the name of the service. */
  readonly service: string | null
  readonly purpose: string | null
  readonly outcome: string | null
  readonly subject: string | null
  readonly before: { readonly at: Date; readonly id: string } | null
  readonly limit: number
}

const columns = sql`subject, id, service, provider, requester, actor_kind, actor_name, actor_position, case_id, purpose, legal_ground, outcome,
  refusal, fields, request_digest, answer_digest, requested_at`

/** Rows in which the agency has asked or was asked, newest first. */
export const selectLog = (tx: Tx, agency: string, wish: LogWish): Promise<MessageRow[]> =>
  tx.rows<MessageRow>(sql`
    (select ${columns} from exchange.message where requester = ${agency} and (${wish.member}::text is null or provider = ${wish.member})
      and ${wished(wish)} order by requested_at desc, id desc limit ${wish.limit})
    union all
    (select ${columns} from exchange.message where provider = ${agency} and requester <> ${agency}
      and (${wish.member}::text is null or requester = ${wish.member})
      and ${wished(wish)} order by requested_at desc, id desc limit ${wish.limit})
    order by requested_at desc, id desc limit ${wish.limit}`)

const wished = ({ from, until, service, purpose, outcome, subject, before }: LogWish): Sql => sql`
  requested_at >= ${from} and requested_at < ${until}
  and (${service}::text is null or starts_with(service, ${service}))
  and (${purpose}::text is null or purpose = ${purpose})
  and (${outcome}::text is null or outcome = ${outcome})
  and (${subject}::uuid is null or subject = ${subject}::uuid)
  and (${before?.at ?? null}::timestamptz is null or (requested_at, id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))`

/** What one message was about: a row for each person. */
export const selectMessage = (tx: Tx, id: string): Promise<MessageRow[]> =>
  tx.rows<MessageRow>(sql`select ${columns} from exchange.message where id = ${id} order by requested_at, subject limit 10`)
