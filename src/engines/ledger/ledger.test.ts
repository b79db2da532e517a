// Canonical JSON against the examples of RFC 8785, Merkle trees against the vectors used with RFC 6962 and 9162.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { canonicalJson, GENESIS, inclusionProof, leafHash, linkHash, rootHash, verifyInclusion } from "./index.ts"

test("the example of RFC 8785 section 3.2.2 has its canonical text", () => {
  const value = JSON.parse(
    String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
  )
  assert.equal(
    canonicalJson(value),
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  )
})

test("keys stand in the order of section 3.2.3", () => {
  const value = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Dalet",
    "1": "One",
    "\u{1f600}": "Smiley",
    "\u0080": "Control",
    "\u00f6": "o",
  }
  assert.deepEqual(Object.values(JSON.parse(canonicalJson(value))).length, 7)
  const order = [...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map((m) => m[1])
  assert.deepEqual(order, ["Carriage Return", "One", "Control", "o", "Euro Sign", "Smiley", "Dalet"])
})

test("the order in which keys were written does not matter, their values do", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse())
      assert.equal(canonicalJson(turned), canonicalJson(value))
      assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)))
    }),
  )
})

test("what JSON can't carry has no canonical text", () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, undefined, new Date(0), "\ud800", { "\udc00": 1 }]) {
    assert.throws(() => canonicalJson(bad), TypeError)
  }
  let deep: unknown = 1
  for (let i = 0; i < 100; i++) deep = [deep]
  assert.throws(() => canonicalJson(deep), TypeError)
})

test("a link depends on what it carries, its place and the link before", () => {
  const hash = (previous: Uint8Array, place: number, content: string) => linkHash(previous, place, content).toString("hex")
  const first = linkHash(GENESIS, 1, "a")
  const all = [hash(GENESIS, 1, "a"), hash(GENESIS, 1, "b"), hash(GENESIS, 2, "a"), hash(first, 1, "a")]
  assert.equal(new Set(all).size, 4)
  assert.throws(() => linkHash(Buffer.alloc(31), 1, "a"), RangeError)
})

// The eight inputs and the roots of the reference tests of Certificate Transparency.
const inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
const roots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
const leaves = inputs.map((hex) => leafHash(Buffer.from(hex, "hex")))

test("trees of none to eight leaves have the published roots", () => {
  assert.equal(rootHash([]).toString("hex"), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  roots.forEach((root, i) => {
    assert.equal(rootHash(leaves.slice(0, i + 1)).toString("hex"), root)
  })
})

test("each leaf of each tree is proven, and nothing else is", () => {
  for (let size = 1; size <= 70; size++) {
    const tree = [...Array(size).keys()].map((i) => leafHash(Buffer.from(`entry ${i}`)))
    const root = rootHash(tree)
    for (let index = 0; index < size; index++) {
      const proof = inclusionProof(tree, index)
      assert.ok(verifyInclusion(tree[index]!, index, size, proof, root))
      assert.ok(!verifyInclusion(leafHash(Buffer.from("forged")), index, size, proof, root))
      assert.ok(!verifyInclusion(tree[index]!, index, size, [...proof, root], root))
      if (size > 1) assert.ok(!verifyInclusion(tree[index]!, (index + 1) % size, size, proof, root))
    }
  }
  assert.throws(() => inclusionProof(leaves, 8), RangeError)
  assert.ok(!verifyInclusion(leaves[0]!, 0, 0, [], rootHash([])))
})
