// Wall clocks of a time zone by Intl alone: the offset of an instant, the instant of a wall time.

export const DAY_MS = 86_400_000
export const MINUTE_MS = 60_000
const DAYS_CACHED_MAX = 40_000

/** A wall time: days since 1970-01-01 and milliseconds since local midnight. */
export interface Wall {
  readonly day: number
  readonly ms: number
}

export interface Zone {
  /** The wall time of an instant. */
  wallOf(at: number): Wall
  /** The instant of a wall time. A time that the spring skips gives the one an hour later; one that autumn repeats gives the first. */
  instantOf(day: number, ms: number): number
}

/** Within one UTC day: one offset, or two with the instant between them. */
type Offsets = number | { readonly before: number; readonly from: number; readonly after: number }

/** The clock of an IANA time zone; offsets are looked up once per day and kept. Throws a RangeError for an unknown name. */
export function zoneOf(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  })
  const days = new Map<number, Offsets>()
  const offsetAt = (at: number): number => {
    const day = Math.floor(at / DAY_MS)
    let known = days.get(day)
    if (known === undefined) {
      if (days.size >= DAYS_CACHED_MAX) days.clear()
      known = offsetsOfDay(format, day)
      days.set(day, known)
    }
    if (typeof known === "number") return known
    return at < known.from ? known.before : known.after
  }
  return {
    wallOf: (at) => {
      const wall = at + offsetAt(at)
      const day = Math.floor(wall / DAY_MS)
      return { day, ms: wall - day * DAY_MS }
    },
    instantOf: (day, ms) => {
      const wall = day * DAY_MS + ms
      const before = offsetAt(wall - DAY_MS)
      const after = offsetAt(wall + DAY_MS)
      if (before === after || offsetAt(wall - before) === before) return wall - before
      return offsetAt(wall - after) === after ? wall - after : wall - before
    },
  }
}

function offsetsOfDay(format: Intl.DateTimeFormat, day: number): Offsets {
  let low = day * DAY_MS
  let high = low + DAY_MS - 1
  const before = offsetBy(format, low)
  const after = offsetBy(format, high)
  if (before === after) return before
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetBy(format, middle) === before) low = middle
    else high = middle
  }
  return { before, from: high, after }
}

function offsetBy(format: Intl.DateTimeFormat, at: number): number {
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value)
  const wall = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!)
  return wall - Math.floor(at / 1000) * 1000
}

/** Days since 1970-01-01 of `YYYY-MM-DD`. Throws a RangeError for a date that does not exist. */
export function dayNumber(date: string): number {
  if (!isDay(date)) throw new RangeError(`not a date: ${date}`)
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS
}

/** Whether a text is a day that the calendar has: `2026-02-28`, not `2026-02-30`. */
export function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && dateOf(at / DAY_MS) === text
}

/** `YYYY-MM-DD` of days since 1970-01-01. */
export function dateOf(day: number): string {
  let date = dates.get(day)
  if (date === undefined) {
    date = new Date(day * DAY_MS).toISOString().slice(0, 10)
    if (dates.size < DAYS_CACHED_MAX) dates.set(day, date)
  }
  return date
}

const dates = new Map<number, string>()

/** `HH:MM` of milliseconds since midnight. */
export function timeOf(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS)
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`
}

/** Milliseconds since midnight of `HH:MM`, up to 24:00. Throws a RangeError. */
export function msOfTime(time: string): number {
  const found = /^(\d\d):(\d\d)$/.exec(time)
  const minutes = found ? Number(found[1]) * 60 + Number(found[2]) : Number.NaN
  if (!found || Number(found[2]) > 59 || minutes > 24 * 60) throw new RangeError(`not a time of day: ${time}`)
  return minutes * MINUTE_MS
}
