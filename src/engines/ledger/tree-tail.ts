// The later part of a growing tree, from a known edge on: proofs about it without the leaves before.
import type { CompactRange } from "./compact-range.ts"
import { nodeHash, splitOf } from "./merkle.ts"

/**
 * Holds the leaves behind an edge and every perfect subtree that they make with it. Two hashes a leaf in memory; what came before the edge
 * costs nothing.
 */
export class TreeTail {
  /** Roots of perfect subtrees by their first leaf and their width. */
  private readonly nodes = new Map<string, Buffer>()
  private leaves: number
  readonly from: number

  /** `edge` is not changed. */
  constructor(edge: CompactRange) {
    this.from = this.leaves = edge.size
    for (const { from, width, root } of edge.subtrees()) this.nodes.set(`${from} ${width}`, root)
  }

  get size(): number {
    return this.leaves
  }

  /** Appends a leaf hash. */
  append(leaf: Buffer): void {
    let [from, width, root] = [this.leaves, 1, leaf]
    this.nodes.set(`${from} ${width}`, root)
    while ((from / width) % 2 === 1) {
      root = nodeHash(this.root(from - width, from), root)
      from -= width
      width *= 2
      this.nodes.set(`${from} ${width}`, root)
    }
    this.leaves++
  }

  /** As `inclusionProof` gives it, for a leaf behind the edge. Throws a RangeError for any other. */
  inclusionProof(index: number): Buffer[] {
    if (!(Number.isInteger(index) && index >= this.from && index < this.leaves)) throw new RangeError(`no leaf ${index}`)
    return this.path(index, 0, this.leaves)
  }

  /** As `consistencyProof` gives it, for a tree that is no smaller than the edge. Throws a RangeError for any other. */
  consistencyProof(oldSize: number): Buffer[] {
    if (oldSize === 0 || oldSize === this.leaves) return []
    if (!(Number.isInteger(oldSize) && oldSize >= this.from && oldSize < this.leaves))
      throw new RangeError(`no tree of ${oldSize}`)
    return this.subproof(oldSize, 0, this.leaves, true)
  }

  private path(index: number, from: number, to: number): Buffer[] {
    if (to - from === 1) return []
    const middle = from + splitOf(to - from)
    return index < middle
      ? [...this.path(index, from, middle), this.root(middle, to)]
      : [...this.path(index, middle, to), this.root(from, middle)]
  }

  private subproof(oldSize: number, from: number, to: number, isWhole: boolean): Buffer[] {
    if (oldSize === to) return isWhole ? [] : [this.root(from, to)]
    const middle = from + splitOf(to - from)
    return oldSize <= middle
      ? [...this.subproof(oldSize, from, middle, isWhole), this.root(middle, to)]
      : [...this.subproof(oldSize, middle, to, false), this.root(from, middle)]
  }

  /** The root over the leaves from one to before another, which begin a subtree. */
  private root(from: number, to: number): Buffer {
    const known = this.nodes.get(`${from} ${to - from}`)
    if (known) return known
    if (to - from < 2) throw new RangeError(`leaf ${from} lies before the edge`)
    const middle = from + splitOf(to - from)
    return nodeHash(this.root(from, middle), this.root(middle, to))
  }
}
