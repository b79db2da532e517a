// When a case is due: the calendar's arithmetic over its reception, its limit and its pauses.
import { type Agency, type Country, countryOf, type ServiceDefinition } from "#country"
import { type Due, dueAt, type Limit, localDateOf, type WorkingCalendar, workingCalendar } from "#engines/calendar"
import type { Tx } from "#platform/db"
import type { Pause } from "./dossier.ts"

const calendars = new WeakMap<Country, Map<string, WorkingCalendar>>()

/** The working calendar of a kind of agency. */
export function calendarFor(tx: Tx, agency: Pick<Agency, "kind">): WorkingCalendar {
  const country = countryOf(tx)
  const byKind = calendars.get(country) ?? new Map<string, WorkingCalendar>()
  calendars.set(country, byKind)
  const known =
    byKind.get(agency.kind) ?? workingCalendar(country.calendar, { timeZone: country.timeZone, agencyKind: agency.kind })
  byKind.set(agency.kind, known)
  return known
}

/** Today where the agencies of the country are: `2026-03-09`. */
export const todayOf = (tx: Tx): string => localDateOf(calendarFor(tx, { kind: "" }), tx.now)

/** When a case received at `receivedAt` is due, and the arithmetic that says why. A service without a limit has the shortest: a working day. */
export function dueOf(
  tx: Tx,
  agency: Pick<Agency, "kind">,
  service: ServiceDefinition,
  receivedAt: Date,
  pauses: readonly Pause[],
): Due {
  const { limit } = service
  return dueAt(calendarFor(tx, agency), {
    receivedAt,
    limit: limitOf(limit),
    ...(limit.cutoff !== undefined && { cutoff: limit.cutoff }),
    suspensions: pauses.map(({ from, to }) => ({ from: new Date(from), ...(to !== undefined && { to: new Date(to) }) })),
  })
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
