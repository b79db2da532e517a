// calendar.yaml: opening hours, holidays, swapped days and the exceptions of kinds of agencies; data with a version and sources.
import Type, { type Static } from "typebox"
import { Closed, Day, Hour, Id, Law, Text } from "./text.ts"

/** Spans of one day, `[["07:30","11:30"],["13:30","17:00"]]`; an empty list is a day off. */
const Spans = Type.Array(Type.Tuple([Hour, Hour]), { maxItems: 6 })

export const Week = Closed({
  monday: Spans,
  tuesday: Spans,
  wednesday: Spans,
  thursday: Spans,
  friday: Spans,
  saturday: Spans,
  sunday: Spans,
})
export type Week = Static<typeof Week>

const Holidays = Type.Array(Closed({ date: Day, name: Text, source: Type.Optional(Type.String()) }))
const Swaps = Type.Array(Closed({ off: Day, worked: Day, source: Type.Optional(Type.String()) }))

/** What a decree changes in the days off: a version of its own. Deadlines reckoned before `since` stay as they were. */
export const CalendarDecree = Closed({
  version: Type.String(),
  law: Law,
  since: Day,
  holidays: Type.Optional(Holidays),
  swaps: Type.Optional(Swaps),
  /** Days off that are none any more. */
  worked: Type.Optional(Type.Array(Day, { maxItems: 100 })),
})
export type CalendarDecree = Static<typeof CalendarDecree>

export const CalendarData = Closed({
  version: Type.String(),
  /** The text that decides it, and the day from which deadlines are reckoned by it. */
  law: Type.Optional(Law),
  since: Type.Optional(Day),
  sources: Type.Array(Type.String(), { minItems: 1 }),
  /** Days outside this span are not known; the engine refuses to count over them. */
  covers: Closed({ from: Day, until: Day }),
  week: Week,
  holidays: Holidays,
  /** Announced, not yet in force: shown to those who keep the calendar, never counted. */
  expected: Type.Optional(Type.Array(Closed({ date: Day, name: Text, source: Type.String() }))),
  /** A working day given off and the day worked in its place. */
  swaps: Swaps,
  /** Other hours of a kind of agency; days not named stay as in `week`. */
  exceptions: Type.Array(Closed({ agencyKind: Id, week: Type.Partial(Week), source: Type.Optional(Type.String()) })),
  /** Later decrees, the oldest first. */
  decrees: Type.Optional(Type.Array(CalendarDecree, { maxItems: 200 })),
})
export type CalendarData = Static<typeof CalendarData>

const versions = new WeakMap<CalendarData, readonly CalendarData[]>()

/** Every version of a calendar, the oldest first: as it stands without decrees, then after each of them. */
export function calendarVersions(calendar: CalendarData): readonly CalendarData[] {
  const known = versions.get(calendar)
  if (known) return known
  const { decrees = [], ...first } = calendar
  const made: CalendarData[] = [first]
  for (const decree of decrees) made.push(after(made.at(-1)!, decree))
  versions.set(calendar, made)
  return made
}

/** The version by which a deadline is reckoned on `day` (2026-03-09): the last whose decree was known by then. */
export function calendarOn(calendar: CalendarData, day: string): CalendarData {
  const known = calendar.decrees?.filter(({ since }) => since <= day).length ?? 0
  return calendarVersions(calendar)[known]!
}

function after(
  before: CalendarData,
  { version, law, since, holidays = [], swaps = [], worked = [] }: CalendarDecree,
): CalendarData {
  const gone = new Set([...worked, ...holidays.map(({ date }) => date)])
  return {
    ...before,
    version,
    law,
    since,
    sources: [...before.sources, law.ref],
    holidays: [...before.holidays.filter(({ date }) => !gone.has(date)), ...holidays],
    swaps: [...before.swaps.filter(({ off }) => !worked.includes(off)), ...swaps],
  }
}
