// Expressions: what they may read, where they are wrong, and that they stay within their budgets.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { compileFeel, FeelError, feelDate, feelTime, parseDateTime } from "./index.ts"
import { CACHE_MAX, INPUT_VALUES_MAX, LENGTH_MAX } from "./limits.ts"

const names = [
  "mother.fullName",
  "mother.familyName",
  "father.familyName",
  "child.familyName",
  "children",
  "applicant",
  "today",
  "birth.date",
  "birth.time",
]
const evaluate = (text: string, context: Record<string, unknown> = {}) => compileFeel(text, names).evaluate(context)
const fault = (text: string, declared = names) => {
  try {
    compileFeel(text, declared)
  } catch (error) {
    if (error instanceof FeelError) return { code: error.code, from: error.from, to: error.to }
    throw error
  }
  return undefined
}

test("a child's family name is compared with its parents'", () => {
  const rule = "not(child.familyName in [mother.familyName, father.familyName])"
  const context = { mother: { familyName: "Phạm" }, father: { familyName: "Lê" } }
  assert.equal(evaluate(rule, { ...context, child: { familyName: "Trần" } }), true)
  assert.equal(evaluate(rule, { ...context, child: { familyName: "Phạm" } }), false)
})

test("names with spaces and diacritics are read, however their letters are composed", () => {
  const compiled = compileFeel("Thu nhập hằng tháng < 8500000".normalize("NFD"), ["Thu nhập hằng tháng"])
  assert.equal(compiled.evaluate({ "Thu nhập hằng tháng": 8_000_000 }), true)
  assert.deepEqual(compiled.names, ["Thu nhập hằng tháng"])
  assert.equal(
    compileFeel('mother.family name = "Phạm"', ["mother.family name"]).evaluate({ mother: { "family name": "Phạm" } }),
    true,
  )
})

test("an expression lists the names that it reads", () => {
  assert.deepEqual(compileFeel('if applicant.sex = "female" then mother.fullName else child', names).names, [
    "applicant.sex",
    "mother.fullName",
    "child",
  ])
})

test("dates and times compare as such", () => {
  const context = { birth: { date: feelDate("2026-03-08"), time: feelTime("09:05") }, today: feelDate("2026-03-09") }
  assert.equal(evaluate("birth.date <= today", context), true)
  assert.equal(evaluate('birth.date + duration("P60D")', context), "2026-05-07")
  assert.equal(evaluate('birth.time < time("10:00:00")', context), true)
  assert.equal(feelDate("1985"), null)
  assert.equal(feelDate("2026-02-31"), null)
})

test("what is unknown at run time is null, and an expression can be evaluated for ever", () => {
  for (let i = 0; i < 1000; i++) assert.equal(evaluate("mother.familyName = null", {}), true)
  assert.notEqual(evaluate("mother.familyName > 3", { mother: { familyName: "Phạm" } }), true)
})

test("lists are counted, filtered and searched", () => {
  const context = {
    children: [
      { name: "Minh", age: 3 },
      { name: "Mai", age: 20 },
    ],
  }
  assert.equal(evaluate("count(children[age < 18])", context), 1)
  assert.equal(evaluate("some c in children satisfies c.age > 18", context), true)
  assert.deepEqual(evaluate("for c in children return c.name", context), ["Minh", "Mai"])
})

test("an error tells where it is", () => {
  assert.deepEqual(fault("mother.fullName = )"), { code: "syntax", from: 18, to: 19 })
  assert.deepEqual(fault("1 + mother.fulName"), { code: "unknown-name", from: 4, to: 18 })
  assert.deepEqual(fault('child.familyName not in ["a"]')?.code, "unknown-name")
  assert.deepEqual(fault("grandmother"), { code: "unknown-name", from: 0, to: 11 })
  assert.equal(fault("fetch(1)")?.code, "unknown-function")
  assert.equal(fault("mother.fullName) + (1")?.code, "syntax")
  assert.equal(fault("")?.code, "syntax")
})

test("a clock that nobody gave and functions of other languages are refused", () => {
  assert.equal(fault("birth.date > today()")?.code, "clock")
  assert.equal(fault("now()")?.code, "clock")
  assert.equal(fault('function(x) external {java: {class: "X"}}')?.code, "external-function")
  const now = parseDateTime("2026-03-09T10:00:00+07:00")!
  assert.equal(compileFeel("string(today())", [], { clock: true }).evaluate({}, { now }), "2026-03-09")
})

test("an expression or an input beyond its budget is refused", () => {
  assert.equal(fault(`"${"a".repeat(LENGTH_MAX)}"`)?.code, "too-long")
  assert.equal(fault(`${"(".repeat(200)}1${")".repeat(200)}`)?.code, "too-long")
  const many = { children: Array.from({ length: INPUT_VALUES_MAX }, () => 1) }
  assert.throws(() => evaluate("count(children)", many), { code: "input-too-large" })
  assert.throws(() => evaluate("mother", { mother: { fullName: "a".repeat(300_000) } }), { code: "input-too-large" })
})

test("host objects and inherited names stay outside", () => {
  assert.throws(() => evaluate("applicant.a", { applicant: new Map() }), { code: "host-object" })
  assert.throws(() => evaluate("applicant", { applicant: () => 1 }), { code: "host-object" })
  assert.equal(evaluate("applicant.constructor", { applicant: {} }), null)
  assert.equal(evaluate("applicant.__proto__", { applicant: {} }), null)
  assert.equal(fault("constructor")?.code, "unknown-name")
  assert.equal(evaluate("applicant.a", { applicant: Object.assign(Object.create(null), { a: 1 }) }), 1)
})

test("any text compiles or is refused with a position inside it", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: fc.constantFrom(...'ab1 .[](){}<>=+-*/",:in'), maxLength: 40 })),
      (text) => {
        const found = fault(text)
        if (found) assert.ok(found.from >= 0 && found.from <= text.normalize("NFC").length)
      },
    ),
    { numRuns: 500 },
  )
})

test("an expression is parsed once", () => {
  assert.equal(compileFeel("mother.fullName", names), compileFeel("mother.fullName", [...names]))
  for (let i = 0; i <= CACHE_MAX; i++) compileFeel(`${i}`, [])
  assert.equal(compileFeel("1 + 1", []).evaluate({}), 2)
})
