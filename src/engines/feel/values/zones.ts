// Offsets of named time zones (IANA) from UTC, by the data that the runtime brings.
import { epochDay } from "./civil.ts"

const formats = new Map<string, Intl.DateTimeFormat | null>()
const FORMATS_MAX = 600

function formatOf(zone: string): Intl.DateTimeFormat | null {
  let format = formats.get(zone)
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat("en-US", {
        timeZone: zone,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
        era: "short",
      })
    } catch {
      format = null
    }
    if (formats.size >= FORMATS_MAX) formats.clear()
    formats.set(zone, format)
  }
  return format
}

/** Whether it names a zone: `Asia/Ho_Chi_Minh`, `Etc/UTC`. */
export const isZone = (zone: string): boolean =>
  /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(zone) && zone.length < 60 && formatOf(zone) !== null

/** Seconds that the zone's clocks are ahead of UTC at this instant (seconds since 1970). */
function offsetAt(format: Intl.DateTimeFormat, instant: number): number {
  // Rules of zones say nothing beyond the years that a JavaScript date knows: the offset of a nearby year of the same kind stands in.
  const inRange = Math.max(-8e12, Math.min(8e12, instant))
  const parts: Record<string, string> = {}
  for (const { type, value } of format.formatToParts(inRange * 1000)) parts[type] = value
  const year = parts.era === "BC" ? 1 - Number(parts.year) : Number(parts.year)
  const local =
    epochDay(year, Number(parts.month), Number(parts.day)) * 86_400 +
    Number(parts.hour) * 3600 +
    Number(parts.minute) * 60 +
    Number(parts.second)
  return local - Math.floor(inRange)
}

/** Seconds ahead of UTC of a zone at a local time (seconds of local time since 1970-01-01T00:00); the earlier offset of two. */
export function zoneOffset(zone: string, local: number): number {
  const format = formatOf(zone)
  if (!format) return 0
  const guess = offsetAt(format, local)
  const first = offsetAt(format, local - guess)
  return offsetAt(format, local - Math.max(guess, first)) === Math.max(guess, first) ? Math.max(guess, first) : first
}

/** Seconds ahead of UTC of a zone at an instant (seconds since 1970). */
export function zoneOffsetAt(zone: string, instant: number): number {
  const format = formatOf(zone)
  return format ? offsetAt(format, instant) : 0
}
