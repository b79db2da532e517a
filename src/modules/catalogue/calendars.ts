// The versions of the working calendar: a deadline is shown with the arithmetic of the version that it was computed under.
import { type CalendarData, calendarVersions, countryOf } from "#country"
import type { Tx } from "#platform/db"
import { Bounded } from "./bounded.ts"
import { canonicalJson, sha256 } from "./canonical.ts"
import { findCalendarRow, insertCalendar } from "./store.ts"

/** A version never changes, so each process reads it once. */
const calendars = new Bounded<CalendarData>(100)

/** Keeps each version of the calendar for ever. Throws when one was kept with another content: a decree makes a new version. */
export async function keepCalendar(tx: Tx, calendar: CalendarData): Promise<void> {
  for (const version of calendarVersions(calendar)) await keepVersion(tx, version)
}

async function keepVersion(tx: Tx, calendar: CalendarData): Promise<void> {
  const canonical = canonicalJson(calendar)
  const hash = sha256(canonical)
  const known = await findCalendarRow(tx, calendar.version)
  if (!known) return insertCalendar(tx, calendar.version, hash, canonical)
  if (known.hash !== hash)
    throw new Error(`calendar.yaml has changed under its version ${calendar.version}: give it a new "version:"`)
}

/** The calendar of a version; as it stood before all decrees when none is told or it was never kept. */
export async function calendarOf(tx: Tx, version: string | null): Promise<CalendarData> {
  const known = calendarVersions(countryOf(tx).calendar)
  const own = known.find((calendar) => calendar.version === version)
  if (own || version === null) return own ?? known[0]!
  const row = await findCalendarRow(tx, version)
  if (!row) return known[0]!
  return calendars.get(row.hash) ?? calendars.set(row.hash, JSON.parse(row.canonical) as CalendarData)
}
