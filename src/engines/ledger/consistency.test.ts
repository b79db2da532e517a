// Growing trees: the proofs that Certificate Transparency publishes, and every pair of sizes against every other way to the same root.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import {
  CompactRange,
  consistencyProof,
  inclusionProof,
  leafHash,
  merkleBatch,
  nodeHash,
  rootHash,
  verifyConsistency,
  verifyInclusion,
} from "./index.ts"

const inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
const published = inputs.map((hex) => leafHash(Buffer.from(hex, "hex")))
const rootOf = (size: number) => rootHash(published.slice(0, size))
const hexOf = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString("hex"))

const nodes = {
  leaf1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  leaf2: "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
  leaf5: "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
  first2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  second2: "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
  third2: "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
  fourth2: "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
  first4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  second4: "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
}

test("the published consistency proofs are made and hold", () => {
  const proofs: [number, number, string[]][] = [
    [1, 1, []],
    [1, 8, [nodes.leaf2, nodes.second2, nodes.second4]],
    [6, 8, [nodes.third2, nodes.fourth2, nodes.first4]],
    [2, 5, [nodes.second2, nodes.leaf5]],
  ]
  for (const [from, to, proof] of proofs) {
    const made = consistencyProof(published.slice(0, to), from)
    assert.deepEqual(hexOf(made), proof)
    assert.ok(verifyConsistency(from, to, made, rootOf(from), rootOf(to)))
  }
})

test("the published inclusion proofs are made and hold", () => {
  const proofs: [number, number, string[]][] = [
    [0, 1, []],
    [0, 8, [nodes.leaf2, nodes.second2, nodes.second4]],
    [5, 8, [nodes.leaf5, nodes.fourth2, nodes.first4]],
    [2, 3, [nodes.first2]],
    [1, 5, [nodes.leaf1, nodes.second2, nodes.leaf5]],
  ]
  for (const [index, size, proof] of proofs) {
    const made = inclusionProof(published.slice(0, size), index)
    assert.deepEqual(hexOf(made), proof)
    assert.deepEqual(hexOf(merkleBatch(published.slice(0, size)).paths[index]!), proof)
    assert.ok(verifyInclusion(published[index]!, index, size, made, rootOf(size)))
  }
})

const tree = Array.from({ length: 200 }, (_, i) => leafHash(Buffer.from(`entry ${i}`)))
const roots = Array.from({ length: 201 }, (_, size) => rootHash(tree.slice(0, size)))
const sizes = fc.nat({ max: 200 }).chain((to) => fc.tuple(fc.nat({ max: to }), fc.constant(to)))

test("every tree is proven to begin every larger one, and with one bit changed it is not", () => {
  fc.assert(
    fc.property(sizes, fc.nat(), fc.nat({ max: 255 }), ([from, to], where, bit) => {
      const proof = consistencyProof(tree.slice(0, to), from)
      const [old, all] = [roots[from]!, roots[to]!]
      assert.ok(verifyConsistency(from, to, proof, old, all))
      assert.ok(proof.length <= 2 * Math.ceil(Math.log2(to + 1)))
      // An empty tree begins any other: nothing says what the later root must be.
      if (from === 0) return
      const parts = [old, all, ...proof].map((hash) => Buffer.from(hash))
      parts[where % parts.length]![bit >> 3]! ^= 1 << (bit & 7)
      assert.ok(!verifyConsistency(from, to, parts.slice(2), parts[0]!, parts[1]!))
    }),
    { numRuns: 1_000 },
  )
})

test("a proof is for its two sizes alone, and neither shorter nor longer", () => {
  fc.assert(
    fc.property(sizes, ([from, to]) => {
      fc.pre(from > 0 && from < to)
      const proof = consistencyProof(tree.slice(0, to), from)
      const [old, all] = [roots[from]!, roots[to]!]
      assert.ok(!verifyConsistency(from, to, [...proof, all], old, all))
      assert.ok(!verifyConsistency(from, to, [old, ...proof], old, all))
      assert.ok(!verifyConsistency(from, to, proof.slice(1), old, all))
      assert.ok(!verifyConsistency(from, to, proof.slice(0, -1), old, all))
      assert.ok(!verifyConsistency(to, from, proof, all, old))
      assert.ok(!verifyConsistency(from, from, proof, old, old))
      assert.ok(!verifyConsistency(to, to, proof, all, all))
      assert.ok(!verifyConsistency(0, to, proof, roots[0]!, all))
    }),
  )
})

