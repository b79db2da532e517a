// Deeds as transactions: what is sent together, what fails, and what must never look like a success.
import assert from "node:assert/strict"
import test, { after, before } from "node:test"
import { openWorld, type World } from "../../../test/world.ts"
import { type Actor, sql, type Tx } from "./index.ts"

let world: World
before(async () => {
  world = await openWorld({ country: false })
})
after(() => world?.close())

const system: Actor = { kind: "system", name: "tests" }
const deed = <T>(act: (tx: Tx) => Promise<T>) => world.tx(system, act)
const note = (name: string, value = "1") =>
  sql`insert into platform.site_fact (name, value, noted_at) values (${name}, ${value}::jsonb, ${new Date(0)})`
const noted = async () =>
  (await world.migrator.rows<{ name: string }>(sql`select name from platform.site_fact order by name`)).map((row) => row.name)
const sqlState = (expected: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, expected)
  return true
}

test("statements sent together run in their order, and each has its own answer", async () => {
  const [a, changed, b] = await deed((tx) =>
    Promise.all([
      tx.get<{ n: number }>(sql`select 1::int as n`),
      tx.run(sql`select generate_series(1, 3)`),
      tx.rows(
        sql`select ${"Lan"}::text as name, null::text as nothing, ${[1, 2]}::int[] as list, ${Buffer.from("ab")}::bytea as bytes`,
      ),
    ]),
  )
  assert.deepEqual([a, changed], [{ n: 1 }, 3])
  assert.deepEqual(b, [{ name: "Lan", nothing: null, list: [1, 2], bytes: Buffer.from("ab") }])
})

test("a statement twice in one flight, and again in the next deed, gives the same rows", async () => {
  const ask = (tx: Tx, n: number) => tx.rows(sql`select ${n}::int as twice`)
  const first = await deed((tx) => Promise.all([ask(tx, 1), ask(tx, 2)]))
  assert.deepEqual([...first, await deed((tx) => ask(tx, 3))], [[{ twice: 1 }], [{ twice: 2 }], [{ twice: 3 }]])
})

test("what is sent without waiting is done before what comes after it", async () => {
  await deed(async (tx) => {
    tx.send(note("sent"))
    assert.equal((await tx.rows(sql`select from platform.site_fact where name = 'sent'`)).length, 1)
  })
  assert.ok((await noted()).includes("sent"))
})

test("a fault of what was sent without waiting is the fault of the deed, and nothing of the deed stays", async () => {
  const twice = (wait: boolean) =>
    deed(async (tx) => {
      await tx.run(note("kept"))
      tx.send(note("kept"))
      if (wait) await tx.rows(sql`select 1`)
    })
  await assert.rejects(twice(false), sqlState("23505"))
  await assert.rejects(twice(true), sqlState("23505"))
  assert.ok(!(await noted()).includes("kept"))
})

test("of statements sent together the one that failed says why; those after it have not run", async () => {
  const together = deed((tx) => Promise.all([tx.run(note("one")), tx.run(sql`select 1 / ${0}::int`), tx.run(note("two"))]))
  await assert.rejects(together, sqlState("22012"))
  assert.ok(!(await noted()).some((name) => name === "one" || name === "two"))
})

test("a deed that hides its fault is no success", async () => {
  const hiding = deed(async (tx) => {
    await tx.run(note("hidden"))
    await tx.rows(sql`select 1 / ${0}::int`).catch(() => undefined)
  })
  await assert.rejects(hiding, /was rolled back/)
  assert.ok(!(await noted()).includes("hidden"))
})

test("a statement of the last moment travels with the commit and can still undo all", async () => {
  const late = (name: string) =>
    deed(async (tx) => {
      await tx.run(note(`${name}-before`))
      tx.beforeCommit("late", async () => note(name))
    })
  await late("at-last")
  await assert.rejects(late("at-last"), sqlState("23505"))
  assert.deepEqual(
    (await noted()).filter((name) => name.startsWith("at-last")),
    ["at-last", "at-last-before"],
  )
})

test("a statement that could be prepared but not run can be run later on the same connection", async () => {
  const divide = (by: number) => sql`select 6 / ${by}::int as result`
  for (let i = 0; i < 3; i++)
    await assert.rejects(
      deed((tx) => tx.rows(divide(0))),
      sqlState("22012"),
    )
  assert.deepEqual(await deed((tx) => tx.rows(divide(3))), [{ result: 2 }])
})

test("a connection that is cut in the middle of a deed ends the deed with that fault, and the next one has another", async () => {
  const cut = deed(async (tx) => {
    const { pid } = await tx.get<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    await world.migrator.rows(sql`select pg_terminate_backend(${pid}::int)`)
    await tx.rows(sql`select 1`)
  })
  await assert.rejects(
    cut,
    (error: Error & { code?: string }) =>
      error.code === "57P01" || /terminated|ECONNRESET|EPIPE|not queryable/.test(error.message),
  )
  assert.deepEqual(await deed((tx) => tx.rows(sql`select 1::int as n`)), [{ n: 1 }])
})

test("the connection of statements alone is opened anew where it was lost", async () => {
  const cut = sql`select pg_terminate_backend(pg_backend_pid())`
  await assert.rejects(world.db.run(cut))
  assert.equal(await world.db.run(sql`select 1 where current_setting('motlan.kind', true) = 'system'`), 1)
})

test("one statement alone is a transaction: it knows who acts, and a commit that fails is no success", async () => {
  await world.migrator.run(sql`create table platform.late (id int, unique (id) deferrable initially deferred)`)
  await world.migrator.run(sql`grant select, insert on platform.late to motlan_app`)
  assert.equal(
    await world.db.run(sql`insert into platform.late select 1 where current_setting('motlan.kind', true) = 'system'`),
    1,
  )
  await assert.rejects(world.db.run(sql`insert into platform.late values (2), (2)`), sqlState("23505"))
  await assert.rejects(world.db.run(sql`insert into platform.late values (1 / ${0}::int)`), sqlState("22012"))
  const [three, four] = [sql`insert into platform.late values (3)`, sql`insert into platform.late values (4), (4)`]
  await assert.rejects(world.db.run(three, four), sqlState("23505"), "several stand or fall together")
  assert.equal(await world.db.run(sql`insert into platform.late values (2)`, sql`insert into platform.late values (5), (6)`), 3)
  const rows = await world.migrator.rows<{ id: number }>(sql`select id from platform.late order by id`)
  assert.deepEqual(
    rows.map(({ id }) => id),
    [1, 2, 5, 6],
  )
})
