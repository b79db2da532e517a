/** The working calendar: limits, due dates and their arithmetic as pure functions over dated data. */
export {
  type CalendarData,
  instantAt,
  localDateOf,
  localTimeOf,
  type Spans,
  type Weekday,
  type WorkingCalendar,
  workingCalendar,
} from "./calendar.ts"
export { type DaysLine, type Due, dueAt, type Limit, type Line, type Term } from "./due.ts"
export { addWorkingHours, type Suspension, workingMinutesBetween } from "./hours.ts"
export { isDay } from "./zone.ts"
