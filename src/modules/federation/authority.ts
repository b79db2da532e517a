// The hub's own authority: it certifies the keys of sites for a short while. And the key that signs the directory.
import { type KeyObject, X509Certificate } from "node:crypto"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import type { Site } from "#platform/site"
import { type CertificateKind, makeCertificate, validFrom, validUntil } from "./certificates.ts"
import type { CertificateUse } from "./directory.ts"
import { AUTHORITY_MS, CERTIFICATE_MS, EARLY_MS, RENEW_BEFORE_MS } from "./limits.ts"
import { isInPlace, newKeyName, signerOf } from "./own-keys.ts"
import { ecSigner, keyThumbprint, type Signer, thumbprintOf } from "./signer.ts"
import { hubOf, newestCertificates, rereadCertificates } from "./standing.ts"
import { type CertificateRow, insertCertificate, insertOwnCertificate } from "./store.ts"

const AUTHORITY_KEY = "federation.authority"
const DIRECTORY_KEY = "federation.directory"

/** Signs the directory: the first key, or the nth after it was changed. */
export const directorySigner = (site: Site, nth = 1): Signer =>
  ecSigner(site.keys.ecKey(nth === 1 ? DIRECTORY_KEY : `${DIRECTORY_KEY}.${nth}`))

/** The certificate of the hub's authority, made the first time. */
export async function authorityCertificate(tx: Tx): Promise<X509Certificate> {
  const { file } = hubOf(tx)
  const signer = ecSigner(tx.site.keys.ecKey(AUTHORITY_KEY))
  const make = () =>
    makeCertificate({
      kind: "authority",
      name: `${file.instance} exchange ${keyThumbprint(signer.publicKey).slice(0, 8)}`,
      organisation: file.name,
      issuer: undefined,
      issuerSigner: signer,
      publicKey: signer.publicKey,
      from: new Date(tx.now.getTime() - EARLY_MS),
      until: new Date(tx.now.getTime() + AUTHORITY_MS),
    })
  return new X509Certificate(await tx.site.keys.blob(`${AUTHORITY_KEY}.cer`, make))
}

export interface Holder {
  readonly site: string
  readonly organisation: string
  /** `host:port`. */
  readonly line: string
}

/** Certifies a key for CERTIFICATE_DAYS and keeps the certificate in the list of all. */
export async function certify(tx: Tx, holder: Holder, use: CertificateUse, publicKey: KeyObject): Promise<CertificateRow> {
  const { file } = hubOf(tx)
  const issuer = await authorityCertificate(tx)
  const kind: CertificateKind = use
  const der = await makeCertificate({
    kind,
    name: `${file.instance}/${holder.site} ${use}`,
    organisation: holder.organisation,
    issuer,
    issuerSigner: ecSigner(tx.site.keys.ecKey(AUTHORITY_KEY)),
    publicKey,
    from: new Date(tx.now.getTime() - EARLY_MS),
    until: new Date(tx.now.getTime() + CERTIFICATE_MS),
    ...(use === "auth" ? { host: hostOf(holder.line) } : {}),
  })
  return keepCertificate(tx, holder.site, use, new X509Certificate(der), [])
}

/** Keeps a certificate that was issued here or brought from outside. */
export async function keepCertificate(
  tx: Tx,
  site: string,
  use: CertificateUse,
  certificate: X509Certificate,
  chain: readonly X509Certificate[],
): Promise<CertificateRow> {
  const row: CertificateRow = {
    thumbprint: thumbprintOf(certificate.raw),
    site,
    use,
    certificate: certificate.raw,
    chain: chain.map(({ raw }) => raw),
    from: validFrom(certificate),
    until: validUntil(certificate),
  }
  await insertCertificate(tx, row)
  return row
}

/** The hub certifies itself, the first time and before its certificates end; true when it did. */
export async function certifyHub(tx: Tx): Promise<boolean> {
  const { file, token } = hubOf(tx)
  await rereadCertificates(tx)
  const newest = newestCertificates(tx.site)
  let isNew = false
  for (const use of ["auth", "sealing"] as const) {
    const held = newest[use]
    if (held && held.until.getTime() - RENEW_BEFORE_MS > tx.now.getTime() && isInPlace(file, use, held.keyName)) continue
    const keyName = newKeyName(file, use, newId(tx.now))
    const { publicKey } = await signerOf(tx, token, keyName)
    const { site: _, ...row } = await certify(tx, { site: file.site, organisation: file.name, line: file.line }, use, publicKey)
    await insertOwnCertificate(tx, { ...row, keyName })
    isNew = true
  }
  if (isNew) await rereadCertificates(tx)
  return isNew
}

const hostOf = (line: string): string => line.slice(0, line.lastIndexOf(":")).replace(/^\[|\]$/g, "")
