// Working hours against an oracle that looks at each minute of the wall.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { data, hanoi, hanoiTime } from "./calendar-of-tests.ts"
import { addWorkingHours, instantAt, workingCalendar, workingMinutesBetween } from "./index.ts"

const MINUTE = 60_000

/** Counts open minutes one by one, by Intl and the raw data alone. */
function minutesOneByOne(timeZone: string, from: Date, to: Date): number {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" })
  const weekday = new Intl.DateTimeFormat("en-US", { timeZone, weekday: "long" })
  const holidays = new Set(data.holidays.map((h) => h.date))
  let sum = 0
  for (let at = from.getTime(); at < to.getTime(); at += MINUTE) {
    const [date, time] = format.format(at).split(" ") as [string, string]
    const swap = data.swaps!.find((s) => s.worked === date)
    const closed = holidays.has(date) || data.swaps!.some((s) => s.off === date)
    const name = weekday.format(swap ? new Date(`${swap.off}T12:00:00Z`) : at).toLowerCase() as "monday"
    if (!closed && (data.week[name] ?? []).some(([opens, closes]) => opens! <= time && time < closes!)) sum++
  }
  return sum
}

for (const timeZone of ["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York"]) {
  test(`minutes between two instants are what a look at each minute counts (${timeZone})`, () => {
    const calendar = workingCalendar(data, { timeZone })
    const from = fc.integer({ min: Date.UTC(2025, 9, 20) / MINUTE, max: Date.UTC(2026, 10, 10) / MINUTE })
    fc.assert(
      fc.property(from, fc.integer({ min: 0, max: 6 * 24 * 60 }), (start, length) => {
        const [a, b] = [new Date(start * MINUTE), new Date((start + length) * MINUTE)]
        assert.equal(workingMinutesBetween(calendar, a, b), minutesOneByOne(timeZone, a, b))
      }),
      { numRuns: 40 },
    )
  })
}

test("adding hours and counting them again agree, with suspensions too", () => {
  const minute = fc.integer({ min: Date.UTC(2026, 0, 1) / MINUTE, max: Date.UTC(2026, 10, 1) / MINUTE })
  const pause = fc.tuple(minute, fc.integer({ min: 0, max: 20_000 }))
  fc.assert(
    fc.property(minute, fc.integer({ min: 1, max: 200 * 60 }), fc.array(pause, { maxLength: 4 }), (start, minutes, pauses) => {
      const from = new Date(start * MINUTE)
      const suspensions = pauses.map(([at, length]) => ({ from: new Date(at * MINUTE), to: new Date((at + length) * MINUTE) }))
      const to = addWorkingHours(hanoi, from, minutes / 60, suspensions)
      assert.equal(workingMinutesBetween(hanoi, from, to, suspensions), minutes)
    }),
  )
})

test("no hours at all change nothing, and a wrong number is refused", () => {
  const at = hanoiTime("2026-03-14 09:00")
  assert.equal(addWorkingHours(hanoi, at, 0).getTime(), at.getTime())
  assert.equal(workingMinutesBetween(hanoi, at, at), 0)
  assert.throws(() => addWorkingHours(hanoi, at, Number.NaN), RangeError)
})

test("a wall time that spring skips is an hour later, one that autumn repeats is the first", () => {
  const berlin = workingCalendar(data, { timeZone: "Europe/Berlin" })
  assert.equal(instantAt(berlin, "2026-03-29", "02:30").toISOString(), "2026-03-29T01:30:00.000Z")
  assert.equal(instantAt(berlin, "2026-10-25", "02:30").toISOString(), "2026-10-25T00:30:00.000Z")
})
