// Expressions made to hang, to fill the memory or to reach the host end in a problem within their budgets.
import assert from "node:assert/strict"
import { test } from "node:test"
import { compileFeel, FeelError, type FeelFault } from "./index.ts"

const names = ["list", "text", "applicant"]

/** The steps and the room decide alone: the clock, which differs from machine to machine, is put off. */
const budget = { milliseconds: Number.POSITIVE_INFINITY }

/** The problem that evaluating ends in, or the value. */
function ends(text: string, context: Record<string, unknown> = {}): { code: FeelFault | "none"; value?: unknown } {
  try {
    return { code: "none", value: compileFeel(text, names).evaluate(context, { budget }) }
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    return { code: error.code }
  }
}

function stopped(text: string, codes: readonly FeelFault[], context?: Record<string, unknown>): void {
  const { code } = ends(text, context)
  assert.ok(codes.includes(code as FeelFault), `${text.slice(0, 60)} ended in ${code}`)
}

test("loops of 3,000 in 3,000 and lists that double end by their budgets", () => {
  stopped("count(for i in 1..3000, j in 1..3000 return i * j)", ["too-many-steps"])
  stopped("some i in 1..3000, j in 1..3000 satisfies i + j < 0", ["too-many-steps"])
  stopped("count(for i in 1..1000000000 return 1)", ["too-many-steps"])
  stopped("for i in 1..40 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])", [
    "too-much-memory",
    "too-many-steps",
  ])
  stopped('for i in 1..40 return if i = 1 then "ab" else partial[-1] + partial[-1]', ["too-much-memory"])
  stopped("for i in 1..3000 return sort(for j in 1..3000 return 0 - j, function(a, b) a < b)", ["too-many-steps"])
  stopped("for i in 1..3000 return distinct values(for j in 1..3000 return [j])", ["too-many-steps"])
  stopped("for i in 1..3000 return 1.0000001 ** 99999", ["too-many-steps"])
})

test("recursion without an end is stopped by its depth", () => {
  stopped("{f: function(n) f(n + 1), r: f(1)}.r", ["too-deep"])
  stopped("{f: function(n) f(n + 1) + f(n + 2), r: f(1)}.r", ["too-deep", "too-many-steps"])
  assert.equal(ends("{f: function(n) if n = 0 then 1 else n * f(n - 1), r: f(20)}.r").value, 2432902008176640000)
})

test("patterns that never end elsewhere are linear here", () => {
  const text = `${"a".repeat(20_000)}!`
  for (const pattern of ["(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){20}$", "((a{1,50}){1,50}){1,50}"]) {
    const { code } = ends(`matches(text, "${pattern}")`, { text })
    assert.ok(code === "none" || code === "too-many-steps", `${pattern} ended in ${code}`)
  }
  stopped('for i in 1..3000 return matches(text, "(a|b)*c(a|b)*d")', ["too-many-steps"], { text })
})

test("what is held once and named twice, again and again, is counted as often as it is told", () => {
  const names = Array.from({ length: 28 }, (_, n) => `k${n + 1}: [k${n}, k${n}]`).join(", ")
  for (const last of ["k28", "string(k28)", "k28.a", "[k28] = [k28]", "distinct values([k28, k28])", "flatten(k28)"])
    stopped(`{k0: [1], ${names}, r: ${last}}.r`, ["too-many-steps", "too-much-memory"])
  const first = `{k0: {z: 1}, ${names}, r: k28`
  assert.equal(compileFeel(`${first}, n: 1}.n`, []).evaluate({}), 1)
})

test("the clock stops what its steps would let go on", () => {
  const text = "for i in 1..3000 return sort(for j in 1..3000 return 0 - j, function(a, b) a < b)"
  assert.throws(() => compileFeel(text, []).evaluate({}, { budget: { milliseconds: 0 } }), { code: "too-slow" })
})

test("a million items are refused before they are read", () => {
  stopped("count(list)", ["input-too-large"], { list: Array.from({ length: 1_000_000 }, () => 1) })
})

test("names of the host's own lead nowhere", () => {
  const { value } = ends('{constructor: 1, "__proto__": 2, r: constructor}.r')
  assert.equal(value, 1)
  for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty", "prototype"]) {
    assert.equal(ends(`applicant.${name}`, { applicant: {} }).value, null)
    assert.equal(ends(`{a: 1}.${name}`).value, null)
    assert.equal(ends(`[1].${name}[1]`).value, null)
    assert.equal(ends(`"text".${name}`).value, null)
    assert.equal(ends(`(function(x) x).${name}`).value, null)
  }
  const made = ends('context put({}, "__proto__", {polluted: true})').value as object
  assert.equal((made as { polluted?: boolean }).polluted, undefined)
  assert.equal(({} as { polluted?: boolean }).polluted, undefined)
})

test("deep brackets and endless text are refused, not followed", () => {
  for (const text of [
    "(".repeat(900),
    "[".repeat(900),
    "{a:".repeat(300),
    "-".repeat(900),
    "not(".repeat(200),
    "a.".repeat(400),
    "1+".repeat(450),
  ])
    stopped(text, ["syntax", "too-long", "unknown-name"])
})
