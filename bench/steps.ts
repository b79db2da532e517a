// Officials' steps a second: claim and complete, three steps a case, in turn with bare transactions of the same rows in the same run.
import { randomUUID } from "node:crypto"
import type { PoolClient } from "pg"
import { claimTask, completeTask, submitDraft } from "#cases"
import type { Agency } from "#country"
import { bareTransaction, fresh, type Insert, insertInto, type Row, rowsOf, statement } from "./bare.ts"
import { fillDraft, layDrafts } from "./drafts.ts"
import { type Run, runAll } from "./load.ts"
import { type Benchmark, median } from "./measure.ts"
import {
  type BenchSite,
  CONNECTIONS,
  communes,
  gatherStatistics,
  mothers,
  type Official,
  officialWith,
  openBenchSite,
} from "./site.ts"

const ROUNDS = 7
const CASES_PER_ROUND = 240
const MOTHERS = 48

/** The way of a case without incident; a system step follows the signature. */
const WAY = [
  { role: "reception-officer", outcome: "accept", checks: [] },
  { role: "appraiser", outcome: "ok", checks: ["identity", "statement", "duplicates", "name"] },
  { role: "leader", outcome: "signed", checks: [] },
] as const

/** The posts under which they sit. */
const LOOKS = { "reception-officer": "reception", appraiser: "civil-status", leader: "chair" } as const

interface FiledCase {
  readonly id: string
  readonly agency: string
}

/** Benchmark `steps`. */
export const run: Benchmark = async (say) => {
  const bench = await openBenchSite()
  try {
    return await measure(bench, say)
  } finally {
    await bench.close()
  }
}

async function measure(bench: BenchSite, say: (line: string) => void) {
  const { id: template } = await fillDraft(bench)
  const all = await mothers(bench, MOTHERS)
  const agencies = communes(bench.country)
  const desks = new Map(agencies.map((agency) => [agency.id, deskOf(agency)]))
  const lay = () => layCases(bench, template, all, agencies)
  await lay()
  await gatherStatistics(bench)
  const real = async () =>
    runAll(await lay(), CONNECTIONS, async (filed, _, took) => {
      for (const [nth, official] of desks.get(filed.agency)!.entries()) await timed(took, () => step(bench, official, filed, nth))
    })
  await real()
  const bareStep = await bareOf(bench)
  const bare = async () =>
    runAll(await lay(), CONNECTIONS, async (filed, worker, took) => {
      for (const nth of WAY.keys()) await timed(took, () => bareStep(filed, worker, nth))
    })
  await bare()
  const rounds: { real: Run; bare: Run }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const pair = round % 2 === 0 ? { real: await real(), bare: await bare() } : { bare: await bare(), real: await real() }
    rounds.push(pair)
    say(`round ${round + 1}: ${pair.real.perSecond.toFixed(0)}/s, bare ${pair.bare.perSecond.toFixed(0)}/s`)
  }
  const of = (pick: (pair: { real: Run; bare: Run }) => number) => median(rounds.map(pick))
  const about = `claim and complete; ${agencies.length} agencies, ${CONNECTIONS} connections, fsync on`
  return [
    { name: "steps", value: of((r) => r.real.perSecond), unit: "/s", atLeast: 500, about },
    {
      name: "share of bare",
      value: of((r) => r.real.perSecond / r.bare.perSecond),
      unit: "",
      atLeast: 0.3,
      about: "median of rounds",
    },
    { name: "bare pairs of transactions", value: of((r) => r.bare.perSecond), unit: "/s" },
    { name: "program's processor time, step", value: of((r) => r.real.cpu), unit: "ms" },
    { name: "program's processor time, bare", value: of((r) => r.bare.cpu), unit: "ms" },
    { name: "one step, p50", value: of((r) => r.real.p50), unit: "ms" },
    { name: "one step, p95", value: of((r) => r.real.p95), unit: "ms", atMost: 60 },
    { name: "one bare pair, p50", value: of((r) => r.bare.p50), unit: "ms" },
    { name: "one bare pair, p95", value: of((r) => r.bare.p95), unit: "ms" },
  ]
}

async function timed(took: (ms: number) => void, act: () => Promise<unknown>): Promise<void> {
  const began = performance.now()
  await act()
  took(performance.now() - began)
}

/** One official for each step: four eyes. */
const deskOf = (agency: Agency): Official[] => WAY.map(({ role }) => officialWith(agency, role, randomUUID()))

