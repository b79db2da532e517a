// Collects what lies ready for the agencies of this site at owners of registers elsewhere: decisions on corrections, events of records.
import { Compile } from "typebox/compile"
import { countryOf } from "#country"
import type { Actor, Db, Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { enqueue } from "#platform/jobs"
import type { Site } from "#platform/site"
import { digest } from "./log-message.ts"
import { memberCodeOf, otherSites, REGISTERS } from "./other-sites.ts"
import { updateCorrection } from "./store.corrections.ts"
import { findDelivery, insertDelivery } from "./store.ts"
import { COLLECTED_AT_ONCE_MAX, type CollectedParcel, CollectionAnswer, type CollectionReceipt, wirePaths } from "./wire.ts"

const WAIT_MAX_MS = 10_000
/** Rounds with one owner in a row; what is left then comes with the next look. */
const ROUNDS_MAX = 50
const COLLECTOR: Actor = { kind: "system", name: "exchange/collector" }

const check = Compile(CollectionAnswer)

/** Where something may lie: an owner's service, and under which name of ours and for which purpose it is asked. */
interface Place {
  readonly service: string
  readonly consumer: string
  readonly purpose: string
  /** Agency here, and agency that owns the registers. */
  readonly agency: string
  readonly owner: string
}

/** Collects from every owner with whom a contract covers it; one that is silent is asked again the next time. */
export async function collectParcels(db: Db, site: Site): Promise<void> {
  await Promise.all(placesOf(site).map((place) => collectFrom(db, site, place)))
}

function placesOf(site: Site): Place[] {
  const others = otherSites({ site })
  if (!others) return []
  const { access, file } = others
  const agencies = [...countryOf({ site }).agencies.values()]
  const at = site.clock()
  const found = new Map<string, Place>()
  for (const { content, state } of access.contracts()) {
    const hosted = file.agencies?.find(({ subsystem }) => content.consumer === `${file.instance}/${subsystem}`)
    const owner = agencies.find(({ code }) => code === memberCodeOf(content.provider))
    if (state !== "signed" || content.service !== REGISTERS || !hosted || !owner) continue
    const service = `${content.provider}/${content.service}`
    const call = { consumer: content.consumer, service, method: "POST", path: wirePaths.collection, at }
    const purpose = content.purposes.find((one) => access.mayCall({ ...call, purpose: one }).contract)
    const place = { service, consumer: content.consumer, agency: hosted.id, owner: owner.id }
    if (purpose !== undefined) found.set(`${service} ${content.consumer}`, { ...place, purpose })
  }
  return [...found.values()]
}

async function collectFrom(db: Db, site: Site, place: Place): Promise<void> {
  let receipts: CollectionReceipt[] = []
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const parcels = await ask(site, place, receipts)
    if (!parcels || (parcels.length === 0 && receipts.length === 0)) return
    receipts = []
    for (const parcel of parcels) {
      const receipt = await db
        .tx(COLLECTOR, (tx) => take(tx, place, parcel))
        // What can't be taken holds up its own lane and nothing else: its owner offers it again later.
        .catch((fault: Error) => {
          site.log.error({ parcel: parcel.id, kind: parcel.kind, fault: fault.name }, "a collected parcel could not be taken")
          return undefined
        })
      if (receipt) receipts.push(receipt)
    }
    if (receipts.length === 0) return
  }
}

async function ask(site: Site, place: Place, receipts: readonly CollectionReceipt[]) {
  const { consumer, service, purpose, agency } = place
  const told = await otherSites({ site })!.ask({
    ...{ consumer, service, purpose, path: wirePaths.collection, requestId: newId(site.clock()), waitMaxMs: WAIT_MAX_MS },
    json: { requester: agency, receipts: receipts.slice(0, COLLECTED_AT_ONCE_MAX) },
  })
  if (told.kind === "answer" && check.Check(told.json)) return told.json.parcels
  const code = told.kind === "answer" ? `status ${told.status}` : told.code
  site.log.warn({ service, code }, "nothing could be collected")
  return undefined
}

/** Takes one parcel: its effect, and what it was answered, in one transaction; what comes again changes nothing. */
async function take(tx: Tx, { owner }: Place, parcel: CollectedParcel): Promise<CollectionReceipt> {
  const { id, key, kind, body } = parcel
  const content = digest(tx, { kind, body })
  const before = await findDelivery(tx, owner, key)
  if (before) return { parcel: id, key, outcome: "taken-before" }
  if (kind === "decision") await takeDecision(tx, body)
  else
    await enqueue(tx, {
      kind: "register-event",
      key: id,
      payload: { ...body, number: undefined, subject: tx.site.keys.subjectOf(body.number) },
    })
  const receipt: CollectionReceipt = { parcel: id, key, outcome: "taken" }
  insertDelivery(tx, { requester: owner, key, digest: content, answer: receipt, deliveredAt: tx.now })
  return receipt
}

async function takeDecision(
  tx: Tx,
  { correction, decision, reason, decidedBy, decidedAt }: Extract<CollectedParcel, { kind: "decision" }>["body"],
) {
  const told = { state: decision, reason, decidedBy, decidedAt: new Date(decidedAt) }
  if (await updateCorrection(tx, correction, told)) await tellDecided(tx, correction)
}

/** What follows a decision where the claim was made: the job of the cases. */
export const tellDecided = (tx: Tx, correction: string): Promise<void> =>
  enqueue(tx, { kind: "correction-decided", key: correction, payload: { correction } })
