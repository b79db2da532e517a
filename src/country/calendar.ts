// calendar.yaml: opening hours, holidays, swapped days and the exceptions of kinds of agencies; data with a version and sources.
import Type, { type Static } from "typebox"
import { Closed, Day, Hour, Id, Text } from "./text.ts"

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

export const CalendarData = Closed({
  version: Type.String(),
  sources: Type.Array(Type.String(), { minItems: 1 }),
  /** Days outside this span are not known; the engine refuses to count over them. */
  covers: Closed({ from: Day, until: Day }),
  week: Week,
  holidays: Type.Array(Closed({ date: Day, name: Text, source: Type.Optional(Type.String()) })),
  /** Announced, not yet in force: shown to those who keep the calendar, never counted. */
  expected: Type.Optional(Type.Array(Closed({ date: Day, name: Text, source: Type.String() }))),
  /** A working day given off and the day worked in its place. */
  swaps: Type.Array(Closed({ off: Day, worked: Day, source: Type.Optional(Type.String()) })),
  /** Other hours of a kind of agency; days not named stay as in `week`. */
  exceptions: Type.Array(Closed({ agencyKind: Id, week: Type.Partial(Week), source: Type.Optional(Type.String()) })),
})
export type CalendarData = Static<typeof CalendarData>
