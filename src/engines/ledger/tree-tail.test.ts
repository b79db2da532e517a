// Proofs from the tail of a tree are those that the whole tree gives.
import assert from "node:assert/strict"
import { test } from "node:test"
import { CompactRange, consistencyProof, inclusionProof, leafHash, TreeTail } from "./index.ts"

const SIZE_MAX = 40
const leaves = Array.from({ length: SIZE_MAX }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)))

for (const from of [0, 1, 2, 3, 5, 8, 12, 21, 31, 32])
  test(`a tail from ${from} on proves what the whole tree proves`, () => {
    const edge = new CompactRange()
    for (const leaf of leaves.slice(0, from)) edge.append(leaf)
    const tail = new TreeTail(edge)
    for (let size = from + 1; size <= SIZE_MAX; size++) {
      tail.append(leaves[size - 1]!)
      const all = leaves.slice(0, size)
      for (let i = from; i < size; i++) assert.deepEqual(tail.inclusionProof(i), inclusionProof(all, i), `${i} of ${size}`)
      for (let old = from; old <= size; old++)
        assert.deepEqual(tail.consistencyProof(old), consistencyProof(all, old), `${old} to ${size}`)
    }
    assert.equal(edge.size, from)
  })

test("what lies before the edge can't be proven", () => {
  const edge = new CompactRange()
  for (const leaf of leaves.slice(0, 5)) edge.append(leaf)
  const tail = new TreeTail(edge)
  tail.append(leaves[5]!)
  for (const index of [4, 6, -1, 0.5]) assert.throws(() => tail.inclusionProof(index), RangeError)
  for (const size of [4, 7, 1.5]) assert.throws(() => tail.consistencyProof(size), RangeError)
  assert.deepEqual(tail.consistencyProof(0), [])
})
