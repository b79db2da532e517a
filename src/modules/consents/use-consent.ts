// Both sides of an exchange under consent: the consumer's finds the person's, the provider's proves what was brought.
import type { Tx } from "#platform/db"
import { said } from "./artefact.ts"
import { type CallUnderConsent, type ConsentFault, judge } from "./judge-consent.ts"
import { type ConsentRow, findConsentRow, insertUse, selectConsentsUnder } from "./store.ts"
import { keepBrought } from "./take-consent.ts"

/** What travels with a request. */
export interface BroughtConsent {
  /** Compact JWS. */
  readonly artefact: string
  /** Of the pseudonym, base64url. */
  readonly salt: string
}

export interface HeldConsent extends BroughtConsent {
  readonly id: string
  /** Fields of the register that it covers; empty where no register was named. */
  readonly fields: readonly string[]
}

export type Held =
  | { readonly consent: HeldConsent; readonly fault?: undefined }
  | { readonly fault: ConsentFault; readonly consent?: undefined }

/** The consent under which this site may ask: that of the person with `call.number`. Its use is noted by noteUse. */
export async function findConsent(tx: Tx, call: CallUnderConsent & { readonly number: string }): Promise<Held> {
  const rows = await selectConsentsUnder(tx, tx.site.keys.subjectOf(call.number), call.contract.hash)
  let fault: ConsentFault | undefined
  for (const row of rows) {
    const found = await judge(tx, row, call)
    if (!found) return held(row, call)
    fault ??= found
  }
  return { fault: fault ?? "consent-missing" }
}

/** The consent that an information system names by its id. */
export async function findConsentById(tx: Tx, id: string, call: CallUnderConsent): Promise<Held> {
  const row = await findConsentRow(tx, id)
  if (!row) return { fault: "consent-missing" }
  const fault = await judge(tx, row, call)
  return fault ? { fault } : held(row, call)
}

/** Proves a consent that a request of another site brings, against signature, contract, purpose, person, register, time and uses. */
export async function checkConsent(tx: Tx, brought: BroughtConsent | undefined, call: CallUnderConsent): Promise<Held> {
  if (!brought) return { fault: "consent-missing" }
  const row = await keepBrought(tx, brought)
  if (!row || row.artefact !== brought.artefact) return { fault: "consent-differs" }
  const presented = { ...row, salt: brought.salt }
  const fault = await judge(tx, presented, call)
  return fault ? { fault } : held(presented, call)
}

/** Notes an exchange down as a use of the consent; the same exchange twice is one. */
export async function noteUse(tx: Tx, id: string, message: string): Promise<void> {
  const row = await findConsentRow(tx, id)
  if (row) insertUse(tx, row, message)
}

function held({ id, artefact, salt }: ConsentRow, { register }: CallUnderConsent): Held {
  const fields = said(artefact).data.find((one) => one.register === register)?.fields ?? []
  return { consent: { id, artefact, salt, fields } }
}
