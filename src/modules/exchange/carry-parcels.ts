// The courier: carries what stands in the outbox to its recipients, and collects what lies ready for this site at others.

import { append } from "#audit"
import type { Actor, Db, Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { enqueue } from "#platform/jobs"
import type { Site } from "#platform/site"
import { getRecordType } from "#registers"
import { type Heard, isMistake, postUnderConsent, settle } from "./ask-elsewhere.ts"
import { authorise, type ExchangeRequest } from "./request.ts"
import {
  claimSent,
  dueRecipients,
  endParcel,
  hurryParcels,
  lockParcel,
  type ParcelRow,
  putOffParcel,
  stickOld,
  stickParcel,
} from "./store.outbox.ts"
import { withConsent } from "./under-consent.ts"
import { type WireRequest, wirePaths } from "./wire.ts"

/** Parcels on their way to one recipient at a time; while it is silent, one alone tries. */
const CARRIED_AT_ONCE = 16
const FIRST_RETRY_MS = 2_000
export const RETRY_MAX_MS = 5 * 60_000
/** A parcel that was claimed by a courier which died is taken up again after this time. */
const CLAIMED_MS = 60_000
/** After so many days a parcel is given up, until somebody says to try it again. */
export const DELIVERY_DAYS_MAX = 7
const DAY_MS = 86_400_000

const COURIER: Actor = { kind: "system", name: "exchange/courier" }

interface Silence {
  readonly until: number
  readonly times: number
}

const silences = new WeakMap<Site, Map<string, Silence>>()

/** Waits double from try to try, up to RETRY_MAX_MS. */
const waitMs = (tries: number): number => Math.min(FIRST_RETRY_MS * 2 ** Math.min(tries, 16), RETRY_MAX_MS)

/** Carries all that is due now, to each recipient in turn of its own: one that is silent holds up nobody else. Gives up what is too old. */
export async function carryParcels(db: Db, site: Site): Promise<void> {
  await db.tx(COURIER, giveUpOld)
  const silent = silences.get(site) ?? new Map<string, Silence>()
  silences.set(site, silent)
  const recipients = await db.tx(COURIER, dueRecipients)
  const open = recipients.filter((one) => (silent.get(one)?.until ?? 0) <= site.clock().getTime())
  await Promise.all(open.map((recipient) => carryTo(db, site, recipient, silent)))
}

async function carryTo(db: Db, site: Site, recipient: string, silent: Map<string, Silence>): Promise<void> {
  for (;;) {
    const times = silent.get(recipient)?.times ?? 0
    const until = new Date(site.clock().getTime() + CLAIMED_MS)
    const parcels = await db.tx(COURIER, (tx) => claimSent(tx, recipient, times > 0 ? 1 : CARRIED_AT_ONCE, until))
    if (parcels.length === 0) return
    const heard = await Promise.all(parcels.map((parcel) => carryOne(db, site, parcel)))
    if (heard.every((isHeard) => !isHeard)) {
      silent.set(recipient, { until: site.clock().getTime() + waitMs(times), times: times + 1 })
      return
    }
    silent.delete(recipient)
    if (times > 0) await db.tx(COURIER, (tx) => hurryParcels(tx, recipient))
  }
}

/** False when the recipient was silent. */
async function carryOne(db: Db, site: Site, parcel: ParcelRow): Promise<boolean> {
  const message = newId(site.clock())
  const { recipient, body } = parcel
  // Looked for now and not when it was put: the person may have taken it back since.
  const covered = await db.tx(COURIER, (tx) => withConsent(tx, wirePaths.request, recipient, body as WireRequest, message))
  const { heard, consent } = await postUnderConsent({ site }, wirePaths.request, recipient, covered, message)
  return db.tx(COURIER, (tx) => noteHeard(tx, parcel.id, message, heard, consent))
}

async function noteHeard(tx: Tx, id: string, message: string, heard: Heard, consent?: string): Promise<boolean> {
  const parcel = await lockParcel(tx, id)
  if (!parcel || parcel.state === "answered") return true
  switch (heard.outcome) {
    case "written":
    case "taken":
      await log(tx, parcel, message, heard, consent)
      await endParcel(tx, id, message, heard)
      if (parcel.nextJob) await enqueue(tx, { ...parcel.nextJob, key: id })
      return true
    case "refused":
      await log(tx, parcel, message, heard, consent)
      await stick(tx, parcel, heard.refusal)
      return true
    case "problem":
      if (!isMistake(heard)) break
      await stick(tx, parcel, heard.code)
      return true
  }
  // The first silence stands in the log: the person concerned sees that they may have been written about.
  if (parcel.tries === 1) await log(tx, parcel, message, { outcome: "silent" }, consent)
  await putOffParcel(tx, id, "silent", new Date(tx.now.getTime() + waitMs(parcel.tries)))
  return false
}

async function log(tx: Tx, { body }: ParcelRow, message: string, heard: Heard, consent?: string): Promise<void> {
  const { by, ...asked } = body as WireRequest
  const found = authorise(tx, asked as ExchangeRequest)
  const type = getRecordType(tx, asked.service.split(".")[0]!)
  const under = { type, ...("right" in found && { right: found.right }), by, ...(consent !== undefined && { consent }) }
  await settle(tx, asked as ExchangeRequest, under, message, heard)
}

async function giveUpOld(tx: Tx): Promise<void> {
  const old = await stickOld(tx, new Date(tx.now.getTime() - DELIVERY_DAYS_MAX * DAY_MS))
  for (const parcel of old) noteStuck(tx, parcel, parcel.fault ?? "silent")
}

async function stick(tx: Tx, parcel: ParcelRow, fault: string): Promise<void> {
  await stickParcel(tx, parcel.id, fault)
  noteStuck(tx, parcel, fault)
}

/** Told to the administrator by the log and the measures, to the agency's officials at their desk. */
function noteStuck(tx: Tx, { id, sender, recipient, kind, caseId, tries }: ParcelRow, fault: string): void {
  tx.site.log.error({ parcel: id, sender, recipient, kind, tries, fault }, "a delivery is stuck until somebody looks at it")
  append(tx, {
    agency: sender,
    event: "delivery-stuck",
    ...(caseId && { caseId }),
    details: { parcel: id, recipient, kind, reason: fault },
  })
}