test("a proof that ends below the top is refused", () => {
  const proof = consistencyProof(tree.slice(0, 4), 1)
  assert.ok(verifyConsistency(1, 4, proof, roots[1]!, roots[4]!))
  for (const size of [5, 8, 200]) assert.ok(!verifyConsistency(1, size, proof, roots[1]!, roots[4]!))
  for (const size of [5, 8, 200]) assert.ok(!verifyInclusion(tree[0]!, 0, size, proof, roots[4]!))
})

test("sizes and hashes that are none are refused", () => {
  const [old, all] = [roots[3]!, roots[7]!]
  const proof = consistencyProof(tree.slice(0, 7), 3)
  assert.ok(verifyConsistency(3, 7, proof, old, all))
  for (const bad of [-1, 3.5, Number.NaN, 2 ** 53]) assert.ok(!verifyConsistency(bad, 7, proof, old, all))
  assert.ok(!verifyConsistency(3, 7, proof, old.subarray(1), all))
  assert.ok(!verifyConsistency(3, 7, [proof[0]!.subarray(1), ...proof.slice(1)], old, all))
  assert.ok(!verifyInclusion(tree[0]!, 0, 2, [Buffer.alloc(31)], roots[2]!))
  assert.ok(!verifyConsistency(0, 7, [], roots[1]!, all), "the root of nothing is known")
  assert.throws(() => consistencyProof(tree.slice(0, 7), 8), RangeError)
  assert.throws(() => consistencyProof(tree.slice(0, 7), -1), RangeError)
  assert.throws(() => nodeHash(Buffer.alloc(31), Buffer.alloc(32)), RangeError)
})

test("a batch of any size has the root and the paths of the tree, and each proves its leaf", () => {
  for (let size = 0; size <= 130; size++) {
    const { root, paths } = merkleBatch(tree.slice(0, size))
    assert.deepEqual(root, roots[size])
    assert.equal(paths.length, size)
    paths.forEach((path, index) => {
      assert.ok(verifyInclusion(tree[index]!, index, size, path, root))
      if (size <= 40) assert.deepEqual(path, inclusionProof(tree.slice(0, size), index))
    })
  }
})

test("the right edge knows the root of every size, before and after it was stored", () => {
  let edge = new CompactRange()
  for (let size = 0; size <= 200; size++) {
    assert.equal(edge.size, size)
    assert.deepEqual(edge.root(), roots[size])
    const stored = edge.serialise()
    assert.ok(stored.length <= 8 + 32 * 8)
    if (size % 3 === 0) edge = CompactRange.restore(stored)
    assert.deepEqual(CompactRange.restore(stored).serialise(), stored)
    if (size < 200) edge.append(tree[size]!)
  }
})

test("a copy of the edge grows by itself, and nothing outside can change it", () => {
  const edge = new CompactRange()
  const leaf = Buffer.from(tree[0]!)
  edge.append(leaf)
  const copy = edge.copy()
  copy.append(tree[1]!)
  leaf.fill(0)
  edge.root().fill(0)
  edge.serialise().fill(0)
  assert.deepEqual([edge.size, copy.size], [1, 2])
  assert.deepEqual([edge.root(), copy.root()], [roots[1], roots[2]])
})

test("bytes that are no edge are not restored", () => {
  const edge = new CompactRange()
  for (const leaf of tree.slice(0, 7)) edge.append(leaf)
  const stored = edge.serialise()
  const larger = Buffer.from(stored)
  larger[7] = 8
  const huge = Buffer.from(stored)
  huge[0] = 0xff
  for (const bad of [Buffer.alloc(0), stored.subarray(1), stored.subarray(0, -1), Buffer.concat([stored, stored]), larger, huge])
    assert.throws(() => CompactRange.restore(bad), RangeError)
  assert.throws(() => edge.append(Buffer.alloc(31)), RangeError)
})
