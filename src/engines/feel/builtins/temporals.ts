// Functions on dates, the given clock, and `is` (DMN 1.5, 10.3.4.6 and 10.3.4.7).
import type { Run } from "../evaluate/run.ts"
import { epochDay, weekdayOf, weekOf } from "../values/civil.ts"
import { equals } from "../values/compare.ts"
import { type FeelDate, FeelDateTime, FeelTime } from "../values/temporal.ts"
import { kindOf, type Value } from "../values/value.ts"
import { define } from "./define.ts"

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const

/** Of a date or of a date and time. */
const ofDate = (name: string, call: (date: FeelDate) => Value) =>
  define(name, ["date: date", ([date]) => call(date)], ["date: date and time", ([{ date }]) => call(date)])

/** The same value of the same type: times with their own offsets, not only the same instant. */
export function isSame(a: Value, b: Value, run: Run): boolean {
  if (kindOf(a) !== kindOf(b) || equals(a, b, run) !== true) return false
  const [x, y] = [a instanceof FeelDateTime ? a.time : a, b instanceof FeelDateTime ? b.time : b]
  return (
    !(x instanceof FeelTime && y instanceof FeelTime) || (x.offset === y.offset && x.zone === y.zone && x.second === y.second)
  )
}

export const temporalFunctions = [
  define("is", ["value1: any, value2: any", ([a, b], run) => isSame(a, b, run)]),
  ofDate("day of year", ({ year, month, day }) => epochDay(year, month, day) - epochDay(year, 1, 1) + 1),
  ofDate("day of week", (date) => weekdays[weekdayOf(date.epochDay) - 1]!),
  ofDate("month of year", ({ month }) => months[month - 1]!),
  ofDate("week of year", ({ year, month, day }) => weekOf(year, month, day)),
  define("now", ["", (_args, run) => run.now]),
  define("today", ["", (_args, run) => (run.now ? run.now.date : null)]),
]
