// The test world itself: a fresh database behind the application's role.
import assert from "node:assert/strict"
import { test } from "node:test"
import { sql } from "#platform/db"
import { openWorld } from "../../../test/world.ts"

test("two worlds share nothing, and the clock stands at ten in the morning", async () => {
  const [one, two] = await Promise.all([openWorld({ country: false }), openWorld({ country: false })])
  const note = sql`insert into platform.site_fact (name, value, noted_at) values ('demo', 'true', ${one.site.clock()})`
  await one.tx({ kind: "system", name: "test" }, (tx) => tx.run(note))
  const count = sql`select count(*) as n from platform.site_fact`
  assert.deepEqual(await one.migrator.rows(count), [{ n: 1 }])
  assert.deepEqual(await two.migrator.rows(count), [{ n: 0 }])
  assert.equal(one.site.clock().toISOString(), "2026-03-09T03:00:00.000Z")
  one.clock.move(60_000)
  assert.equal(one.site.clock().toISOString(), "2026-03-09T03:01:00.000Z")
  await Promise.all([one.close(), two.close()])
})
