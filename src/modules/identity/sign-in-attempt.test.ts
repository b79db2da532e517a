// A sign-in under way: bound to one browser, taken once, for minutes, and leading nowhere but home.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { sql } from "#platform/db"
import { Problem } from "#platform/problem"
import { openWorld, type World } from "../../../test/world.ts"
import { beginSignIn, ownPath, SIGN_IN_ATTEMPT_MAX_MINUTES, takeSignIn } from "./index.ts"

const system = { kind: "system", name: "test" } as const
let world: World
before(async () => {
  world = await openWorld({ country: false })
})
after(() => world.close())

const begin = (returnTo = "/my/cases") => world.tx(system, (tx) => beginSignIn(tx, { returnTo, fresh: false }))
const take = (cookie: string, state: string) => world.tx(system, (tx) => takeSignIn(tx, { cookie, state }))
const isStale = (error: unknown) => error instanceof Problem && error.code === "sign-in-stale"

test("the answer of the provider is taken once, with all that was begun", async () => {
  const begun = await begin()
  assert.deepEqual(await take(begun.cookie, begun.state), begun)
  await assert.rejects(take(begun.cookie, begun.state), isStale, "replayed")
})

test("of two answers at once, one is taken", async () => {
  const begun = await begin()
  const both = await Promise.allSettled([take(begun.cookie, begun.state), take(begun.cookie, begun.state)])
  assert.deepEqual(both.map((b) => b.status).sort(), ["fulfilled", "rejected"])
})

test("a state without its cookie, a cookie without its state, and those of two browsers are refused; the right pair still works", async () => {
  const [mine, theirs] = [await begin(), await begin()]
  const wrong = [
    [mine.cookie, ""],
    ["", mine.state],
    [mine.cookie, theirs.state],
    [theirs.cookie, mine.state],
    [mine.cookie, `${mine.state}x`],
    ["A".repeat(43), mine.state],
    [mine.state, mine.state],
  ] as const
  for (const [cookie, state] of wrong) await assert.rejects(take(cookie, state), isStale)
  assert.ok(await take(mine.cookie, mine.state))
})

test("a well-made pair that was never begun is refused", async () => {
  const begun = await begin()
  await world.migrator.run(sql`delete from identity.sign_in_attempt`)
  await assert.rejects(take(begun.cookie, begun.state), isStale)
})

test("after ten minutes it is stale, and swept away by the next ones", async () => {
  const begun = await begin()
  world.clock.move(SIGN_IN_ATTEMPT_MAX_MINUTES * 60_000)
  await assert.rejects(take(begun.cookie, begun.state), isStale)
  await begin()
  const [{ n } = { n: -1 }] = await world.migrator.rows<{ n: string }>(sql`select count(*) as n from identity.sign_in_attempt`)
  assert.equal(Number(n), 1)
})

test("the database keeps no cookie, state, nonce or verifier", async () => {
  const begun = await begin()
  const rows = await world.migrator.rows<{ s: string }>(
    sql`select encode(cookie_hash, 'escape') || return_to as s from identity.sign_in_attempt`,
  )
  for (const secret of [begun.cookie, begun.state, begun.nonce, begun.verifier]) {
    assert.ok(rows.every(({ s }) => !s.includes(secret)))
  }
  assert.equal(new Set([begun.cookie, begun.state, begun.nonce, begun.verifier]).size, 4)
  assert.match(begun.verifier, /^[A-Za-z0-9_-]{43}$/)
})

test("a sign-in comes back to paths of this site alone", () => {
  for (const own of ["/", "/my/cases", "/drafts/0190/child?lang=en", "/search?q=khai%20sinh", "/a//b", "/@host"])
    assert.equal(ownPath(own), own)
  const foreign = [
    "",
    "my/cases",
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "/%2e%2e//evil.example",
    "javascript:alert(1)",
    "/a b",
    "/đ",
    `/${"a".repeat(2_001)}`,
  ]
  for (const text of foreign) assert.equal(ownPath(text), "/", text)
})
