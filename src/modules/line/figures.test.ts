// What passes is counted by who asks whom, minute by minute, and nobody can fill the memory with names.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Figures, type Passed } from "./figures.ts"
import { SERIES_MAX } from "./limits.ts"

const MINUTE = 60_000
const START = Date.UTC(2026, 2, 9, 3)

const passed = (more: Partial<Passed> = {}): Passed => ({
  ...{ side: "consumer", client: "XX/GOV/C1/desk", url: "/r1/XX/GOV/MI/population/person/people/7?x=1", protocol: "rest" },
  ...{ from: START, until: START + 4, requestBytes: 10, responseBytes: 100, failure: undefined },
  ...more,
})

test("an exchange is counted by consumer and service, without its path", () => {
  const figures = new Figures()
  figures.count(passed())
  figures.count(passed({ url: "/r1/XX/GOV/MI/population/person", failure: "http.404" }))
  const [one, ...more] = figures.totals()
  assert.equal(more.length, 0)
  assert.deepEqual([one!.consumer, one!.service], ["XX/GOV/C1/desk", "XX/GOV/MI/population/person"])
  assert.deepEqual([one!.count, one!.failed, one!.requestBytes, one!.responseBytes], [2, 1, 20, 200])
  assert.deepEqual(one!.codes, { "http.404": 1 })
  assert.equal(one!.latency[3], 2, "four milliseconds are in the class up to five")
})

test("percent-encoded names are one name, and what names no service is counted together", () => {
  const figures = new Figures()
  figures.count(passed({ url: "/r1/XX/GOV/MI/population/p%65rson/1" }))
  figures.count(passed())
  for (const url of ["/r1/XX", "/", "/r1/../..", "x"]) figures.count(passed({ url }))
  assert.deepEqual(
    figures.totals().map(({ service, count }) => [service, count]),
    [
      ["XX/GOV/MI/population/person", 2],
      ["-", 4],
    ],
  )
})

test("a minute is handed over once, when it has ended, and taken back when it could not be kept", () => {
  const figures = new Figures()
  figures.count(passed())
  assert.equal(figures.take(new Date(START + MINUTE - 1)).length, 0)
  assert.equal(figures.open().length, 1)
  const taken = figures.take(new Date(START + MINUTE))
  assert.deepEqual(
    taken.map(({ minuteAt, count }) => [minuteAt.getTime(), count]),
    [[START, 1]],
  )
  assert.equal(figures.take(new Date(START + 9 * MINUTE)).length, 0)
  figures.giveBack(taken)
  figures.count(passed({ until: START + 3 * MINUTE }))
  assert.deepEqual(
    figures.take(new Date(START + 3 * MINUTE), true).map(({ minuteAt }) => minuteAt.getTime()),
    [START, START + 3 * MINUTE],
  )
  assert.equal(figures.totals()[0]!.count, 2, "totals run on")
})

test("who asks under ever new names fills no memory", () => {
  const figures = new Figures()
  for (let i = 0; i < SERIES_MAX + 500; i++) figures.count(passed({ client: `XX/GOV/X${i}/desk` }))
  const totals = figures.totals()
  assert.ok(totals.length <= SERIES_MAX + 1)
  assert.equal(
    totals.reduce((sum, { count }) => sum + count, 0),
    SERIES_MAX + 500,
  )
  assert.equal(totals.find(({ service }) => service === "-")!.count, 500)
})
