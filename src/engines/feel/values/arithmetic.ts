// The four operations, powers and negation on numbers, text, dates and durations (DMN 1.5, tables 57 to 59); null where they have no meaning.
import {
  add,
  coefficientOf,
  divide,
  exponentOf,
  isNum,
  made,
  multiply,
  type Num,
  negate,
  roundedQuotient,
  subtract,
  tenTo,
  wholeDown,
} from "./decimal.ts"
import { power } from "./powers.ts"
import {
  atMidnight,
  DAY_SECONDS,
  DaysDuration,
  dateOfDay,
  FeelDate,
  FeelDateTime,
  FeelTime,
  MonthsDuration,
  NANOS,
  plusMonths,
  plusNanos,
  timePlus,
} from "./temporal.ts"
import type { Value } from "./value.ts"

export function sum(a: Value, b: Value): Value {
  if (isNum(a)) return isNum(b) ? add(a, b) : null
  if (typeof a === "string") return typeof b === "string" ? a + b : null
  if (b instanceof DaysDuration) return a instanceof DaysDuration ? new DaysDuration(a.nanos + b.nanos) : moved(a, b.nanos)
  if (a instanceof DaysDuration) return moved(b, a.nanos)
  if (b instanceof MonthsDuration) return a instanceof MonthsDuration ? monthsOf(a.months + b.months) : movedMonths(a, b.months)
  return a instanceof MonthsDuration ? movedMonths(b, a.months) : null
}

export function difference(a: Value, b: Value): Value {
  if (isNum(a)) return isNum(b) ? subtract(a, b) : null
  if (b instanceof DaysDuration) return a instanceof DaysDuration ? new DaysDuration(a.nanos - b.nanos) : moved(a, -b.nanos)
  if (b instanceof MonthsDuration)
    return a instanceof MonthsDuration ? monthsOf(a.months - b.months) : movedMonths(a, 0 - b.months)
  if (a instanceof FeelTime && b instanceof FeelTime) return a.isLocal === b.isLocal ? new DaysDuration(a.nanos - b.nanos) : null
  if (a instanceof FeelDate && b instanceof FeelDate)
    return new DaysDuration(BigInt(a.epochDay - b.epochDay) * BigInt(DAY_SECONDS) * NANOS)
  const [left, right] = [a instanceof FeelDate ? atMidnight(a) : a, b instanceof FeelDate ? atMidnight(b) : b]
  if (!(left instanceof FeelDateTime && right instanceof FeelDateTime) || left.time.isLocal !== right.time.isLocal) return null
  return new DaysDuration(left.nanos - right.nanos)
}

export function product(a: Value, b: Value): Value {
  if (isNum(a) && isNum(b)) return multiply(a, b)
  if (isNum(b)) return scaled(a, b)
  return isNum(a) ? scaled(b, a) : null
}

export function quotient(a: Value, b: Value): Value {
  if (isNum(a) && isNum(b)) return divide(a, b)
  if (a instanceof DaysDuration && b instanceof DaysDuration)
    return b.nanos === 0n ? null : divide(made(a.nanos, 0)!, made(b.nanos, 0)!)
  if (a instanceof MonthsDuration && b instanceof MonthsDuration) return divide(a.months, b.months)
  if (!isNum(b) || b === 0) return null
  if (a instanceof MonthsDuration) return monthsOf(wholeDown(divide(a.months, b)))
  if (!(a instanceof DaysDuration)) return null
  const shift = exponentOf(b)
  const [top, bottom] =
    shift < 0 ? [a.nanos * tenTo(-shift), coefficientOf(b)] : [a.nanos, coefficientOf(b) * tenTo(Math.min(shift, 60))]
  return new DaysDuration(roundedQuotient(top, bottom))
}

export const raised = (a: Value, b: Value): Value => (isNum(a) && isNum(b) ? power(a, b) : null)

export function negated(value: Value): Value {
  if (isNum(value)) return negate(value)
  if (value instanceof DaysDuration) return new DaysDuration(-value.nanos)
  return value instanceof MonthsDuration ? new MonthsDuration(0 - value.months) : null
}

function scaled(duration: Value, by: Num): Value {
  if (duration instanceof MonthsDuration) return monthsOf(wholeDown(multiply(duration.months, by)))
  if (!(duration instanceof DaysDuration)) return null
  const shift = exponentOf(by)
  if (shift > 60) return null
  const product = duration.nanos * coefficientOf(by)
  return new DaysDuration(shift < 0 ? roundedQuotient(product, tenTo(-shift)) : product * tenTo(shift))
}

const monthsOf = (months: number | null): Value =>
  months !== null && Number.isSafeInteger(months) ? new MonthsDuration(months + 0) : null

function moved(value: Value, nanos: bigint): Value {
  if (value instanceof FeelTime) return timePlus(value, nanos)
  if (value instanceof FeelDateTime) return plusNanos(value, nanos)
  if (!(value instanceof FeelDate)) return null
  const day = BigInt(DAY_SECONDS) * NANOS
  const days = nanos % day < 0n ? nanos / day - 1n : nanos / day
  return dateOfDay(value.epochDay + Number(days))
}

function movedMonths(value: Value, months: number): Value {
  if (value instanceof FeelDate) return plusMonths(value, months)
  if (!(value instanceof FeelDateTime)) return null
  const date = plusMonths(value.date, months)
  return date && new FeelDateTime(date, value.time)
}
