// The person takes a consent back: from this deed on nothing is asked under it here, and the other parties are told.
import { append } from "#audit"
import { signDocument } from "#federation"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { REVOCATION_TYPE, type Revocation, said } from "./artefact.ts"
import { bookOf, tellParties } from "./carry-consents.ts"
import { personOf } from "./give-consent.ts"
import { findConsentRow, insertRevocation } from "./store.ts"

/** Revokes a consent of the acting person; again is no fault. Throws `not-signed-in`, `not-found`, `certificate-missing`. */
export async function revokeConsent(tx: Tx, id: string): Promise<void> {
  const { subject } = personOf(tx)
  const row = await findConsentRow(tx, id)
  if (row?.subject !== subject) throw problem("not-found")
  if (row.revokedAt) return
  const revocation: Revocation = { consent: id, revokedAt: tx.now.toISOString() }
  const isNew = await insertRevocation(tx, row, await signDocument(tx, REVOCATION_TYPE, revocation), tx.now)
  if (!isNew) return
  const artefact = said(row.artefact)
  const details = { consent: id, contract: row.contract }
  append(tx, { agency: bookOf(tx, artefact), event: "consent-revoked", subject, details })
  await tellParties(tx, artefact)
}
