// Keys that a site offers to the hub: by a request for a certificate, or with a certificate of an outside authority; always with a proof that it holds them.
import { createHash, type KeyObject, verify, type X509Certificate } from "node:crypto"
import Type, { type Static } from "typebox"
import { canonicalJson } from "#engines/ledger"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { certify, type Holder, keepCertificate } from "./authority.ts"
import { keyOfRequest, leadsTo, makeCertificateRequest, readCertificate } from "./certificates.ts"
import { type CertificateUse, Der } from "./directory.ts"
import { CHAIN_MAX } from "./limits.ts"
import { keyThumbprint, type Signer } from "./signer.ts"
import { closed } from "./site-file.ts"
import { hubOf } from "./standing.ts"
import type { CertificateRow } from "./store.ts"

/** Exactly one of both. */
export const KeyOffer = closed({
  /** PKCS#10. */
  request: Type.Optional(Der),
  /** A certificate of an outside authority, then those between it and a trust anchor of the directory. */
  certificates: Type.Optional(Type.Array(Der, { minItems: 1, maxItems: CHAIN_MAX + 1 })),
})
export type KeyOffer = Static<typeof KeyOffer>

/** ES256 over SHA-256 of the canonical text of the request's body. */
export const Proof = Type.String({ pattern: "^[A-Za-z0-9_-]{86}$" })

/** The keys of a site by their names in its folder of keys; certificates where an outside authority has made them. */
export interface OfferedKeys {
  readonly auth: OfferedKey
  readonly sealing: OfferedKey
}

export interface OfferedKey {
  readonly keyName: string
  /** DER, the key's own first. */
  readonly certificates?: readonly Buffer[]
}

/** The offer of one key. */
export async function offerOf(signer: Signer, offered: OfferedKey, name: string, organisation: string): Promise<KeyOffer> {
  if (offered.certificates) return { certificates: offered.certificates.map((der) => der.toString("base64")) }
  return { request: (await makeCertificateRequest(signer, name, organisation)).toString("base64") }
}

/** Proves the possession of a key over the body of a request. */
export const provePossession = async (signer: Signer, body: unknown): Promise<string> =>
  (await signer.sign(Buffer.from(bodyText(body)))).toString("base64url")

export const bodyText = (body: unknown): string =>
  `motlan-request ${createHash("sha256").update(canonicalJson(body)).digest("hex")}`

export interface ProvenKey {
  readonly key: KeyObject
  readonly thumbprint: string
  /** Brought from outside, leading to a trust anchor. */
  readonly brought?: { readonly certificate: X509Certificate; readonly chain: readonly X509Certificate[] }
}

/** The key of an offer. Throws `join-refused` when its holder does not prove it, or its certificate leads to no trust anchor. */
export function provenKey(tx: Tx, offer: KeyOffer, body: unknown, proof: string): ProvenKey {
  const found = keyOf(tx, offer)
  const signature = Buffer.from(proof, "base64url")
  const isHeld = found && verify("sha256", Buffer.from(bodyText(body)), { key: found.key, dsaEncoding: "ieee-p1363" }, signature)
  if (!found || !isHeld) throw problem("join-refused")
  return { ...found, thumbprint: keyThumbprint(found.key) }
}

function keyOf(tx: Tx, { request, certificates }: KeyOffer): Omit<ProvenKey, "thumbprint"> | undefined {
  if ((request === undefined) === (certificates === undefined)) return undefined
  if (request !== undefined) {
    const key = keyOfRequest(Buffer.from(request, "base64"))
    return key && { key }
  }
  const read = certificates!.map((der) => readCertificate(Buffer.from(der, "base64")))
  const [certificate, ...chain] = read
  if (!certificate || chain.includes(undefined)) return undefined
  const between = chain as X509Certificate[]
  if (!leadsTo(certificate, between, hubOf(tx).anchors, tx.now)) return undefined
  return { key: certificate.publicKey, brought: { certificate, chain: between } }
}

/** The certificate of a proven key: the one that was brought, or a fresh one of the hub's authority. */
export const certificateFor = (tx: Tx, holder: Holder, use: CertificateUse, proven: ProvenKey): Promise<CertificateRow> =>
  proven.brought
    ? keepCertificate(tx, holder.site, use, proven.brought.certificate, proven.brought.chain)
    : certify(tx, holder, use, proven.key)
