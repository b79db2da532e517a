// Officials' steps a second, and the claims before them, three a case, in turn with bare transactions of the same rows in the same run.
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
  const real = async () => throughWay(await lay(), (filed, _, nth) => act(bench, desks.get(filed.agency)![nth]!, filed, nth))
  await real()
  const bareActs = await bareOf(bench)
  const bare = async () => throughWay(await lay(), bareActs)
  await bare()
  const rounds: { real: Acts; bare: Acts }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const pair = round % 2 === 0 ? { real: await real(), bare: await bare() } : { bare: await bare(), real: await real() }
    rounds.push(pair)
    const told = (acts: Acts) => `${acts.steps.perSecond.toFixed(0)} steps/s, ${acts.claims.perSecond.toFixed(0)} claims/s`
    say(`round ${round + 1}: ${told(pair.real)}; bare ${told(pair.bare)}`)
  }
  const of = (pick: (pair: { real: Acts; bare: Acts }) => number) => median(rounds.map(pick))
  const about = `${agencies.length} agencies, ${CONNECTIONS} connections, fsync on`
  const share = { unit: "", atLeast: 0.3, about: "median of rounds" }
  return [
    { name: "steps", value: of((r) => r.real.steps.perSecond), unit: "/s", atLeast: 500, about },
    { name: "steps, share of bare", value: of((r) => r.real.steps.perSecond / r.bare.steps.perSecond), ...share },
    { name: "bare steps", value: of((r) => r.bare.steps.perSecond), unit: "/s" },
    { name: "program's processor time, step", value: of((r) => r.real.steps.cpu), unit: "ms" },
    { name: "program's processor time, bare", value: of((r) => r.bare.steps.cpu), unit: "ms" },
    { name: "one step, p50", value: of((r) => r.real.steps.p50), unit: "ms" },
    { name: "one step, p95", value: of((r) => r.real.steps.p95), unit: "ms", atMost: 60 },
    { name: "one bare step, p95", value: of((r) => r.bare.steps.p95), unit: "ms" },
    { name: "claims", value: of((r) => r.real.claims.perSecond), unit: "/s", about: "a deed of its own before each step" },
    { name: "claims, share of bare", value: of((r) => r.real.claims.perSecond / r.bare.claims.perSecond), ...share },
    { name: "steps with their claims", value: of((r) => together(r.real)), unit: "/s", about: "one after the other" },
  ]
}

/** What an official does with a task: takes it up, and later answers it. Each is one transaction; the answer is the step. */
type Deed = "claims" | "steps"
type Acts = Readonly<Record<Deed, Run>>
type Act = (filed: FiledCase, worker: number, nth: number) => Readonly<Record<Deed, () => Promise<unknown>>>

/** Takes all cases along the way: each time all are claimed first, then all answered, so that each deed is measured by itself. */
async function throughWay(cases: readonly FiledCase[], actOn: Act): Promise<Acts> {
  const runs: Record<Deed, Run[]> = { claims: [], steps: [] }
  for (const nth of WAY.keys()) {
    for (const deed of ["claims", "steps"] as const) {
      const run = await runAll(cases, CONNECTIONS, (filed, worker, took) => timed(took, actOn(filed, worker, nth)[deed]))
      runs[deed].push(run)
    }
  }
  return { claims: joined(runs.claims), steps: joined(runs.steps) }
}

/** Runs of equally many pieces, one after the other, as one. */
function joined(runs: readonly Run[]): Run {
  const mean = (of: (run: Run) => number) => runs.reduce((sum, run) => sum + of(run), 0) / runs.length
  return {
    perSecond: 1 / mean((run) => 1 / run.perSecond),
    p50: mean((run) => run.p50),
    p95: Math.max(...runs.map((run) => run.p95)),
    cpu: mean((run) => run.cpu),
  }
}

const together = ({ claims, steps }: Acts): number => 1 / (1 / claims.perSecond + 1 / steps.perSecond)

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

/** A case begins with revision 1 and each answer counts it up. */
function act({ tx }: BenchSite, official: Official, { id: caseId }: FiledCase, nth: number): ReturnType<Act> {
  const { outcome, checks } = WAY[nth]!
  return {
    claims: () => tx(official, (tx) => claimTask(tx, caseId)),
    steps: () => tx(official, (tx) => completeTask(tx, { caseId, outcome, checks, revision: nth + 1 })),
  }
}

/** What writes the rows of a claim and of a step, without the head of the book, which every deed of an agency waits for. */
async function bareOf({ above }: BenchSite): Promise<Act> {
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
  return (filed, worker, nth) => {
    const at = [filed.agency, filed.id]
    return {
      claims: () =>
        bareTransaction(above, async (client) => {
          await claims(client, [...at, fresh().id, "Trần Văn Thử", new Date()])
          await common(client, filed, worker)
        }),
      steps: () =>
        bareTransaction(above, async (client) => {
          await closes(client, [...at, new Date(), "ok"])
          if (nth === WAY.length - 1) await jobs(client, { id: fresh().id, key: filed.id })
          else await opens(client, { id: fresh().id, agency: filed.agency, case_id: filed.id })
          for (const look of looks[nth]!) await look(client, { id: fresh().id, case_id: filed.id })
          await moves(client, [...at, 4, JSON.stringify(dossier.process), JSON.stringify(dossier.facts)])
          await common(client, filed, worker)
        }),
    }
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
