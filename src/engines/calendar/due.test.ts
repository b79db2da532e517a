// When is it due, and why: limits of the law against the published feasts of several years.
import assert from "node:assert/strict"
import { test } from "node:test"
import { data, hanoi, hanoiTime } from "./calendar-of-tests.ts"
import { dueAt, instantAt, type Limit, type Line, localDateOf, localTimeOf, type Suspension, workingCalendar } from "./index.ts"

const limit = (text: string): Limit => {
  const [value, unit] = text.split(" ") as [string, Limit["unit"]]
  return { value: Number(value), unit }
}
const due = (received: string, text: string, more: { cutoff?: string; suspensions?: Suspension[] } = {}) =>
  dueAt(hanoi, { receivedAt: hanoiTime(received), limit: limit(text), ...more })
const local = (at: Date) => `${localDateOf(hanoi, at)} ${localTimeOf(hanoi, at)}`
const codes = (lines: readonly Line[]) => lines.map((l) => l.code)
const pause = (from: string, to?: string): Suspension => ({ from: hanoiTime(from), ...(to && { to: hanoiTime(to) }) })

// received, limit, due; worked out by hand on the published calendars
const cases: [string, string, string][] = [
  ["2026-03-09 10:00", "1 working-day", "2026-03-10 17:00"], // Monday: the day of reception is not counted
  ["2026-03-09 10:00", "3 working-day", "2026-03-12 17:00"],
  ["2026-03-13 09:00", "1 working-day", "2026-03-16 17:00"], // over a weekend
  ["2026-03-14 09:00", "1 working-day", "2026-03-16 17:00"], // filed online on a Saturday
  ["2026-03-09 22:00", "1 working-day", "2026-03-10 17:00"],
  ["2026-03-09 10:00", "0 working-day", "2026-03-09 17:00"],
  ["2026-03-14 09:00", "0 working-day", "2026-03-16 17:00"],
  ["2026-02-13 10:00", "1 working-day", "2026-02-23 17:00"], // the Friday before Tết: five days off between two weekends
  ["2026-02-13 10:00", "15 working-day", "2026-03-13 17:00"],
  ["2026-04-24 10:00", "3 working-day", "2026-05-04 17:00"], // Hùng Kings on a Sunday, its Monday off, 30/4 and 1/5
  ["2026-12-31 10:00", "1 working-day", "2027-01-04 17:00"], // over the year
  ["2027-02-03 10:00", "1 working-day", "2027-02-11 17:00"], // seven days of Tết
  ["2016-04-29 10:00", "1 working-day", "2016-05-04 17:00"], // both feasts on a weekend, both observed after it
  ["2025-04-25 10:00", "1 working-day", "2025-04-26 17:00"], // a Saturday worked for 2 May
  ["2025-04-29 10:00", "1 working-day", "2025-05-05 17:00"], // 30/4, 1/5, and 2 May off by swap
  ["2026-03-09 10:00", "10 day", "2026-03-19 17:00"],
  ["2026-03-04 10:00", "10 day", "2026-03-16 17:00"], // the tenth day is a Saturday
  ["2026-02-06 10:00", "10 day", "2026-02-23 17:00"], // the tenth day is the first of Tết
  ["2026-01-31 10:00", "1 month", "2026-03-02 17:00"], // 28 February is a Saturday
  ["2026-03-09 10:00", "2 month", "2026-05-11 17:00"], // 9 May is a Saturday
  ["2026-03-09 10:00", "8 working-hour", "2026-03-10 10:00"],
  ["2026-03-09 16:30", "1 working-hour", "2026-03-10 08:30"],
  ["2026-03-09 11:00", "2 working-hour", "2026-03-09 14:00"], // the noon break does not count
  ["2026-03-09 08:00", "8 working-hour", "2026-03-09 17:00"], // a full day ends at its closing
  ["2026-02-13 16:00", "8 working-hour", "2026-02-23 16:00"],
  ["2026-03-14 23:00", "1 hour", "2026-03-15 00:00"], // hours of the clock run at night too
]

for (const [received, text, expected] of cases) {
  test(`received ${received}, limit of ${text}: due ${expected}`, () => {
    assert.equal(local(due(received, text).due), expected)
  })
}

test("before 15:00 a same-day procedure is due the same day, after it the next working day", () => {
  assert.equal(local(due("2026-03-09 10:00", "1 working-day", { cutoff: "15:00" }).due), "2026-03-09 17:00")
  assert.equal(local(due("2026-03-09 15:00", "1 working-day", { cutoff: "15:00" }).due), "2026-03-09 17:00")
  const late = due("2026-03-09 15:30", "1 working-day", { cutoff: "15:00" })
  assert.equal(local(late.due), "2026-03-10 17:00")
  assert.deepEqual(codes(late.arithmetic), ["received", "cutoff", "counted", "due"])
  assert.equal(local(due("2026-03-13 15:01", "1 working-day", { cutoff: "15:00" }).due), "2026-03-16 17:00")
  assert.deepEqual(codes(due("2026-03-14 10:00", "1 working-day", { cutoff: "15:00" }).arithmetic)[1], "outside-hours")
  assert.equal(local(due("2026-03-09 15:30", "2 working-hour", { cutoff: "15:00" }).due), "2026-03-10 10:00")
  assert.equal(local(due("2026-03-09 10:00", "1 month", { cutoff: "15:00" }).due), "2026-04-08 17:00")
})

