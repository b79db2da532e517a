// Functions on lists (DMN 1.5, 10.3.4.4); positions count from 1, from the end when negative.
import { invoke } from "../evaluate/calls.ts"
import type { Run } from "../evaluate/run.ts"
import { equals } from "../values/compare.ts"
import type { FeelFunction } from "../values/function.ts"
import { isList, type List, type Value } from "../values/value.ts"
import { define } from "./define.ts"

const same = (a: Value, b: Value, run: Run): boolean => {
  run.tick(1)
  return equals(a, b, run) === true
}

/** The index from 0 of a position within the list; -1 beyond. */
function indexOf(list: List, position: Value): number {
  if (typeof position !== "number" || position === 0) return -1
  const index = position > 0 ? position - 1 : list.length + position
  return index < list.length ? index : -1
}

function distinct(list: List, run: Run): Value[] {
  const kept: Value[] = []
  const simple = new Set<Value>()
  for (const item of list) {
    run.tick(1)
    if (item === null || typeof item !== "object") {
      if (simple.has(item)) continue
      simple.add(item)
      kept.push(item)
    } else if (!kept.some((other) => typeof other === "object" && same(item, other, run))) kept.push(item)
  }
  return kept
}

function flatten(list: List, run: Run, into: Value[] = []): Value[] {
  for (const item of list) {
    run.tick(1)
    if (isList(item)) flatten(item, run, into)
    else into.push(item)
  }
  return into
}

function sublist(list: List, start: Value, length: Value | undefined): Value {
  const from = indexOf(list, start)
  if (from < 0 || (length !== undefined && (typeof length !== "number" || length < 1))) return null
  if (length !== undefined && from + length > list.length) return null
  return list.slice(from, length === undefined ? undefined : from + length)
}

function replaceAt(list: List, position: Value, item: Value): Value {
  const index = indexOf(list, position)
  return index < 0 ? null : list.with(index, item)
}

const HERE = { from: 0, to: 0 }

/** A stable merge sort: `precedes` may be anything, its answers alone decide. */
function sorted(list: List, precedes: FeelFunction, run: Run): Value[] | null {
  if (list.length < 2) return [...list]
  const middle = list.length >> 1
  const [left, right] = [sorted(list.slice(0, middle), precedes, run), sorted(list.slice(middle), precedes, run)]
  if (!left || !right) return null
  const merged: Value[] = []
  let [i, j] = [0, 0]
  while (i < left.length && j < right.length) {
    run.tick(1)
    const before = invoke(precedes, [right[j]!, left[i]!], run, HERE)
    if (typeof before !== "boolean") return null
    merged.push(before ? right[j++]! : left[i++]!)
  }
  return [...merged, ...left.slice(i), ...right.slice(j)]
}

function replaceMatching(list: List, match: FeelFunction, item: Value, run: Run): Value {
  const made: Value[] = []
  for (const old of list) {
    const found = invoke(match, [old, item], run, HERE)
    if (typeof found !== "boolean") return null
    made.push(found ? item : old)
  }
  return made
}

/** All lists as one, its room taken before it is made. */
function joined(lists: List, run: Run): Value[] {
  const all = lists.map((list) => (isList(list) ? list : [list]))
  run.take(all.reduce((sum, { length }) => sum + length, 0))
  return ([] as Value[]).concat(...all)
}

export const listFunctions = [
  define("list contains", [
    "list: list, element: any",
    ([list, element], run) => list.some((item: Value) => same(item, element, run)),
  ]),
  define(
    "list replace",
    [
      "list: list, position: number, newItem: any",
      ([list, position, item], run) => run.roomFor(list.length, () => replaceAt(list, position, item)),
    ],
    ["list: list, match: function, newItem: any", ([list, match, item], run) => replaceMatching(list, match, item, run)],
  ),
  define("count", ["list: list", ([list]) => list.length]),
  define("sublist", [
    "list: list, start position: number, length?: number",
    ([list, start, length]) => sublist(list, start, length),
  ]),
  define("append", ["list: list, item...: any", ([list, items], run) => run.hold([...list, ...items])]),
  define("concatenate", ["list...: list", ([lists], run) => (lists.includes(null) ? null : joined(lists, run))]),
  define("insert before", [
    "list: list, position: number, newItem: any",
    ([list, position, item], run) => {
      const index = indexOf(list, position)
      return index < 0 ? null : run.hold(list.toSpliced(index, 0, item))
    },
  ]),
  define("remove", [
    "list: list, position: number",
    ([list, position], run) => {
      const index = indexOf(list, position)
      return index < 0 ? null : run.hold(list.toSpliced(index, 1))
    },
  ]),
  define("reverse", ["list: list", ([list], run) => run.hold(list.toReversed())]),
  define("index of", [
    "list: list, match: any",
    ([list, match], run) => list.flatMap((item: Value, index: number) => (same(item, match, run) ? [index + 1] : [])),
  ]),
  define("union", ["list...: list", ([lists], run) => distinct(joined(lists, run), run)]),
  define("distinct values", ["list: list", ([list], run) => distinct(list, run)]),
  define("flatten", ["list: list", ([list], run) => run.hold(flatten(list, run))]),
  define("sort", ["list: list, precedes: function", ([list, precedes], run) => sorted(run.hold(list), precedes, run)]),
]
