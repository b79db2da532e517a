// Rounds of load and kill -9: after each, everything that was acknowledged must be there, once, and the book must hold.
import assert from "node:assert/strict"
import { join } from "node:path"
import { loadCountry } from "#country"
import { packageRoot } from "#platform/config"
import { findServer } from "#platform/db"
import { freePort } from "../free-port.ts"
import { type Behind, lookBehind } from "./look-behind.ts"
import { type Mother, newMother, registerBirth, type Sent, submit, Unanswered } from "./mother.ts"
import { newDataFolder, type Program, runCommand, type SiteProcess, startSite } from "./site-process.ts"

export interface Rounds {
  readonly kills: number
  /** Decides the moments and the victims. */
  readonly seed: number
  readonly program: Program
  readonly say: (line: string) => void
}

/** Who is killed. When the database alone dies, the program must bring it back by itself. */
type Victim = "program" | "both" | "database"

interface Story extends Rounds {
  readonly data: string
  readonly port: number
  readonly mothers: readonly Mother[]
  readonly random: () => number
  /** Everything that was ever sent, by draft. */
  readonly sent: Map<string, Sent>
  names: number
}

const MOTHERS = ["lan", "hoa", "mai", "thao", "linh", "trang"]
/** The kill comes at most so long after the first submission of a round was sent. */
const MOMENT_MAX_MS = 2_000
const FIRST_MAX_MS = 60_000
const WELL_AGAIN_MAX_MS = 60_000
const JOBS_MAX_MS = 300_000

/** Runs the rounds. Throws an AssertionError where the site has lost, doubled or broken anything; gives what was sent in all. */
export async function killRounds(rounds: Rounds): Promise<{ sent: number; codes: number }> {
  const folder = newDataFolder("crash")
  const port = await freePort()
  const story: Story = {
    ...rounds,
    data: folder.data,
    port,
    mothers: mothersAt(`http://127.0.0.1:${port}`),
    random: randomFrom(rounds.seed),
    sent: new Map(),
    names: 0,
  }
  let site: SiteProcess | undefined
  try {
    site = await startSite(story.program, story.data, port)
    for (let kill = 1; kill <= story.kills; kill++) site = await round(story, site, kill)
    await jobsEnd(story)
    assert.equal(await site.stop(), 0, "the site ends in order")
    return { sent: story.sent.size, codes: new Set([...story.sent.values()].map((s) => s.code)).size }
  } finally {
    await site?.kill()
    folder.remove()
  }
}

function mothersAt(origin: string): Mother[] {
  const country = loadCountry(join(packageRoot(), "countries/viet-nam"))
  return MOTHERS.map((login) => {
    const person = country.cast.people.find((p) => p.id === login)!
    return newMother(origin, login, person.name.family ?? "")
  })
}

/** Load, kill, start, look. */
async function round(story: Story, site: SiteProcess, nth: number): Promise<SiteProcess> {
  const victim = victimOf(story.random())
  const moment = story.random() * MOMENT_MAX_MS
  const load = openLoad(story)
  await load.first
  await pause(moment)
  await kill(story, site, victim)
  const { begun, faults } = await load.end()
  assert.equal(site.isAlive(), victim === "database", "the program outlives its database, and nothing else")
  const next = site.isAlive() ? site : await startSite(story.program, story.data, story.port)
  await wellAgain(next)
  const open = begun.filter((sent) => sent.code === undefined).length
  // Each button is pressed once more: what was acknowledged keeps its code, what was not gets one.
  for (const sent of begun) await submit(sent)
  await look(story)
  const which = `${victim}, ${Math.round(moment)} ms after the first was sent`
  story.say(
    `kill ${nth} (${which}): ${begun.length} sent, ${open} unanswered, ${faults} pages lost, ${story.sent.size} cases in all`,
  )
  return next
}

const victimOf = (chance: number): Victim => (chance < 0.5 ? "program" : chance < 0.8 ? "both" : "database")

async function kill({ data }: Story, site: SiteProcess, victim: Victim): Promise<void> {
  const server = findServer(join(data, "postgres"))
  assert.ok(server, "PostgreSQL runs")
  if (victim !== "program") process.kill(server.pid, "SIGKILL")
  if (victim !== "database") await site.kill()
}

