// Slips between two words.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { slips } from "./distance.ts"

test("a letter missing, added, changed or swapped with its neighbour is one slip", () => {
  assert.equal(slips("sinh", "sinh", 2), 0)
  assert.equal(slips("sih", "sinh", 2), 1)
  assert.equal(slips("sinnh", "sinh", 2), 1)
  assert.equal(slips("sanh", "sinh", 2), 1)
  assert.equal(slips("sihn", "sinh", 2), 1)
  assert.equal(slips("pasprot", "passport", 2), 2)
})

test("more slips than asked for are told as one more than that", () => {
  assert.equal(slips("khai", "sinh", 2), 3)
  assert.equal(slips("a", "abcdef", 2), 3)
  assert.equal(slips("a".repeat(70), "a".repeat(70), 2), 3)
})

const letters = fc.array(fc.constantFrom(..."abc"), { maxLength: 8 }).map((all) => all.join(""))

test("slips count the same in both directions, and only equal words have none", () => {
  fc.assert(
    fc.property(letters, letters, (a, b) => {
      assert.equal(slips(a, b, 9), slips(b, a, 9))
      assert.equal(slips(a, b, 9) === 0, a === b)
    }),
  )
})
