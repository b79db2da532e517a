/** Consents: what a person has agreed to, as a signed artefact; given, carried, proven at each exchange, taken back. */
export { type Artefact, pseudonymOf } from "./artefact.ts"
export { CONSENTS_CHANNEL, carryConsents } from "./carry-consents.ts"
export { type ConsentGate, consentGate } from "./consent-gate.ts"
export { consentEndpoints } from "./endpoints.ts"
export { giveConsent } from "./give-consent.ts"
export type { CallUnderConsent, ConsentFault } from "./judge-consent.ts"
export {
  CONSENTS_SHOWN_MAX,
  type ConsentState,
  getMyConsent,
  listMyConsents,
  type MyConsent,
  USES_SHOWN_MAX,
} from "./list-consents.ts"
export { type ContractUnderConsent, inForce, type Offer, offerOf } from "./offer-consent.ts"
export { revokeConsent } from "./revoke-consent.ts"
export { type ConsentMessage, takeConsent } from "./take-consent.ts"
export {
  type BroughtConsent,
  checkConsent,
  findConsent,
  findConsentById,
  type Held,
  type HeldConsent,
  noteUse,
} from "./use-consent.ts"
