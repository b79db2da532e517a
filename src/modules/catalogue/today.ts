// The day that it is in the country, where "in force since" is a question of the calendar and not of the clock.
import { countryOf } from "#country"
import type { Tx } from "#platform/db"

const formats = new Map<string, Intl.DateTimeFormat>()

/** The day of the deed in the country's time zone: `2026-03-09`. */
export function today(tx: Tx): string {
  const { timeZone } = countryOf(tx)
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" })
  formats.set(timeZone, format)
  return format.format(tx.now)
}
