// The outbox: parcels put in the transaction of a deed, claimed to be carried, and kept with their receipt.
import { sql, type Tx } from "#platform/db"

export interface ParcelRow {
  /** Agency in whose name it goes. */
  readonly sender: string
  readonly key: string
  readonly id: string
  /** Agency that it is for. */
  readonly recipient: string
  /** here: done at this site; sent: posted to the owner of a register; collected: its recipient asks for it. */
  readonly road: "here" | "sent" | "collected"
  readonly kind: "write" | "correction" | "decision" | "event"
  /** Parcels of one lane go in their order. */
  readonly lane: string
  readonly caseId: string | null
  readonly purpose: string
  readonly body: unknown
  /** What goes on when the receipt is there. */
  readonly nextJob: { readonly kind: string; readonly payload: unknown } | null
  readonly state: "waiting" | "answered" | "stuck"
  /** Why the last try brought no receipt. */
  readonly fault: string | null
  readonly tries: number
  readonly putAt: Date
  /** Since when it is tried: when it was put, or when somebody asked to try it again. */
  readonly since: Date
  readonly nextAt: Date
  /** Message of the exchange that brought the receipt. */
  readonly message: string | null
  readonly receipt: unknown
}

const columns = sql`sender, key, id, recipient, road, kind, lane, place, case_id as "caseId", purpose, body, next_job as "nextJob", state, fault,
  tries, put_at as "putAt", since_at as since, next_at as "nextAt", message, receipt`

export type NewParcel = Omit<ParcelRow, "state" | "fault" | "tries" | "putAt" | "since" | "nextAt">

/** Puts a parcel; one that has its receipt already is `answered`. Of two with the same key the first stays. */
export async function insertParcel(tx: Tx, p: NewParcel): Promise<boolean> {
  const state = p.receipt === null ? "waiting" : "answered"
  const done = await tx.run(sql`
    insert into exchange.parcel (sender, key, id, recipient, road, kind, lane, place, case_id, purpose, body, next_job, state, put_at, since_at, next_at,
      ended_at, message, receipt)
    values (${p.sender}, ${p.key}, ${p.id}, ${p.recipient}, ${p.road}, ${p.kind}, ${p.lane},
      (select coalesce(max(place) + 1, 0) from exchange.parcel where recipient = ${p.recipient} and lane = ${p.lane}), ${p.caseId}, ${p.purpose},
      ${JSON.stringify(p.body)}, ${p.nextJob && JSON.stringify(p.nextJob)}, ${state}, ${tx.now}, ${tx.now}, ${tx.now},
      ${p.receipt === null ? null : tx.now}, ${p.message}, ${p.receipt === null ? null : JSON.stringify(p.receipt)})
    on conflict do nothing`)
  return done === 1
}

export const findParcel = (tx: Tx, sender: string, key: string): Promise<ParcelRow | undefined> =>
  tx.find<ParcelRow>(sql`select ${columns} from exchange.parcel where sender = ${sender} and key = ${key}`)

/** A parcel, held until the transaction ends. */
export const lockParcel = (tx: Tx, id: string): Promise<ParcelRow | undefined> =>
  tx.find<ParcelRow>(sql`select ${columns} from exchange.parcel where id = ${id} for update`)

/** Agencies for which something is due to be sent. */
export const dueRecipients = async (tx: Tx): Promise<string[]> =>
  (
    await tx.rows<{ recipient: string }>(sql`
      select distinct recipient from exchange.parcel where road = 'sent' and state = 'waiting' and next_at <= ${tx.now}`)
  ).map(({ recipient }) => recipient)

/** A parcel is at the head of its lane when none that was put before it still waits or is stuck. */
const isAtHead = sql`not exists (
  select from exchange.parcel e where e.recipient = p.recipient and e.lane = p.lane and e.state <> 'answered'
    and e.place < p.place)`

/** Claims what is due for `recipient`: nobody else takes it before `until`, and not again before then either. */
export const claimSent = (tx: Tx, recipient: string, max: number, until: Date): Promise<ParcelRow[]> =>
  tx.rows<ParcelRow>(sql`
    update exchange.parcel set tries = tries + 1, next_at = ${until} where id in (
      select p.id from exchange.parcel p
      where p.recipient = ${recipient} and p.road = 'sent' and p.state = 'waiting' and p.next_at <= ${tx.now} and ${isAtHead}
      order by p.next_at, p.put_at, p.place limit ${max} for update skip locked)
    returning ${columns}`)

