// Gives an agency of another site what lies ready for it here, and keeps its receipts of what it has taken before.
import { Compile } from "typebox/compile"
import { countryOf } from "#country"
import type { HandlerAnswer, HandlerRequest } from "#line"
import type { Actor, Db, Tx } from "#platform/db"
import { isHere, memberCodeOf, otherSites } from "./other-sites.ts"
import { claimCollected, endCollected, type ParcelRow } from "./store.outbox.ts"
import { COLLECTED_AT_ONCE_MAX, type CollectedParcel, CollectionRequest } from "./wire.ts"

/** What was given and not receipted is given again after this time, and behind what was given less often. */
const GIVEN_AGAIN_MS = 60_000

const PORTER: Actor = { kind: "system", name: "exchange/collections" }
const check = Compile(CollectionRequest)

/** The answer to `POST /collections`. Whoever asks gets what is for their own agency, of the purposes that a contract covers. */
export async function answerCollection(db: Db, asked: HandlerRequest, json: unknown): Promise<HandlerAnswer> {
  if (asked.method !== "POST" || !check.Check(json)) return { status: 400, json: { error: "the request can't be read" } }
  return db.tx(PORTER, async (tx) => {
    const { agencies } = countryOf(tx)
    const owner = [...agencies.values()].find(({ id, code }) => code === memberCodeOf(asked.service) && isHere(tx, id))
    const isOwn = agencies.get(json.requester)?.code === memberCodeOf(asked.consumer)
    if (!owner || !isOwn) return { status: 403, json: { error: "requester-foreign" } }
    for (const receipt of json.receipts)
      await endCollected(tx, owner.id, json.requester, receipt.parcel, asked.requestId, receipt)
    const until = new Date(tx.now.getTime() + GIVEN_AGAIN_MS)
    const parcels = await claimCollected(tx, owner.id, json.requester, COLLECTED_AT_ONCE_MAX, until)
    return { status: 200, json: { parcels: parcels.filter((parcel) => isCovered(tx, asked, parcel)).map(asCollected) } }
  })
}

/** The call was let in for one purpose; each parcel has its own. */
function isCovered(tx: Tx, { consumer, service, method, path }: HandlerRequest, { purpose }: ParcelRow): boolean {
  const access = otherSites(tx)?.access
  return access?.mayCall({ consumer, service, method, path, purpose, at: tx.now }).contract !== undefined
}

const asCollected = ({ id, key, kind, purpose, body }: ParcelRow) => ({ id, key, kind, purpose, body }) as CollectedParcel
