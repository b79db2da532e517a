// When a limit ends, and why: the arithmetic comes as lines that words turn into sentences.
import { closingOf, type Day, dayOf, isOpen, openDayFrom, type WorkingCalendar } from "./calendar.ts"
import { addWorkingHours, isPaused, type Pauses, pausesOf, type Suspension, walkOpenTime } from "./hours.ts"
import { DAY_MS, dateOf, MINUTE_MS, msOfTime, timeOf, type Wall } from "./zone.ts"

/** A limit of time as the law writes it. `0 working-day`: within the day of reception. `hour` runs day and night. */
export interface Limit {
  readonly value: number
  readonly unit: "working-day" | "working-hour" | "hour" | "day" | "month"
}

export interface Term {
  readonly receivedAt: Date
  readonly limit: Limit
  /**
   * Local time `HH:MM`. With it the day of reception is the first day of the limit, and what comes after that time or on a closed day
   * has the next working day as its first (as Decree 23/2015/NĐ-CP art. 7 rules for certification, at 15:00).
   */
  readonly cutoff?: string | undefined
  readonly suspensions?: readonly Suspension[] | undefined
}

/** One line of the arithmetic; dates are local, `YYYY-MM-DD`; a run of days of one kind is one line. */
export type Line =
  | { readonly code: "received"; readonly date: string; readonly time: string }
  /** The calendar by which it was reckoned, the text that decided it, and the day since which it is in use. */
  | { readonly code: "calendar"; readonly version: string; readonly law: string; readonly since: string }
  /** Came after the cutoff: counted from `date`. */
  | { readonly code: "cutoff"; readonly cutoff: string; readonly date: string }
  /** Came on a closed day or after closing: counted from `date`. */
  | { readonly code: "outside-hours"; readonly date: string }
  | { readonly code: "day-of-reception"; readonly date: string }
  | DaysLine
  | { readonly code: "counted-hours"; readonly date: string; readonly minutes: number; readonly total: number }
  | { readonly code: "still-suspended"; readonly from: string }
  /** The last day is closed: the limit ends on the next working day, `date`. */
  | { readonly code: "ends-on-day-off"; readonly date: string }
  /** The holidays of that year are not in the calendar yet. */
  | { readonly code: "holidays-unknown"; readonly year: number }
  | { readonly code: "due"; readonly date: string; readonly time: string }

/** `total` is how many days are counted up to `to`; `name` is the holiday's. */
export interface DaysLine {
  readonly code: "counted" | "swap-day-worked" | "skipped-holiday" | "skipped-weekend" | "swap-day-off" | "suspended"
  readonly from: string
  readonly to: string
  readonly days: number
  readonly total: number
  readonly name?: Readonly<Record<string, string>>
}

export interface Due {
  readonly due: Date
  /** False while a suspension is open: `due` then holds only if the clock started again at once. */
  readonly running: boolean
  readonly arithmetic: readonly Line[]
}

const VALUE_MAX = 5_000

/**
 * When the limit ends. Days and months: the day of reception is not counted unless a cutoff is given, a day at whose end the clock is
 * suspended is not counted, the limit ends when the office closes on its last day, and a last calendar day that is closed moves to the
 * next working day (Civil Code 91/2015/QH13 art. 147 and 148). Working hours: to the minute. Throws a RangeError for a limit out of range.
 */
export function dueAt(calendar: WorkingCalendar, term: Term): Due {
  const { limit, receivedAt, suspensions = [] } = term
  if (!(Number.isInteger(limit.value) && limit.value >= 0 && limit.value <= VALUE_MAX))
    throw new RangeError(`not a limit: ${limit.value}`)
  const received = calendar.zone.wallOf(receivedAt.getTime())
  const lines: Line[] = [{ code: "received", date: dateOf(received.day), time: timeOf(received.ms) }]
  if (calendar.decided) lines.push({ code: "calendar", version: calendar.version, ...calendar.decided })
  const pauses = pausesOf(suspensions)
  const first = firstDay(calendar, term, received, lines)
  const due = dueOf(calendar, term, received, first, pauses, lines)
  const wall = calendar.zone.wallOf(due.getTime())
  if (wall.day > calendar.known[1]) lines.push({ code: "holidays-unknown", year: Number(dateOf(wall.day).slice(0, 4)) })
  const open = suspensions.find((s) => s.to === undefined)
  if (open) lines.push({ code: "still-suspended", from: dateOf(calendar.zone.wallOf(open.from.getTime()).day) })
  lines.push({ code: "due", date: dateOf(wall.day), time: timeOf(wall.ms) })
  return { due, running: open === undefined, arithmetic: lines }
}

function dueOf(calendar: WorkingCalendar, term: Term, received: Wall, first: number, pauses: Pauses, lines: Line[]): Date {
  const { value, unit } = term.limit
  switch (unit) {
    case "working-day":
      return closingInstant(calendar, lastWorkingDay(calendar, first, Math.max(1, value), pauses, lines))
    case "day":
      return closingInstant(calendar, lastDay(calendar, first, Math.max(1, value), pauses, lines))
    case "month": {
      // A cutoff makes the day of reception the first one, so the limit ends a day earlier than its twin date.
      const from = countsFirstDay(term) ? first : received.day
      const days = monthsAfter(from, value) - from
      return closingInstant(calendar, lastDay(calendar, first, Math.max(1, days), pauses, lines))
    }
    case "working-hour":
      return afterWorkingHours(calendar, startOf(calendar, term, received, first), value, pauses, lines)
    case "hour":
      return afterHours(term.receivedAt.getTime(), value, pauses)
  }
}

