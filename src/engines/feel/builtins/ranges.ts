// How points and ranges stand to each other (DMN 1.5, table 78).
import { compilerOf } from "../evaluate/compile-node.ts"
import type { Run } from "../evaluate/run.ts"
import { Frame, Scope } from "../evaluate/scope.ts"
import { FeelError } from "../feel-error.ts"
import type { Ast } from "../syntax/ast.ts"
import { parserFor } from "../syntax/parse.ts"
import { order } from "../values/compare.ts"
import { FeelRange, type Value } from "../values/value.ts"
import { type Definition, define } from "./define.ts"

type Relation<A, B> = (a: A, b: B) => boolean

/** Thrown where two ends have no order: the relation is null then. */
class NoOrder extends Error {}

function sign(a: Value, b: Value): number {
  const found = order(a, b)
  if (found === null) throw new NoOrder()
  return found
}

const told = <A, B>(relation: Relation<A, B>, a: A, b: B): Value => {
  try {
    return relation(a, b)
  } catch (error) {
    if (error instanceof NoOrder) return null
    throw error
  }
}

const beforeRanges: Relation<FeelRange, FeelRange> = (a, b) => {
  const at = sign(a.end, b.start)
  return at < 0 || (at === 0 && !(a.endIncluded && b.startIncluded))
}
const pointBefore: Relation<Value, FeelRange> = (p, r) => {
  const at = sign(p, r.start)
  return at < 0 || (at === 0 && !r.startIncluded)
}
const beforePoint: Relation<FeelRange, Value> = (r, p) => {
  const at = sign(r.end, p)
  return at < 0 || (at === 0 && !r.endIncluded)
}
const meets: Relation<FeelRange, FeelRange> = (a, b) => a.endIncluded && b.startIncluded && sign(a.end, b.start) === 0
const overlaps: Relation<FeelRange, FeelRange> = (a, b) => !beforeRanges(a, b) && !beforeRanges(b, a)

const overlapsBefore: Relation<FeelRange, FeelRange> = (a, b) => {
  const [starts, ends] = [sign(a.start, b.start), sign(a.end, b.end)]
  return (
    (starts < 0 || (starts === 0 && a.startIncluded && !b.startIncluded)) &&
    !beforeRanges(a, b) &&
    (ends < 0 || (ends === 0 && (!a.endIncluded || b.endIncluded)))
  )
}
const finishes: Relation<FeelRange, FeelRange> = (a, b) => {
  const starts = sign(a.start, b.start)
  return (
    a.endIncluded === b.endIncluded &&
    sign(a.end, b.end) === 0 &&
    (starts > 0 || (starts === 0 && (!a.startIncluded || b.startIncluded)))
  )
}
const pointFinishes: Relation<Value, FeelRange> = (p, r) => r.endIncluded && sign(r.end, p) === 0
const starts: Relation<FeelRange, FeelRange> = (a, b) => {
  const ends = sign(a.end, b.end)
  return (
    a.startIncluded === b.startIncluded &&
    sign(a.start, b.start) === 0 &&
    (ends < 0 || (ends === 0 && (!a.endIncluded || b.endIncluded)))
  )
}
const pointStarts: Relation<Value, FeelRange> = (p, r) => r.startIncluded && sign(r.start, p) === 0
const includes: Relation<FeelRange, FeelRange> = (a, b) => {
  const [from, to] = [sign(a.start, b.start), sign(a.end, b.end)]
  return (
    (from < 0 || (from === 0 && (a.startIncluded || !b.startIncluded))) &&
    (to > 0 || (to === 0 && (a.endIncluded || !b.endIncluded)))
  )
}
const includesPoint: Relation<FeelRange, Value> = (r, p) => {
  const [from, to] = [sign(r.start, p), sign(r.end, p)]
  return (from < 0 || (from === 0 && r.startIncluded)) && (to > 0 || (to === 0 && r.endIncluded))
}
const coincides: Relation<FeelRange, FeelRange> = (a, b) =>
  a.startIncluded === b.startIncluded &&
  a.endIncluded === b.endIncluded &&
  sign(a.start, b.start) === 0 &&
  sign(a.end, b.end) === 0

const points = (relation: Relation<Value, Value>): Definition => ["point1: any, point2: any", ([a, b]) => told(relation, a, b)]
const ranges = (relation: Relation<FeelRange, FeelRange>): Definition => [
  "range1: range, range2: range",
  ([a, b]) => told(relation, a, b),
]
const pointRange = (relation: Relation<Value, FeelRange>): Definition => [
  "point: any, range: range",
  ([p, r]) => told(relation, p, r),
]
const rangePoint = (relation: Relation<FeelRange, Value>): Definition => [
  "range: range, point: any",
  ([r, p]) => told(relation, r, p),
]

const turned =
  <A, B>(relation: Relation<A, B>): Relation<B, A> =>
  (a, b) =>
    relation(b, a)

/** Ends are literal, and so are the texts of dates in them. */
const isLiteral = (node: Ast): boolean =>
  ["number", "string", "at"].includes(node.kind) ||
  (node.kind === "negation" && node.of.kind === "number") ||
  (node.kind === "call" && node.args.every(({ kind }) => kind === "string"))

/** A range from its text, ends literal: `[1..3]`, `(@"2026-01-01"..]`. */
function rangeOf(text: string, run: Run): Value {
  try {
    const node: Ast = parserFor({}).parse(text.replace(/\.\.\s*([)[])\s*$/, "..null$1").replace(/^\s*([\](])\s*\.\./, "$1null.."))
    if (node.kind !== "range") return null
    const [start, end] = [node.start, node.end]
    if (start.kind === "null" && end.kind === "null") return null
    if (![start, end].every((part) => part.kind === "null" || isLiteral(part))) return null
    const compiler = compilerOf({ type: () => null, unknown: () => () => null })
    const value = (part: Ast) => compiler.compile(part, new Scope(null))(new Frame([], null), run)
    if (start.kind === "null" || end.kind === "null")
      return new FeelRange(value(start), value(end), node.startIncluded, node.endIncluded)
    return value(node)
  } catch (error) {
    if (error instanceof FeelError && (error.code === "syntax" || error.code === "too-long")) return null
    throw error
  }
}

export const rangeFunctions = [
  define("range", ["from: string", ([from], run) => rangeOf(from, run)]),
  define(
    "before",
    ranges(beforeRanges),
    pointRange(pointBefore),
    rangePoint(beforePoint),
    points((a, b) => sign(a, b) < 0),
  ),
  define(
    "after",
    ranges(turned(beforeRanges)),
    pointRange(turned(beforePoint)),
    rangePoint(turned(pointBefore)),
    points((a, b) => sign(a, b) > 0),
  ),
  define("meets", ranges(meets)),
  define("met by", ranges(turned(meets))),
  define("overlaps", ranges(overlaps)),
  define("overlaps before", ranges(overlapsBefore)),
  define("overlaps after", ranges(turned(overlapsBefore))),
  define("finishes", ranges(finishes), pointRange(pointFinishes)),
  define("finished by", ranges(turned(finishes)), rangePoint(turned(pointFinishes))),
  define("includes", ranges(includes), rangePoint(includesPoint)),
  define("during", ranges(turned(includes)), pointRange(turned(includesPoint))),
  define("starts", ranges(starts), pointRange(pointStarts)),
  define("started by", ranges(turned(starts)), rangePoint(turned(pointStarts))),
  define(
    "coincides",
    ranges(coincides),
    points((a, b) => sign(a, b) === 0),
  ),
]
