// Structured fields: the examples of RFC 9651, what is refused, and that text and value give each other.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import {
  type BareItem,
  type Dictionary,
  dictionaryText,
  type Item,
  itemOf,
  listText,
  type Member,
  memberText,
  parseDictionary,
  parseItem,
  parseList,
  SignatureError,
} from "./index.ts"

const rewritten: Record<string, [(text: string) => string, Record<string, string>]> = {
  item: [
    (text) => memberText(parseItem(text)),
    {
      "  5; foo=bar ": "5;foo=bar",
      "-0": "0",
      "00042": "42",
      "4.50": "4.5",
      "-1.0": "-1.0",
      "-0.05": "-0.05",
      '"hello \\"\\\\ world"': '"hello \\"\\\\ world"',
      "foo123/456:*": "foo123/456:*",
      "*a": "*a",
      ":cHJldGVuZCB0aGlzIGlzIGJpbmFyeSBjb250ZW50Lg==:": ":cHJldGVuZCB0aGlzIGlzIGJpbmFyeSBjb250ZW50Lg==:",
      "::": "::",
      "?1": "?1",
      "?0;a;b=?0": "?0;a;b=?0",
      "@1659578233": "@1659578233",
      '%"This is intended for display to %c3%bcsers."': '%"This is intended for display to %c3%bcsers."',
      "1;a=1;b=2;a=3": "1;a=3;b=2",
    },
  ],
  list: [
    (text) => listText(parseList(text)),
    {
      "": "",
      "sugar, tea,\trum": "sugar, tea, rum",
      '("foo" "bar"), ("baz"), ("bat" "one"), ()': '("foo" "bar"), ("baz"), ("bat" "one"), ()',
      '("foo"; a=1;b=2);lvl=5, ("bar" "baz");lvl=1': '("foo";a=1;b=2);lvl=5, ("bar" "baz");lvl=1',
      'abc;a=1;b=2; cde_456, (ghi;jk=4 l);q="9";r=w': 'abc;a=1;b=2;cde_456, (ghi;jk=4 l);q="9";r=w',
    },
  ],
  dictionary: [
    (text) => dictionaryText(parseDictionary(text)),
    {
      "": "",
      'en="Applepie", da=:w4ZibGV0w6ZydGU=:': 'en="Applepie", da=:w4ZibGV0w6ZydGU=:',
      "a=?0, b, c; foo=bar": "a=?0, b, c;foo=bar",
      "rating=1.5, feelings=(joy sadness)": "rating=1.5, feelings=(joy sadness)",
      "a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid": "a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid",
      "foo=1, bar=2, foo=3": "foo=3, bar=2",
      "a=?1;x": "a;x",
    },
  ],
}

for (const [kind, [rewrite, cases]] of Object.entries(rewritten))
  test(`a ${kind} is read and written in its canonical form`, () => {
    for (const [text, canonical] of Object.entries(cases)) assert.equal(rewrite(text), canonical, text)
  })

test("an item that isn't one is refused", () => {
  const bad = [
    ...["", " ", "\t1", "1 2", "1,", "--1", "-", "1.", ".1", "1.1234", "1234567890123.1", "1234567890123456"],
    ...[
      '"',
      '"a',
      '"\\a"',
      '"\n"',
      '"é"',
      "a b",
      "[a]",
      "(1)",
      ":a:",
      ":YQ:",
      ":YR==:",
      ":YQ==",
      ":Y Q=:",
      "?2",
      "?",
      "@1.5",
      "@",
    ],
    ...['%"%C3%BC"', '%"%ff"', '%"a', "%a", "1;", "1;A=1", "1;a=", "1; ;a", "é", "1\n"],
  ]
  for (const text of bad) assert.throws(() => parseItem(text), isSyntax, text)
})

test("lists and dictionaries that aren't any are refused", () => {
  for (const text of ["a,", ",a", "a,,b", "a b", "(a", "(a,b)", "(a\tb)", "(a)b", '("a""b")', "a;\tb"])
    assert.throws(() => parseList(text), isSyntax, text)
  for (const text of ["a=", "=1", "a=1 b=2", "A=1", "1=1", "a =1", "a= 1", "a=1,", "a=((1))"])
    assert.throws(() => parseDictionary(text), isSyntax, text)
})

