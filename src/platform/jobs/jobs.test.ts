// Jobs on a real database: with their deed or not at all, once, retried, and never lost with their worker.
import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { afterEach, beforeEach, test } from "node:test"
import { type Actor, openDb, sql, type Tx } from "#platform/db"
import { openWorld, type World } from "../../../test/world.ts"
import { countJobs, enqueue, type Handlers, startWorker, workDue } from "./index.ts"
import { ATTEMPTS_MAX, clearDone, faultText } from "./work.ts"

const lan: Actor = { kind: "person", accountId: "lan", subject: "00000000-0000-8000-8000-000000000001", name: "Lan" }
const HOUR_MS = 3_600_000

let world: World
beforeEach(async () => {
  world = await openWorld({ country: false })
})
afterEach(() => world.close())

interface Row {
  readonly key: string
  readonly state: string
  readonly attempts: number
  readonly last_fault: string | null
}

const jobs = () => world.migrator.rows<Row>(sql`select key, state, attempts, last_fault from platform.job order by key`)
const facts = async () =>
  (await world.migrator.rows<{ name: string }>(sql`select name from platform.site_fact order by name`)).map((row) => row.name)

const note = async (tx: Tx, payload: unknown) => {
  await tx.run(sql`insert into platform.site_fact (name, value, noted_at) values (${payload}, 'true', ${tx.now})`)
}
const noting: Handlers = { "trial.note": note }
const job = (key: string, runAt?: Date) => ({ kind: "trial.note", key, payload: key, ...(runAt ? { runAt } : {}) })
const leave = (key: string, runAt?: Date) => world.tx(lan, (tx) => enqueue(tx, job(key, runAt)))

