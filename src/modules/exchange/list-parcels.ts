// What stands in the outbox, for those who wait for it: at the desk, for a case, for the measures; and trying again what is stuck.
import { append } from "#audit"
import type { Db, Tx } from "#platform/db"
import { problem } from "#problems"
import { OUTBOX_CHANNEL } from "./deliver.ts"
import {
  countParcels,
  countStuckOf,
  lockParcel,
  type ParcelRow,
  selectOpenParcels,
  selectParcelsOfCase,
  unstickParcel,
} from "./store.outbox.ts"

/** A parcel as it is shown: what it is, not what is in it. */
export type Parcel = Pick<
  ParcelRow,
  "id" | "sender" | "recipient" | "kind" | "caseId" | "state" | "fault" | "tries" | "putAt" | "since" | "nextAt" | "message"
> & {
  /** `population/person.write` */
  readonly service: string
}

export const PARCELS_MAX = 200

const shown = ({
  id,
  sender,
  recipient,
  kind,
  caseId,
  state,
  fault,
  tries,
  putAt,
  since,
  nextAt,
  message,
  body,
}: ParcelRow): Parcel => ({
  ...{ id, sender, recipient, kind, caseId, state, fault, tries, putAt, since, nextAt, message },
  service: (body as { service?: string }).service ?? "",
})

/** What of the official's agency has been tried and has no receipt yet, the stuck first; at most PARCELS_MAX. Throws `not-allowed`. */
export async function listOpenParcels(tx: Tx): Promise<Parcel[]> {
  if (tx.actor.kind !== "official") throw problem("not-allowed")
  return (await selectOpenParcels(tx, tx.actor.agency, PARCELS_MAX)).map(shown)
}

/** What was delivered for a case, or waits to be; for its agency's officials and the system (row-level security). */
export const listParcelsOf = async (tx: Tx, caseId: string): Promise<Parcel[]> =>
  (await selectParcelsOfCase(tx, caseId, PARCELS_MAX)).map(shown)

/** How much of the official's agency is stuck. */
export const countStuck = async (tx: Tx): Promise<number> =>
  tx.actor.kind === "official" ? countStuckOf(tx, tx.actor.agency) : 0

/** Tries a stuck parcel again, for as many days as at first. Throws `not-found`, also for one that is not stuck any more. */
export async function tryParcelAgain(tx: Tx, id: string): Promise<Parcel> {
  if (tx.actor.kind !== "official") throw problem("not-allowed")
  const parcel = await lockParcel(tx, id)
  if (!parcel || !(await unstickParcel(tx, tx.actor.agency, id))) throw problem("not-found")
  const { sender, caseId, kind, recipient } = parcel
  append(tx, { agency: sender, event: "delivery-retried", ...(caseId && { caseId }), details: { parcel: id, recipient, kind } })
  tx.wake(OUTBOX_CHANNEL)
  return shown(parcel)
}

/** How many parcels wait and how many are stuck, for the operator's measures. */
export const countDeliveries = (db: Db): Promise<Readonly<Record<"waiting" | "stuck", number>>> =>
  db.tx({ kind: "system", name: "measures" }, countParcels)
