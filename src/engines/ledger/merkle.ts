// Merkle trees as RFC 9162 section 2.1 defines them: root, inclusion proof, and its check.
import { createHash, hash } from "node:crypto"
import { sha256 } from "./sha256.ts"

export const HASH_BYTES = 32
/** Data up to this size is copied behind its 0x00 and hashed in one call, which is twice as fast for small data. */
const COPY_MAX = 16_384
const LEAF = Uint8Array.of(0)
/** 0x01, left, right: filled anew for each node, so that a tree needs no other memory than its hashes. */
const node = Buffer.alloc(1 + 2 * HASH_BYTES, 1)

/** The root of no leaves: SHA-256 of nothing. */
export const emptyRoot = (): Buffer => sha256(LEAF.subarray(1))

/** SHA-256(0x00 || data). */
export function leafHash(data: Uint8Array): Buffer {
  if (data.length > COPY_MAX) return createHash("sha256").update(LEAF).update(data).digest()
  const bytes = Buffer.allocUnsafe(1 + data.length)
  bytes[0] = 0
  bytes.set(data, 1)
  return sha256(bytes)
}

/** SHA-256(0x01 || left || right). Throws a RangeError for what is no hash of 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) throw new RangeError("a hash has 32 bytes")
  node.set(left, 1)
  node.set(right, 1 + HASH_BYTES)
  return sha256(node)
}

/** The root over leaf hashes (RFC 9162 section 2.1.1); of no leaves, SHA-256 of nothing. Throws a RangeError for what is no hash. */
export function rootHash(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return emptyRoot()
  const level = Buffer.allocUnsafe(leaves.length * HASH_BYTES)
  for (const [i, leaf] of leaves.entries()) {
    if (leaf.length !== HASH_BYTES) throw new RangeError("a hash has 32 bytes")
    level.set(leaf, i * HASH_BYTES)
  }
  // A level's last node without a partner rises as it is: that is the same tree as the one that splits at powers of two.
  for (let count = leaves.length; count > 1; count = Math.ceil(count / 2)) {
    for (let i = 0; i < count; i += 2) {
      const [from, to] = [i * HASH_BYTES, (i / 2) * HASH_BYTES]
      if (i + 1 === count) level.copyWithin(to, from, from + HASH_BYTES)
      else {
        level.copy(node, 1, from, from + 2 * HASH_BYTES)
        level.write(hash("sha256", node, "binary"), to, "latin1")
      }
    }
  }
  return level.subarray(0, HASH_BYTES)
}

/** The hashes that lead from leaf `index` to the root (section 2.1.3.1), lowest first. Throws a RangeError when there is no such leaf. */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Buffer[] {
  if (!(Number.isInteger(index) && index >= 0 && index < leaves.length)) throw new RangeError(`no leaf ${index}`)
  if (leaves.length === 1) return []
  const split = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return index < split
    ? [...inclusionProof(left, index), rootHash(right)]
    : [...inclusionProof(right, index - split), rootHash(left)]
}

/** Does `proof` lead from this leaf hash at `index` of a tree of `size` leaves to `root` (section 2.1.3.2)? */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size)) return false
  if (![leaf, root, ...proof].every(isHash)) return false
  let at = index
  let last = size - 1
  let up: Uint8Array = leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      up = nodeHash(sibling, up)
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2)
        last = Math.floor(last / 2)
      }
    } else up = nodeHash(up, sibling)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && Buffer.compare(up, root) === 0
}

export const isHash = (bytes: Uint8Array): boolean => bytes.length === HASH_BYTES

/** The largest power of two below `size`. */
export function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}