test("what is longer than the limits is refused", () => {
  const tooLong = (error: unknown) => error instanceof SignatureError && error.code === "field-too-long"
  const many = (n: number, one: string, between: string) => new Array(n).fill(one).join(between)
  assert.equal(parseList(many(1024, "a", ",")).length, 1024)
  assert.throws(() => parseList(many(1025, "a", ",")), tooLong)
  assert.throws(() => parseList(`(${many(257, "a", " ")})`), tooLong)
  const parameters = (n: number) => `a${Array.from({ length: n }, (_, i) => `;a${i}`).join("")}`
  assert.equal(parseItem(parameters(256)).parameters.size, 256)
  assert.throws(() => parseItem(parameters(257)), tooLong)
  assert.equal(parseItem(`"${"a".repeat(65_534)}"`).bare.value.toString().length, 65_534)
  assert.throws(() => parseItem(`"${"a".repeat(65_535)}"`), tooLong)
})

test("a key that stands twice is refused where each may stand once", () => {
  for (const text of ["a=1, a=2", "a;b;b=1", "a=(1;c;c)", "a=(1);c;c"]) {
    assert.ok(parseDictionary(text))
    assert.throws(
      () => parseDictionary(text, { unique: true }),
      new SignatureError("field-duplicate", text.at(-1) === "2" ? "a" : /b/.test(text) ? "b" : "c"),
    )
  }
})

test("what has no text can't be written", () => {
  const bad: BareItem[] = [
    { kind: "integer", value: 1.5 },
    { kind: "integer", value: 1e15 },
    { kind: "decimal", value: 1e12 },
    { kind: "decimal", value: Number.NaN },
    { kind: "string", value: "é" },
    { kind: "string", value: "\n" },
    { kind: "token", value: "1" },
    { kind: "token", value: "" },
    { kind: "date", value: 0.5 },
    { kind: "display", value: "\ud800" },
  ]
  for (const bare of bad) assert.throws(() => memberText(itemOf(bare)), isSyntax, JSON.stringify(bare))
  assert.throws(() => dictionaryText(new Map([["A", itemOf({ kind: "integer", value: 1 })]])), isSyntax)
  assert.equal(memberText(itemOf({ kind: "decimal", value: 1.0025 })), "1.002")
  assert.equal(memberText(itemOf({ kind: "decimal", value: 1.0035 })), "1.004")
  assert.equal(memberText(itemOf({ kind: "decimal", value: -1.0026 })), "-1.003")
})

const key = fc.stringMatching(/^[a-z*][a-z0-9_.*-]{0,8}$/)
const integer = fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 })
const bareItem: fc.Arbitrary<BareItem> = fc.oneof(
  integer.map((value): BareItem => ({ kind: "integer", value: value + 0 })),
  fc.integer({ min: -(10 ** 14), max: 10 ** 14 }).map((n): BareItem => ({ kind: "decimal", value: n / 1000 + 0 })),
  fc.stringMatching(/^[ -~]*$/).map((value): BareItem => ({ kind: "string", value })),
  fc.stringMatching(/^[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*$/).map((value): BareItem => ({ kind: "token", value })),
  fc.uint8Array().map((bytes): BareItem => ({ kind: "bytes", value: Buffer.from(bytes) })),
  fc.boolean().map((value): BareItem => ({ kind: "boolean", value })),
  integer.map((value): BareItem => ({ kind: "date", value: value + 0 })),
  fc.string({ unit: "grapheme" }).map((value): BareItem => ({ kind: "display", value })),
)
const parameters = fc.array(fc.tuple(key, bareItem), { maxLength: 3 }).map((entries) => new Map(entries))
const item: fc.Arbitrary<Item> = fc.tuple(bareItem, parameters).map(([bare, ps]) => itemOf(bare, ps))
const member: fc.Arbitrary<Member> = fc.oneof(
  item,
  fc.tuple(fc.array(item, { maxLength: 4 }), parameters).map(([items, ps]) => ({ items, parameters: ps })),
)

test("every dictionary is read as it was written", () => {
  const dictionary: fc.Arbitrary<Dictionary> = fc
    .array(fc.tuple(key, member), { maxLength: 6 })
    .map((entries) => new Map(entries))
  fc.assert(fc.property(dictionary, (value) => assert.deepEqual(parseDictionary(dictionaryText(value)), value)))
})

test("any text is read or refused, and what is read has one canonical text", () => {
  const text = fc.stringMatching(/^[a-b1-2"(); =,:?@%.\\*-]{0,24}$/)
  fc.assert(
    fc.property(text, (given) => {
      let found: Dictionary
      try {
        found = parseDictionary(given)
      } catch (error) {
        assert.ok(error instanceof SignatureError)
        return
      }
      const canonical = dictionaryText(found)
      assert.equal(dictionaryText(parseDictionary(canonical)), canonical)
    }),
    { numRuns: 2_000 },
  )
})

function isSyntax(error: unknown): boolean {
  return error instanceof SignatureError && error.code === "field-syntax"
}
