// Functions that make one value of many (DMN 1.5, 10.3.4.4): of a list, or of all arguments.
import type { Run } from "../evaluate/run.ts"
import { order } from "../values/compare.ts"
import { add, compareNumbers, divide, isNum, multiply, type Num, subtract } from "../values/decimal.ts"
import { squareRoot } from "../values/powers.ts"
import type { List, Value } from "../values/value.ts"
import { define } from "./define.ts"

type Statistic = (list: List, run: Run) => Value

function extreme(list: List, sign: 1 | -1): Value {
  let best: Value = list[0] ?? null
  if (best === null || order(best, best) === null) return null
  for (const item of list) {
    const found = order(item, best)
    if (found === null) return null
    if (found * sign > 0) best = item
  }
  return best
}

function folded(list: List, operation: (a: Num, b: Num) => Num | null, start: Num): Num | null {
  if (list.length === 0) return null
  let all: Num | null = start
  for (const item of list) {
    if (!isNum(item) || all === null) return null
    all = operation(all, item)
  }
  return all
}

const sum = (list: List) => folded(list, add, 0)

function mean(list: List): Num | null {
  const all = sum(list)
  return all === null ? null : divide(all, list.length)
}

function median(list: List): Value {
  if (list.length === 0 || !list.every(isNum)) return null
  const inOrder = (list as Num[]).toSorted(compareNumbers)
  const middle = inOrder.length >> 1
  if (inOrder.length % 2 === 1) return inOrder[middle]!
  return mean([inOrder[middle - 1]!, inOrder[middle]!])
}

/** The sample's standard deviation. */
function deviation(list: List): Value {
  const average = list.length < 2 ? null : mean(list)
  if (average === null) return null
  const squares = (list as Num[]).map((n) => {
    const distance = subtract(n, average)
    return distance === null ? null : multiply(distance, distance)
  })
  const all = sum(squares)
  const variance = all === null ? null : divide(all, list.length - 1)
  return variance === null ? null : squareRoot(variance)
}

/** The most frequent numbers, smallest first. */
function mode(list: List): Value {
  if (!list.every(isNum)) return null
  const counts: { n: Num; count: number }[] = []
  for (const n of (list as Num[]).toSorted(compareNumbers)) {
    const last = counts.at(-1)
    if (last && compareNumbers(last.n, n) === 0) last.count++
    else counts.push({ n, count: 1 })
  }
  const most = Math.max(...counts.map(({ count }) => count))
  return counts.filter(({ count }) => count === most).map(({ n }) => n)
}

const junction =
  (deciding: boolean): Statistic =>
  (list) => {
    if (list.includes(deciding)) return deciding
    return list.every((item) => typeof item === "boolean") ? !deciding : null
  }

/** Of one list, or of all arguments as a list. */
const statistic = (name: string, call: Statistic, rest = "c") => {
  const counted: Statistic = (list, run) => {
    run.tick(list.length)
    return call(list, run)
  }
  return define(
    name,
    ["list: list", ([list], run) => counted(list, run)],
    [`${rest}...: any`, ([list], run) => counted(list, run)],
  )
}

export const statisticFunctions = [
  statistic("min", (list) => extreme(list, -1)),
  statistic("max", (list) => extreme(list, 1)),
  statistic("sum", sum, "n"),
  statistic("mean", mean, "n"),
  statistic("product", (list) => folded(list, multiply, 1), "n"),
  statistic("median", median, "n"),
  statistic("stddev", deviation, "n"),
  statistic("mode", mode, "n"),
  statistic("all", junction(false), "b"),
  statistic("any", junction(true), "b"),
]
