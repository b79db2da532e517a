// A procedure changes while 100,000 cases run: how long the plan takes that moves them, each told in its timeline, its deadline anew.
import { approveMigration, caseJobs, dryRunMigration, getMigration, proposeMigration, submitDraft } from "#cases"
import type { Sql } from "#platform/db"
import { workDue } from "#platform/jobs"
import { copyCases, DECREE, publishSecond } from "../test/migrating.ts"
import { fillDraft } from "./drafts.ts"
import type { Benchmark } from "./measure.ts"
import { gatherStatistics, officialWith, openBenchSite, personOf } from "./site.ts"

const CASES = 100_000
const BIRTH = "1.001193"
const TARGET_S = 300
const AUTHOR = "00000000-0000-7000-8000-000000000001"
const PUBLISHER = "00000000-0000-7000-8000-000000000002"

/** Benchmark `migration`. */
export const run: Benchmark = async (say) => {
  const bench = await openBenchSite()
  try {
    const justice = bench.country.agencies.get("justice")!
    const [author, publisher] = [AUTHOR, PUBLISHER].map((id) => officialWith(justice, "catalogue-admin", id)) as [
      ReturnType<typeof officialWith>,
      ReturnType<typeof officialWith>,
    ]
    const { id: draft } = await fillDraft(bench)
    const filed = await bench.tx(await personOf(bench, "lan"), (tx) => submitDraft(tx, draft, "vi"))
    if (!("dossier" in filed)) throw new Error(JSON.stringify(filed.errors))
    const above = async ({ text, values }: Sql) => (await bench.above.query(text, values as unknown[])).rowCount ?? 0
    say(`${CASES} cases are laid out`)
    const appraise = { step: "appraise", kind: "appraise", role: "appraiser", unit: "office" }
    const receive = { step: "receive", kind: "receive-or-refuse", role: "reception-officer", unit: "one-stop" }
    const migrator = { run: above, rows: () => Promise.reject(new Error("no rows here")) }
    await copyCases({ migrator }, filed.dossier.id, [
      { count: CASES / 2, process: { at: "receive", moves: 0, asked: 0 }, task: receive },
      { count: CASES / 2, process: { at: "appraise", moves: 1, asked: 0 }, task: appraise },
    ])
    await gatherStatistics(bench)
    const day = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
    const { from, to } = await publishSecond(bench, author, publisher, BIRTH, day)
    const wish = { service: BIRTH, from, to, steps: { appraise: "examine" }, recompute: false }
    let began = performance.now()
    const dry = await bench.tx(author, (tx) => dryRunMigration(tx, wish))
    const dryMs = performance.now() - began
    const plan = await bench.tx(author, (tx) => proposeMigration(tx, { ...wish, legalBasis: DECREE, reason: "bench" }))
    await bench.tx(publisher, (tx) => approveMigration(tx, plan))
    began = performance.now()
    await workDue(bench.db, { "case-migration": caseJobs["case-migration"] }, CASES)
    const seconds = (performance.now() - began) / 1000
    const { state, moved } = await bench.tx(author, (tx) => getMigration(tx, plan))
    if (state !== "done" || moved !== dry.moving) throw new Error(`${state}: ${moved} of ${dry.moving} moved`)
    return [
      { name: "dry run", value: dryMs, unit: "ms", about: `${dry.moving} cases by step` },
      {
        name: `move ${moved} running cases`,
        value: seconds,
        unit: "s",
        atMost: TARGET_S,
        about: "one worker, in batches of 500",
      },
      { name: "cases a second", value: moved / seconds, unit: "" },
    ]
  } finally {
    await bench.close()
  }
}
