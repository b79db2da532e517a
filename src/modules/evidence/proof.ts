// The proof that a batch's signature covers a record: the signature itself, and the way from the leaf to the root.
import { type KeyObject, verify } from "node:crypto"
import { verifyInclusion } from "#engines/ledger"
import { recordLeaf } from "./record.ts"

/** What one signature covers. */
export interface SignedBatch {
  /** Of the key that signed it. */
  readonly keyId: string
  readonly size: number
  readonly root: Buffer
  /** ECDSA P-256 with SHA-256, as r and s (64 bytes). */
  readonly signature: Buffer
  readonly leaves: readonly Buffer[]
}

export interface Proof {
  readonly index: number
  readonly size: number
  /** ECDSA P-256 with SHA-256, as r and s (64 bytes). */
  readonly signature: Buffer
  readonly root: Buffer
  /** Hashes from the leaf to the root, lowest first. */
  readonly path: readonly Buffer[]
}

/** More leaves than this never share a signature: seven hashes lead to any. */
export const BATCH_MAX = 128
const PATH_MAX = 7
const HASH_BYTES = 32
const SIGNATURE_BYTES = 64
const ROOT_PREFIX = "motlan-batch-root-v1"

/**
 * What is signed for a batch. One message alone is signed as RFC 9421 says, over its signature base: anybody's verifier checks it.
 * Otherwise size and root are signed, under a prefix that no signature base begins with.
 */
export const signedBytes = (size: number, text: string, root: Buffer): Buffer =>
  size === 1 ? Buffer.from(text) : Buffer.from(`${ROOT_PREFIX} ${size} ${root.toString("base64")}\n`)

/** Was `text` signed by the owner of this key? */
export function verifyProof(text: string, proof: Proof, key: KeyObject): boolean {
  return verifyWay(text, proof) && verifyRoot(text, proof, key)
}

/** Does the way lead from the leaf of `text` to the root? */
export const verifyWay = (text: string, { index, size, root, path }: Proof): boolean =>
  verifyInclusion(recordLeaf(text), index, size, path, root)

/** Does the signature hold, over the root or over the one text? */
export function verifyRoot(
  text: string,
  { size, signature, root }: Omit<SignedBatch, "keyId" | "leaves">,
  key: KeyObject,
): boolean {
  return verify("sha256", signedBytes(size, text, root), { key, dsaEncoding: "ieee-p1363" }, signature)
}

/** A proof in one header: `INDEX;SIZE;SIGNATURE;ROOT;PATH`, bytes in base64. */
export function printProof({ index, size, signature, root, path }: Proof): string {
  const way = path.length === 0 ? "" : Buffer.concat(path).toString("base64")
  return `${index};${size};${signature.toString("base64")};${root.toString("base64")};${way}`
}

const PROOF = /^(\d{1,3});(\d{1,3});([A-Za-z0-9+/]{86}==);([A-Za-z0-9+/]{43}=);([A-Za-z0-9+/=]{0,300})$/

/** Undefined when the text is no proof. */
export function parseProof(text: string): Proof | undefined {
  const found = PROOF.exec(text)
  if (!found) return undefined
  const way = Buffer.from(found[5]!, "base64")
  const hashes = way.length / HASH_BYTES
  const signature = Buffer.from(found[3]!, "base64")
  const [index, size] = [Number(found[1]), Number(found[2])]
  if (!Number.isInteger(hashes) || hashes > PATH_MAX || size > BATCH_MAX || index >= size) return undefined
  if (signature.length !== SIGNATURE_BYTES) return undefined
  const path = Array.from({ length: hashes }, (_, i) => way.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES))
  return { index, size, signature, root: Buffer.from(found[4]!, "base64"), path }
}
