// Submissions a second of a birth that is filled in, in turn with bare transactions of the same rows in the same run.
import { submitDraft } from "#cases"
import { bareTransaction, fresh, insertInto, type Row, rowsOf, statement } from "./bare.ts"
import { fillDraft, layDrafts, type ReadyDraft } from "./drafts.ts"
import { type Run, runAll } from "./load.ts"
import { type Benchmark, median } from "./measure.ts"
import { type BenchSite, CONNECTIONS, communes, gatherStatistics, mothers, openBenchSite } from "./site.ts"

const ROUNDS = 7
const PER_ROUND = 480
const MOTHERS = 48

/** Benchmark `submissions`. */
export const run: Benchmark = async (say) => {
  const bench = await openBenchSite()
  try {
    return await measure(bench, say)
  } finally {
    await bench.close()
  }
}

async function measure(bench: BenchSite, say: (line: string) => void) {
  const { id: template, fields } = await fillDraft(bench)
  const all = await mothers(bench, MOTHERS)
  const agencies = communes(bench.country)
  const lay = () => layDrafts(bench, template, all, agencies, PER_ROUND)
  const real = async () => runAll(await lay(), CONNECTIONS, (draft, _, took) => submit(bench, draft, took))
  await real()
  await gatherStatistics(bench)
  const bareSubmission = await bareOf(bench, (await submitted(bench))!)
  const bare = async () => runAll(await lay(), CONNECTIONS, bareSubmission)
  await bare()
  const rounds: { real: Run; bare: Run }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const pair = round % 2 === 0 ? { real: await real(), bare: await bare() } : { bare: await bare(), real: await real() }
    rounds.push(pair)
    say(`round ${round + 1}: ${pair.real.perSecond.toFixed(0)}/s, bare ${pair.bare.perSecond.toFixed(0)}/s`)
  }
  const of = (pick: (pair: { real: Run; bare: Run }) => number) => median(rounds.map(pick))
  const about = `${fields} fields, ${MOTHERS} mothers, ${agencies.length} agencies, ${CONNECTIONS} connections, fsync on`
  return [
    { name: "submissions", value: of((r) => r.real.perSecond), unit: "/s", atLeast: 150, about },
    {
      name: "share of bare",
      value: of((r) => r.real.perSecond / r.bare.perSecond),
      unit: "",
      atLeast: 0.3,
      about: "median of rounds",
    },
    { name: "bare transactions", value: of((r) => r.bare.perSecond), unit: "/s" },
    { name: "program's processor time, submission", value: of((r) => r.real.cpu), unit: "ms" },
    { name: "program's processor time, bare", value: of((r) => r.bare.cpu), unit: "ms" },
    { name: "one submission, p50", value: of((r) => r.real.p50), unit: "ms" },
    { name: "one submission, p95", value: of((r) => r.real.p95), unit: "ms", atMost: 100 },
    { name: "one bare transaction, p50", value: of((r) => r.bare.p50), unit: "ms" },
    { name: "one bare transaction, p95", value: of((r) => r.bare.p95), unit: "ms" },
  ]
}

async function submit({ tx }: BenchSite, { id, mother }: ReadyDraft, took: (ms: number) => void): Promise<void> {
  const began = performance.now()
  const done = await tx(mother, (tx) => submitDraft(tx, id, "vi"))
  if ("errors" in done) throw new Error(JSON.stringify(done.errors))
  took(performance.now() - began)
}

/** The newest case. */
async function submitted({ above }: BenchSite): Promise<Row | undefined> {
  return (await rowsOf(above, "cases.dossier", "true order by submitted_at desc limit 1", []))[0]
}

/** What writes the rows of a submission like this one: all but the counter of codes and the head of the book, which every deed waits for. */
async function bareOf({ above }: BenchSite, dossier: Row) {
  const { agency, id } = dossier
  const inCase = "agency = $1 and case_id = $2"
  const takes = statement(
    "update cases.draft set case_id = $3, agency = $4, revision = revision + 1 where subject = $1 and id = $2",
  )
  const files = insertInto("cases.dossier", dossier)
  const tasks = insertInto("cases.task", (await rowsOf(above, "cases.task", inCase, [agency, id]))[0]!)
  const events = insertInto("cases.event", (await rowsOf(above, "cases.event", inCase, [agency, id]))[0]!)
  const jobs = insertInto("platform.job", (await rowsOf(above, "platform.job", "payload->>'caseId' = $1", [id]))[0]!)
  const notices = insertInto("notices.message", (await rowsOf(above, "notices.message", "case_id = $1", [id]))[0]!)
  const entries = (await rowsOf(above, "audit.entry", "case_id = $1 order by seq", [id])).map((row) =>
    insertInto("audit.entry", row),
  )
  return async (draft: ReadyDraft, worker: number, took: (ms: number) => void): Promise<void> => {
    const began = performance.now()
    const { id: caseId, place } = fresh()
    const { subject } = draft.mother
    const { id: agency } = draft.agency
    await bareTransaction(above, async (client) => {
      await takes(client, [subject, draft.id, caseId, agency])
      await files(client, { id: caseId, agency, subject, code: `bare-${place}` })
      await jobs(client, { id: fresh().id, key: caseId })
      await tasks(client, { id: fresh().id, agency, case_id: caseId })
      await events(client, { agency, case_id: caseId })
      await notices(client, { id: fresh().id, subject, case_id: caseId })
      for (const entry of entries) await entry(client, { agency: `bare-${worker}`, seq: fresh().place, case_id: caseId, subject })
    })
    took(performance.now() - began)
  }
}
