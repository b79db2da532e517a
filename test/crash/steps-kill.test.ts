// The steps that the system does for a case, with their worker killed again and again: each is done exactly once.
import assert from "node:assert/strict"
import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { rmSync } from "node:fs"
import { join, resolve } from "node:path"
import { after, before, test } from "node:test"
import { answerConsultation, listConsultations, recordPayment, status } from "#cases"
import { type Sql, sql } from "#platform/db"
import { acts, alone, MARITAL_STATUS, moved, type Person } from "../acts.ts"
import { built } from "../built.ts"
import { type Cast, openCast } from "../cast.ts"
import { pause } from "./rounds.ts"
import type { Orders } from "./steps-worker.ts"

const CASES = 6
/** A kill comes at most so long after the worker has begun. */
const MOMENT_MAX_MS = 250
/** Longer than the wait after several failed attempts. */
const LATER_MS = 10 * 60_000
const KILLS_MIN = 10

let cast: Cast
let thuy: Person
let kills = 0
const moments: string[] = []
/** The worker bundled as the product is: ten of them begin, each within a moment. */
let program: string
before(async () => {
  program = built(join(import.meta.dirname, "steps-worker.ts"), `steps-worker-${process.pid}`)
  cast = await openCast()
  thuy = await cast.person("thuy")
})
after(async () => {
  rmSync(program, { force: true })
  await cast?.close()
})

/** A worker that has begun, and waits. */
async function begin(): Promise<ChildProcess> {
  const country = resolve(import.meta.dirname, "../../countries/viet-nam")
  const orders: Orders = { connection: cast.connection, dir: cast.dir, country }
  const worker = fork(program, [JSON.stringify(orders)], { execArgv: [] })
  await Promise.race([once(worker, "message"), once(worker, "exit").then(() => assert.fail("the worker didn't begin"))])
  return worker
}

/** Workers are killed at work, one after the other; what they leave is done in the end. `name` tells the stage. */
async function work(name: string, count: number): Promise<void> {
  for (let left = count; left > 0; left--) {
    const worker = await begin()
    const moment = Math.round(Math.random() * MOMENT_MAX_MS)
    worker.send(cast.site.clock().getTime())
    await pause(moment)
    worker.kill("SIGKILL")
    const [, signal] = (await once(worker, "exit")) as [number | null, string | null]
    assert.equal(signal, "SIGKILL")
    kills++
    moments.push(`${name} ${moment} ms`)
    cast.clock.move(LATER_MS)
  }
  await cast.work()
}

/** How many rows each case has, by a statement of `id` and `n`. */
async function each(statement: Sql): Promise<Map<string, number>> {
  return new Map((await cast.migrator.rows<{ id: string; n: number }>(statement)).map(({ id, n }) => [id, n]))
}

interface Filed {
  readonly id: string
  readonly isMoved: boolean
}

test("six cases, their worker killed ten times: asked, decided, consulted, paid, issued and told exactly once", async (t) => {
  const act = acts(cast)
  const [giang, cuong, tam] = await Promise.all(["giang", "cuong", "tam"].map(cast.official))
  const cases: Filed[] = []
  for (let i = 0; i < CASES; i++) {
    const isMoved = i % 2 === 1
    const { id } = await act.file(thuy, isMoved ? moved : alone, MARITAL_STATUS)
    await act.complete(giang!, id, "accept")
    cases.push({ id, isMoved })
  }
  await work("pay", 1)
  for (const { id } of cases) await cast.tx(giang!, (tx) => recordPayment(tx, id, `BL-${id}`))
  await work("look-up, decide, verify", 4)
  const questions = await cast.tx(cuong!, listConsultations)
  assert.equal(questions.length, CASES / 2)
  for (const { id } of questions)
    await cast.tx(cuong!, (tx) => answerConsultation(tx, { id, outcome: "confirmed", answer: "Không có trong sổ" }))
  await work("answer", 1)
  for (const { id } of cases) await act.complete(tam!, id, "signed")
  await work("issue, return", 4)

  t.diagnostic(`killed at ${moments.join("; ")}`)
  assert.ok(kills >= KILLS_MIN)
  t.diagnostic(`begun again: ${await lookAtJobs()}`)
  await lookBehind(cases)
})

/** Every job is done, and a kill has met some of them at work; which, with how many. */
async function lookAtJobs(): Promise<string> {
  const jobs = await cast.migrator.rows<{ step: string; again: number; open: number }>(sql`
    select coalesce(payload ->> 'step', kind) as step, count(*) filter (where attempts > 1)::int as again,
      count(*) filter (where state <> 'done')::int as open
    from platform.job where kind like 'case-%' and kind <> 'case-expiry' and kind <> 'case-unanswered' group by 1 order by 1`)
  assert.deepEqual(
    jobs.filter(({ open }) => open > 0),
    [],
  )
  assert.ok(
    jobs.some(({ again }) => again > 0),
    "no kill has met a job at work",
  )
  return jobs.map(({ step, again }) => `${step} ${again}`).join(", ")
}

/** What stands in the tables of each case, once. */
async function lookBehind(cases: readonly Filed[]): Promise<void> {
  const decisions = await each(sql`select case_id as id, count(*)::int as n from cases.decision group by 1`)
  const asked = await each(sql`select case_id as id, count(*)::int as n from cases.consultation group by 1`)
  const paid = await each(sql`select case_id as id, count(*)::int as n from cases.payment group by 1`)
  const papers = await each(
    sql`select case_id as id, count(*)::int as n from documents.document where kind = 'result' group by 1`,
  )
  const reads = await each(
    sql`select case_id as id, count(*)::int as n from exchange.message where service = 'civil-status/marriage.read' group by 1`,
  )
  const told = await each(
    sql`select case_id as id, count(*)::int as n from notices.message where code = 'result-ready' group by 1`,
  )
  const numbers = new Set<unknown>()
  for (const { id, isMoved } of cases) {
    const counts = [decisions, asked, paid, papers, reads, told].map((of) => of.get(id) ?? 0)
    assert.deepEqual(counts, [1, isMoved ? 1 : 0, 1, 1, 1, 1], "decided, asked, paid, issued, read, told")
    const { dossier, timeline } = await acts(cast).mine(thuy, id)
    assert.deepEqual([dossier.status, dossier.process.ended, dossier.moneyState], [status.returned, "completed", "paid"])
    numbers.add(dossier.facts.resultNumber)
    const between = isMoved ? ["decide.verify", "asked", "consult.confirmed"] : ["decide.clear"]
    assert.deepEqual(
      timeline.map((line) => line.code).filter((line) => !line.startsWith("claimed")),
      [
        ...["submitted", "receive-or-refuse.accept", "pay.paid", "query-register.none", ...between],
        ...["sign.signed", "issue.done", "return-result.done"],
      ],
    )
  }
  assert.equal(numbers.size, CASES)
  const [last] = await cast.migrator.rows<{ last: number }>(
    sql`select max(last)::int as last from cases.counter where agency = 'hoan-kiem' and series <> 'dossier'`,
  )
  assert.equal(last?.last, CASES, "the numbers of the results have no gap")
}
