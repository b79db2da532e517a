// The properties of dates, times, durations and ranges (DMN 1.5, tables 65 and 66): `birth.year`, `span.start included`.
import { weekdayOf } from "./civil.ts"
import { made, type Num } from "./decimal.ts"
import { DaysDuration, FeelDate, FeelDateTime, FeelTime, MonthsDuration, NANOS } from "./temporal.ts"
import { FeelRange, type Value } from "./value.ts"

type Reader<T> = Readonly<Record<string, (value: T) => Value>>

const ofDate: Reader<FeelDate> = {
  year: ({ year }) => year,
  month: ({ month }) => month,
  day: ({ day }) => day,
  weekday: (date) => weekdayOf(date.epochDay),
}

const ofTime: Reader<FeelTime> = {
  hour: ({ second }) => Math.floor(second / 3600),
  minute: ({ second }) => Math.floor(second / 60) % 60,
  second: ({ second }) => second % 60,
  "time offset": ({ offset }) => (offset === null ? null : new DaysDuration(BigInt(offset) * NANOS)),
  timezone: ({ zone }) => zone,
}

const ofDateTime: Reader<FeelDateTime> = {
  "time offset": ({ offset }) => (offset === null ? null : new DaysDuration(BigInt(offset) * NANOS)),
}

const part = (nanos: bigint, unit: bigint, of: bigint): Num => Number((nanos / NANOS / unit) % of) + 0

const ofDays: Reader<DaysDuration> = {
  days: ({ nanos }) => made(nanos / NANOS / 86_400n, 0),
  hours: ({ nanos }) => part(nanos, 3600n, 24n),
  minutes: ({ nanos }) => part(nanos, 60n, 60n),
  seconds: ({ nanos }) => made(nanos % (60n * NANOS), -9),
}

const ofMonths: Reader<MonthsDuration> = {
  years: ({ months }) => Math.trunc(months / 12) + 0,
  months: ({ months }) => (months % 12) + 0,
}

const ofRange: Reader<FeelRange> = {
  start: ({ start }) => start,
  end: ({ end }) => end,
  "start included": ({ startIncluded }) => startIncluded,
  "end included": ({ endIncluded }) => endIncluded,
}

const read = <T>(reader: Reader<T>, value: T, name: string): Value | undefined =>
  Object.hasOwn(reader, name) ? reader[name]!(value) : undefined

/** The property's value; undefined where the value has none of that name. */
export function propertyOf(value: Value, name: string): Value | undefined {
  if (value instanceof FeelDate) return read(ofDate, value, name)
  if (value instanceof FeelDateTime)
    return read(ofDateTime, value, name) ?? read(ofDate, value.date, name) ?? read(ofTime, value.time, name)
  if (value instanceof FeelTime) return read(ofTime, value, name)
  if (value instanceof DaysDuration) return read(ofDays, value, name)
  if (value instanceof MonthsDuration) return read(ofMonths, value, name)
  return value instanceof FeelRange ? read(ofRange, value, name) : undefined
}