async function until(met: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5_000
  while (!(await met())) {
    assert.ok(Date.now() < deadline, "it did not happen within five seconds")
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test("a job that Lan's deed leaves runs once after it, however often it is left", async () => {
  await leave("a")
  await leave("a")
  assert.equal(await workDue(world.db, noting), 1)
  await leave("a")
  assert.equal(await workDue(world.db, noting), 0)
  assert.deepEqual(await facts(), ["a"])
  assert.deepEqual(await jobs(), [{ key: "a", state: "done", attempts: 1, last_fault: null }])
})

test("a deed that fails leaves no job", async () => {
  const failing = world.tx(lan, async (tx) => {
    await enqueue(tx, job("a"))
    throw new Error("no")
  })
  await assert.rejects(failing, /no/)
  assert.deepEqual(await jobs(), [])
})

test("Lan can leave a job and can't see, change or clear any", async () => {
  await leave("a")
  await world.tx(lan, async (tx) => {
    assert.deepEqual(await tx.rows(sql`select * from platform.job`), [])
    assert.equal(await tx.run(sql`update platform.job set state = 'done', ended_at = ${tx.now}`), 0)
    assert.equal(await tx.run(sql`delete from platform.job`), 0)
  })
  assert.equal((await jobs()).length, 1)
})

test("a job for later waits for its time", async () => {
  await leave("a", new Date(world.site.clock().getTime() + HOUR_MS))
  assert.equal(await workDue(world.db, noting), 0)
  world.clock.move(HOUR_MS)
  assert.equal(await workDue(world.db, noting), 1)
})

test("a kind without a handler is left alone", async () => {
  await leave("a")
  assert.equal(await workDue(world.db, { "trial.other": note }), 0)
  assert.deepEqual((await jobs())[0]?.attempts, 0)
})

test("a job that fails changes nothing, is tried again later, and succeeds then", async () => {
  await leave("a")
  const failing: Handlers = {
    "trial.note": async (tx, payload) => {
      await note(tx, payload)
      throw new Error('number "901234567890" is not known, nor 901234567890')
    },
  }
  assert.equal(await workDue(world.db, failing), 1)
  assert.deepEqual(await facts(), [])
  assert.deepEqual((await jobs())[0]?.state, "waiting")
  assert.doesNotMatch(String((await jobs())[0]?.last_fault), /\d{6}/)
  assert.equal(await workDue(world.db, noting), 0, "not at once")
  world.clock.move(2_000)
  assert.equal(await workDue(world.db, noting), 1)
  assert.deepEqual(await jobs(), [{ key: "a", state: "done", attempts: 2, last_fault: null }])
})

test("a job that always fails is dead after its last attempt, and kept", async () => {
  await leave("a")
  const failing: Handlers = { "trial.note": () => Promise.reject(new TypeError("never")) }
  for (let i = 0; i < ATTEMPTS_MAX + 3; i++) {
    await workDue(world.db, failing)
    world.clock.move(HOUR_MS)
  }
  assert.deepEqual(await jobs(), [{ key: "a", state: "dead", attempts: ATTEMPTS_MAX, last_fault: "TypeError: never" }])
  world.clock.move(400 * 24 * HOUR_MS)
  await clearDone(world.db)
  assert.equal((await jobs()).length, 1)
})

test("jobs are counted by what they wait for", async () => {
  for (const key of ["a", "b", "c"]) await leave(key)
  await leave("d", new Date(world.site.clock().getTime() + HOUR_MS))
  await world.migrator.run(sql`update platform.job set state = 'dead', ended_at = created_at where key = 'b'`)
  await world.migrator.run(sql`update platform.job set state = 'done', ended_at = created_at where key = 'c'`)
  assert.deepEqual(await countJobs(world.db), { due: 1, later: 1, dead: 1 })
})

test("done jobs are cleared after thirty days", async () => {
  await leave("a")
  await workDue(world.db, noting)
  world.clock.move(29 * 24 * HOUR_MS)
  await clearDone(world.db)
  assert.equal((await jobs()).length, 1)
  world.clock.move(2 * 24 * HOUR_MS)
  await clearDone(world.db)
  assert.deepEqual(await jobs(), [])
})

test("a worker killed in the middle leaves nothing of its work, and the job is done once by the next", async () => {
  await leave("a")
  const told = JSON.stringify({ connection: world.connection, at: world.site.clock() })
  const script = join(import.meta.dirname, "../../../test/dying-worker.ts")
  const died = spawnSync(process.execPath, ["--import", "tsx", script, told], { encoding: "utf8" })
  assert.equal(died.signal, "SIGKILL", died.stderr)
  assert.deepEqual(await facts(), [])
  assert.deepEqual(await jobs(), [{ key: "a", state: "waiting", attempts: 1, last_fault: null }])
  world.clock.move(2_000)
  assert.equal(await workDue(world.db, noting), 1)
  assert.deepEqual(await facts(), ["a"])
  assert.equal((await jobs())[0]?.state, "done")
})

test("a job that kills each of its workers is dead in the end", async () => {
  await leave("a")
  await world.migrator.run(sql`update platform.job set attempts = ${ATTEMPTS_MAX}`)
  assert.equal(await workDue(world.db, noting), 1)
  assert.deepEqual(await facts(), [])
  assert.equal((await jobs())[0]?.state, "dead")
})

test("forty jobs and three workers: each job is done once", async () => {
  const done = new Map<unknown, number>()
  const counting: Handlers = {
    "trial.note": async (tx, payload) => {
      await note(tx, payload)
      done.set(payload, (done.get(payload) ?? 0) + 1)
    },
  }
  await world.tx(lan, async (tx) => {
    for (let i = 0; i < 40; i++) await enqueue(tx, job(`n${i}`))
  })
  const workers = await Promise.all([1, 2, 3].map(() => startWorker(world.db, counting, world.site.log)))
  await until(async () => (await facts()).length === 40).finally(() => Promise.all(workers.map((worker) => worker.stop())))
  assert.deepEqual(
    [...done.values()].filter((n) => n !== 1),
    [],
  )
})

test("a worker is woken by a commit of its own process and of another, not by its poll", async () => {
  const other = openDb(world.connection, world.site)
  const worker = await startWorker(world.db, noting, world.site.log, { pollMs: 60_000 })
  try {
    await leave("here")
    await until(async () => (await facts()).includes("here"))
    await other.tx(lan, (tx) => enqueue(tx, job("there")))
    await until(async () => (await facts()).includes("there"))
  } finally {
    await worker.stop()
    await other.close()
  }
})

test("a lost listening connection is made again, and what was missed meanwhile is worked", async () => {
  const worker = await startWorker(world.db, noting, world.site.log, { pollMs: 60_000 })
  try {
    await world.migrator.run(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()`,
    )
    const other = openDb(world.connection, world.site)
    await other.tx(lan, (tx) => enqueue(tx, job("missed")))
    await other.close()
    await until(async () => (await facts()).includes("missed"))
  } finally {
    await worker.stop()
  }
})

test("a fault's text tells the code and hides quoted values", () => {
  const fault = Object.assign(new Error('invalid input syntax for type uuid: "Lan"'), { name: "error", code: "22P02" })
  assert.equal(faultText(fault), "error 22P02: invalid input syntax for type uuid: …")
})
