// When a case is due: the calendar's arithmetic over its reception, its limit and its pauses.
import { calendarOf } from "#catalogue"
import { type Agency, type CalendarData, calendarOn, countryOf, type ServiceDefinition } from "#country"
import { type Due, dueAt, type Limit, localDateOf, type WorkingCalendar, workingCalendar } from "#engines/calendar"
import type { Tx } from "#platform/db"
import type { Dossier, Pause } from "./dossier.ts"

const calendars = new WeakMap<CalendarData, Map<string, WorkingCalendar>>()

/** The working calendar of a kind of agency: the one by which deadlines are reckoned today, or that of another version. */
export function calendarFor(tx: Tx, agency: Pick<Agency, "kind">, data = calendarToday(tx)): WorkingCalendar {
  const byKind = calendars.get(data) ?? new Map<string, WorkingCalendar>()
  calendars.set(data, byKind)
  const { timeZone } = countryOf(tx)
  const known = byKind.get(agency.kind) ?? workingCalendar(data, { timeZone, agencyKind: agency.kind })
  byKind.set(agency.kind, known)
  return known
}

const calendarToday = (tx: Tx): CalendarData => calendarOn(countryOf(tx).calendar, todayOf(tx))

/** Version of the calendar under which deadlines are computed now; a case keeps that of its own. */
export const calendarVersion = (tx: Tx): string => calendarToday(tx).version

/** Today where the agencies of the country are: `2026-03-09`. */
export const todayOf = (tx: Tx): string => localDateOf(calendarFor(tx, { kind: "" }, countryOf(tx).calendar), tx.now)

/** When a case received at `receivedAt` is due, and the arithmetic that says why. A service without a limit has the shortest: a working day. */
export function dueOf(
  tx: Tx,
  agency: Pick<Agency, "kind">,
  service: ServiceDefinition,
  receivedAt: Date,
  pauses: readonly Pause[],
  calendar?: CalendarData,
): Due {
  const { limit } = service
  return dueAt(calendarFor(tx, agency, calendar), {
    receivedAt,
    limit: limitOf(limit),
    ...(limit.cutoff !== undefined && { cutoff: limit.cutoff }),
    suspensions: pauses.map(({ from, to }) => ({ from: new Date(from), ...(to !== undefined && { to: new Date(to) }) })),
  })
}

/** The arithmetic by which a case is due as it stands: under the calendar that was in force when its deadline was computed. */
export async function pinnedDueOf(
  tx: Tx,
  dossier: Pick<Dossier, "calendar" | "submittedAt" | "suspensions">,
  agency: Pick<Agency, "kind">,
  service: ServiceDefinition,
): Promise<Due> {
  const calendar = await calendarOf(tx, dossier.calendar)
  return dueOf(tx, agency, service, dossier.submittedAt, dossier.suspensions, calendar)
}

function limitOf({ value, unit }: ServiceDefinition["limit"]): Limit {
  if (unit === "unspecified") return { value: 1, unit: "working-day" }
  return { value, unit: unit === "hour" ? "working-hour" : unit }
}

/** The pauses with one more that begins at `at`; unchanged while one is open. */
export const paused = (pauses: readonly Pause[], at: Date): readonly Pause[] =>
  pauses.some((p) => p.to === undefined) ? pauses : [...pauses, { from: at.toISOString() }]

/** The pauses with the open one ended at `at`. */
export const resumed = (pauses: readonly Pause[], at: Date): readonly Pause[] =>
  pauses.map((p) => (p.to === undefined ? { ...p, to: at.toISOString() } : p))
