// What the line asks about consents for calls of information systems: each question is a deed of its own.
import type { Actor, Db } from "#platform/db"
import { isId } from "#platform/ids"
import type { ConsentFault } from "./judge-consent.ts"
import { inForce } from "./offer-consent.ts"
import { type BroughtConsent, checkConsent, findConsentById, noteUse } from "./use-consent.ts"

interface GateCall {
  /** Hash of the contract. */
  readonly contract: string
  readonly purpose: string | undefined
  /** Whom it is about, where the system says so. */
  readonly number: string | undefined
  /** Id of the exchange. */
  readonly message: string
}

export interface ConsentGate {
  bring(id: string | undefined, call: GateCall): Promise<BroughtConsent | { readonly fault: ConsentFault }>
  check(brought: BroughtConsent | undefined, call: GateCall): Promise<ConsentFault | undefined>
}

const GATE: Actor = { kind: "system", name: "consents/gate" }

/** Answers the line. Where a call doesn't say whom it is about, the provider's system matches it by the salt. */
export function consentGate(db: Db): ConsentGate {
  return {
    bring: (id, { contract: hash, ...call }) =>
      db.tx(GATE, async (tx) => {
        const contract = await inForce(tx, hash)
        if (!contract || id === undefined || !isId(id)) return { fault: "consent-missing" }
        const { consent, fault } = await findConsentById(tx, id, { ...call, contract })
        if (!consent) return { fault }
        await noteUse(tx, consent.id, call.message)
        return { artefact: consent.artefact, salt: consent.salt }
      }),
    check: (brought, { contract: hash, ...call }) =>
      db.tx(GATE, async (tx) => {
        const contract = await inForce(tx, hash)
        if (!contract) return "consent-missing"
        const { consent, fault } = await checkConsent(tx, brought, { ...call, contract })
        if (consent) await noteUse(tx, consent.id, call.message)
        return fault
      }),
  }
}
