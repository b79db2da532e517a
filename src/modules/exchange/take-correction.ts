// A person says that a value of a register of this site, or of an old system that answers for it, is wrong: it is laid before the owner's officials.
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { isAnsweredBySource } from "#sources"
import { findDisputed } from "./find-disputed.ts"
import { logMessage, nameOf } from "./log-message.ts"
import type { Authorised, ExchangeAnswer, ExchangeRequest } from "./request.ts"
import { insertCorrection } from "./store.corrections.ts"
import type { AskedBy } from "./wire.ts"

/**
 * Takes a correction for its record; what stands beside it is what the register says now. An old system that is silent holds up nobody, and
 * its records have no lasting name: the official looks there. Throws `not-found`, `record-invalid`.
 */
export async function takeCorrection(
  tx: Tx,
  asked: ExchangeRequest,
  message: string,
  { type, right }: Authorised,
  by?: AskedBy,
): Promise<ExchangeAnswer> {
  const { correction, number, requester, purpose, caseId, today } = asked
  const owner = type.register.owner
  if (!correction || number === undefined || !type.record.fields.some(({ id }) => id === correction.field))
    throw problem("record-invalid", { register: type.name, field: correction?.field ?? "" })
  if (!type.record.corrections) {
    await logMessage(tx, owner, asked, message, { outcome: "refused", refusal: "no-right", fields: [], by })
    return { outcome: "refused", message, refusal: "no-right" }
  }
  const subject = tx.site.keys.subjectOf(number)
  const current = (await findDisputed(tx, type, { number, today, purpose, record: correction.record }))?.entry
  if (!current && !isAnsweredBySource(tx, type.name)) throw problem("not-found")
  await insertCorrection(tx, {
    ...{ subject, id: correction.id, owner, requester, number, register: type.name, record: correction.record },
    ...{ field: correction.field, registered: current?.data[correction.field], claimed: correction.claimed, purpose },
    ...{ caseId: caseId ?? null, place: null, claimant: null, claimedBy: by?.name ?? nameOf(tx.actor) },
  })
  await logMessage(tx, owner, asked, message, { outcome: "answered", fields: [correction.field], ground: right, by })
  return { outcome: "taken", message }
}
