// Dates, times, dates with times and both durations as values.
import { civilOf, daysInMonth, epochDay, YEAR_MAX } from "./civil.ts"
import { zoneOffset, zoneOffsetAt } from "./zones.ts"

export const NANOS = 1_000_000_000n
export const DAY_SECONDS = 86_400
const DAY_NANOS = BigInt(DAY_SECONDS) * NANOS

export class FeelDate {
  constructor(
    readonly year: number,
    readonly month: number,
    readonly day: number,
  ) {}
  get epochDay(): number {
    return epochDay(this.year, this.month, this.day)
  }
}

/** A time of the day; `offset` in seconds ahead of UTC, or a named zone whose offset depends on the date, or neither. */
export class FeelTime {
  constructor(
    readonly second: number,
    readonly nano: number,
    readonly offset: number | null = null,
    readonly zone: string | null = null,
  ) {}
  get isLocal(): boolean {
    return this.offset === null && this.zone === null
  }
  /** Nanoseconds since midnight in UTC; of its own midnight when local. */
  get nanos(): bigint {
    const offset = this.offset ?? (this.zone === null ? 0 : zoneOffset(this.zone, this.second))
    return BigInt(this.second - offset) * NANOS + BigInt(this.nano)
  }
}

export class FeelDateTime {
  constructor(
    readonly date: FeelDate,
    readonly time: FeelTime,
  ) {}
  get offset(): number | null {
    const { offset, zone } = this.time
    return zone === null ? offset : zoneOffset(zone, this.date.epochDay * DAY_SECONDS + this.time.second)
  }
  /** Nanoseconds since 1970-01-01T00:00 in UTC; of the local calendar when without offset. */
  get nanos(): bigint {
    return BigInt(this.date.epochDay * DAY_SECONDS + this.time.second - (this.offset ?? 0)) * NANOS + BigInt(this.time.nano)
  }
}

/** Days and time duration, in nanoseconds. */
export class DaysDuration {
  constructor(readonly nanos: bigint) {}
}

/** Years and months duration, in months. */
export class MonthsDuration {
  constructor(readonly months: number) {}
}

/** A date when it exists. */
export function dateOf(year: number, month: number, day: number): FeelDate | null {
  if (![year, month, day].every(Number.isInteger) || Math.abs(year) > YEAR_MAX || month < 1 || month > 12) return null
  return day >= 1 && day <= daysInMonth(year, month) ? new FeelDate(year, month, day) : null
}

/** The date so many days after 1970-01-01. */
export function dateOfDay(days: number): FeelDate | null {
  if (!Number.isSafeInteger(days) || Math.abs(days) > 366 * YEAR_MAX) return null
  const { year, month, day } = civilOf(days)
  return dateOf(year, month, day)
}

/** The date moved by months, the day kept within its month. */
export function plusMonths(date: FeelDate, months: number): FeelDate | null {
  const all = date.year * 12 + date.month - 1 + months
  if (!Number.isSafeInteger(all)) return null
  const [year, month] = [Math.floor(all / 12), (((all % 12) + 12) % 12) + 1]
  return dateOf(year, month, Math.min(date.day, daysInMonth(year, month)))
}

const floorDivide = (a: bigint, b: bigint): bigint => (a % b < 0n ? a / b - 1n : a / b)

/** The date and time moved by nanoseconds, in its own offset or zone. */
export function plusNanos(value: FeelDateTime, nanos: bigint): FeelDateTime | null {
  const { offset, zone } = value.time
  const moved = value.nanos + nanos
  const ahead = zone === null ? (offset ?? 0) : zoneOffsetAt(zone, Number(floorDivide(moved, NANOS)))
  const local = moved + BigInt(ahead) * NANOS
  const days = floorDivide(local, DAY_NANOS)
  const date = dateOfDay(Number(days))
  return date && new FeelDateTime(date, timeOfNanos(local - days * DAY_NANOS, offset, zone))
}

/** The time moved by nanoseconds, round the clock. */
export function timePlus(time: FeelTime, nanos: bigint): FeelTime {
  const local = BigInt(time.second) * NANOS + BigInt(time.nano) + nanos
  return timeOfNanos(((local % DAY_NANOS) + DAY_NANOS) % DAY_NANOS, time.offset, time.zone)
}

const timeOfNanos = (nanos: bigint, offset: number | null, zone: string | null): FeelTime =>
  new FeelTime(Number(nanos / NANOS), Number(nanos % NANOS), offset, zone)

/** The date at midnight UTC, which a date counts as beside dates with times (DMN 1.5, 10.3.2.9.4). */
export const atMidnight = (date: FeelDate): FeelDateTime => new FeelDateTime(date, new FeelTime(0, 0, 0))
