// The program as an operator runs it: first start, second, after kills of every kind, refused twins, and the way down.

import assert from "node:assert/strict"
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { after, test } from "node:test"
import { packageRoot } from "#platform/config"
import { findServer } from "#platform/db"
import { freePort } from "../../test/free-port.ts"

const root = mkdtempSync("/tmp/motlan-start-")
chmodSync(root, 0o711)
const data = join(root, "data")
const running = new Set<ChildProcess>()
after(async () => {
  for (const child of running) child.kill("SIGKILL")
  motlan("stop", "--data", data)
  rmSync(root, { recursive: true, force: true })
})

const MAIN = ["--import", "tsx", join(packageRoot(), "src/main.ts")]
const START_MAX_MS = 60_000

const motlan = (...args: string[]) => spawnSync(process.execPath, [...MAIN, ...args], { encoding: "utf8", cwd: packageRoot() })

interface Site {
  readonly child: ChildProcess
  readonly url: string
  readonly said: () => string
}

async function startSite(...options: string[]): Promise<Site> {
  const port = await freePort()
  const args = [...MAIN, "start", "--data", data, "--port", String(port), ...options]
  const child = spawn(process.execPath, args, { cwd: packageRoot(), stdio: ["ignore", "pipe", "pipe"] })
  running.add(child)
  let said = ""
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk
    })
  const deadline = Date.now() + START_MAX_MS
  while (!said.includes("Ctrl-C ends it")) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`no start: ${said}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { child, url: `http://127.0.0.1:${port}`, said: () => said }
}

async function ended(child: ChildProcess): Promise<number | string | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
  running.delete(child)
  return child.exitCode ?? child.signalCode
}

const server = () => findServer(join(data, "postgres"))
const isReady = async (site: Site) => (await fetch(`${site.url}/readyz`)).status === 200
const readiness = (site: Site) => /"database":"(\w+)","migrations":(\d+).*"seeds":(\d+)/.exec(site.said())?.slice(1)

test("the first start makes everything and names the cast; SIGTERM ends it with its database", async () => {
  const site = await startSite("--demo")
  assert.ok(await isReady(site))
  const [how, migrations, seeds] = readiness(site)!
  assert.equal(how, "made")
  assert.ok(Number(migrations) > 0 && Number(seeds) > 0)
  assert.match(site.said(), /Sign in as one of the synthetic cast:\n {2}\S+ +\S+/)
  site.child.kill("SIGTERM")
  assert.equal(await ended(site.child), 0)
  assert.equal(server(), undefined)
})

test("the second start changes nothing, and a twin on the same data folder is refused while it runs", async () => {
  const site = await startSite("--demo")
  assert.deepEqual(readiness(site), ["started", "0", "0"])
  const twin = motlan("start", "--demo", "--data", data, "--port", String(await freePort()))
  assert.equal(twin.status, 1)
  assert.match(twin.stderr, new RegExp(`another motlan \\(pid ${site.child.pid}\\) works on this data folder`))
  assert.ok(await isReady(site))
  site.child.kill("SIGKILL")
  await ended(site.child)
  assert.ok(server(), "the database outlives a killed program")
})

test("after a kill of the program its database is adopted", async () => {
  const pid = server()?.pid
  const site = await startSite("--demo")
  assert.equal(readiness(site)?.[0], "adopted")
  assert.equal(server()?.pid, pid)
  site.child.kill("SIGKILL")
  await ended(site.child)
})

test("after a kill of everything it starts again", async () => {
  process.kill(server()!.pid, "SIGKILL")
  const site = await startSite("--demo")
  assert.equal(readiness(site)?.[0], "started")
  assert.ok(await isReady(site))
})

test("motlan stop ends program and database, and once more is no fault", async () => {
  const [child] = [...running]
  assert.match(motlan("stop", "--data", data).stdout, /stopped/)
  assert.equal(await ended(child!), 0)
  assert.equal(server(), undefined)
  const again = motlan("stop", "--data", data)
  assert.deepEqual([again.status, again.stdout.includes("nothing runs")], [0, true])
})

test("a demo's data is refused to a start that is none", () => {
  const other = motlan("start", "--data", data)
  assert.equal(other.status, 1)
  assert.match(other.stderr, /begun with --demo/)
  assert.equal(server(), undefined, "what it had started is stopped again")
})

test("a port in use is told in words, and nothing is left running", async () => {
  const taken = createServer().listen(0, "127.0.0.1")
  await once(taken, "listening")
  const { port } = taken.address() as { port: number }
  const refused = motlan("start", "--demo", "--data", data, "--port", String(port))
  taken.close()
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, new RegExp(`EADDRINUSE|port ${port}`))
  assert.equal(server(), undefined)
})

test("wrong use is told with exit code 2", () => {
  assert.equal(motlan("start", "--prot", "1").status, 2)
  assert.equal(motlan("start", "--port", "0").status, 2)
  assert.equal(motlan("dance").status, 2)
  assert.match(motlan("help").stdout, /motlan start/)
})

test("a hash that begins with a dash is a name", () => {
  const { status, stderr } = motlan("dance", `-T${"x".repeat(41)}`, "--data", data)
  assert.deepEqual([status, /knows no command "dance"/.test(stderr)], [2, true], stderr)
})

test("the log carries no number of the cast", () => {
  const { stderr, stdout } = motlan("check", join(packageRoot(), "countries/viet-nam"))
  assert.doesNotMatch(stdout + stderr, /\b9\d{11}\b/)
  assert.doesNotMatch(readFileSync(join(data, "postgres", "server.log"), "utf8"), /\b9\d{11}\b/)
})
