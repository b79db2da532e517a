// What carries a seal over a link, and what checks it: the leaves of a batch that are here, and the hashes of those that are not.
import type { KeyObject } from "node:crypto"
import { rootHash } from "#engines/ledger"
import { type GotMessage, leavesOf, type PeerBatch, type SignedBatch, verifyRoot } from "#evidence"
import type { Seal } from "./wire.ts"

const HASH_BYTES = 32

/** The seal of a frame with these messages of a batch. */
export function sealOf({ keyId, size, signature, leaves }: SignedBatch, places: readonly number[]): Seal {
  const here = new Set(places)
  const others = Buffer.concat(leaves.filter((_, place) => !here.has(place))).toString("base64")
  return { keyId, size, signature: signature.toString("base64"), others }
}

/** What a peer has signed, as it came: the batch and what the signature was made over. */
export interface Opened {
  readonly of: PeerBatch
  readonly batch: SignedBatch
}

/** Does the signature of `key` cover these messages, at these places? Undefined when it does not. */
export function openSeal(seal: Seal, messages: readonly GotMessage[], key: KeyObject): Opened | undefined {
  const bytes = Buffer.from(seal.others, "base64")
  if (bytes.length !== (seal.size - messages.length) * HASH_BYTES) return undefined
  const others = Array.from({ length: bytes.length / HASH_BYTES }, (_, i) => bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES))
  const of = { messages: [...messages].sort((a, b) => a.place - b.place), others }
  if (of.messages.some(({ place }, i) => place >= seal.size || place === of.messages[i - 1]?.place)) return undefined
  const leaves = leavesOf(of)
  const batch = {
    keyId: seal.keyId,
    size: seal.size,
    root: rootHash(leaves),
    signature: Buffer.from(seal.signature, "base64"),
    leaves,
  }
  return verifyRoot(of.messages[0]!.text, batch, key) ? { of, batch } : undefined
}
