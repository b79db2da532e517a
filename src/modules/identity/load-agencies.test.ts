// Loading agencies: as often as one likes; what goes from the pack ends and stays readable.
import assert from "node:assert/strict"
import { afterEach, beforeEach, test } from "node:test"
import { sql } from "#platform/db"
import { Problem } from "#platform/problem"
import { openWorld, type World } from "../../../test/world.ts"
import { startOfDay } from "./days.ts"
import { agencyForDivision, agencyOf, loadAgencies, positionsOf } from "./index.ts"
import { declaredAgencies, holdings, people, smallCountry } from "./small-country.ts"

const system = { kind: "system", name: "test" } as const
let world: World
beforeEach(async () => {
  world = await openWorld({ reference: smallCountry() })
})
afterEach(() => world.close())

const load = (changes: Parameters<typeof smallCountry>[0] = {}) => {
  Object.assign(world.site, { reference: smallCountry(changes) })
  return world.tx(system, loadAgencies)
}
const postsOf = (name: keyof typeof people) =>
  world.tx(system, (tx) => positionsOf(tx, world.site.keys.subjectOf(people[name].number)))

test("a second load changes nothing", async () => {
  assert.deepEqual(await load(), { agencies: 4, positions: 9, holdings: 6, changed: 23 })
  assert.equal((await load()).changed, 0)
  world.clock.move(86_400_000)
  assert.equal((await load()).changed, 0)
})

test("who leaves the pack loses the post now, an agency that leaves it can still be named", async () => {
  await load()
  assert.equal((await postsOf("hoa")).length, 1)
  world.clock.move(1000)
  await load({
    holdings: holdings.filter((h) => h.person !== "hoa"),
    agencies: declaredAgencies.filter((a) => a.id !== "police-a"),
  })
  assert.deepEqual(await postsOf("hoa"), [])
  const inForce = (kind: string) => world.tx(system, (tx) => agencyForDivision(tx, "90001", "commune", kind))
  assert.equal(await inForce("police"), undefined)
  assert.equal((await world.tx(system, (tx) => agencyOf(tx, "police-a"))).kind, "police")
})

test("a holding that the site itself gave survives a load", async () => {
  await load()
  await world.migrator.run(sql`
    insert into identity.holding (agency, id, position, subject, name, from_at)
    values ('commune-a', gen_random_uuid(), 'clerk', ${world.site.keys.subjectOf(people.lan.number)}, 'Lan', '2026-01-01')`)
  await load()
  assert.deepEqual(
    (await postsOf("lan")).map((p) => p.position),
    ["clerk"],
  )
})

test("the last day of a position is a whole day in the country's own time", async () => {
  await load({ holdings: [{ position: "commune-a/clerk", person: "lan", from: "2026-03-09", until: "2026-03-09" }] })
  assert.equal((await postsOf("lan")).length, 1)
  world.clock.move(14 * 3_600_000 - 1)
  assert.equal((await postsOf("lan")).length, 1, "a moment before midnight in Ha Noi")
  world.clock.move(1)
  assert.equal((await postsOf("lan")).length, 0)
})

test("competence is found upwards from the address, told apart by kind, and never guessed", async () => {
  await load()
  const find = (division: string, tier: string, kind?: string) =>
    world.tx({ kind: "public" }, async (tx) => (await agencyForDivision(tx, division, tier, kind))?.id)
  assert.equal(await find("90001", "commune", "committee"), "commune-a")
  assert.equal(await find("90001", "commune"), undefined, "a committee and its police both answer")
  assert.equal(await find("90002", "commune"), "commune-b")
  assert.equal(await find("90001", "province"), "province")
  assert.equal(await find("90003", "commune"), undefined)
  await assert.rejects(
    find("x", "commune").then(() => world.tx(system, (tx) => agencyOf(tx, "nowhere"))),
    Problem,
  )
})

test("a day begins at its own midnight, also on the days when clocks change", () => {
  assert.equal(startOfDay("2026-03-09", "Asia/Ho_Chi_Minh")?.toISOString(), "2026-03-08T17:00:00.000Z")
  assert.equal(startOfDay("2026-03-29", "Europe/Berlin")?.toISOString(), "2026-03-28T23:00:00.000Z")
  assert.equal(startOfDay("2026-03-30", "Europe/Berlin")?.toISOString(), "2026-03-29T22:00:00.000Z")
  assert.equal(startOfDay(undefined, "Asia/Ho_Chi_Minh"), null)
})
