// Filled patterns: whatever is kept is read again, and what is the same as before is not said twice.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { fill, TextReader, TextWriter } from "./filled.ts"

const PATTERNS = [["a", "b", "c"], ["", ""], ["alone"]] as const
const filled = fc.constantFrom(...PATTERNS).chain((pattern) => {
  const values = fc.array(fc.oneof(fc.constantFrom("", "0", "same"), fc.string({ unit: "binary" })), {
    minLength: pattern.length - 1,
    maxLength: pattern.length - 1,
  })
  return values.map((of) => fill(pattern, of))
})

test("texts are read as they were written, filled or not", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(filled, fc.string({ unit: "binary" }))), (all) => {
      const writer = new TextWriter()
      const kept = all.map((one) => (typeof one === "string" ? writer.write(one, undefined) : writer.write(one.text, one)))
      const told = JSON.parse(JSON.stringify({ patterns: writer.patterns, kept })) as {
        patterns: string[][]
        kept: ReturnType<TextWriter["write"]>[]
      }
      const reader = new TextReader(told.patterns)
      assert.deepEqual(
        told.kept.map((one) => reader.read(one)),
        all.map((one) => (typeof one === "string" ? one : one.text)),
      )
    }),
  )
})

test("a value that is the same as before is a nought", () => {
  const writer = new TextWriter()
  writer.write("a1b2c", fill(PATTERNS[0], ["1", "2"]))
  assert.deepEqual(writer.write("a1b3c", fill(PATTERNS[0], ["1", "3"])), [0, 0, "3"])
})

test("what no writer has said is refused", () => {
  const reader = new TextReader([["a", "b"]])
  for (const kept of [[0, 0], [0], [1, "x"], [0, "x", "y"]] as const) assert.throws(() => reader.read(kept), RangeError)
})
