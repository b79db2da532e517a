// From one type to another (DMN 1.5, 10.3.4.1).
import { type Num, parseNumber } from "../values/decimal.ts"
import {
  atMidnight,
  type DaysDuration,
  dateOf,
  FeelDate,
  FeelDateTime,
  FeelTime,
  MonthsDuration,
  NANOS,
} from "../values/temporal.ts"
import { parseDate, parseDateTime, parseDuration, parseTime } from "../values/temporal-text.ts"
import type { Value } from "../values/value.ts"
import { define } from "./define.ts"

/** Text with these separators as a number; null when it isn't one. */
function numberOf(text: string, grouping: string | null, point: string | null): Value {
  if (grouping !== null && ![" ", ",", "."].includes(grouping)) return null
  if (point !== null && ![",", "."].includes(point)) return null
  if (grouping !== null && grouping === point) return null
  const plain = grouping === null ? text : text.replaceAll(grouping, "")
  if (point === ",") return plain.includes(".") ? null : parseNumber(plain.replace(",", "."))
  return parseNumber(plain)
}

function timeOf(hour: Num, minute: Num, second: Num, offset: DaysDuration | null): Value {
  if (typeof hour !== "number" || typeof minute !== "number" || hour < 0 || hour > 23 || minute < 0 || minute > 59) return null
  const seconds = Number(String(second))
  if (!(seconds >= 0 && seconds < 60)) return null
  const whole = Math.floor(seconds)
  const nano = typeof second === "number" ? 0 : Number((String(second).split(".")[1] ?? "").slice(0, 9).padEnd(9, "0"))
  const ahead = offset === null ? null : Number(offset.nanos / NANOS)
  if (ahead !== null && Math.abs(ahead) > 18 * 3600) return null
  return new FeelTime(hour * 3600 + minute * 60 + whole, nano, ahead)
}

/** Whole months from one date to another, towards zero; the times of the day don't count. */
function monthsBetween(from: FeelDate | FeelDateTime, to: FeelDate | FeelDateTime): Value {
  const [a, b] = [from instanceof FeelDate ? from : from.date, to instanceof FeelDate ? to : to.date]
  const all = (b.year - a.year) * 12 + b.month - a.month
  const rest = b.day - a.day
  return new MonthsDuration(all + (all > 0 && rest < 0 ? -1 : all < 0 && rest > 0 ? 1 : 0) + 0)
}

const atMidnightLocal = (date: FeelDate) => new FeelDateTime(date, new FeelTime(0, 0))

export const conversionFunctions = [
  define(
    "date",
    ["from: string", ([from]) => parseDate(from)],
    ["from: date", ([from]) => from],
    ["from: date and time", ([from]) => from.date],
    ["year: number, month: number, day: number", ([year, month, day]) => dateOf(year, month, day)],
  ),
  define(
    "time",
    ["from: string", ([from]) => parseTime(from)],
    ["from: time", ([from]) => from],
    ["from: date", ([from]) => atMidnight(from).time],
    ["from: date and time", ([from]) => from.time],
    [
      "hour: number, minute: number, second: number, offset?: days and time duration~",
      ([hour, minute, second, offset]) => timeOf(hour, minute, second, offset ?? null),
    ],
  ),
  define(
    "date and time",
    ["from: string", ([from]) => parseDateTime(from) ?? dateAlone(from)],
    ["from: date", ([from]) => atMidnight(from)],
    ["from: date and time", ([from]) => from],
    ["date: date, time: time", ([date, time]) => new FeelDateTime(date, time)],
    ["date: date and time, time: time", ([{ date }, time]) => new FeelDateTime(date, time)],
  ),
  define("duration", ["from: string", ([from]) => parseDuration(from)], ["from: duration", ([from]) => from]),
  define(
    "years and months duration",
    ["from: date, to: date", ([from, to]) => monthsBetween(from, to)],
    ["from: date, to: date and time", ([from, to]) => monthsBetween(from, to)],
    ["from: date and time, to: date and time", ([from, to]) => monthsBetween(from, to)],
  ),
  define(
    "number",
    ["from: string", ([from]) => numberOf(from, null, null)],
    [
      "from: string, grouping separator: string~, decimal separator: string~",
      ([from, grouping, point]) => numberOf(from, grouping ?? null, point ?? null),
    ],
  ),
]

/** A date's text as midnight of that day. */
function dateAlone(text: string): Value {
  const date = parseDate(text)
  return date && atMidnightLocal(date)
}
