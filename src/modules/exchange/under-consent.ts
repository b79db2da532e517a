// Requests under a contract that rests on the consent of the person: found here before they leave, proven where they arrive, each use noted.
import { type BroughtConsent, checkConsent, findConsent, type HeldConsent, noteUse, offerOf } from "#consents"
import type { Tx } from "#platform/db"
import { Problem } from "#platform/problem"
import { contractUnderConsent, isHere, otherSites, registersOf, subsystemOf } from "./other-sites.ts"
import { type Authorised, authoriseFromHere, type ExchangeRequest, narrowed, type Refusal } from "./request.ts"
import { type WireRequest, wirePaths } from "./wire.ts"

/** A request that goes to another site, and what it goes under. */
export type Covered = { readonly wire: WireRequest; readonly consent?: HeldConsent } | { readonly refusal: Refusal }

const registerOf = (service: string): string => service.split(".")[0]!

/** Puts the person's consent into a request where its contract needs one. Whoever hears an answer notes the use. */
export async function withConsent(tx: Tx, path: string, owner: string, wire: WireRequest, message: string): Promise<Covered> {
  const contract = contractFor(tx, path, owner, wire)
  if (!contract) return { wire }
  const { number, purpose, service } = wire
  if (number === undefined) return { refusal: "consent-missing" }
  const { consent, fault } = await findConsent(tx, { contract, purpose, message, number, register: registerOf(service) })
  if (!consent) return { refusal: fault }
  return { wire: { ...wire, consent: { artefact: consent.artefact, salt: consent.salt } }, consent }
}

function contractFor(tx: Tx, path: string, owner: string, { requester, purpose }: Pick<WireRequest, "requester" | "purpose">) {
  const others = otherSites(tx)
  const consumer = others && subsystemOf(others, requester)
  const service = others && registersOf(tx, others, owner)
  return others && consumer && service ? contractUnderConsent(tx, others, { consumer, service, path, purpose }) : undefined
}

interface Arrived {
  /** From the headers, where an information system asks. */
  readonly consent?: BroughtConsent | undefined
  readonly consumer: string
  readonly service: string
  readonly path: string
  readonly requestId: string
}

/** What was authorised for another site, as far as the person has agreed to it. */
export async function coveredHere(
  tx: Tx,
  { consumer, service, path, requestId, consent: brought }: Arrived,
  wire: WireRequest,
  found: Authorised,
): Promise<Authorised | { readonly refusal: Refusal }> {
  const others = otherSites(tx)
  const contract = others && contractUnderConsent(tx, others, { consumer, service, path, purpose: wire.purpose })
  if (!contract) return found
  const { number, purpose } = wire
  if (number === undefined) return { refusal: "consent-missing" }
  const call = { contract, purpose, message: requestId, number, register: found.type.name }
  const { consent, fault } = await checkConsent(tx, wire.consent ?? brought, call)
  if (!consent) return { refusal: fault }
  const less = narrowed(found, wire, consent.fields)
  if (!less) return { refusal: "consent-differs" }
  await noteUse(tx, consent.id, requestId)
  return { ...less, consent: consent.id }
}

/** The contract under which the person with `number` could agree to a request that lacks their consent now; undefined where none is lacking. */
export async function lackingConsent(tx: Tx, asked: ExchangeRequest & { readonly number: string }): Promise<string | undefined> {
  const found = authoriseFromHere(tx, asked)
  if ("refusal" in found || isHere(tx, found.type.register.owner)) return undefined
  const { owner } = found.type.register
  const contract = contractFor(tx, wirePaths.request, owner, asked)
  if (!contract) return undefined
  const register = registerOf(asked.service)
  const { number, purpose } = asked
  const held = await findConsent(tx, { contract, purpose, message: contract.content.id, number, register })
  return held.consent || !(await isOffered(tx, contract.hash, purpose, register)) ? undefined : contract.hash
}

/** Would a consent to the contract's terms cover the request? */
async function isOffered(tx: Tx, contract: string, purpose: string, register: string): Promise<boolean> {
  try {
    const offer = await offerOf(tx, contract)
    return offer.purpose === purpose && offer.terms.data.some((one) => one.register === register)
  } catch (fault) {
    if (fault instanceof Problem && fault.code === "not-found") return false
    throw fault
  }
}
