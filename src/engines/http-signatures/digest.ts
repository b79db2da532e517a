// Digest fields (RFC 9530): Content-Digest and Repr-Digest made and checked, and what a peer would like to get.
import { createHash, hash, timingSafeEqual } from "node:crypto"
import { parseDictionary } from "./parse-field.ts"
import { SignatureError } from "./signature-error.ts"
import { bytesText, isInnerList } from "./structured-field.ts"

/** The algorithms that RFC 9530 calls active, by the name that stands in the field. */
export type DigestAlgorithm = "sha-256" | "sha-512"
export const digestAlgorithms: readonly DigestAlgorithm[] = ["sha-256", "sha-512"]

/** Digests by algorithm: 32 bytes of sha-256, 64 of sha-512. */
export type Digests = Readonly<Partial<Record<DigestAlgorithm, Uint8Array>>>

const nodeName: Record<DigestAlgorithm, string> = { "sha-256": "sha256", "sha-512": "sha512" }

/** The digest of content that is in memory. */
export function digestOf(algorithm: DigestAlgorithm, content: Uint8Array | string): Buffer {
  // By way of a string of bytes: faster than asking for a buffer.
  return Buffer.from(hash(nodeName[algorithm], content, "binary"), "latin1")
}

/** A running digest for content that streams by: `update` each piece, then `digest`. */
export function runningDigest(algorithm: DigestAlgorithm): {
  update(piece: Uint8Array): unknown
  digest(): Buffer
} {
  return createHash(nodeName[algorithm])
}

/** The value of Content-Digest or Repr-Digest (RFC 9530 sections 2 and 3) for digests already computed. */
export function digestField(digests: Digests): string {
  return Object.entries(digests)
    .map(([algorithm, digest]) => `${algorithm}=${bytesText(digest)}`)
    .join(", ")
}

/** The value of Content-Digest for content in memory. */
export function contentDigest(content: Uint8Array | string, algorithm: DigestAlgorithm = "sha-256"): string {
  return `${algorithm}=:${hash(nodeName[algorithm], content, "base64")}:`
}

/**
 * The digests that a field value names, those of unknown algorithms left out (section 2). Throws SignatureError "field-syntax",
 * "field-too-long", "field-duplicate".
 */
export function parseDigestField(value: string): Digests {
  const digests: Partial<Record<DigestAlgorithm, Uint8Array>> = {}
  for (const [name, member] of parseDictionary(value, { unique: true })) {
    if (isInnerList(member) || member.bare.kind !== "bytes") throw new SignatureError("field-syntax", `${name} is no digest`)
    const algorithm = digestAlgorithms.find((known) => known === name)
    if (algorithm) digests[algorithm] = member.bare.value
  }
  return digests
}

/**
 * Holds the digests of a field against those of the content that came. Every algorithm that stands in both must agree, and one must:
 * "digest-missing" when none does, "digest-mismatch" when one differs. Gives the algorithms that agreed.
 */
export function checkDigestField(value: string | undefined, computed: Digests): DigestAlgorithm[] {
  const claimed = value === undefined ? {} : parseDigestField(value)
  const agreed: DigestAlgorithm[] = []
  for (const algorithm of digestAlgorithms) {
    const [theirs, ours] = [claimed[algorithm], computed[algorithm]]
    if (!theirs || !ours) continue
    if (theirs.length !== ours.length || !timingSafeEqual(theirs, ours)) throw new SignatureError("digest-mismatch", algorithm)
    agreed.push(algorithm)
  }
  if (agreed.length === 0) throw new SignatureError("digest-missing", (value ?? "").slice(0, 64))
  return agreed
}

/** As checkDigestField, for content in memory: computes what the field names, no more. */
export function checkContentDigest(value: string | undefined, content: Uint8Array | string): DigestAlgorithm[] {
  // What nearly every message carries needs no parser: the one spelling of the right digest.
  if (value !== undefined && value === contentDigest(content)) return ["sha-256"]
  const names = value === undefined ? [] : (Object.keys(parseDigestField(value)) as DigestAlgorithm[])
  return checkDigestField(value, Object.fromEntries(names.map((name) => [name, digestOf(name, content)])))
}

/** A wish of Want-Content-Digest or Want-Repr-Digest: 10 is preferred, 1 is least, 0 is not acceptable. */
export interface DigestWish {
  readonly algorithm: string
  readonly preference: number
}

/** The wishes of a Want- field (section 4), most preferred first. Throws as parseDigestField. */
export function parseWantDigest(value: string): DigestWish[] {
  const wishes = [...parseDictionary(value, { unique: true })].map(([algorithm, member]) => {
    const bare = isInnerList(member) ? undefined : member.bare
    if (bare?.kind !== "integer" || bare.value < 0 || bare.value > 10)
      throw new SignatureError("field-syntax", `${algorithm} has no preference of 0 to 10`)
    return { algorithm, preference: bare.value }
  })
  return wishes.sort((a, b) => b.preference - a.preference)
}

/** Of the wishes, the algorithm that we have and that the peer likes best; undefined when it wants none of ours. */
export function chooseDigest(wishes: readonly DigestWish[]): DigestAlgorithm | undefined {
  const wish = wishes.find(({ algorithm, preference }) => preference > 0 && digestAlgorithms.some((known) => known === algorithm))
  return wish?.algorithm as DigestAlgorithm | undefined
}
