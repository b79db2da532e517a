// Cells whose answer depends on nothing but where the input stands among values that are written out.
import {
  type Ast,
  compileText,
  FeelError,
  Frame,
  INPUT,
  parserFor,
  partsOf,
  printFeel,
  Run,
  Scope,
  type Value,
} from "#engines/feel"
import { textLimits } from "./item-types.ts"

const noTypes = { types: () => null, limits: textLimits }

/** The tree of a cell; undefined where it is none. */
export function treeOf(text: string): Ast | undefined {
  try {
    return parserFor({}, textLimits).parse(text.normalize("NFC"), "UnaryTests")
  } catch (error) {
    if (error instanceof FeelError) return undefined
    throw error
  }
}

const constantCalls: readonly string[] = ["date", "time", "date and time", "duration"]

const calls = (node: Ast, names: readonly string[]): boolean =>
  node.kind === "call" && node.callee.kind === "name" && names.includes(node.callee.name)

/** A value that is written out. */
function isConstant(node: Ast): boolean {
  if (["number", "string", "boolean", "null", "at"].includes(node.kind)) return true
  if (node.kind === "negation") return isConstant(node.of)
  return node.kind === "call" && calls(node, constantCalls) && node.args.every(isConstant)
}

const kept: readonly string[] = ["tests", "test", "range", "compare", "and", "or", "between", "in", "list", "input"]

/** Whether a test can be told before it runs. */
export function isDecidable(node: Ast): boolean {
  if (isConstant(node)) return true
  if (node.kind === "call") return calls(node, ["not"]) && node.args.every(isDecidable)
  return kept.includes(node.kind) && partsOf(node).every(isDecidable)
}

/** Only single values, as `"a", "b"`. */
export const isListed = (node: Ast): boolean => node.kind === "tests" && !node.negated && node.tests.every(isConstant)

/** Whether something is asked but equality. */
export const asksOrder = (node: Ast): boolean =>
  ["test", "range", "between"].includes(node.kind) ||
  (node.kind === "compare" && node.operator !== "=" && node.operator !== "!=") ||
  partsOf(node).some(asksOrder)

/** The values that are written out in a test. */
export const pointsIn = (node: Ast): Value[] =>
  isConstant(node) ? [reckonedValue(printFeel(node), [])] : partsOf(node).flatMap(pointsIn)

/** The value of an expression over `a`, `b`. */
export const reckonedValue = (text: string, given: readonly Value[]): Value =>
  compileText(text, new Scope(null, ["a", "b"].slice(0, given.length)), noTypes)(new Frame([...given], null), new Run())

/** A cell as a function of its input. */
export function testOf(text: string): (value: Value) => boolean {
  const code = compileText(text, new Scope(null, [INPUT]), noTypes, "UnaryTests")
  return (value) => code(new Frame([value], null), new Run()) === true
}
