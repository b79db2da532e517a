// Refusals in the book: each reason is there, the like of one moment are one entry with a count, and a flood fills nothing.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { listBook } from "#audit"
import { openRefusalBook, type Refused } from "#line"
import { openWorld, type World } from "../../../test/world.ts"
import { REFUSALS_HELD_MAX, REFUSALS_NOTED_PER_MINUTE_MAX } from "./limits.ts"

const SYSTEM = { kind: "system", name: "tests" } as const
const ROAD = "Server.ServerProxy.AccessDenied"
let world: World
before(async () => {
  world = await openWorld({ country: false })
})
after(() => world.close())

const refused = (change: Partial<Refused> = {}): Refused => ({
  side: "provider",
  code: "contract-revoked",
  road: ROAD,
  ...change,
})
const entries = () =>
  world.tx(SYSTEM, async (tx) =>
    (await listBook(tx, { agency: "site", event: "line-refused", limit: 200 })).map(({ details }) => details),
  )

test("the like of one moment are one entry with a count, what differs stands by itself", async () => {
  const book = openRefusalBook(world.db, world.site)
  for (let i = 0; i < 50; i++) book.note(refused({ message: `message ${i}` }))
  book.note(refused({ side: "consumer" }))
  await book.close()
  assert.deepEqual(
    (await entries()).map(({ side, count, reason, message }) => ({ side, count, reason, message })),
    [
      { side: "consumer", count: 1, reason: "contract-revoked", message: undefined },
      { side: "provider", count: 50, reason: "contract-revoked", message: "message 0" },
    ],
  )
})

test("a flood of different refusals writes as many entries as a minute may have", async () => {
  const before = (await entries()).length
  const book = openRefusalBook(world.db, world.site)
  for (let i = 0; i < 2 * REFUSALS_HELD_MAX; i++) book.note(refused({ peer: `site-${i}` }))
  const written = async () => (await entries()).length - before
  while ((await written()) < REFUSALS_NOTED_PER_MINUTE_MAX) await new Promise((resolve) => setTimeout(resolve, 20))
  await new Promise((resolve) => setTimeout(resolve, 500))
  assert.equal(await written(), REFUSALS_NOTED_PER_MINUTE_MAX, "the others wait")
  await book.close()
  const count = await world.tx(SYSTEM, (tx) => listBook(tx, { agency: "site", event: "line-refused", limit: 1 }))
  assert.ok(count[0]!.seq <= before + REFUSALS_HELD_MAX, "what was beyond the limit stands in the log alone")
})
