// What a person can be asked to agree to: the terms that a contract in force has for it.
import { type ConsentTerms, type Contract, knownContracts, serviceIdOf } from "#federation"
import type { Tx } from "#platform/db"
import { problem } from "#problems"

export interface Offer {
  /** Hash of the contract. */
  readonly contract: string
  /** `I/C/M/S` */
  readonly consumer: string
  readonly provider: string
  /** `I/C/M/S/CODE` */
  readonly service: string
  /** Of the contract; a consent is given for the first. */
  readonly purpose: string
  readonly terms: ConsentTerms
  /** Until when it would hold, given now: no longer than the contract. */
  readonly until: Date
}

export interface ContractUnderConsent {
  readonly hash: string
  readonly content: Contract
}

const DAY_MS = 86_400_000

/** The offer of a contract. Throws `not-found` where it is not in force, needs no consent, or has no terms for one. */
export async function offerOf(tx: Tx, contract: string): Promise<Offer> {
  const found = await inForce(tx, contract)
  const terms = found?.content.consent
  if (!found || !terms || found.content.consentNeeded !== true) throw problem("not-found")
  const { consumer, provider, purposes, until } = found.content
  const end = Math.min(tx.now.getTime() + terms.days * DAY_MS, Date.parse(until))
  return { contract, consumer, provider, service: serviceIdOf(found.content), purpose: purposes[0]!, terms, until: new Date(end) }
}

/** A contract that both have signed and whose time it is. */
export async function inForce(tx: Tx, hash: string): Promise<ContractUnderConsent | undefined> {
  const found = (await knownContracts(tx)).find((one) => one.hash === hash && one.state === "signed")
  const now = tx.now.getTime()
  const holds = found && Date.parse(found.content.from) <= now && now < Date.parse(found.content.until)
  return holds ? { hash, content: found.content } : undefined
}
