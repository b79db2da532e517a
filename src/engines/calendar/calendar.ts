// The compiled calendar: which minutes of which days are working time.
import { dateOf, dayNumber, msOfTime, timeOf, type Zone, zoneOf } from "./zone.ts"

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Opening hours of one day, `["07:30", "11:30"]` each; none means closed. */
export type Spans = readonly (readonly string[])[]

/** Dated data of a calendar. Dates are `YYYY-MM-DD`; lunar feasts come as dates, never computed. */
export interface CalendarData {
  readonly version: string
  /** The text that decides it, and the day from which deadlines are reckoned by it: told in the arithmetic. */
  readonly law?: { readonly ref: string; readonly article?: string }
  readonly since?: string
  /** Holidays are known in this span only; counting past its end is allowed and said in the arithmetic. */
  readonly covers?: { readonly from: string; readonly until: string }
  /** A weekday that is missing is closed. */
  readonly week: { readonly [day in Weekday]?: Spans | undefined }
  readonly holidays: readonly { readonly date: string; readonly name: Readonly<Record<string, string>> }[]
  /** A working day given off, and the day worked in its place with the hours of the day given off. */
  readonly swaps?: readonly { readonly off: string; readonly worked: string }[]
  /** Other hours of a kind of agency; weekdays not named stay. */
  readonly exceptions?: readonly {
    readonly agencyKind: string
    readonly week: { readonly [day in Weekday]?: Spans | undefined }
  }[]
}

/** One day: its opening hours in milliseconds since local midnight, and why it is open or not. */
export interface Day {
  readonly why: "weekday" | "weekend" | "holiday" | "swap-day-off" | "swap-day-worked"
  readonly spans: readonly (readonly [from: number, to: number])[]
  readonly name?: Readonly<Record<string, string>>
}

/** Made by `workingCalendar`; holds no case, so share it. */
export interface WorkingCalendar {
  readonly version: string
  readonly decided?: { readonly law: string; readonly since: string }
  readonly timeZone: string
  readonly zone: Zone
  readonly week: readonly Day[]
  readonly special: ReadonlyMap<number, Day>
  /** First and last day number whose holidays are known. */
  readonly known: readonly [first: number, last: number]
}

/**
 * Compiles calendar data for one time zone (IANA name) and, where it has hours of its own, one kind of agency. Throws a RangeError for
 * hours or dates that make no sense: the pack's check calls it.
 */
export function workingCalendar(data: CalendarData, place: { timeZone: string; agencyKind?: string }): WorkingCalendar {
  const exception = data.exceptions?.find((e) => e.agencyKind === place.agencyKind)
  const hours = (weekday: Weekday): Day["spans"] => spansOf(exception?.week[weekday] ?? data.week[weekday] ?? [], weekday)
  const week = WEEKDAYS.map((weekday): Day => {
    const spans = hours(weekday)
    return { why: spans.length > 0 ? "weekday" : "weekend", spans }
  })
  if (week.every((day) => day.spans.length === 0)) throw new RangeError("the calendar has no day that is open")
  return {
    version: data.version,
    ...(data.law && data.since !== undefined && { decided: { law: nameOf(data.law), since: data.since } }),
    timeZone: place.timeZone,
    zone: zoneOf(place.timeZone),
    week,
    special: specialDays(data, week),
    known: knownSpan(data),
  }
}

const nameOf = ({ ref, article }: { ref: string; article?: string }): string =>
  article === undefined ? ref : `${ref}, ${article}`

/** The day with this number (days since 1970-01-01). */
export const dayOf = (calendar: WorkingCalendar, day: number): Day => calendar.special.get(day) ?? calendar.week[weekdayOf(day)]!

export const isOpen = (day: Day): boolean => day.spans.length > 0

/** When the doors close, in milliseconds since midnight; the day must be open. */
export const closingOf = (day: Day): number => day.spans.at(-1)![1]

/** The first open day at or after `day`. */
export function openDayFrom(calendar: WorkingCalendar, day: number): number {
  for (let d = day; d <= day + DAYS_CLOSED_MAX; d++) if (isOpen(dayOf(calendar, d))) return d
  throw new RangeError(`no open day within ${DAYS_CLOSED_MAX} days after ${dateOf(day)}`)
}

/** The local date of an instant, `YYYY-MM-DD`. */
export const localDateOf = (calendar: Pick<WorkingCalendar, "zone">, at: Date): string =>
  dateOf(calendar.zone.wallOf(at.getTime()).day)

/** The local time of an instant, `HH:MM`. */
export const localTimeOf = (calendar: Pick<WorkingCalendar, "zone">, at: Date): string =>
  timeOf(calendar.zone.wallOf(at.getTime()).ms)

/** The instant of a local date and time: `2026-03-09`, `10:00`. */
export const instantAt = (calendar: Pick<WorkingCalendar, "zone">, date: string, time: string): Date =>
  new Date(calendar.zone.instantOf(dayNumber(date), msOfTime(time)))

const DAYS_CLOSED_MAX = 400

// 1970-01-01 was a Thursday.
const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7

function spansOf(spans: Spans, weekday: string): Day["spans"] {
  let last = -1
  return spans.map(([from, to]) => {
    const span = [msOfTime(from ?? ""), msOfTime(to ?? "")] as const
    if (span[0] <= last || span[1] <= span[0])
      throw new RangeError(`opening hours of ${weekday} overlap or run backwards: ${from}-${to}`)
    last = span[1]
    return span
  })
}

function specialDays(data: CalendarData, week: readonly Day[]): Map<number, Day> {
  const days = new Map<number, Day>()
  for (const { off, worked } of data.swaps ?? []) {
    const replaced = week[weekdayOf(dayNumber(off))]!
    if (!isOpen(replaced)) continue // a kind of agency that is closed that weekday has nothing to swap
    days.set(dayNumber(off), { why: "swap-day-off", spans: [] })
    days.set(dayNumber(worked), { why: "swap-day-worked", spans: replaced.spans })
  }
  for (const { date, name } of data.holidays) {
    if (days.get(dayNumber(date))?.why === "swap-day-worked")
      throw new RangeError(`${date} is a holiday and a day worked by swap`)
    days.set(dayNumber(date), { why: "holiday", spans: [], name })
  }
  return days
}

function knownSpan(data: CalendarData): [number, number] {
  if (data.covers) return [dayNumber(data.covers.from), dayNumber(data.covers.until)]
  const years = data.holidays.map((h) => Number(h.date.slice(0, 4)))
  if (years.length === 0) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return [dayNumber(`${Math.min(...years)}-01-01`), dayNumber(`${Math.max(...years)}-12-31`)]
}
