// The log of the exchange.
import { sql, type Tx } from "#platform/db"

export interface MessageRow {
  subject: string
  id: string
  service: string
  provider: string
  requester: string
  actor_kind: "public" | "person" | "official" | "system"
  actor_name: string
  actor_position: string | null
  case_id: string | null
  purpose: string
  legal_ground: string
  outcome: "answered" | "empty" | "refused" | "silent"
  refusal: string | null
  fields: readonly string[]
  request_digest: string
  answer_digest: string | null
  requested_at: Date
  /** From when the person may see it, and by which law; null: from the beginning. */
  shown_at: Date | null
  delay_ground: string | null
  /** Id of the consent that it went under. */
  consent: string | null
}

/** With `isOnce` the same again is the same row: two sides of one exchange may be at one site. */
export function insertMessage(tx: Tx, m: MessageRow, { isOnce = false } = {}): void {
  tx.send(sql`
    insert into exchange.message (subject, id, service, provider, requester, actor_kind, actor_name, actor_position, case_id, purpose,
      legal_ground, outcome, refusal, fields, request_digest, answer_digest, requested_at, shown_at, delay_ground, consent)
    values (${m.subject}, ${m.id}, ${m.service}, ${m.provider}, ${m.requester}, ${m.actor_kind}, ${m.actor_name}, ${m.actor_position},
      ${m.case_id}, ${m.purpose}, ${m.legal_ground}, ${m.outcome}, ${m.refusal}, ${m.fields}, ${m.request_digest}, ${m.answer_digest},
      ${m.requested_at}, ${m.shown_at}, ${m.delay_ground}, ${m.consent})
    ${isOnce ? sql`on conflict do nothing` : sql``}`)
}

/** What the person concerned may see by now; auditors and the system see what is delayed too (row-level security). */
export function selectMessagesAbout(tx: Tx, subject: string, from: Date, until: Date, limit: number): Promise<MessageRow[]> {
  tx.send(sql`select set_config('motlan.shown_until', ${tx.now.toISOString()}, true)`)
  return tx.rows<MessageRow>(sql`
    select subject, id, service, provider, requester, actor_kind, actor_name, actor_position, case_id, purpose, legal_ground, outcome,
      refusal, fields, request_digest, answer_digest, requested_at, shown_at, delay_ground, consent
    from exchange.message
    where subject = ${subject} and requested_at >= ${from} and requested_at < ${until}
      and (${tx.actor.kind !== "person"} or shown_at is null or shown_at <= ${tx.now})
    order by requested_at desc, id desc limit ${limit}`)
}

export interface Delivery {
  readonly requester: string
  readonly key: string
  readonly digest: string
  readonly answer: unknown
  readonly deliveredAt: Date
}

/** What a write of another site's agency was answered; undefined when it was not done yet. */
export function findDelivery(tx: Tx, requester: string, key: string): Promise<Pick<Delivery, "digest" | "answer"> | undefined> {
  open(tx, requester, key)
  return tx.find(sql`select digest, answer from exchange.delivery where requester = ${requester} and key = ${key}`)
}

/** Opens the row of one key to this transaction. */
const open = (tx: Tx, requester: string, key: string): void =>
  tx.send(sql`select set_config('motlan.delivery', ${`${requester}/${key}`}, true)`)

export function insertDelivery(tx: Tx, { requester, key, digest, answer, deliveredAt }: Delivery): void {
  tx.send(sql`
    insert into exchange.delivery (requester, key, digest, answer, delivered_at)
    values (${requester}, ${key}, ${digest}, ${JSON.stringify(answer)}, ${deliveredAt})`)
}
