// The person agrees: their site signs what they have read, and tells the other parties.
import { randomBytes } from "node:crypto"
import { append } from "#audit"
import { signDocument, standingOf } from "#federation"
import { accountNumberOf } from "#identity"
import type { Actor, Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import { type Artefact, CONSENT_TYPE, pseudonymOf, SALT_BYTES } from "./artefact.ts"
import { bookOf, tellParties } from "./carry-consents.ts"
import { faultOf } from "./judge-consent.ts"
import { offerOf } from "./offer-consent.ts"
import { insertConsent, selectConsentsUnder } from "./store.ts"

/** The signed-in person: consents are their own. Throws `not-signed-in` for anybody else. */
export function personOf({ actor }: Tx): Extract<Actor, { kind: "person" }> {
  if (actor.kind !== "person") throw problem("not-signed-in")
  return actor
}

/**
 * Gives the acting person's consent as a contract asks for it, and gives its id; one that holds already stays the only one. Throws
 * `not-signed-in`, `not-found` (nothing to agree to), `certificate-missing`, `directory-expired`.
 */
export async function giveConsent(tx: Tx, contract: string): Promise<string> {
  const person = personOf(tx)
  const offer = await offerOf(tx, contract)
  for (const before of await selectConsentsUnder(tx, person.subject, contract))
    if ((await faultOf(tx, before)) === undefined) return before.id
  const number = await accountNumberOf(tx, person.accountId)
  if (number === undefined) throw problem("not-found")
  const salt = randomBytes(SALT_BYTES).toString("base64url")
  const { consumer, provider, service, purpose, terms, until } = offer
  const artefact: Artefact = {
    ...{ id: newId(tx.now), subject: pseudonymOf(salt, number), contract, consumer, provider, service, purpose },
    ...{ data: terms.data, uses: terms.uses, keptDays: terms.keptDays },
    ...{ issuedAt: tx.now.toISOString(), until: until.toISOString() },
  }
  const { site } = standingOf(tx.site).file
  await insertConsent(tx, {
    ...{ id: artefact.id, subject: person.subject, contract, signer: site, salt, issuedAt: tx.now, until },
    artefact: await signDocument(tx, CONSENT_TYPE, artefact),
  })
  const details = { consent: artefact.id, contract, purpose, site }
  append(tx, { agency: bookOf(tx, artefact), event: "consent-given", subject: person.subject, details })
  await tellParties(tx, artefact)
  return artefact.id
}
