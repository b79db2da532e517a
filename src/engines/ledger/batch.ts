// All inclusion paths of a small tree at once, for batches that are signed by their root.
import { emptyRoot, nodeHash } from "./merkle.ts"

export interface MerkleBatch {
  readonly root: Buffer
  /** For each leaf the hashes that lead to the root, lowest first, as inclusionProof gives them. Leaves share them: don't change any. */
  readonly paths: readonly Buffer[][]
}

/**
 * Root and all inclusion paths (RFC 9162 section 2.1) over leaf hashes: n - 1 hashes for n leaves, and no copies of them. Of no leaves the
 * root is SHA-256 of nothing.
 */
export function merkleBatch(leaves: readonly Buffer[]): MerkleBatch {
  const paths: Buffer[][] = leaves.map(() => [])
  let level = leaves
  // A level's last node without a partner rises as it is: that is the same tree as the one that splits at powers of two.
  for (let width = 1; level.length > 1; width *= 2) {
    const above: Buffer[] = []
    for (let i = 0; i + 1 < level.length; i += 2) {
      const [left, right] = [level[i]!, level[i + 1]!]
      above.push(nodeHash(left, right))
      addTo(paths, i * width, width, right)
      addTo(paths, (i + 1) * width, width, left)
    }
    if (level.length % 2 === 1) above.push(level[level.length - 1]!)
    level = above
  }
  return { root: level[0] ?? emptyRoot(), paths }
}

/** The leaves from one on are below the same node, which has this sibling. */
function addTo(paths: Buffer[][], from: number, count: number, sibling: Buffer): void {
  const end = Math.min(from + count, paths.length)
  for (let i = from; i < end; i++) paths[i]!.push(sibling)
}
