// The embedded PostgreSQL on real processes: first start, adoption, kills, stale locks, long paths, root without a namespace.
import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { after, test } from "node:test"
import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"
import { holderOf, LockHeld, takeLock } from "./lock.ts"
import { identityOf, isServerOf } from "./processes.ts"
import { findServer, type Server, startServer, stopServer } from "./server.ts"

const root = mkdtempSync("/tmp/motlan-server-")
chmodSync(root, 0o711)
const started = new Set<string>()
after(async () => {
  for (const folder of started) await stopServer(folder)
  rmSync(root, { recursive: true, force: true })
})

const asRoot = process.geteuid?.() === 0
const password = "a password of this test alone"

function start(folder: string, mayUseNamespace = true): Promise<Server> {
  started.add(folder)
  return startServer(folder, { password, mayUseNamespace })
}

async function query(server: Server, text: string): Promise<unknown> {
  const client = new pg.Client({ host: server.host, port: server.port, database: "postgres", ...server.superuser })
  await client.connect()
  const results = [await client.query(text)].flat()
  await client.end()
  return results[0]?.rows[0]
}

const kill = (pid: number) => process.kill(pid, "SIGKILL")

test("a server is made, keeps its data over a stop, and is adopted while it runs", async () => {
  const folder = join(root, "plain")
  const first = await start(folder)
  assert.equal(first.how, "made")
  await query(first, "create table kept (n integer); insert into kept values (42)")
  assert.deepEqual(await query(first, "show listen_addresses"), { listen_addresses: "" })
  assert.deepEqual(await query(first, "show fsync"), { fsync: "on" })
  assert.equal((statSync(first.host).mode & 0o777).toString(8), "700")
  const second = await start(folder)
  assert.deepEqual([second.how, second.pid], ["adopted", first.pid])
  assert.equal(await stopServer(folder), true)
  assert.equal(identityOf(first.pid), undefined)
  assert.equal(await stopServer(folder), false)
  const third = await start(folder)
  assert.equal(third.how, "started")
  assert.deepEqual(await query(third, "select n from kept"), { n: 42 })
})

test("wrong keys do not open a running server", async () => {
  await start(join(root, "plain"))
  await assert.rejects(startServer(join(root, "plain"), { password: "another" }), /keys of this data folder/)
})

test("what was acknowledged is there after the server was killed, five times over", async () => {
  const folder = join(root, "killed")
  let server = await start(folder)
  await query(server, "create table acknowledged (n integer)")
  for (let n = 1; n <= 5; n++) {
    await query(server, `insert into acknowledged values (${n})`)
    kill(server.pid)
    server = await start(folder)
    assert.equal(server.how, "started")
    assert.deepEqual(await query(server, "select count(*)::int as n from acknowledged"), { n })
  }
})

test("a pid file whose pid now belongs to another process does not keep the server from starting", async () => {
  const folder = join(root, "reused")
  const server = await start(folder)
  const file = join(folder, "cluster", "postmaster.pid")
  const text = readFileSync(file, "utf8")
  await stopServer(folder)
  writeFileSync(file, text.replace(/^\d+/, String(process.pid)))
  assert.equal(isServerOf(process.pid, join(folder, "cluster")), false)
  const again = await start(folder)
  assert.notEqual(again.pid, server.pid)
  assert.deepEqual(await query(again, "select 1 as one"), { one: 1 })
})

test("a folder too deep for a socket has its socket in a short private folder, also at the next start", async () => {
  const folder = join(root, "d".repeat(60), "e".repeat(60))
  const server = await start(folder)
  assert.ok(server.host.length < 40, server.host)
  assert.equal((statSync(server.host).mode & 0o777).toString(8), "700")
  await stopServer(folder)
  const again = await start(folder)
  assert.equal(again.host, server.host)
  await stopServer(folder)
  rmSync(server.host, { recursive: true })
})

test("initdb killed in the middle leaves nothing half made", async () => {
  const folder = join(root, "half")
  mkdirSync(join(folder, "cluster.init-dead"), { recursive: true })
  writeFileSync(join(folder, "cluster.init-dead", "PG_VERSION"), "18")
  const server = await start(folder)
  assert.equal(server.how, "made")
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes(".init")),
    [],
  )
})

test("root without a namespace drops to an unprivileged user, and gives it a cluster that root's namespace had made", {
  skip: !asRoot,
}, async () => {
  const folder = join(root, "dropped")
  const first = await start(folder)
  await query(first, "create table kept (n integer); insert into kept values (7)")
  assert.equal(statSync(join(folder, "cluster")).uid, 0)
  await stopServer(folder)
  const server = await start(folder, false)
  const uid = Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1])
  assert.notEqual(uid, 0)
  assert.equal(statSync(join(folder, "cluster")).uid, uid)
  assert.deepEqual(await query(server, "select n from kept"), { n: 7 })
  await stopServer(folder)
  const again = await start(folder)
  assert.equal(statSync(join(folder, "cluster")).uid, uid, "the owner of a cluster keeps it")
  assert.deepEqual(await query(again, "select n from kept"), { n: 7 })
})

test("root without a namespace under a closed home keeps its data where the server's user can reach it", {
  skip: !asRoot,
}, async () => {
  const closed = join(root, "closed")
  mkdirSync(closed, { mode: 0o700 })
  const folder = join(closed, "postgres")
  const server = await start(folder, false)
  const elsewhere = readFileSync(join(folder, "elsewhere"), "utf8").trim()
  assert.deepEqual(await query(server, "show data_directory"), { data_directory: join(elsewhere, "cluster") })
  await stopServer(folder)
  assert.equal((await start(folder)).how, "started")
  await stopServer(folder)
  rmSync(elsewhere, { recursive: true })
})

test("one program at a time holds the lock, and a dead holder's lock is taken over", async () => {
  const path = join(root, "lock")
  const lock = takeLock(path)
  assert.equal(holderOf(path), process.pid)
  assert.throws(() => takeLock(path), LockHeld)
  lock.release()
  assert.equal(existsSync(path), false)
  const died = spawnSync(process.execPath, ["-e", "console.log(process.pid)"], { encoding: "utf8" })
  writeFileSync(path, `${died.stdout.trim()}\nan earlier run\n`)
  takeLock(path).release()
  writeFileSync(path, `${process.pid}\nan earlier run of this pid\n`)
  takeLock(path).release()
})

test("a server that is just stopping is waited for", async () => {
  const folder = join(root, "plain")
  const server = await start(folder)
  const stopping = stopServer(folder)
  await sleep(1)
  const next = await start(folder)
  await stopping
  assert.notEqual(next.pid, server.pid)
  assert.equal(findServer(folder)?.pid, next.pid)
})
