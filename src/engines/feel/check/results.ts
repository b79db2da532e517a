// What the built-in functions give (DMN 1.5, 10.3.4), by the types of what they are given.
import { ANY, basicTypes, type FeelType } from "../values/feel-type.ts"
import { alternatives, itemOf, unite } from "./kinds.ts"

type Result = (args: readonly FeelType[]) => FeelType

const list = (of: FeelType): FeelType => ({ kind: "list-of", of })
const first: Result = ([given = ANY]) => given
const sameList: Result = ([given = ANY]) => list(itemOf(given))

/** The items of all lists that are given, each list's own when there is one only. */
const allItems: Result = (args) => list(unite(args.map(itemOf)))
const oneOfAll: Result = (args) => (args.length === 1 ? itemOf(args[0]!) : unite(args))

/** Lists of lists that are looked into; item definitions may lead to themselves. */
const FLATTENED_MAX = 20

const flat = (type: FeelType, left = FLATTENED_MAX): FeelType =>
  left === 0
    ? ANY
    : unite(alternatives(type).map((one) => (one.kind === "list-of" ? flat(one.of, left - 1) : one.kind === "list" ? ANY : one)))

const byType: Readonly<Record<string, string>> = {
  number:
    "number, decimal, floor, ceiling, round up, round down, round half up, round half down, modulo, sqrt, log, exp, string length, count, sum, mean, product, median, stddev, day of year, week of year",
  string:
    "string, substring, upper case, lower case, substring before, substring after, replace, string join, day of week, month of year",
  boolean:
    "not, odd, even, all, any, contains, starts with, ends with, matches, list contains, is, before, after, meets, met by, overlaps, overlaps before, overlaps after, finishes, finished by, includes, during, starts, started by, coincides",
  date: "date, today",
  time: "time",
  "date and time": "date and time, now",
  duration: "duration",
  "years and months duration": "years and months duration",
  range: "range",
  context: "context, context put, context merge",
}

const byArguments: Readonly<Record<string, Result>> = {
  abs: first,
  min: oneOfAll,
  max: oneOfAll,
  mode: () => list({ kind: "number" }),
  "index of": () => list({ kind: "number" }),
  split: () => list({ kind: "string" }),
  "get entries": () => list({ kind: "context" }),
  sublist: sameList,
  remove: sameList,
  reverse: sameList,
  sort: sameList,
  "distinct values": sameList,
  concatenate: allItems,
  union: allItems,
  append: ([given = ANY, ...items]) => list(unite([itemOf(given), ...items])),
  "insert before": ([given = ANY, , item = ANY]) => list(unite([itemOf(given), item])),
  "list replace": ([given = ANY, , item = ANY]) => list(unite([itemOf(given), item])),
  flatten: ([given = ANY]) => list(flat(given)),
}

const known: ReadonlyMap<string, Result> = new Map([
  ...Object.entries(byType).flatMap(([type, names]) =>
    names.split(", ").map((name): [string, Result] => [name, () => basicTypes.get(type)!]),
  ),
  ...Object.entries(byArguments),
])

/** The type of what a built-in gives; any where its arguments alone don't tell. */
export const resultOf = (name: string, args: readonly FeelType[]): FeelType => known.get(name)?.(args) ?? ANY
