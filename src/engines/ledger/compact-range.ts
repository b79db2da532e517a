// The right edge of a growing tree: enough to append leaves and to know the root, in memory that grows with the logarithm.
import { emptyRoot, HASH_BYTES, nodeHash } from "./merkle.ts"

const SIZE_BYTES = 8

/**
 * A tree of RFC 9162 that keeps only the roots of its perfect subtrees. Appending costs one hash on average; the root costs as many as there
 * are subtrees, 53 at most.
 */
export class CompactRange {
  /** Roots of perfect subtrees, the largest first: one for each bit of the size. */
  private readonly peaks: Buffer[] = []
  private leaves = 0

  /** How many leaves there are. */
  get size(): number {
    return this.leaves
  }

  /** Appends a leaf hash (leafHash of the entry). Throws a RangeError for what is no hash of 32 bytes. */
  append(leaf: Uint8Array): void {
    if (leaf.length !== HASH_BYTES) throw new RangeError("a leaf hash has 32 bytes")
    let peak: Buffer = Buffer.from(leaf)
    // As many subtrees merge as the old size has ones at its end.
    for (let rest = this.leaves; rest % 2 === 1; rest = Math.floor(rest / 2)) peak = nodeHash(this.peaks.pop()!, peak)
    this.peaks.push(peak)
    this.leaves++
  }

  /** The root over all leaves; of none, SHA-256 of nothing. */
  root(): Buffer {
    let root = this.peaks.at(-1)
    if (!root) return emptyRoot()
    for (let i = this.peaks.length - 2; i >= 0; i--) root = nodeHash(this.peaks[i]!, root)
    return Buffer.from(root)
  }

  /** The perfect subtrees that make up the tree: first leaf, number of leaves, root; the largest first. */
  subtrees(): { readonly from: number; readonly width: number; readonly root: Buffer }[] {
    let from = 0
    let rest = this.leaves
    return this.peaks.map((root) => {
      const width = 2 ** Math.floor(Math.log2(rest))
      const subtree = { from, width, root }
      from += width
      rest -= width
      return subtree
    })
  }

  /** One that grows by itself from here. */
  copy(): CompactRange {
    const copy = new CompactRange()
    copy.peaks.push(...this.peaks)
    copy.leaves = this.leaves
    return copy
  }

  /** The size in 8 bytes, then the hashes, largest subtree first. */
  serialise(): Buffer {
    const size = Buffer.alloc(SIZE_BYTES)
    size.writeBigUInt64BE(BigInt(this.leaves))
    return Buffer.concat([size, ...this.peaks])
  }

  /** The reverse of `serialise`. Throws a RangeError for other bytes. */
  static restore(bytes: Uint8Array): CompactRange {
    const buffer = Buffer.from(bytes)
    const size = buffer.length < SIZE_BYTES ? Number.NaN : Number(buffer.readBigUInt64BE())
    const count = Number.isSafeInteger(size) ? onesOf(size) : Number.NaN
    if (buffer.length !== SIZE_BYTES + count * HASH_BYTES) throw new RangeError("not a compact range")
    const range = new CompactRange()
    for (let i = 0; i < count; i++)
      range.peaks.push(buffer.subarray(SIZE_BYTES + i * HASH_BYTES, SIZE_BYTES + (i + 1) * HASH_BYTES))
    range.leaves = size
    return range
  }
}

function onesOf(size: number): number {
  let ones = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  return ones
}
