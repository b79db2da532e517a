// A consent or its revocation that comes from the site where the person signed in. Everything proves itself, so that it may come by any road, twice.
import { append } from "#audit"
import { provenDocument, standingOf } from "#federation"
import type { Tx } from "#platform/db"
import { Problem } from "#platform/problem"
import { problem } from "#problems"
import { ARTEFACT_CHARS_MAX, CONSENT_TYPE, isArtefact, isRevocation, REVOCATION_TYPE, said } from "./artefact.ts"
import { bookOf, sitesOf } from "./carry-consents.ts"
import { inForce } from "./offer-consent.ts"
import { type ConsentRow, findConsentRow, insertConsent, insertRevocation, UNKNOWN } from "./store.ts"
import type { BroughtConsent } from "./use-consent.ts"

export interface ConsentMessage extends BroughtConsent {
  readonly revocation?: string
}

const SALT = /^[A-Za-z0-9_-]{43}$/

/**
 * Takes a consent, and its revocation where it brings one. Throws `signature-invalid` for what nobody of the directory has signed, and
 * `contract-not-party` where this site has no part in it.
 */
export async function takeConsent(tx: Tx, message: unknown): Promise<{ readonly taken: string }> {
  const { artefact, salt, revocation } = (message ?? {}) as Partial<ConsentMessage>
  if (typeof artefact !== "string" || typeof salt !== "string") throw problem("signature-invalid")
  const row = await keepBrought(tx, { artefact, salt })
  if (row?.artefact !== artefact) throw problem("signature-invalid")
  if (revocation !== undefined && !row.revokedAt) await keepRevocation(tx, row, revocation)
  return { taken: row.id }
}

async function keepRevocation(tx: Tx, row: ConsentRow, revocation: string): Promise<void> {
  const { site, payload } = await provenDocument(tx, REVOCATION_TYPE, revocation, ARTEFACT_CHARS_MAX)
  if (!isRevocation(payload) || payload.consent !== row.id || site !== row.signer) throw problem("signature-invalid")
  if (!(await insertRevocation(tx, row, revocation, new Date(payload.revokedAt)))) return
  const details = { consent: row.id, contract: row.contract }
  append(tx, { agency: bookOf(tx, said(row.artefact)), event: "consent-revoked", details })
}

/**
 * The consent as it stands here, kept when it is new and proven; undefined for what proves nothing. A site that has kept one believes it
 * after the certificate of its signer has ended; a new one must be signed with a key that holds now.
 */
export async function keepBrought(tx: Tx, { artefact, salt }: BroughtConsent): Promise<ConsentRow | undefined> {
  const id = idIn(artefact)
  const known = id === undefined ? undefined : await findConsentRow(tx, id)
  if (known || id === undefined) return known
  const proven = await provenDocument(tx, CONSENT_TYPE, artefact, ARTEFACT_CHARS_MAX).catch(unproven)
  if (!proven || !isArtefact(proven.payload) || !SALT.test(salt)) return undefined
  const { payload } = proven
  if (!(await inForce(tx, payload.contract)) || !(await sitesOf(tx, payload)).has(standingOf(tx.site).file.site))
    throw problem("contract-not-party")
  const { contract, purpose } = payload
  const times = { issuedAt: new Date(payload.issuedAt), until: new Date(payload.until) }
  const isNew = await insertConsent(tx, { id, subject: UNKNOWN, contract, signer: proven.site, artefact, salt, ...times })
  const details = { consent: id, contract, purpose, site: proven.site }
  if (isNew) append(tx, { agency: bookOf(tx, payload), event: "consent-given", details })
  return findConsentRow(tx, id)
}

function unproven(fault: unknown): undefined {
  if (fault instanceof Problem && (fault.code === "signature-invalid" || fault.code === "certificate-refused")) return undefined
  throw fault
}

function idIn(artefact: string): string | undefined {
  if (artefact.length > ARTEFACT_CHARS_MAX) return undefined
  try {
    const payload = said(artefact) as unknown
    return isArtefact(payload) ? payload.id : undefined
  } catch {
    return undefined
  }
}
