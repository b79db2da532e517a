// The keys that sign papers: the site's own authority, and one key and certificate per agency, made when first needed.
import { createHash, createPublicKey, type KeyObject, X509Certificate } from "node:crypto"
import type { Site } from "#platform/site"
import { makeCertificate } from "./certificate.ts"

const DAY_MS = 86_400_000
const AUTHORITY_DAYS = 7_305
const AGENCY_DAYS = 3_652
/** A clock that runs a little behind elsewhere must not find the certificate too young. */
const EARLY_MS = 300_000
const AUTHORITY_KEY = "documents.authority"

export interface SigningIdentity {
  readonly key: KeyObject
  readonly certificate: X509Certificate
  readonly authority: X509Certificate
}

/** The key and certificate with which an agency signs its papers; `name` is what its certificate calls it. */
export async function signingIdentity(site: Site, now: Date, agency: string, name: string): Promise<SigningIdentity> {
  const authority = await authorityCertificate(site, now)
  const keyName = `documents.agency.${keyPart(agency)}`
  const key = site.keys.ecKey(keyName)
  const make = async () =>
    makeCertificate({
      subject: { name, organisation: name, unit: agency },
      issuer: authorityName(site),
      key,
      issuerKey: site.keys.ecKey(AUTHORITY_KEY),
      from: new Date(now.getTime() - EARLY_MS),
      until: new Date(now.getTime() + AGENCY_DAYS * DAY_MS),
      authority: false,
    })
  const certificate = readCertificate(await site.keys.blob(`${keyName}.cer`, make))
  if (!certificate.publicKey.equals(createPublicKey(key))) throw new Error(`key and certificate of ${agency} do not fit`)
  return { key, certificate, authority }
}

/** The certificate of the site's own authority, to which every agency's certificate leads. */
export async function authorityCertificate(site: Site, now: Date): Promise<X509Certificate> {
  const key = site.keys.ecKey(AUTHORITY_KEY)
  const make = async () =>
    makeCertificate({
      subject: authorityName(site),
      issuer: authorityName(site),
      key,
      issuerKey: key,
      from: new Date(now.getTime() - EARLY_MS),
      until: new Date(now.getTime() + AUTHORITY_DAYS * DAY_MS),
      authority: true,
    })
  return readCertificate(await site.keys.blob(`${AUTHORITY_KEY}.cer`, make))
}

/** Named after the key, not the address: a site may move. */
function authorityName(site: Site): { name: string; organisation: string } {
  const key = createPublicKey(site.keys.ecKey(AUTHORITY_KEY)).export({ type: "spki", format: "der" })
  const short = createHash("sha256").update(key).digest("hex").slice(0, 8)
  return { name: `Motlan authority for papers ${short}`, organisation: "Motlan" }
}

/** An agency's id as a part of a key's name; what a name can't hold is spelt in hex between dots. */
const keyPart = (agency: string): string =>
  [...agency].map((c) => (/[a-z0-9-]/.test(c) ? c : `.${c.codePointAt(0)!.toString(16)}.`)).join("")

const certificates = new Map<string, X509Certificate>()
const CERTIFICATES_MAX = 500

/** Reads a certificate, once as long as room lasts. */
function readCertificate(der: Buffer): X509Certificate {
  const name = createHash("sha256").update(der).digest("hex")
  const certificate = certificates.get(name) ?? new X509Certificate(der)
  if (certificates.size < CERTIFICATES_MAX) certificates.set(name, certificate)
  return certificate
}
