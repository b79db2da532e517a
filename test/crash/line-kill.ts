// Rounds of exchanges and kill -9 of either site of the line: after each, whatever a client was answered must be provable by both sides.
import assert from "node:assert/strict"
import { type ChildProcess, fork } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { BundleVerifier, readBundle } from "#evidence"
import { findServer } from "#platform/db"
import { freePort } from "../free-port.ts"
import { CONSUMER, type Federation, makeFederation } from "../line/two-sites.ts"
import { askFace } from "../line/two-worlds.ts"
import type { LineSiteOrder } from "./line-site.ts"
import { type Evidence, lookAtEvidence } from "./look-at-evidence.ts"
import { pause, randomFrom } from "./rounds.ts"
import { newDataFolder } from "./site-process.ts"

export interface LineRounds {
  readonly kills: number
  /** Decides the moments and the victims. */
  readonly seed: number
  readonly say: (line: string) => void
}

const SITES = ["commune", "ministry"] as const
const PARTS = [["program"], ["database"], ["program", "database"]] as const
const CLIENTS = 8
/** The kill comes at most so long after the first answer of a round. */
const MOMENT_MAX_MS = 1_000
const BODY_BYTES_MAX = 2_000
const ANSWER_MAX_MS = 30_000
const START_MAX_MS = 60_000
const WELL_AGAIN_MAX_MS = 60_000
const CHECKPOINT_MAX_MS = 30_000
const LOOKS_AT_ONCE = 4

interface Story extends LineRounds {
  readonly federation: Federation
  readonly orders: Readonly<Record<(typeof SITES)[number], LineSiteOrder>>
  readonly processes: Map<(typeof SITES)[number], ChildProcess>
  readonly random: () => number
  readonly verifier: BundleVerifier
}

/** Runs the rounds. Throws an AssertionError where an answered exchange is not fully proven, or a log does not hold. */
export async function killLineRounds(rounds: LineRounds): Promise<{ answered: number; unanswered: number; records: number }> {
  const folders = SITES.map(() => newDataFolder("crash"))
  const provider = createServer((request, response) => request.pipe(response)).listen(0, "127.0.0.1")
  await once(provider, "listening")
  const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  const story = await openStory(rounds, folders[0]!.data, folders[1]!.data, url)
  let [answered, unanswered, records] = [0, 0, 0]
  try {
    await Promise.all(SITES.map((site) => start(story, site)))
    for (let kill = 1; kill <= rounds.kills; kill++) {
      const told = await round(story, kill)
      answered += told.answered
      unanswered += told.unanswered
      records = told.records
    }
    return { answered, unanswered, records }
  } finally {
    for (const child of story.processes.values()) child.kill("SIGKILL")
    for (const folder of folders) folder.remove()
    provider.closeAllConnections()
    provider.close()
  }
}

async function openStory(rounds: LineRounds, commune: string, ministry: string, url: string): Promise<Story> {
  const federation = await makeFederation(new Date())
  const peers = { commune: await freePort(), ministry: await freePort() }
  const addresses = SITES.map((site) => [site, `127.0.0.1:${peers[site]}`] as const)
  const order = async (id: (typeof SITES)[number], data: string): Promise<LineSiteOrder> => {
    return { federation, id, data, addresses, peers: peers[id], clients: await freePort(), url }
  }
  return {
    ...rounds,
    federation,
    orders: { commune: await order("commune", commune), ministry: await order("ministry", ministry) },
    processes: new Map(),
    random: randomFrom(rounds.seed),
    verifier: new BundleVerifier([federation.anchor]),
  }
}

async function start({ orders, processes }: Story, site: (typeof SITES)[number]): Promise<void> {
  const child = fork(join(import.meta.dirname, "line-site.ts"), {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  })
  processes.set(site, child)
  const dies = () => child.kill("SIGKILL")
  process.prependListener("exit", dies)
  child.on("exit", () => process.off("exit", dies))
  child.send(orders[site])
  const gone = once(child, "exit").then(() => "gone")
  const late = after(START_MAX_MS).then(() => "late")
  assert.equal(await Promise.race([once(child, "message").then(([word]) => word), gone, late]), "ready", `${site} starts`)
}