/** Is the day of reception itself the first day of the limit? */
const countsFirstDay = (term: Term): boolean => term.cutoff !== undefined || term.limit.value === 0

/** The first day that may count. */
function firstDay(calendar: WorkingCalendar, term: Term, received: Wall, lines: Line[]): number {
  const day = dayOf(calendar, received.day)
  const late = term.cutoff !== undefined && received.ms > msOfTime(term.cutoff)
  const closed = !isOpen(day) || received.ms > closingOf(day)
  if (!countsFirstDay(term)) {
    if (term.limit.unit === "working-hour" || term.limit.unit === "hour") return received.day
    lines.push({ code: "day-of-reception", date: dateOf(received.day) })
    return received.day + 1
  }
  if (!late && !closed) return received.day
  const next = openDayFrom(calendar, received.day + 1)
  const date = dateOf(next)
  lines.push(late && isOpen(day) ? { code: "cutoff", cutoff: term.cutoff!, date } : { code: "outside-hours", date })
  return next
}

interface Run {
  readonly code: DaysLine["code"]
  readonly from: number
  to: number
  total: number
  readonly name: Day["name"]
}

function lastWorkingDay(calendar: WorkingCalendar, first: number, value: number, pauses: Pauses, lines: Line[]): number {
  const runs: Run[] = []
  let counted = 0
  let day = first
  for (; ; day++) {
    const here = dayOf(calendar, day)
    const code = codeOf(calendar, here, day, pauses)
    if (code === "counted" || code === "swap-day-worked") counted++
    addDay(runs, code, day, counted, here.name)
    if (counted === value) break
    if (day - first > DAYS_MAX) throw new RangeError("the limit does not end")
  }
  lines.push(...runs.map(lineOf))
  return day
}

const DAYS_MAX = 36_600

function codeOf(calendar: WorkingCalendar, here: Day, day: number, pauses: Pauses): DaysLine["code"] {
  if (here.why === "holiday") return "skipped-holiday"
  if (here.why === "swap-day-off") return "swap-day-off"
  if (here.why === "weekend") return "skipped-weekend"
  if (pauses.length > 0 && isPaused(pauses, calendar.zone.instantOf(day, closingOf(here)))) return "suspended"
  return here.why === "swap-day-worked" ? "swap-day-worked" : "counted"
}

/** Calendar days: all count but those at whose midnight the clock is suspended; a closed last day moves on. */
function lastDay(calendar: WorkingCalendar, first: number, value: number, pauses: Pauses, lines: Line[]): number {
  const runs: Run[] = []
  let counted = 0
  let day = first
  for (; ; day++) {
    const paused = pauses.length > 0 && isPaused(pauses, calendar.zone.instantOf(day + 1, 0))
    if (!paused) counted++
    addDay(runs, paused ? "suspended" : "counted", day, counted)
    if (counted === value) break
    if (day - first > DAYS_MAX) throw new RangeError("the limit does not end")
  }
  lines.push(...runs.map(lineOf))
  const open = openDayFrom(calendar, day)
  if (open !== day) lines.push({ code: "ends-on-day-off", date: dateOf(open) })
  return open
}

/** Adds a day to the run of its kind, or begins a new one. */
function addDay(runs: Run[], code: DaysLine["code"], day: number, total: number, name: Day["name"] = undefined): void {
  const last = runs.at(-1)
  if (last?.code === code && sameName(last.name, name)) {
    last.to = day
    last.total = total
  } else runs.push({ code, from: day, to: day, total, name })
}

const lineOf = ({ code, from, to, total, name }: Run): DaysLine => {
  const line = { code, from: dateOf(from), to: dateOf(to), days: to - from + 1, total }
  return name ? { ...line, name } : line
}

function sameName(a?: Readonly<Record<string, string>>, b?: Readonly<Record<string, string>>): boolean {
  if (a === b) return true
  return a !== undefined && b !== undefined && Object.keys(a).every((lang) => a[lang] === b[lang])
}

function closingInstant(calendar: WorkingCalendar, day: number): Date {
  return new Date(calendar.zone.instantOf(day, closingOf(dayOf(calendar, day))))
}

/** The day of the same number `months` later, or the last of that month where it is shorter. */
function monthsAfter(day: number, months: number): number {
  const date = new Date(day * DAY_MS)
  const month = date.getUTCMonth() + months
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  return Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), lastOfMonth)) / DAY_MS
}

function startOf(calendar: WorkingCalendar, term: Term, received: Wall, first: number): number {
  return first === received.day ? term.receivedAt.getTime() : calendar.zone.instantOf(first, dayOf(calendar, first).spans[0]![0])
}

function afterWorkingHours(calendar: WorkingCalendar, from: number, hours: number, pauses: Pauses, lines: Line[]): Date {
  const suspensions = pauses.map(([begin, end]) => ({ from: new Date(begin), to: new Date(end) }))
  const due = addWorkingHours(calendar, new Date(from), hours, suspensions)
  let total = 0
  walkOpenTime(calendar, from, pauses, (day, spans) => {
    const used = spans.reduce((sum, [begin, end]) => sum + Math.max(0, Math.min(end, due.getTime()) - begin), 0)
    total += used
    if (used > 0) {
      lines.push({
        code: "counted-hours",
        date: dateOf(day),
        minutes: Math.floor(used / MINUTE_MS),
        total: Math.floor(total / MINUTE_MS),
      })
    }
    return total < hours * 60 * MINUTE_MS
  })
  return due
}

function afterHours(from: number, hours: number, pauses: Pauses): Date {
  let due = from + hours * 60 * MINUTE_MS
  for (const [begin, end] of pauses) if (begin < due && end > from) due += end - Math.max(begin, from)
  return new Date(due)
}