/** Every mother registers one birth after the other until the load is ended. */
function openLoad(story: Story) {
  let isOver = false
  let faults = 0
  const begun: Sent[] = []
  let beganToSend: () => void = () => undefined
  const first = new Promise<void>((resolve) => (beganToSend = resolve))
  const sending = (sent: Sent) => {
    assert.ok(!story.sent.has(sent.draft), "a draft that was submitted is never opened again")
    story.sent.set(sent.draft, sent)
    begun.push(sent)
    beganToSend()
  }
  const work = async (mother: Mother) => {
    while (!isOver) {
      try {
        await registerBirth(mother, nameOf(story.names++), sending)
      } catch (error) {
        // Only what a dying site does is borne: a broken connection, or a page that says that it can't.
        if (!isOfDying(error)) throw error
        faults++
        await pause(20)
      }
    }
  }
  const all = Promise.all(story.mothers.map(work))
  all.catch(() => undefined)
  return {
    /** When the first submission is on its way; throws when a mother can't come so far. */
    first: Promise.race([first, all, tooLate(FIRST_MAX_MS)]),
    end: async () => {
      isOver = true
      await all
      return { begun, faults }
    },
  }
}

function isOfDying(error: unknown): boolean {
  if (error instanceof Unanswered) return error.status >= 500 || error.status === 429
  return error instanceof TypeError || (error as Error).name === "TimeoutError"
}

/** Letters only: a name has no digits. */
const nameOf = (n: number) => `A${[...n.toString(4)].map((digit) => "nhmy"[Number(digit)]).join("")}`

/** Until the site and its database answer. */
async function wellAgain(site: SiteProcess): Promise<void> {
  const deadline = Date.now() + WELL_AGAIN_MAX_MS
  const isReady = () =>
    fetch(`${site.url}/readyz`).then(
      (answer) => answer.status === 200,
      () => false,
    )
  while (!(await isReady())) {
    assert.ok(Date.now() < deadline, "the site is ready again")
    await pause(50)
  }
}

async function look(story: Story): Promise<void> {
  const behind = await lookBehind(story.data)
  try {
    await lookAtCases(story, behind)
    assert.equal((await behind.jobs()).dead, 0, "no job is dead")
  } finally {
    await behind.close()
  }
  const { code, said } = await runCommand(story.program, "verify", "log", "--data", story.data)
  assert.equal(code, 0, `the book holds: ${said}`)
}

async function lookAtCases({ sent }: Story, behind: Behind): Promise<void> {
  const drafts = await behind.drafts()
  const codes = await behind.codes()
  assert.equal(new Set(codes).size, codes.length, "no code is given twice")
  assert.equal(codes.length, sent.size, "as many cases as drafts were sent")
  assert.equal(new Set(drafts.map((d) => d.caseId)).size, drafts.length, "no two drafts have one case")
  const told = new Map(drafts.map((d) => [d.draft, d.code]))
  for (const { draft, code } of sent.values())
    assert.equal(told.get(draft), code, `the draft ${draft} has the case that was told`)
  for (const { agency, since, last, cases } of await behind.counters())
    assert.equal(cases, last, `the codes of ${agency} on ${since} have no gap`)
}

/** Jobs that were cut off are tried again, later each time. */
async function jobsEnd(story: Story): Promise<void> {
  const behind = await lookBehind(story.data)
  const deadline = Date.now() + JOBS_MAX_MS
  try {
    for (;;) {
      const { waiting, dead, done } = await behind.jobs()
      assert.equal(dead, 0, "no job is dead")
      if (waiting === 0) {
        assert.ok(done >= story.sent.size, "each case has had its receipt")
        return story.say(`${done} jobs done, none waits`)
      }
      assert.ok(Date.now() < deadline, `${waiting} jobs still wait`)
      await pause(200)
    }
  } finally {
    await behind.close()
  }
}

async function tooLate(ms: number): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, ms).unref())
  throw new Error(`no mother came to submit within ${ms / 1000} s`)
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A small generator of chance (mulberry32): the same seed gives the same rounds. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
