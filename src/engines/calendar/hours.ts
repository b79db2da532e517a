// Working time as spans of instants: adding hours, counting minutes, with the clock standing still while suspended.
import { dayOf, type WorkingCalendar } from "./calendar.ts"
import { DAY_MS, MINUTE_MS } from "./zone.ts"

/** The clock stands still from `from` up to `to`; without `to` it still does. */
export interface Suspension {
  readonly from: Date
  readonly to?: Date | undefined
}

/** Closed suspensions as instants, in order, merged where they touch. */
export type Pauses = readonly (readonly [from: number, to: number])[]

const SUSPENSIONS_MAX = 200
const DAYS_MAX = 36_600

/** The closed ones of a list of suspensions. Throws a RangeError when one ends before it begins. */
export function pausesOf(suspensions: readonly Suspension[]): Pauses {
  if (suspensions.length > SUSPENSIONS_MAX) throw new RangeError(`more than ${SUSPENSIONS_MAX} suspensions`)
  const pauses: [number, number][] = []
  const closed = suspensions.filter((s) => s.to !== undefined).map((s): [number, number] => [s.from.getTime(), s.to!.getTime()])
  for (const [from, to] of closed.sort((a, b) => a[0] - b[0])) {
    if (to < from) throw new RangeError("a suspension ends before it begins")
    const last = pauses.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else pauses.push([from, to])
  }
  return pauses
}

/** Did the clock stand still just before this instant? */
export const isPaused = (pauses: Pauses, at: number): boolean => pauses.some(([from, to]) => from < at && at <= to)

/** Walks the working time after `from`, day by day, pauses cut out; `each` gets (day number, spans of instants) and ends the walk with false. */
export function walkOpenTime(
  calendar: WorkingCalendar,
  from: number,
  pauses: Pauses,
  each: (day: number, spans: readonly (readonly [number, number])[]) => boolean,
): void {
  const { zone } = calendar
  const first = zone.wallOf(from).day
  for (let day = first; day <= first + DAYS_MAX; day++) {
    const spans = dayOf(calendar, day).spans.flatMap(([opens, closes]) => {
      const begin = Math.max(from, zone.instantOf(day, opens))
      const end = zone.instantOf(day, closes)
      return begin < end ? without(pauses, begin, end) : []
    })
    if (!each(day, spans)) return
  }
  throw new RangeError(`more than ${DAYS_MAX} days`)
}

function without(pauses: Pauses, begin: number, end: number): [number, number][] {
  const left: [number, number][] = []
  let at = begin
  for (const [from, to] of pauses) {
    if (to <= at || from >= end) continue
    if (from > at) left.push([at, from])
    at = Math.max(at, to)
  }
  if (at < end) left.push([at, end])
  return left
}

/**
 * The instant at which `hours` working hours (fractions allowed) have passed since `from`. No hours at all gives `from` itself; a sum
 * that fills a day ends at its closing, not at the next opening.
 */
export function addWorkingHours(
  calendar: WorkingCalendar,
  from: Date,
  hours: number,
  suspensions: readonly Suspension[] = [],
): Date {
  if (!(hours >= 0 && hours <= 100_000)) throw new RangeError(`not a number of hours: ${hours}`)
  let left = Math.round(hours * 60 * MINUTE_MS)
  let at = from.getTime()
  if (left === 0) return from
  walkOpenTime(calendar, at, pausesOf(suspensions), (_, spans) => {
    for (const [begin, end] of spans) {
      at = Math.min(end, begin + left)
      left -= at - begin
      if (left === 0) return false
    }
    return true
  })
  return new Date(at)
}

/** Whole working minutes between two instants, 0 when `to` is not after `from`; suspended time does not count. */
export function workingMinutesBetween(
  calendar: WorkingCalendar,
  from: Date,
  to: Date,
  suspensions: readonly Suspension[] = [],
): number {
  const end = to.getTime()
  if (end <= from.getTime()) return 0
  let sum = 0
  walkOpenTime(calendar, from.getTime(), pausesOf(suspensions), (day, spans) => {
    for (const [opens, closes] of spans) sum += Math.max(0, Math.min(end, closes) - opens)
    return (day - 1) * DAY_MS < end // one day more than any offset of a time zone can be
  })
  return Math.floor(sum / MINUTE_MS)
}
