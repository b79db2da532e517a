// Consistency proofs (RFC 9162 section 2.1.4): that a later tree only added leaves to an earlier one.
import { isHash, nodeHash, rootHash, splitOf } from "./merkle.ts"

/**
 * The hashes that lead from the root of the first `oldSize` leaves to the root of all (section 2.1.4.1); none for an empty or an equal tree.
 * Throws a RangeError when there are not as many leaves.
 */
export function consistencyProof(leaves: readonly Uint8Array[], oldSize: number): Buffer[] {
  if (!(Number.isInteger(oldSize) && oldSize >= 0 && oldSize <= leaves.length)) throw new RangeError(`no tree of ${oldSize}`)
  return oldSize === 0 || oldSize === leaves.length ? [] : subproof(leaves, oldSize, true)
}

function subproof(leaves: readonly Uint8Array[], oldSize: number, isWhole: boolean): Buffer[] {
  // The subtree that is the whole old tree is known to whoever asks.
  if (oldSize === leaves.length) return isWhole ? [] : [rootHash(leaves)]
  const split = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return oldSize <= split
    ? [...subproof(left, oldSize, isWhole), rootHash(right)]
    : [...subproof(right, oldSize - split, false), rootHash(left)]
}

/**
 * Does `proof` show that the tree of `newSize` leaves with `newRoot` begins with the tree of `oldSize` leaves with `oldRoot` (section
 * 2.1.4.2)? An empty tree begins every other, by an empty proof.
 */
export function verifyConsistency(
  oldSize: number,
  newSize: number,
  proof: readonly Uint8Array[],
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
): boolean {
  if (!(Number.isSafeInteger(oldSize) && Number.isSafeInteger(newSize) && oldSize >= 0 && oldSize <= newSize)) return false
  if (![oldRoot, newRoot, ...proof].every(isHash)) return false
  if (oldSize === newSize) return proof.length === 0 && Buffer.compare(oldRoot, newRoot) === 0
  if (oldSize === 0) return proof.length === 0 && Buffer.compare(oldRoot, rootHash([])) === 0
  return climb(oldSize, newSize, isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof, oldRoot, newRoot)
}

function climb(oldSize: number, newSize: number, path: readonly Uint8Array[], oldRoot: Uint8Array, newRoot: Uint8Array): boolean {
  if (path.length === 0) return false
  let at = oldSize - 1
  let last = newSize - 1
  while (at % 2 === 1) {
    at = half(at)
    last = half(last)
  }
  let old: Uint8Array = path[0]!
  let all: Uint8Array = path[0]!
  for (const sibling of path.slice(1)) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      old = nodeHash(sibling, old)
      all = nodeHash(sibling, all)
      while (at % 2 === 0 && at !== 0) {
        at = half(at)
        last = half(last)
      }
    } else all = nodeHash(all, sibling)
    at = half(at)
    last = half(last)
  }
  return last === 0 && Buffer.compare(old, oldRoot) === 0 && Buffer.compare(all, newRoot) === 0
}

/** Bit operators end at 32 bits; trees may not. */
const half = (n: number): number => Math.floor(n / 2)

function isPowerOfTwo(n: number): boolean {
  let rest = n
  while (rest % 2 === 0) rest /= 2
  return rest === 1
}
