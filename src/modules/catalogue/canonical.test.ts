// Canonical JSON against the samples of RFC 8785.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { canonicalJson, sha256 } from "./canonical.ts"

test("the sample of RFC 8785 section 3.2 comes out letter by letter", () => {
  const sample = JSON.parse(
    String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
  ) as unknown
  assert.equal(
    canonicalJson(sample),
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  )
})

test("members are sorted by UTF-16 code units, as in RFC 8785 section 3.2.3", () => {
  const sample = JSON.parse(String.raw`{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}`) as unknown
  const order = [...canonicalJson(sample).matchAll(/:(\d)/g)].map((m) => m[1]).join("")
  assert.equal(order, "2467153")
})

test("the order in which a definition is written makes no other content, and what it says does", () => {
  assert.equal(sha256(canonicalJson({ a: 1, b: [1, 2] })), sha256(canonicalJson({ b: [1, 2], a: 1 })))
  assert.notEqual(sha256(canonicalJson({ a: [1, 2] })), sha256(canonicalJson({ a: [2, 1] })))
  assert.equal(canonicalJson({ a: undefined, b: 1 }), '{"b":1}')
})

test("whatever JSON holds comes back from its canonical text", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      const value = JSON.parse(text) as unknown
      assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)))
    }),
  )
})

test("what JSON can't hold is refused", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, "\ud800", () => 1, 1n]) assert.throws(() => canonicalJson(value))
})
