// Expressions made to hang, to fill the memory or to reach the host end in a problem within their budgets.
import assert from "node:assert/strict"
import { test } from "node:test"
import { compileFeel, FeelError, type FeelFault } from "./index.ts"

/** Milliseconds of processor time; the budget is 50, the rest is a busy machine's first compilation. */
const CPU_MAX = 50
const WARM = 3

const names = ["list", "text", "applicant"]

/** The problem that evaluating ends in, with the processor time of the last of some rounds. */
function ends(text: string, context: Record<string, unknown> = {}): { code: FeelFault | "none"; cpu: number; value?: unknown } {
  let last: { code: FeelFault | "none"; cpu: number; value?: unknown } = { code: "none", cpu: 0 }
  for (let round = 0; round < WARM; round++) {
    const before = process.cpuUsage()
    let code: FeelFault | "none" = "none"
    let value: unknown
    try {
      value = compileFeel(text, names).evaluate(context)
    } catch (error) {
      if (!(error instanceof FeelError)) throw error
      code = error.code
    }
    const { user, system } = process.cpuUsage(before)
    last = { code, cpu: (user + system) / 1000, value }
  }
  return last
}

function stopped(text: string, codes: readonly FeelFault[], context?: Record<string, unknown>): void {
  const { code, cpu } = ends(text, context)
  assert.ok(codes.includes(code as FeelFault), `${text.slice(0, 60)} ended in ${code}`)
  assert.ok(cpu < CPU_MAX, `${text.slice(0, 60)} took ${cpu} ms`)
}

test("loops of 3,000 in 3,000 and lists that double end within 50 ms", () => {
  stopped("count(for i in 1..3000, j in 1..3000 return i * j)", ["too-many-steps", "too-slow"])
  stopped("some i in 1..3000, j in 1..3000 satisfies i + j < 0", ["too-many-steps", "too-slow"])
  stopped("count(for i in 1..1000000000 return 1)", ["too-many-steps", "too-slow"])
  stopped("for i in 1..40 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])", [
    "too-much-memory",
    "too-many-steps",
  ])
  stopped('for i in 1..40 return if i = 1 then "ab" else partial[-1] + partial[-1]', ["too-much-memory"])
  stopped("for i in 1..3000 return sort(for j in 1..3000 return 0 - j, function(a, b) a < b)", ["too-many-steps", "too-slow"])
  stopped("for i in 1..3000 return distinct values(for j in 1..3000 return [j])", ["too-many-steps", "too-slow"])
  stopped("for i in 1..3000 return 1.0000001 ** 99999", ["too-many-steps", "too-slow"])
})

test("recursion without an end is stopped by its depth", () => {
  stopped("{f: function(n) f(n + 1), r: f(1)}.r", ["too-deep"])
  stopped("{f: function(n) f(n + 1) + f(n + 2), r: f(1)}.r", ["too-deep", "too-many-steps"])
  assert.equal(ends("{f: function(n) if n = 0 then 1 else n * f(n - 1), r: f(20)}.r").value, 2432902008176640000)
})

test("patterns that never end elsewhere are linear here", () => {
  const text = `${"a".repeat(20_000)}!`
  for (const pattern of ["(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){20}$", "((a{1,50}){1,50}){1,50}"]) {
    const { cpu } = ends(`matches(text, "${pattern}")`, { text })
    assert.ok(cpu < CPU_MAX, `${pattern} took ${cpu} ms`)
  }
  stopped('for i in 1..3000 return matches(text, "(a|b)*c(a|b)*d")', ["too-many-steps", "too-slow"], { text })
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
