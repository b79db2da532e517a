// The owner's official decides what a person said to be wrong: accepted, the record gains a version; refused, with a reason. It goes back.
import { isDeepStrictEqual } from "node:util"
import { append } from "#audit"
import { countryOf, findRecord } from "#country"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { type ProblemCode, problem } from "#problems"
import { getRecordType, type RecordType, writeRecord } from "#registers"
import { isAnsweredBySource } from "#sources"
import { announceRecord } from "./announce-record.ts"
import { tellDecided } from "./collect-parcels.ts"
import { findDisputed } from "./find-disputed.ts"
import { logMessage, nameOf } from "./log-message.ts"
import { isHere } from "./other-sites.ts"
import {
  type Correction,
  countOpenCorrections,
  lockCorrection,
  selectCorrectionsAt,
  updateCorrection,
} from "./store.corrections.ts"
import { insertParcel } from "./store.outbox.ts"
import type { Decision } from "./wire.ts"

export const CORRECTIONS_MAX = 200
export const REASON_CHARS_MAX = 2_000

/** May the signed-in official decide corrections of this register? */
export function mayDecide(tx: Tx, register: string): boolean {
  const { actor } = tx
  const found = findRecord(countryOf(tx), register)
  const role = found?.record.corrections?.role
  if (actor.kind !== "official" || !found || role === undefined || actor.agency !== found.register.owner) return false
  return actor.positions.some(({ roles }) => roles.includes(role))
}

/** Does the official's position let them decide corrections of any register? */
export const decidesCorrections = (tx: Tx): boolean =>
  [...countryOf(tx).registers.values()].some((register) =>
    register.records.some(({ id }) => mayDecide(tx, `${register.id}/${id}`)),
  )

/** Corrections laid before the official's agency, the open ones first; at most CORRECTIONS_MAX. Throws `not-allowed`. */
export async function listCorrections(tx: Tx): Promise<Correction[]> {
  if (tx.actor.kind !== "official" || !decidesCorrections(tx)) throw problem("not-allowed")
  const all = await selectCorrectionsAt(tx, tx.actor.agency, CORRECTIONS_MAX)
  return all.filter(({ register }) => mayDecide(tx, register))
}

/** How many wait for the official's agency; 0 for those who decide none. */
export const countCorrections = async (tx: Tx): Promise<number> =>
  tx.actor.kind === "official" && decidesCorrections(tx) ? countOpenCorrections(tx, tx.actor.agency) : 0

/** A correction before the official who may decide it. Throws `not-found`. */
export async function getCorrection(tx: Tx, id: string): Promise<Correction> {
  const correction = await lockCorrection(tx, id)
  if (!correction || !mayDecide(tx, correction.register)) throw problem("not-found")
  return correction
}

/**
 * Decides. Throws `not-found`, `reason-missing` for a refusal without one, `correction-decided`, and what a write of the record throws. A
 * value of an old system is corrected there: accepted is what that system says by then. Where it is silent or says otherwise, nothing is
 * decided and the problem is given, not thrown, so that the lookup stays in the log.
 */
export async function decideCorrection(
  tx: Tx,
  id: string,
  { isAccepted, reason, today }: { readonly isAccepted: boolean; readonly reason: string; readonly today: string },
): Promise<Extract<ProblemCode, "register-silent" | "source-not-corrected"> | undefined> {
  const correction = await getCorrection(tx, id)
  const words = reason.trim().slice(0, REASON_CHARS_MAX)
  if (!isAccepted && words === "") throw problem("reason-missing")
  if (correction.state !== "open") throw problem("correction-decided")
  const isOfSource = isAnsweredBySource(tx, correction.register)
  const why = isAccepted && isOfSource ? await whyNotCorrected(tx, correction, today) : undefined
  if (why) return why
  const state = isAccepted ? "accepted" : "refused"
  const decided = { state, reason: words, decidedBy: nameOf(tx.actor), decidedAt: tx.now } as const
  if (!(await updateCorrection(tx, id, decided))) throw problem("correction-decided")
  if (isAccepted && !isOfSource) await correct(tx, correction, today)
  const { owner, subject, register, requester } = correction
  append(tx, { agency: owner, event: "correction-decided", subject, details: { correction: id, register, as: state } })
  if (isHere(tx, requester)) await tellDecided(tx, id)
  else await sendBack(tx, correction, { correction: id, decision: state, reason: words, ...whoAndWhen(tx) })
  return undefined
}

const whoAndWhen = (tx: Tx) => ({ decidedBy: nameOf(tx.actor), decidedAt: tx.now.toISOString() })

/** The record as it stands now, with the one value changed. */
async function correct(tx: Tx, { register, subject, number, record, field, claimed, owner }: Correction, today: string) {
  const type = getRecordType(tx, register)
  const { purpose, ground } = type.record.corrections!
  const current = (await findDisputed(tx, type, { number, today, purpose, record }))?.entry
  if (!current) throw problem("not-found")
  const message = newId(tx.now)
  const { [type.record.key]: _, ...data } = { ...current.data, [field]: claimed }
  const entry = { type: register, number, data, validFrom: today, record, recordedBy: nameOf(tx.actor), message }
  const written = await writeRecord(tx, entry)
  await announceRecord(tx, type, written, true)
  const asked = { service: `${register}.write`, requester: owner, number, purpose, today }
  const right = { who: { agency: owner }, may: "write" as const, purpose, ground, fields: [field] }
  await logMessage(tx, owner, asked, message, { outcome: "answered", fields: [field], ground: right, answer: written })
  append(tx, { agency: owner, event: "record-written", subject, details: { register, record, version: written.version } })
}

/** Does the old system say by now what the person has said? The lookup is the keeper's, and stands in the log. */
async function whyNotCorrected(tx: Tx, { register, number, record, field, claimed, owner }: Correction, today: string) {
  const type: RecordType = getRecordType(tx, register)
  const { purpose, ground } = type.record.corrections!
  const told = await findDisputed(tx, type, { number, today, purpose, record }, { isFresh: true })
  const right = { who: { agency: owner }, may: "read" as const, purpose, ground, fields: [field] }
  const asked = { service: `${register}.read`, requester: owner, number, purpose, today }
  const outcome = told === undefined ? "silent" : told.entry === undefined ? "empty" : "answered"
  const value = told?.entry?.data[field]
  const fields = outcome === "answered" ? [field] : []
  await logMessage(tx, owner, asked, newId(tx.now), {
    outcome,
    fields,
    ground: right,
    ...(outcome === "answered" && { answer: value }),
  })
  if (outcome === "silent") return "register-silent"
  return isDeepStrictEqual(value ?? null, claimed ?? null) ? undefined : "source-not-corrected"
}

/** Laid ready for the site of the claim, which collects it. */
const sendBack = (tx: Tx, { owner, id, requester, purpose }: Correction, body: Decision) =>
  insertParcel(tx, {
    ...{ sender: owner, key: `decision/${id}`, id: newId(tx.now), recipient: requester, road: "collected", kind: "decision" },
    ...{
      lane: `correction/${id}`,

      caseId: null,
      purpose,
      body,
      nextJob: null,
      message: null,
      receipt: null,
    },
  })
