// Unary tests: `x in (1, > 5, [2..3])` and the cells of decision tables (DMN 1.5, 10.3.2.7 and table 55).
import type { Ast, AstOf } from "../syntax/ast.ts"
import { equals, within } from "../values/compare.ts"
import { FeelRange, isList, type Value } from "../values/value.ts"
import type { Code, Compiler } from "./code.ts"
import { findName } from "./names.ts"
import { comparison } from "./operators.ts"
import type { Run } from "./run.ts"
import { Frame, Scope } from "./scope.ts"
import { readsInput } from "./walk.ts"

/** The name under which `?` is kept. */
export const INPUT = "?"

type Test = (value: Value, frame: Frame, run: Run) => boolean | null

/** Whether a value meets what a test gave: is it, lies in it, or is one of it. */
export function meets(value: Value, test: Value, run: Run): boolean | null {
  if (test instanceof FeelRange) return value instanceof FeelRange ? equals(value, test, run) : within(value, test)
  if (isList(test)) {
    if (isList(value) && equals(value, test, run) === true) return true
    run.tick(test.length)
    return test.some((item) => (item instanceof FeelRange ? meets(value, item, run) : equals(value, item, run)) === true)
  }
  return equals(value, test, run)
}

/** A test within `scope`, whose `?` is the tested value in slot 0 of its own frame. */
function compileTest(node: Ast, scope: Scope, compiler: Compiler): Test {
  if (node.kind === "test") {
    const [bound, compare] = [compiler.compile(node.of, scope), comparison(node.operator)]
    return (value, frame, run) => compare(value, bound(frame, run), node, run)
  }
  const code = compiler.compile(node, scope)
  if (node.kind === "string" || node.kind === "boolean") {
    const wanted = node.value
    return (value, _frame, run) => (typeof value === typeof wanted ? value === wanted : equals(value, wanted, run))
  }
  if (node.kind === "number") {
    const wanted = node.value
    return (value, _frame, run) =>
      typeof value === "number" && typeof wanted === "number" ? value === wanted : equals(value, wanted, run)
  }
  const plain = node.kind === "range" && !compiler.watched ? plainRange(node) : undefined
  if (plain) return (value, frame, run) => (typeof value === "number" ? plain(value) : meets(value, code(frame, run), run))
  if (node.kind === "range")
    return (value, frame, run) => {
      const range = code(frame, run)
      return range === null ? null : meets(value, range, run)
    }
  if (!readsInput(node)) return (value, frame, run) => meets(value, code(frame, run), run)
  return (value, frame, run) => {
    const result = code(frame, run)
    return typeof result === "boolean" || result === null ? result : meets(value, result, run)
  }
}

/** The test of a range between whole numbers that are written out. */
function plainRange({ start, end, startIncluded, endIncluded }: AstOf<"range">): ((value: number) => boolean) | undefined {
  if (start.kind !== "number" || end.kind !== "number") return undefined
  const [low, high] = [start.value, end.value]
  if (typeof low !== "number" || typeof high !== "number" || low > high) return undefined
  return (value) => (startIncluded ? value >= low : value > low) && (endIncluded ? value <= high : value < high)
}

/** True when one test holds; else null when one couldn't be told; else false. */
function anyOf(tests: readonly Test[], value: Value, frame: Frame, run: Run): boolean | null {
  let told: boolean | null = false
  for (const test of tests) {
    const result = test(value, frame, run)
    if (result === true) return true
    if (result === null) told = null
  }
  return told
}

export function compileIn(node: AstOf<"in">, scope: Scope, compiler: Compiler): Code {
  const value = compiler.compile(node.value, scope)
  const inner = new Scope(scope, [INPUT])
  const tests = node.tests.map((test) => compileTest(test, inner, compiler))
  return (frame, run) => {
    const it = value(frame, run)
    return anyOf(tests, it, new Frame([it], frame), run)
  }
}

/** A cell: code in whose scope `?` is declared. Without tests (`-`) everything passes. */
export function compileTests(node: AstOf<"tests">, scope: Scope, compiler: Compiler): Code {
  const input = compiler.compile({ kind: "input", from: node.from, to: node.to }, scope)
  const tests = node.tests.map((test) => compileTest(test, scope, compiler))
  if (tests.length === 0) return () => true
  const [only] = tests
  const { slot, depth, items } = findName(INPUT, scope)
  const own = slot === 0 && depth === 0 && items.length === 0
  if (tests.length === 1 && !node.negated)
    return own ? (frame, run) => only!(frame.values[0]!, frame, run) : (frame, run) => only!(input(frame, run), frame, run)
  return (frame, run) => {
    const result = anyOf(tests, input(frame, run), frame, run)
    return node.negated ? (result === null ? null : !result) : result
  }
}

/** `> 5` as a value: the range of what would pass; null for `!=`, which is no range. */
export function compileOpenRange(node: AstOf<"test">, scope: Scope, compiler: Compiler): Code {
  const of = compiler.compile(node.of, scope)
  const { operator } = node
  return (frame, run) => {
    const bound = of(frame, run)
    if (operator === "!=") return run.warn("not-a-range", node.from, node.to)
    if (operator === "=") return new FeelRange(bound, bound, true, true)
    const included = operator.endsWith("=")
    return operator.startsWith(">") ? new FeelRange(bound, null, included, false) : new FeelRange(null, bound, false, included)
  }
}
