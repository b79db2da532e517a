// Equality and order of values (DMN 1.5, tables 53 and 54): null where two values can't be compared.
import type { Run } from "../evaluate/run.ts"
import { compareNumbers, Decimal, isNum } from "./decimal.ts"
import { FeelFunction } from "./function.ts"
import { DaysDuration, FeelDate, FeelDateTime, FeelTime, MonthsDuration } from "./temporal.ts"
import { type Context, FeelRange, isContext, isList, kindOf, type List, type Value } from "./value.ts"

/** a = b; null for values of different types. Each item and entry that is looked at is a step of `run`. */
export function equals(a: Value, b: Value, run: Run): boolean | null {
  if (a === null || b === null) return a === b
  if (typeof a !== "object" && typeof a === typeof b) return a === b
  if (isNum(a) && isNum(b)) return compareNumbers(a, b) === 0
  if (isList(a) && isList(b)) return listsEqual(a, b, run)
  if (isContext(a) && isContext(b)) return contextsEqual(a, b, run)
  if (kindOf(a) !== kindOf(b)) return null
  if (a instanceof FeelRange && b instanceof FeelRange) return rangesEqual(a, b, run)
  if (a instanceof FeelFunction) return a === b
  return temporalEqual(a, b)
}

function temporalEqual(a: Value, b: Value): boolean | null {
  if (a instanceof FeelDate && b instanceof FeelDate) return a.year === b.year && a.month === b.month && a.day === b.day
  if (a instanceof FeelTime && b instanceof FeelTime) return a.isLocal === b.isLocal && a.nanos === b.nanos
  if (a instanceof FeelDateTime && b instanceof FeelDateTime) return a.time.isLocal === b.time.isLocal && a.nanos === b.nanos
  if (a instanceof DaysDuration && b instanceof DaysDuration) return a.nanos === b.nanos
  return a instanceof MonthsDuration && b instanceof MonthsDuration && a.months === b.months
}

function allEqual(results: Iterable<boolean | null>): boolean | null {
  let known: boolean | null = true
  for (const result of results) {
    if (result === false) return false
    if (result === null) known = null
  }
  return known
}

function listsEqual(a: List, b: List, run: Run): boolean | null {
  if (a.length !== b.length) return false
  run.tick(a.length)
  return allEqual(lazily(a.keys(), (index) => equals(a[index]!, b[index]!, run)))
}

function contextsEqual(a: Context, b: Context, run: Run): boolean | null {
  if (a.size !== b.size) return false
  run.tick(a.size)
  return allEqual(lazily(a, ([name, entry]) => (b.has(name) ? equals(entry, b.get(name)!, run) : false)))
}

function* lazily<T, R>(items: Iterable<T>, result: (item: T) => R): Iterable<R> {
  for (const item of items) yield result(item)
}

const rangesEqual = (a: FeelRange, b: FeelRange, run: Run): boolean | null =>
  a.startIncluded !== b.startIncluded || a.endIncluded !== b.endIncluded
    ? false
    : allEqual([equals(a.start, b.start, run), equals(a.end, b.end, run)])

/** Strings by their code points, which differ from UTF-16 units beyond the first plane. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (x === y) continue
    const [sx, sy] = [x >= 0xd800 && x < 0xe000, y >= 0xd800 && y < 0xe000]
    return sx === sy ? x - y : sx ? 1 : -1
  }
  return a.length - b.length
}

const sign = (difference: bigint): number => (difference < 0n ? -1 : difference > 0n ? 1 : 0)

/** Less than zero, zero or more as a stands before b; null where the two have no order. */
export function order(a: Value, b: Value): number | null {
  if (typeof a === "number" && typeof b === "number") return a - b
  if (typeof a === "string") return typeof b === "string" ? compareTexts(a, b) : null
  if (a instanceof Decimal || typeof a === "number") return isNum(b) ? compareNumbers(a, b) : null
  if (a instanceof FeelDate) return b instanceof FeelDate ? a.epochDay - b.epochDay : null
  if (a instanceof FeelDateTime)
    return b instanceof FeelDateTime && a.time.isLocal === b.time.isLocal ? sign(a.nanos - b.nanos) : null
  if (a instanceof FeelTime) return b instanceof FeelTime && a.isLocal === b.isLocal ? sign(a.nanos - b.nanos) : null
  if (a instanceof DaysDuration) return b instanceof DaysDuration ? sign(a.nanos - b.nanos) : null
  return a instanceof MonthsDuration && b instanceof MonthsDuration ? a.months - b.months : null
}

/** Whether a value lies in a range; null where they can't be compared. */
export function within(value: Value, range: FeelRange): boolean | null {
  if (value === null || (range.start === null && range.end === null)) return null
  const after = range.start === null ? 1 : order(value, range.start)
  const before = range.end === null ? -1 : order(value, range.end)
  if (after === null || before === null) return null
  return (range.startIncluded ? after >= 0 : after > 0) && (range.endIncluded ? before <= 0 : before < 0)
}