/** What lies ready at `sender` for `recipient` to collect; given again only after `until`. */
export const claimCollected = (tx: Tx, sender: string, recipient: string, max: number, until: Date): Promise<ParcelRow[]> =>
  tx.rows<ParcelRow>(sql`
    update exchange.parcel set tries = tries + 1, next_at = ${until} where id in (
      select p.id from exchange.parcel p
      where p.recipient = ${recipient} and p.sender = ${sender} and p.road = 'collected' and p.state = 'waiting'
        and p.next_at <= ${tx.now} and ${isAtHead}
      order by p.tries, p.put_at, p.place limit ${max} for update skip locked)
    returning ${columns}`)

/** False when it had its receipt before. */
export const endParcel = async (tx: Tx, id: string, message: string, receipt: unknown): Promise<boolean> =>
  (await tx.run(sql`
    update exchange.parcel set state = 'answered', fault = null, ended_at = ${tx.now}, message = ${message},
      receipt = ${JSON.stringify(receipt)} where id = ${id} and state <> 'answered'`)) === 1

/** The receipt of what was collected: from its recipient alone. */
export const endCollected = (tx: Tx, sender: string, recipient: string, id: string, message: string, receipt: unknown) =>
  tx.run(sql`
    update exchange.parcel set state = 'answered', fault = null, ended_at = ${tx.now}, message = ${message},
      receipt = ${JSON.stringify(receipt)}
    where id = ${id} and sender = ${sender} and recipient = ${recipient} and road = 'collected' and state <> 'answered'`)

export const putOffParcel = (tx: Tx, id: string, fault: string, nextAt: Date) =>
  tx.run(sql`update exchange.parcel set fault = ${fault}, next_at = ${nextAt} where id = ${id} and state = 'waiting'`)

export const stickParcel = (tx: Tx, id: string, fault: string) =>
  tx.run(sql`
    update exchange.parcel set state = 'stuck', fault = ${fault}, ended_at = ${tx.now} where id = ${id} and state = 'waiting'`)

/** Those that are tried since before `since` are stuck from now on. */
export const stickOld = (tx: Tx, since: Date): Promise<ParcelRow[]> =>
  tx.rows<ParcelRow>(sql`
    update exchange.parcel set state = 'stuck', fault = coalesce(fault, 'silent'), ended_at = ${tx.now}
    where state = 'waiting' and since_at < ${since} returning ${columns}`)

/** True when it was stuck: it is due now, and for as long as any other. */
export const unstickParcel = async (tx: Tx, sender: string, id: string): Promise<boolean> =>
  (await tx.run(sql`
    update exchange.parcel set state = 'waiting', since_at = ${tx.now}, next_at = ${tx.now}, tries = 0, ended_at = null
    where sender = ${sender} and id = ${id} and state = 'stuck'`)) === 1

/** A register that answers again is asked at once for all that waits for it. */
export const hurryParcels = (tx: Tx, recipient: string) =>
  tx.run(sql`
    update exchange.parcel set next_at = ${tx.now}
    where recipient = ${recipient} and road = 'sent' and state = 'waiting' and tries = 0`)

export const selectOpenParcels = (tx: Tx, sender: string, limit: number): Promise<ParcelRow[]> =>
  tx.rows<ParcelRow>(sql`
    select ${columns} from exchange.parcel where sender = ${sender} and state <> 'answered' and tries > 0
    order by (state = 'stuck') desc, put_at limit ${limit}`)

export const selectParcelsOfCase = (tx: Tx, caseId: string, limit: number): Promise<ParcelRow[]> =>
  tx.rows<ParcelRow>(sql`
    select ${columns} from exchange.parcel where case_id = ${caseId} order by put_at, place limit ${limit}`)

export const countParcels = (tx: Tx): Promise<Readonly<Record<"waiting" | "stuck", number>>> =>
  tx.get(sql`
    select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'stuck')::int as stuck
    from exchange.parcel where state <> 'answered'`)

export const countStuckOf = async (tx: Tx, sender: string): Promise<number> =>
  (await tx.get<{ n: number }>(sql`select count(*)::int as n from exchange.parcel where sender = ${sender} and state = 'stuck'`))
    .n
