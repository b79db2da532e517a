// A calendar for the tests: office hours of eight hours, feasts of Viet Nam as published, a swap of each kind.
import { type CalendarData, workingCalendar } from "./calendar.ts"

const day = [
  ["08:00", "12:00"],
  ["13:00", "17:00"],
]

/** Facts of 2016, 2025, 2026 and 2027: New Year, Tết (lunar), Hùng Kings (10/3 lunar), 30/4, 1/5, 2/9 and the day beside it. */
const feasts: Record<string, string> = {
  "2016-04-16": "Hùng Kings",
  "2016-04-18": "Hùng Kings, observed",
  "2016-04-30": "Reunification",
  "2016-05-01": "Labour",
  "2016-05-02": "Reunification, observed",
  "2016-05-03": "Labour, observed",
  "2025-04-30": "Reunification",
  "2025-05-01": "Labour",
  "2026-01-01": "New Year",
  "2026-02-16": "Tết",
  "2026-02-17": "Tết",
  "2026-02-18": "Tết",
  "2026-02-19": "Tết",
  "2026-02-20": "Tết",
  "2026-04-26": "Hùng Kings",
  "2026-04-27": "Hùng Kings, observed",
  "2026-04-30": "Reunification",
  "2026-05-01": "Labour",
  "2026-09-01": "National Day",
  "2026-09-02": "National Day",
  "2027-01-01": "New Year",
  "2027-02-04": "Tết",
  "2027-02-05": "Tết",
  "2027-02-06": "Tết",
  "2027-02-07": "Tết",
  "2027-02-08": "Tết",
  "2027-02-09": "Tết",
  "2027-02-10": "Tết",
}

export const data: CalendarData = {
  version: "tests",
  covers: { from: "2016-01-01", until: "2027-12-31" },
  week: { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day },
  holidays: Object.entries(feasts).map(([date, en]) => ({ date, name: { en } })),
  swaps: [
    { off: "2025-05-02", worked: "2025-04-26" },
    { off: "2026-01-02", worked: "2026-01-10" },
  ],
  exceptions: [{ agencyKind: "police", week: { saturday: [["08:00", "12:00"]] } }],
}

export const hanoi = workingCalendar(data, { timeZone: "Asia/Ho_Chi_Minh" })

/** An instant from a local text: `2026-03-09 10:00`. */
export const hanoiTime = (text: string): Date => new Date(`${text.replace(" ", "T")}:00+07:00`)
