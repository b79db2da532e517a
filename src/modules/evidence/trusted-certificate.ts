// Certificates that lead to a trust anchor, and when they hold.
import { type KeyObject, X509Certificate } from "node:crypto"

export interface Trusted {
  readonly key: KeyObject
  /** The subject, in one line. */
  readonly subject: string
  /** Did it hold then (seconds since 1970)? Without a time: always. */
  holdsAt(seconds: number | undefined): boolean
}

const CHAIN_MAX = 4
const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g

/** The certificates of a PEM text, in their order. */
export const pemsIn = (text: string): string[] => text.match(PEM) ?? []

/** The first of these certificates, when its thumbprint is `id` and the others lead from it to an anchor; undefined otherwise. */
export function trustedCertificate(id: string, pems: readonly string[], anchors: readonly string[]): Trusted | undefined {
  try {
    const [leaf, ...chain] = pems.map((pem) => new X509Certificate(pem))
    if (!leaf || chain.length > CHAIN_MAX || id !== thumbprint(leaf) || !leadsTo(leaf, chain, anchors)) return undefined
    const [from, until] = [Date.parse(leaf.validFrom) / 1_000, Date.parse(leaf.validTo) / 1_000]
    return {
      key: leaf.publicKey,
      subject: leaf.subject.replaceAll("\n", ", "),
      holdsAt: (seconds) => seconds === undefined || (from <= seconds && seconds < until),
    }
  } catch {
    return undefined
  }
}

/** Do these certificates lead from the first to one of the anchors (PEM)? */
export function leadsTo(leaf: X509Certificate, chain: readonly X509Certificate[], anchors: readonly string[]): boolean {
  const roots = anchors.flatMap(pemsIn).map((pem) => new X509Certificate(pem))
  let here = leaf
  for (let depth = 0; depth <= CHAIN_MAX; depth++) {
    if (roots.some((root) => root.raw.equals(here.raw) || isIssuedBy(here, root))) return true
    const next = chain.find((one) => one.ca && !one.raw.equals(here.raw) && isIssuedBy(here, one))
    if (!next) return false
    here = next
  }
  return false
}

const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)

const thumbprint = (certificate: X509Certificate): string =>
  Buffer.from(certificate.fingerprint256.replaceAll(":", ""), "hex").toString("base64url")
