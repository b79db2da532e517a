// The site's signature over a publication: who published which definition, from when on.
import { createHash, createPublicKey, sign } from "node:crypto"
import type { Tx } from "#platform/db"
import { canonicalJson } from "./canonical.ts"

/** What is signed. The hash stands for the whole definition. */
export interface SignedClaim {
  readonly code: string
  readonly hash: string
  readonly version: number
  readonly kind: "published" | "withdrawn"
  readonly validFrom: string
  readonly validUntil?: string | undefined
  /** The text by which two officials published it; a pack names the law inside its definitions. */
  readonly legalBasis?: string | undefined
  /** Of a withdrawal: the service that takes its place. */
  readonly replacedBy?: string | undefined
}

const base64url = (text: string) => Buffer.from(text, "utf8").toString("base64url")

/** The public half of the site's key `catalogue` (RFC 7517), with its thumbprint (RFC 7638) as `kid`. */
export function publicKeyOf(tx: Tx) {
  const { crv, kty, x, y } = createPublicKey(tx.site.keys.ecKey("catalogue")).export({ format: "jwk" })
  const kid = createHash("sha256").update(canonicalJson({ crv, kty, x, y })).digest("base64url")
  return { crv, kty, x, y, kid, alg: "ES256", use: "sig" }
}

/** A compact JWS (RFC 7515) with ES256 by the site's key `catalogue`; its `kid` is the key's thumbprint (RFC 7638). */
export function signClaim(tx: Tx, claim: SignedClaim): string {
  const key = tx.site.keys.ecKey("catalogue")
  const { kid } = publicKeyOf(tx)
  const signed = `${base64url(canonicalJson({ alg: "ES256", kid }))}.${base64url(canonicalJson(claim))}`
  const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" })
  return `${signed}.${signature.toString("base64url")}`
}
