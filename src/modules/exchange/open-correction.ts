// "This is wrong": what a person says of a register's value goes to the owner of the register, here or elsewhere.
import { countryOf, findRecord } from "#country"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { deliver } from "./deliver.ts"
import { nameOf } from "./log-message.ts"
import { insertCorrection } from "./store.corrections.ts"

export interface NewClaim {
  /** `population/person` */
  readonly register: string
  /** Agency through which it is said, and the purpose under which it saw the value. */
  readonly requester: string
  readonly purpose: string
  /** Personal number under which the record stands. */
  readonly number: string
  readonly record: string
  readonly field: string
  readonly registered: unknown
  readonly claimed: unknown
  readonly caseId: string
  /** Field of the case's form. */
  readonly place: string
  readonly today: string
}

/**
 * Opens a correction for the acting person and gives its id; undefined where the register takes none, or the requester may not read the value.
 * Nobody waits: the decision comes as the job `correction-decided` of the cases.
 */
export async function openCorrection(tx: Tx, claim: NewClaim): Promise<string | undefined> {
  const found = findRecord(countryOf(tx), claim.register)
  if (!found?.record.corrections) return undefined
  const id = newId(tx.now)
  const { register, requester, purpose, number, record, field, claimed, caseId, place, today, registered } = claim
  await insertCorrection(tx, {
    ...{ subject: tx.site.keys.subjectOf(number), id, owner: found.register.owner, requester, number, register, record },
    ...{ field, registered, claimed, purpose, caseId, place, claimedBy: nameOf(tx.actor) },
    claimant: tx.actor.kind === "person" ? tx.actor.subject : null,
  })
  const asked = { service: `${register}.correct`, requester, number, caseId, purpose, today }
  await deliver(
    tx,
    { ...asked, correction: { id, record, field, claimed }, key: `correction/${id}` },
    { lane: `correction/${id}` },
  )
  return id
}
