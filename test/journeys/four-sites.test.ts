// The main job across four programs with four databases, each of them killed once in the middle: nothing is lost.
import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { once } from "node:events"
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { birthStory } from "../../src/demo/birth-story.ts"
import { evidenceSteps, placesIn } from "../../src/demo/federation/evidence-story.ts"
import { type Federation, openFederation } from "../../src/demo/federation/open-federation.ts"
import { motlan } from "../../src/demo/federation/program.ts"
import { Steps } from "../../src/demo/steps.ts"

const PORTS = [0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23]
const TRIES_MAX = 50
const root = mkdtempSync("/tmp/motlan-four-")
chmodSync(root, 0o711)
let federation: Federation
before(async () => {
  execFileSync(process.execPath, ["build.mjs"], { cwd: join(import.meta.dirname, "../..") })
  federation = await openFederation({ dir: root, port: await freePorts(), say: () => undefined })
})
after(async () => {
  await federation?.close()
  rmSync(root, { recursive: true, force: true })
})

/** A port from which all that the four sites need are free. */
async function freePorts(): Promise<number> {
  for (let port = 21_000; port < 21_000 + TRIES_MAX * 30; port += 30) {
    const free = await Promise.all(PORTS.map((more) => isFree(port + more)))
    if (free.every(Boolean)) return port
  }
  throw new Error("no ports are free")
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const taken = once(server, "error").then(() => false)
  const free = once(server.listen(port, "127.0.0.1"), "listening").then(() => true)
  taken.catch(() => undefined)
  const answer = await Promise.race([taken, free])
  server.close()
  return answer
}

/** Kills a site when a step is done; those on whose pages the story goes on are waited for. */
class KillingSteps extends Steps {
  readonly killed: string[] = []

  constructor(private readonly kills: Readonly<Record<string, { readonly site: string; readonly isWaitedFor: boolean }>>) {
    super()
  }

  override async step(title: string, act: () => Promise<string>): Promise<void> {
    await super.step(title, act)
    const kill = this.kills[title]
    if (!kill) return
    const site = federation.running.get(kill.site)!
    site.kill()
    this.killed.push(kill.site)
    if (kill.isWaitedFor) await pauseUntilGone(kill.site).then(() => site.ready())
  }
}

/** Until the killed one no longer answers: its next life is meant by "ready". */
async function pauseUntilGone(id: string): Promise<void> {
  const { web } = federation.sites.find((site) => site.id === id)!
  const isThere = () =>
    fetch(`http://127.0.0.1:${web}/healthz`).then(
      () => true,
      () => false,
    )
  while (await isThere()) await new Promise((resolve) => setTimeout(resolve, 10))
}

test("hub, province, commune and ministry are killed in the middle of a birth; case, exchanges and evidence are all there", async () => {
  const steps = new KillingSteps({
    "The hospital records the birth": { site: "province", isWaitedFor: false },
    "Lan finds the service by typing without accents": { site: "hub", isWaitedFor: false },
    "Lan names her child": { site: "commune", isWaitedFor: true },
    "Bình accepts the case": { site: "ministry", isWaitedFor: true },
    // Now the registers are being written: whatever was not answered is asked for again by the job.
    "Sơn, the chairperson, approves and signs": { site: "ministry", isWaitedFor: false },
  })
  const told = await birthStory(placesIn(root), "vi", steps)
  assert.deepEqual(steps.killed, ["province", "hub", "commune", "ministry", "ministry"])
  await evidenceSteps(root, told, steps)
})

test("a second birth goes on as if nothing had been, and is another case", async () => {
  const steps = new Steps()
  await birthStory(placesIn(root), "en", steps)
  assert.ok(steps.count > 15)
  assert.match(await motlan(join(root, "commune"), "contract", "list"), /signed VN-DEMO\/GOV\/G01\/registers\/registers for/)
})
