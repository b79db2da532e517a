// New certificates before the old ones end: the site makes new keys and asks with the old one, the hub certifies.
import { Compile } from "typebox/compile"
import { append } from "#audit"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import { readCertificate } from "./certificates.ts"
import type { CertificateUse } from "./directory.ts"
import { takeCertificates } from "./join-federation.ts"
import { RenewAnswer, RenewRequest } from "./join-request.ts"
import { certificateFor, type OfferedKeys, offerOf, type ProvenKey, provenKey, provePossession } from "./key-offer.ts"
import { RENEW_BEFORE_MS } from "./limits.ts"
import { isInPlace, newKeyName, signerOf } from "./own-keys.ts"
import { listedCertificate, publishDirectory, SITE_BOOK } from "./publish-directory.ts"
import { keyThumbprint } from "./signer.ts"
import { openSiteRequest, refuseStale, signSiteRequest } from "./site-request.ts"
import { newestCertificates, standingOf } from "./standing.ts"
import { type CertificateRow, findSite, readCertificates } from "./store.ts"
import { takeDirectory } from "./take-directory.ts"

export interface RenewalPlan {
  readonly keys: OfferedKeys
  /** To be posted to the hub. */
  readonly request: string
}

/** Is a certificate of this site near its end, or its key not where site.yaml wants it? */
export function isRenewalDue(tx: Tx): boolean {
  const { file } = standingOf(tx.site)
  const newest = newestCertificates(tx.site)
  return (["auth", "sealing"] as const).some((use) => {
    const held = newest[use]
    return !held || held.until.getTime() - RENEW_BEFORE_MS <= tx.now.getTime() || !isInPlace(file, use, held.keyName)
  })
}

/** Makes new keys and the request for their certificates. Throws `certificate-missing` when the old ones have ended: join again. */
export async function planRenewal(tx: Tx, brought?: OfferedKeys): Promise<RenewalPlan> {
  const { file, token } = standingOf(tx.site)
  const id = newId(tx.now)
  const keys = brought ?? {
    auth: { keyName: newKeyName(file, "auth", id) },
    sealing: { keyName: newKeyName(file, "sealing", id) },
  }
  const [auth, sealing] = [await signerOf(tx, token, keys.auth.keyName), await signerOf(tx, token, keys.sealing.keyName)]
  const body = {
    site: file.site,
    at: tx.now.toISOString(),
    auth: await offerOf(auth, keys.auth, `${file.instance}/${file.site} auth`, file.name),
    sealing: await offerOf(sealing, keys.sealing, `${file.instance}/${file.site} sealing`, file.name),
  }
  const proofs = { auth: await provePossession(auth, body), sealing: await provePossession(sealing, body) }
  return { keys, request: await signSiteRequest(tx, { kind: "renew", body, proofs }) }
}

const checkAnswer = Compile(RenewAnswer)

/** Takes the hub's answer. The old certificates serve a few minutes more, until all others know the new ones. */
export async function completeRenewal(tx: Tx, { keys }: RenewalPlan, answer: unknown): Promise<void> {
  if (!checkAnswer.Check(answer)) throw problem("hub-refused")
  const { file } = standingOf(tx.site)
  await takeDirectory(tx, answer.directory)
  await takeCertificates(tx, keys, answer)
  for (const use of ["auth", "sealing"] as const) noteRenewal(tx, file.site, use, answer[use])
}

const checkRequest = Compile(RenewRequest)

/**
 * At the hub: certifies the new keys of a listed site. The same keys asking again get the same certificates. Throws
 * `signature-invalid`, `certificate-refused`, `signature-stale`, `join-refused` (a new key is not proven).
 */
export async function renewCertificates(tx: Tx, jws: unknown): Promise<RenewAnswer> {
  const { site, request } = await openSiteRequest(tx, jws, checkRequest)
  const { body, proofs } = request
  if (body.site !== site) throw problem("certificate-refused")
  refuseStale(tx, body.at)
  const auth = provenKey(tx, body.auth, body, proofs.auth)
  const sealing = provenKey(tx, body.sealing, body, proofs.sealing)
  const rows = { auth: await renewed(tx, site, "auth", auth), sealing: await renewed(tx, site, "sealing", sealing) }
  const { jws: directory } = await publishDirectory(tx)
  return { auth: listedCertificate(rows.auth), sealing: listedCertificate(rows.sealing), directory }
}

async function renewed(tx: Tx, site: string, use: CertificateUse, proven: ProvenKey): Promise<CertificateRow> {
  const row = await findSite(tx, site)
  if (!row) throw problem("certificate-refused")
  const known = (await readCertificates(tx, site)).find((one) => {
    const certificate = readCertificate(one.certificate)
    return one.use === use && certificate && keyThumbprint(certificate.publicKey) === proven.thumbprint
  })
  if (known) return known
  const holder = { site, organisation: row.facts.name, line: row.facts.line }
  const fresh = await certificateFor(tx, holder, use, proven)
  noteRenewal(tx, site, use, listedCertificate(fresh))
  return fresh
}

const noteRenewal = (tx: Tx, site: string, use: CertificateUse, { thumbprint, until }: { thumbprint: string; until: string }) =>
  append(tx, { agency: SITE_BOOK, event: "certificate-renewed", details: { site, use, thumbprint, until } })