/** Cases just filed, by the deed itself. */
async function layCases(
  bench: BenchSite,
  template: string,
  all: Awaited<ReturnType<typeof mothers>>,
  agencies: readonly Agency[],
): Promise<FiledCase[]> {
  const filed: FiledCase[] = []
  const drafts = await layDrafts(bench, template, all, agencies, CASES_PER_ROUND)
  await runAll(drafts, CONNECTIONS, async ({ id, mother }) => {
    const done = await bench.tx(mother, (tx) => submitDraft(tx, id, "vi"))
    if ("errors" in done) throw new Error(JSON.stringify(done.errors))
    filed.push({ id: done.dossier.id, agency: done.dossier.agency })
  })
  return filed
}

/** What an official does: takes the task up, and later answers it. A case begins with revision 1 and each answer counts it up. */
async function step({ tx }: BenchSite, official: Official, { id: caseId }: FiledCase, nth: number): Promise<void> {
  const { outcome, checks } = WAY[nth]!
  await tx(official, (tx) => claimTask(tx, caseId))
  await tx(official, (tx) => completeTask(tx, { caseId, outcome, checks, revision: nth + 1 }))
}

/** What writes the rows of the two transactions of a step, without the head of the book, which every deed of an agency waits for. */
async function bareOf({ above }: BenchSite) {
  const [signed] = await rowsOf(above, "cases.task", "outcome = 'signed' limit 1", [])
  const { agency, case_id: caseId } = signed as Row
  const inCase = (table: string, more: string) => rowsOf(above, table, `agency = $1 and case_id = $2 ${more}`, [agency, caseId])
  const dossier = (await rowsOf(above, "cases.dossier", "agency = $1 and id = $2", [agency, caseId]))[0]!
  const claims = statement(
    "update cases.task set claimed_by = $3, claimed_name = $4, claimed_at = $5 where agency = $1 and case_id = $2 and done_at is null",
  )
  const closes = statement(
    "update cases.task set done_at = $3, outcome = $4 where agency = $1 and case_id = $2 and done_at is null",
  )
  const moves = statement(
    "update cases.dossier set status = $3, process = $4, facts = $5, revision = revision + 1 where agency = $1 and id = $2",
  )
  const opens = insertInto("cases.task", {
    ...(await inCase("cases.task", "and step = 'sign'"))[0],
    claimed_by: null,
    done_at: null,
  })
  const jobs = insertInto("platform.job", (await rowsOf(above, "platform.job", "payload->>'step' = 'register' limit 1", []))[0]!)
  const events = insertInto("cases.event", (await inCase("cases.event", "and code = 'claimed'"))[0]!)
  const entries = insertInto("audit.entry", (await inCase("audit.entry", "and event = 'step-completed'"))[0]!)
  const looks = await lookUpsOf(above, caseId)
  const common = async (client: PoolClient, filed: FiledCase, worker: number) => {
    await events(client, { agency: filed.agency, case_id: filed.id, seq: 100 + fresh().place })
    await entries(client, { agency: `bare-${worker}`, seq: fresh().place, case_id: filed.id })
  }
  return async (filed: FiledCase, worker: number, nth: number): Promise<void> => {
    const at = [filed.agency, filed.id]
    await bareTransaction(above, async (client) => {
      await claims(client, [...at, fresh().id, "Trần Văn Thử", new Date()])
      await common(client, filed, worker)
    })
    await bareTransaction(above, async (client) => {
      await closes(client, [...at, new Date(), "ok"])
      if (nth === WAY.length - 1) await jobs(client, { id: fresh().id, key: filed.id })
      else await opens(client, { id: fresh().id, agency: filed.agency, case_id: filed.id })
      for (const look of looks[nth]!) await look(client, { id: fresh().id, case_id: filed.id })
      await moves(client, [...at, 4, JSON.stringify(dossier.process), JSON.stringify(dossier.facts)])
      await common(client, filed, worker)
    })
  }
}

/** The rows that each step left in the log of the exchange, by the role that looked. */
async function lookUpsOf(above: BenchSite["above"], caseId: unknown): Promise<Insert[][]> {
  const { rows } = await above.query("select * from exchange.message where case_id = $1", [caseId])
  const posts = WAY.map(({ role }) => LOOKS[role])
  return posts.map((post) =>
    rows.filter((row) => row.actor_position === post).map((row) => insertInto("exchange.message", row, ["fields"])),
  )
}
