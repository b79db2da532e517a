// The built site as its own process: how soon it serves, how fast its pages answer at 50 requests a second, and what they weigh.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { packageRoot } from "#platform/config"
import { BIRTH, newMother, openForm } from "../test/crash/mother.ts"
import { build, newDataFolder, type SiteProcess, startSite } from "../test/crash/site-process.ts"
import { freePort } from "../test/free-port.ts"
import { type Benchmark, type Measure, median } from "./measure.ts"
import type { Answer, Order } from "./open-loop.ts"
import { firstVisit, weigh } from "./weights.ts"

const ROUNDS = 3
const PER_SECOND = 50
const SECONDS = 20
const WARM_UP_SECONDS = 4
const ANSWER_MAX_MS = 15
const FIRST_PAGE_MAX_MS = 5_000
/** Ten segments of 1,460 bytes less what TLS takes: the first flight of a new connection. */
const FIRST_RESPONSE_MAX_BYTES = 14_336
const FIRST_VISIT_MAX_REQUESTS = 6
const FIRST_VISIT_MAX_BYTES = 45_000
/** Enough accounts that none meets the limit of one person's requests. */
const MOTHERS = ["lan", "hoa", "mai", "thao", "linh", "trang", "ha", "yen", "quyen", "may"]

/** Benchmark `pages`. */
export const run: Benchmark = async (say) => {
  build()
  const folder = newDataFolder("bench")
  const port = await freePort()
  let site: SiteProcess | undefined
  try {
    const start = async () => {
      site = await startSite("built", folder.data, port)
      return firstPageMs(site)
    }
    const cold = await start()
    await site!.stop()
    const second = await start()
    await site!.kill()
    const afterKill = await start()
    say(`first start ${cold.toFixed(0)} ms, second ${second.toFixed(0)} ms, after a kill -9 ${afterKill.toFixed(0)} ms`)
    const answers = await answersOf(site!.url, say)
    const weights = await weightsOf(site!.url)
    return [
      { name: "second start to first page", value: second, unit: "ms", atMost: FIRST_PAGE_MAX_MS },
      { name: "first start ever to first page", value: cold, unit: "ms", about: "initdb, migrations, publication, seeds" },
      { name: "start after kill -9 to first page", value: afterKill, unit: "ms", about: "PostgreSQL is taken over as it runs" },
      ...answers,
      ...weights,
    ]
  } finally {
    await site?.stop().catch(() => undefined)
    folder.remove()
  }
}

/** From the start of the process to the last byte of its first page. */
async function firstPageMs({ url, startMs }: SiteProcess): Promise<number> {
  const began = performance.now()
  const answer = await fetch(url)
  await answer.text()
  if (answer.status !== 200) throw new Error(`the first page is a ${answer.status}`)
  return startMs + performance.now() - began
}

async function answersOf(origin: string, say: (line: string) => void): Promise<Measure[]> {
  const forms = []
  for (const login of MOTHERS) forms.push(await openForm(newMother(origin, login, ""), "name"))
  const kinds = {
    "service page": [{ url: `${origin}/services/${BIRTH}`, cookie: "" }],
    "form page, signed in": forms,
  }
  const measures: Measure[] = []
  for (const [kind, pages] of Object.entries(kinds)) {
    await loop({ pages, perSecond: PER_SECOND, seconds: WARM_UP_SECONDS })
    const rounds: Answer[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const answer = await loop({ pages, perSecond: PER_SECOND, seconds: SECONDS })
      say(
        `${kind}, round ${round + 1}: p50 ${answer.p50.toFixed(1)}, p95 ${answer.p95.toFixed(1)}, most ${answer.most.toFixed(0)} ms`,
      )
      if (answer.wrong > 0) throw new Error(`${answer.wrong} of ${answer.sent} answers of the ${kind} were not 200`)
      rounds.push(answer)
    }
    const of = (pick: (answer: Answer) => number) => median(rounds.map(pick))
    const about = `open loop, ${PER_SECOND}/s for ${SECONDS} s`
    measures.push(
      { name: `${kind}, p95`, value: of((a) => a.p95), unit: "ms", atMost: ANSWER_MAX_MS, about },
      { name: `${kind}, p50`, value: of((a) => a.p50), unit: "ms" },
      { name: `${kind}, p99`, value: of((a) => a.p99), unit: "ms" },
    )
  }
  return measures
}

/** Runs the open loop in a second process. */
async function loop(order: Order): Promise<Answer> {
  const args = ["--import", "tsx", join(import.meta.dirname, "open-loop.ts")]
  const child = spawn(process.execPath, args, { cwd: packageRoot(), stdio: ["pipe", "pipe", "inherit"] })
  child.stdin.end(JSON.stringify(order))
  const [said] = await Promise.all([text(child.stdout), once(child, "exit")])
  return JSON.parse(said) as Answer
}

async function weightsOf(origin: string): Promise<Measure[]> {
  const form = await openForm(newMother(origin, MOTHERS[0]!, ""), "name")
  const pages = [
    { name: "home page", url: origin, cookie: "" },
    { name: "service page", url: `${origin}/services/${BIRTH}`, cookie: "" },
    { name: "form page", ...form },
  ]
  const measures: Measure[] = []
  for (const { name, url, cookie } of pages) {
    const packed = await weigh(url, "br", cookie)
    const zipped = await weigh(url, "gzip", cookie)
    const about = `gzip ${zipped.bytes} B, as text ${Buffer.byteLength(packed.text)} B`
    measures.push({ name: `${name}, first response`, value: packed.bytes, unit: "B", atMost: FIRST_RESPONSE_MAX_BYTES, about })
  }
  const visit = await firstVisit(`${origin}/services/${BIRTH}`)
  measures.push({ name: "first visit, requests", value: visit.requests, unit: "", atMost: FIRST_VISIT_MAX_REQUESTS })
  measures.push({ name: "first visit, all bytes", value: visit.bytes, unit: "B", atMost: FIRST_VISIT_MAX_BYTES })
  return measures
}