test("Lan's case over Tết is explained line by line", () => {
  const { arithmetic } = due("2026-02-12 10:00", "3 working-day")
  assert.deepEqual(arithmetic, [
    { code: "received", date: "2026-02-12", time: "10:00" },
    { code: "day-of-reception", date: "2026-02-12" },
    { code: "counted", from: "2026-02-13", to: "2026-02-13", days: 1, total: 1 },
    { code: "skipped-weekend", from: "2026-02-14", to: "2026-02-15", days: 2, total: 1 },
    { code: "skipped-holiday", from: "2026-02-16", to: "2026-02-20", days: 5, total: 1, name: { en: "Tết" } },
    { code: "skipped-weekend", from: "2026-02-21", to: "2026-02-22", days: 2, total: 1 },
    { code: "counted", from: "2026-02-23", to: "2026-02-24", days: 2, total: 3 },
    { code: "due", date: "2026-02-24", time: "17:00" },
  ])
})

test("a swapped Saturday is counted and named", () => {
  const { arithmetic } = due("2025-04-25 10:00", "3 working-day")
  assert.deepEqual(codes(arithmetic), ["received", "day-of-reception", "swap-day-worked", "skipped-weekend", "counted", "due"])
  assert.ok(codes(due("2025-04-29 10:00", "1 working-day").arithmetic).includes("swap-day-off"))
})

test("the clock stands still while Lan supplements: a day at whose closing it stood is not counted", () => {
  const asked = pause("2026-03-10 10:00", "2026-03-12 09:00")
  const moved = due("2026-03-09 10:00", "3 working-day", { suspensions: [asked] })
  assert.equal(local(moved.due), "2026-03-16 17:00")
  assert.deepEqual(
    moved.arithmetic.filter((l) => l.code === "suspended"),
    [{ code: "suspended", from: "2026-03-10", to: "2026-03-11", days: 2, total: 0 }],
  )
  const sameDay = pause("2026-03-10 10:00", "2026-03-10 15:00")
  assert.equal(local(due("2026-03-09 10:00", "3 working-day", { suspensions: [sameDay] }).due), "2026-03-12 17:00")
  assert.equal(local(due("2026-03-09 10:00", "9 working-hour", { suspensions: [sameDay] }).due), "2026-03-10 16:00")
  assert.equal(local(due("2026-03-09 10:00", "10 day", { suspensions: [asked] }).due), "2026-03-23 17:00")
  assert.equal(local(due("2026-03-09 10:00", "24 hour", { suspensions: [sameDay] }).due), "2026-03-10 10:00")
})

test("overlapping suspensions count once, and one still open is said", () => {
  const twice = [pause("2026-03-10 10:00", "2026-03-11 09:00"), pause("2026-03-10 08:00", "2026-03-10 18:00")]
  assert.equal(local(due("2026-03-09 10:00", "1 working-day", { suspensions: twice }).due), "2026-03-11 17:00")
  const open = due("2026-03-09 10:00", "1 working-day", { suspensions: [pause("2026-03-10 08:00")] })
  assert.equal(open.running, false)
  assert.ok(codes(open.arithmetic).includes("still-suspended"))
  assert.equal(due("2026-03-09 10:00", "1 working-day").running, true)
  assert.throws(() => due("2026-03-09 10:00", "1 working-day", { suspensions: [pause("2026-03-10 10:00", "2026-03-09 10:00")] }))
})

test("a year whose holidays nobody has decided yet is said in the arithmetic", () => {
  assert.ok(codes(due("2027-12-30 10:00", "5 working-day").arithmetic).includes("holidays-unknown"))
  assert.ok(!codes(due("2026-12-30 10:00", "5 working-day").arithmetic).includes("holidays-unknown"))
})

test("the police centre opens on Saturday morning, the commune does not", () => {
  const police = workingCalendar(data, { timeZone: "Asia/Ho_Chi_Minh", agencyKind: "police" })
  const term = { receivedAt: hanoiTime("2026-03-13 10:00"), limit: limit("1 working-day") }
  assert.equal(local(dueAt(police, term).due), "2026-03-14 12:00")
  assert.equal(local(dueAt(hanoi, term).due), "2026-03-16 17:00")
})

test("where clocks change, the office still closes at five by the wall", () => {
  for (const timeZone of ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"]) {
    const there = workingCalendar(data, { timeZone })
    for (const date of ["2026-03-06", "2026-03-27", "2026-10-23", "2026-10-30", "2026-04-03"]) {
      const found = dueAt(there, { receivedAt: instantAt(there, date, "10:00"), limit: limit("1 working-day") }).due
      assert.equal(localTimeOf(there, found), "17:00", `${timeZone} ${date}`)
    }
  }
})

test("limits and hours that make no sense are refused", () => {
  assert.throws(() => due("2026-03-09 10:00", "-1 working-day"), RangeError)
  assert.throws(() => due("2026-03-09 10:00", "1.5 working-day"), RangeError)
  assert.throws(() => due("2026-03-09 10:00", "9999 day"), RangeError)
  const broken = (change: object) => () => workingCalendar({ ...data, ...change }, { timeZone: "Asia/Ho_Chi_Minh" })
  assert.throws(broken({ week: {} }), /no day that is open/)
  assert.throws(broken({ week: { monday: [["12:00", "08:00"]] } }), /overlap or run backwards/)
  assert.throws(broken({ holidays: [{ date: "2026-02-30", name: {} }] }), /not a date/)
  assert.throws(broken({ swaps: [{ off: "2026-03-09", worked: "2026-01-01" }] }), /holiday and a day worked/)
  assert.throws(() => workingCalendar(data, { timeZone: "Nowhere/Land" }), RangeError)
})
