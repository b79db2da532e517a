// Multipart bodies: cut where they should be, refused when they can't be.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { buildMultipart, firstPart, type Part, parseMultipart, type Reading } from "./index.ts"

const parts = (reading: Reading<Part[]>): Part[] => {
  assert.ok(reading.ok, reading.ok ? "" : reading.message)
  return reading.value
}
const codeOf = (boundary: string | undefined, body: string): string | undefined => {
  const read = parseMultipart(boundary, Buffer.from(body))
  return read.ok ? undefined : read.code
}

test("what stands before, after, and in folded headers is understood", () => {
  const body =
    "preamble\r\n--b\r\nA: 1\r\n\t2\r\nContent-Type: text/xml\r\n\r\nfirst\r\n--b \t\r\n\r\nsecond\r\n\r\n--b--\r\nepilogue --b\r\n"
  const [first, second] = parts(parseMultipart("b", Buffer.from(body)))
  assert.deepEqual(first?.headers, ["A", "1 2", "Content-Type", "text/xml"])
  assert.equal(first?.body.toString(), "first")
  assert.deepEqual(second?.headers, [])
  assert.equal(second?.body.toString(), "second\r\n")
  assert.equal(body.slice(first?.start, first?.end), "first")
})

test("lines may end with LF alone, and a boundary within a line or as the beginning of another is none", () => {
  const read = parts(parseMultipart("b", Buffer.from("--b\nA: 1\n\nx --b\n--bc\n--b\n\n\n--b--")))
  assert.deepEqual(
    read.map((p) => p.body.toString()),
    ["x --b\n--bc", ""],
  )
})

test("broken bodies have their codes", () => {
  for (const boundary of [undefined, "", "b ", "b\n", "b".repeat(201)])
    assert.equal(codeOf(boundary, ""), "InvalidContentType", boundary)
  for (const body of [
    "",
    "--b",
    "--b\r\n\r\nunfinished",
    "--b\r\nA: 1\r\n--b--",
    "--b\r\nno colon\r\n\r\nx\r\n--b--",
    `--b\r\nA: ${"1".repeat(20_000)}\r\n\r\nx\r\n--b--`,
    `--b\r\n${"A: 1\r\n".repeat(60)}\r\nx\r\n--b--`,
    `${"--b\r\n\r\nx\r\n".repeat(101)}--b--`,
  ])
    assert.equal(codeOf("b", body), "MimeParsingFailed", body.slice(0, 30))
  assert.deepEqual(parts(parseMultipart("b", Buffer.from("--b--"))), [])
})

test("the first part is known as soon as it is whole", () => {
  const whole = buildMultipart("b", [
    { headers: ["A", "1"], body: Buffer.from("soap") },
    { headers: [], body: Buffer.alloc(100_000) },
  ])
  const end = whole.indexOf("--b", 3) + "--b\r\n".length
  for (let length = 0; length < end - 1; length++) assert.equal(firstPart("b", whole.subarray(0, length)), undefined)
  const read = firstPart("b", whole.subarray(0, end))
  assert.equal(read?.ok && read.value.body.toString(), "soap")
})

test("what is put together comes apart again, whatever bytes it holds", () => {
  const part = fc.record({
    headers: fc
      .array(fc.tuple(fc.stringMatching(/^[A-Za-z-]{1,10}$/), fc.stringMatching(/^[!-~]{0,10}$/)), { maxLength: 3 })
      .map((pairs) => pairs.flat()),
    body: fc.uint8Array({ maxLength: 60 }),
  })
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (list) => {
      const read = parts(parseMultipart("=_cut", buildMultipart("=_cut", list)))
      assert.deepEqual(
        read.map(({ headers, body }) => ({ headers, body: [...body] })),
        list.map(({ headers, body }) => ({ headers, body: [...body] })),
      )
    }),
  )
  assert.throws(() => buildMultipart("b", [{ headers: [], body: Buffer.from("a--bc") }]), RangeError)
})

test("random bytes never crash the cutter, and never make it give more than it got", () => {
  const piece = fc.oneof(fc.constantFrom("--b", "--b--", "\r\n", "\n", "\r", "A: 1", ":", " "), fc.string({ maxLength: 5 }))
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const bytes = Buffer.from(pieces.join(""))
      const read = parseMultipart("b", bytes)
      firstPart("b", bytes)
      if (!read.ok) return
      let last = 0
      for (const { start, end } of read.value) {
        assert.ok(last <= start && start <= end && end <= bytes.length)
        last = end
      }
    }),
    { numRuns: 1_000 },
  )
})
