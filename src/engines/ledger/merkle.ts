// Merkle trees as RFC 9162 section 2.1 defines them: root, inclusion proof, and its check.
import { createHash } from "node:crypto"

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash("sha256")
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** SHA-256(0x00 || data). */
export const leafHash = (data: Uint8Array): Buffer => sha256(LEAF, data)

/** SHA-256(0x01 || left || right). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(NODE, left, right)

/** The root over leaf hashes (RFC 9162 section 2.1.1); of no leaves, SHA-256 of nothing. */
export function rootHash(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return Buffer.from(leaves[0]!)
  const split = splitOf(leaves.length)
  return nodeHash(rootHash(leaves.slice(0, split)), rootHash(leaves.slice(split)))
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
  let at = index
  let last = size - 1
  let hash: Uint8Array = leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash)
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2)
        last = Math.floor(last / 2)
      }
    } else hash = nodeHash(hash, sibling)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && Buffer.compare(hash, root) === 0
}

/** The largest power of two below `size`. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}
