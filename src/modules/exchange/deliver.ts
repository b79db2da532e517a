// Puts a write or a correction into the outbox, in the transaction of the deed: done here at once, elsewhere when its owner is reached.
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { wireOf } from "./ask-elsewhere.ts"
import { logMessage } from "./log-message.ts"
import { isHere } from "./other-sites.ts"
import { authoriseFromHere, type ExchangeAnswer, type ExchangeRequest, request } from "./request.ts"
import { findParcel, insertParcel, type NewParcel, type ParcelRow } from "./store.outbox.ts"
import type { Taken, Written } from "./wire.ts"

/** Wakes the courier. */
export const OUTBOX_CHANNEL = "motlan_outbox"

export interface Delivery extends ExchangeRequest {
  /** Names what is delivered among all that the requester has ever delivered: the same key is done once. */
  readonly key: string
}

export interface DeliveryOptions {
  /** Deliveries of one lane go in their order; one that is stuck holds up those behind it in its lane and no other. */
  readonly lane: string
  /** The job that goes on when the receipt is there, and its payload: ids and codes. */
  readonly next?: { readonly kind: string; readonly payload: unknown }
}

/** `waiting`: it stands in the outbox; asked again with the same key, its answer is given once it is there. */
export type Delivered =
  | Extract<ExchangeAnswer, { outcome: "written" | "taken" | "refused" }>
  | { readonly outcome: "waiting"; readonly isStuck: boolean }

/**
 * Delivers a write (or a correction) to the owner of its register, once for each key. Here it is done at once and its mistakes are thrown
 * as by `request`; elsewhere it stands in the outbox when this transaction commits, and is carried until the receipt is there.
 */
export async function deliver(tx: Tx, asked: Delivery, { lane, next }: DeliveryOptions): Promise<Delivered> {
  const before = await findParcel(tx, asked.requester, asked.key)
  if (before) return answerOf(tx, before)
  const found = authoriseFromHere(tx, asked)
  if ("refusal" in found) {
    const message = newId(tx.now)
    await logMessage(tx, found.provider, asked, message, { outcome: "refused", refusal: found.refusal, fields: [] })
    return { outcome: "refused", message, refusal: found.refusal }
  }
  const { owner } = found.type.register
  const parcel: Omit<NewParcel, "road" | "message" | "receipt"> = {
    ...{ sender: asked.requester, key: asked.key, id: newId(tx.now), recipient: owner, lane },
    ...{ kind: asked.correction ? "correction" : "write", caseId: asked.caseId ?? null, purpose: asked.purpose },
    ...{ body: wireOf(tx, asked), nextJob: next ?? null },
  }
  if (!isHere(tx, owner)) {
    await insertParcel(tx, { ...parcel, road: "sent", message: null, receipt: null })
    tx.wake(OUTBOX_CHANNEL)
    return { outcome: "waiting", isStuck: false }
  }
  const answer = await request(tx, asked)
  if (answer.outcome === "refused") return answer
  const receipt = receiptOf(answer, asked)
  await insertParcel(tx, { ...parcel, road: "here", message: answer.message, receipt })
  return answerOf(tx, { state: "answered", message: answer.message, receipt })
}

/** What an answer of this site says as a receipt. */
function receiptOf(answer: ExchangeAnswer, { correction }: Delivery): Written | Taken {
  if (answer.outcome === "taken" && correction) return { outcome: "taken", correction: correction.id }
  if (answer.outcome !== "written") throw new Error(`a delivery is not answered by "${answer.outcome}"`)
  const { record, version, number } = answer.written
  const { register, asOf } = answer.source
  return { outcome: "written", written: { record, version, number }, source: { register, record, asOf } }
}

function answerOf(tx: Tx, { state, message, receipt }: Pick<ParcelRow, "state" | "message" | "receipt">): Delivered {
  if (state !== "answered" || message === null) return { outcome: "waiting", isStuck: state === "stuck" }
  const told = receipt as Written | Taken
  if (told.outcome === "taken") return { outcome: "taken", message }
  const written = { ...told.written, subject: tx.site.keys.subjectOf(told.written.number) }
  return { outcome: "written", message, written, source: { ...told.source, message } }
}
