// Dates, times and durations from their text and into it: XML Schema's lexical forms, with `@zone` for named zones (DMN 1.5, 10.3.4.1).
import { DAY_SECONDS, DaysDuration, dateOf, type FeelDate, FeelDateTime, FeelTime, MonthsDuration, NANOS } from "./temporal.ts"
import { isZone } from "./zones.ts"

const OFFSET_MAX_SECONDS = 18 * 3600
const TEXT_MAX = 200

const datePattern = /^(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)$/
const timePattern = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{1,30}))?(?:(Z)|([+-])(\d\d):(\d\d)(?::(\d\d))?|@(.+))?$/
const daysPattern = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?$/
const monthsPattern = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?$/

export function parseDate(text: string): FeelDate | null {
  const found = text.length > TEXT_MAX ? null : datePattern.exec(text)
  return found && dateOf(Number(found[1]), Number(found[2]), Number(found[3]))
}

export function parseTime(text: string): FeelTime | null {
  const found = text.length > TEXT_MAX ? null : timePattern.exec(text)
  if (!found) return null
  const [, hours, minutes, seconds, fraction, utc, sign, oh, om, os, zone] = found
  const clock = [Number(hours), Number(minutes), Number(seconds)] as const
  if (clock[0] > 23 || clock[1] > 59 || clock[2] > 59 || (zone !== undefined && !isZone(zone))) return null
  const nano = fraction === undefined ? 0 : Number(fraction.slice(0, 9).padEnd(9, "0"))
  const ahead = sign === undefined ? null : Number(oh) * 3600 + Number(om) * 60 + Number(os ?? 0)
  if (ahead !== null && (ahead > OFFSET_MAX_SECONDS || Number(om) > 59 || Number(os ?? 0) > 59)) return null
  const offset = utc ? 0 : ahead === null ? null : sign === "-" ? 0 - ahead : ahead
  return new FeelTime(clock[0] * 3600 + clock[1] * 60 + clock[2], nano, offset, zone ?? null)
}

export function parseDateTime(text: string): FeelDateTime | null {
  const [day, clock, ...rest] = text.split("T")
  if (day === undefined || (rest.length > 0 && !text.includes("@"))) return null
  const at = text.indexOf("T")
  if (clock === undefined) return null
  const [date, time] = [parseDate(day), parseTime(text.slice(at + 1))]
  return date && time && new FeelDateTime(date, time)
}

export function parseDuration(text: string): DaysDuration | MonthsDuration | null {
  if (text.length > TEXT_MAX || /[PT]$/.test(text)) return null
  const months = monthsPattern.exec(text)
  if (months) {
    const count = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0)
    return Number.isSafeInteger(count) ? new MonthsDuration(months[1] ? 0 - count : count) : null
  }
  const found = daysPattern.exec(text)
  if (!found) return null
  const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = found
  const whole = BigInt(days) * BigInt(DAY_SECONDS) + BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds)
  const nanos = whole * NANOS + BigInt(fraction.slice(0, 9).padEnd(9, "0"))
  return new DaysDuration(sign ? -nanos : nanos)
}

const two = (n: number): string => String(n).padStart(2, "0")

export function dateText({ year, month, day }: FeelDate): string {
  const digits = String(Math.abs(year)).padStart(4, "0")
  return `${year < 0 ? "-" : ""}${digits}-${two(month)}-${two(day)}`
}

export function timeText({ second, nano, offset, zone }: FeelTime): string {
  const clock = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`
  const fraction = nano === 0 ? "" : `.${String(nano).padStart(9, "0").replace(/0+$/, "")}`
  return clock + fraction + (zone !== null ? `@${zone}` : offset === null ? "" : offsetText(offset))
}

function offsetText(offset: number): string {
  if (offset === 0) return "Z"
  const size = Math.abs(offset)
  const seconds = size % 60 === 0 ? "" : `:${two(size % 60)}`
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${seconds}`
}

export const dateTimeText = (value: FeelDateTime): string => `${dateText(value.date)}T${timeText(value.time)}`

export function monthsText({ months }: MonthsDuration): string {
  const size = Math.abs(months)
  const [years, rest] = [Math.floor(size / 12), size % 12]
  if (size === 0) return "P0M"
  return `${months < 0 ? "-" : ""}P${years === 0 ? "" : `${years}Y`}${rest === 0 ? "" : `${rest}M`}`
}

export function daysText({ nanos }: DaysDuration): string {
  const size = nanos < 0n ? -nanos : nanos
  if (size === 0n) return "PT0S"
  const all = size / NANOS
  const fraction =
    size % NANOS === 0n
      ? ""
      : `.${String(size % NANOS)
          .padStart(9, "0")
          .replace(/0+$/, "")}`
  const [days, hours, minutes, seconds] = [all / 86_400n, (all / 3600n) % 24n, (all / 60n) % 60n, all % 60n]
  const clock = [
    hours === 0n ? "" : `${hours}H`,
    minutes === 0n ? "" : `${minutes}M`,
    seconds === 0n && fraction === "" ? "" : `${seconds}${fraction}S`,
  ].join("")
  return `${nanos < 0n ? "-" : ""}P${days === 0n ? "" : `${days}D`}${clock === "" ? "" : `T${clock}`}`
}

/** What `@"…"` means: a date, date and time, time, or duration; null when it is none. */
export const parseTemporal = (text: string): FeelDate | FeelDateTime | FeelTime | DaysDuration | MonthsDuration | null =>
  parseDuration(text) ?? parseDate(text) ?? parseTime(text) ?? parseDateTime(text)