/** Load, kill, start, look. */
async function round(story: Story, nth: number) {
  const victims = story.random() < 0.25 ? SITES : [SITES[story.random() < 0.5 ? 0 : 1]!]
  const parts: readonly string[] = PARTS[Math.floor(story.random() * PARTS.length)]!
  const moment = story.random() * MOMENT_MAX_MS
  const load = openLoad(story)
  await load.first
  await pause(moment)
  await Promise.all(victims.map((site) => kill(story, site, parts)))
  const { answered, faults } = await load.end()
  if (parts.includes("program")) await Promise.all(victims.map((site) => start(story, site)))
  await wellAgain(story)
  const records = await look(story, answered)
  const which = `${parts.join(" and ")} of ${victims.join(" and ")}, after ${Math.round(moment)} ms`
  story.say(`kill ${nth} (${which}): ${answered.length} answered, ${faults} not; all proven, ${records} records in both logs`)
  return { answered: answered.length, unanswered: faults, records }
}

async function kill({ orders, processes }: Story, site: (typeof SITES)[number], parts: readonly string[]): Promise<void> {
  const server = findServer(join(orders[site].data, "postgres"))
  assert.ok(server, "PostgreSQL runs")
  const child = processes.get(site)!
  const gone = once(child, "exit")
  if (parts.includes("database")) process.kill(server.pid, "SIGKILL")
  if (!parts.includes("program")) return
  child.kill("SIGKILL")
  await gone
}

/** One exchange; gives its message when the client has its answer. */
async function ask({ orders }: Story): Promise<string | undefined> {
  const body = randomBytes(1 + Math.floor(Math.random() * BODY_BYTES_MAX)).toString("base64")
  const headers = ["X-Road-Client", CONSUMER]
  const asked = askFace({ method: "POST", body, headers, port: orders.commune.clients })
  const told = await Promise.race([asked, after(ANSWER_MAX_MS)]).catch(() => undefined)
  if (told?.status !== 200) return undefined
  assert.equal(told.body.toString(), body, "an answer is the answer to its request")
  return told.headers["x-road-request-id"] as string
}

/** Clients that ask one exchange after the other until the load is ended. */
function openLoad(story: Story) {
  let isOver = false
  let faults = 0
  const answered: string[] = []
  let hasAnswered: () => void = () => undefined
  const first = new Promise<void>((resolve) => (hasAnswered = resolve))
  const client = async () => {
    while (!isOver) {
      const message = await ask(story)
      if (message === undefined) {
        faults++
        await pause(10)
      } else {
        answered.push(message)
        hasAnswered()
      }
    }
  }
  const all = Promise.all(Array.from({ length: CLIENTS }, client))
  all.catch(() => undefined)
  const late = after(WELL_AGAIN_MAX_MS).then(() => assert.fail("no exchange is answered"))
  late.catch(() => undefined)
  return {
    first: Promise.race([first, all, late]),
    end: async () => {
      isOver = true
      await all
      return { answered, faults }
    },
  }
}

/** Until an exchange is answered again. */
async function wellAgain(story: Story): Promise<void> {
  const deadline = Date.now() + WELL_AGAIN_MAX_MS
  while ((await ask(story)) === undefined) {
    assert.ok(Date.now() < deadline, "exchanges are answered again")
    await pause(50)
  }
}

/** Every answered exchange has its four records, both bundles hold by themselves, and both logs hold; gives the number of records. */
async function look(story: Story, answered: readonly string[]): Promise<number> {
  let records = 0
  for (const site of SITES) {
    const evidence = await lookAtEvidence(story.federation, site, story.orders[site].data)
    try {
      const waiting = [...answered]
      const work = async () => {
        for (let message = waiting.pop(); message !== undefined; message = waiting.pop())
          await prove(story, evidence, site, message)
      }
      await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, work))
      const verdict = await evidence.verify()
      assert.deepEqual(verdict.broken, [], `the log of ${site} holds`)
      records += verdict.records
    } finally {
      await evidence.close()
    }
  }
  return records
}

async function prove({ verifier }: Story, evidence: Evidence, site: string, message: string): Promise<void> {
  const deadline = Date.now() + CHECKPOINT_MAX_MS
  let bundle = await evidence.bundle(message)
  while (bundle?.records.length !== 2) {
    assert.ok(Date.now() < deadline, `${site} proves ${message} with ${bundle?.records.length ?? 0} records`)
    await pause(200)
    bundle = await evidence.bundle(message)
  }
  const reading = readBundle(JSON.stringify(bundle))
  assert.ok("bundle" in reading)
  const verdict = verifier.verify(reading.bundle)
  assert.ok(verdict.holds, `${site}, ${message}: ${JSON.stringify(verdict)}`)
}

/** A time that nobody waits for when everything else has ended. */
const after = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(() => resolve(undefined), ms).unref())
