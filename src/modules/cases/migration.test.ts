// A procedure changes while its cases run: new cases take the new version, old ones finish on theirs, and a plan moves those that can go.
import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { join, resolve } from "node:path"
import { after, before, test } from "node:test"
import { type Actor, sql } from "#platform/db"
import { acts, BIRTH, BIRTH_CHECKS, code, son } from "../../../test/acts.ts"
import { type Cast, openCast } from "../../../test/cast.ts"
import { copyCases, DECREE, publishSecond } from "../../../test/migrating.ts"
import {
  approveMigration,
  dropMigration,
  dryRunMigration,
  getMigration,
  getMyCase,
  getOpenCase,
  listMigrations,
  type MigrationWish,
  pinnedDueOf,
  proposeMigration,
} from "./index.ts"

const RECEIVED = 900
const EXAMINED = 700
const WAITING = 300
const SIGNED = 100
const RETRY_MS = 3_000

let cast: Cast
let ngan: Actor
let hue: Actor
let lan: Extract<Actor, { kind: "person" }>
/** A case that goes on under the new version, and one that its applicant withdraws before. */
let lansCase: string
let wish: MigrationWish

before(async () => {
  cast = await openCast()
  ngan = await cast.official("ngan")
  hue = await cast.official("hue")
  lan = await cast.person("lan")
  const { file } = acts(cast)
  const { id } = await file(lan)
  lansCase = id
  const receive = { step: "receive", kind: "receive-or-refuse", role: "reception-officer", unit: "one-stop" }
  const appraise = { step: "appraise", kind: "appraise", role: "appraiser", unit: "office" }
  const waits = { step: "wait-citizen", kind: "supplement", role: "applicant", unit: null }
  await copyCases(cast, lansCase, [
    { count: RECEIVED, process: { at: "receive", moves: 0, asked: 0 }, task: receive },
    { count: EXAMINED, process: { at: "appraise", moves: 1, asked: 0 }, task: appraise },
    {
      count: WAITING,
      process: { at: "wait-citizen", moves: 2, asked: 1, asker: "appraise", who: { appraise: ["cuong"] } },
      task: waits,
    },
    { count: SIGNED, process: { at: "register", moves: 3, asked: 0, signed: true, who: { appraise: ["cuong"] } } },
  ])
  const { from, to } = await publishSecond(cast, ngan, hue, BIRTH)
  wish = { service: BIRTH, from, to, steps: { appraise: "examine" }, recompute: false }
})
after(() => cast?.close())

const counted = async (definition: string) =>
  (await cast.migrator.rows<{ n: number }>(sql`select count(*)::int n from cases.dossier where definition = ${definition}`))[0]!.n

test("a case that was filed before stays on its version, and one filed now takes the new one", async () => {
  const { file } = acts(cast)
  const hoa = await cast.person("thuy")
  const old = await cast.tx(lan, (tx) => getMyCase(tx, lansCase))
  assert.equal(old.dossier.definition, wish.from)
  assert.ok(old.service.process.steps.has("appraise"))
  const { definition } = await file(hoa, { ...son, "child.familyName": "Cao", "father.declared": "no" })
  assert.equal(definition, wish.to)
})

test("the dry run counts by step what goes and what stays, and moves nothing", async () => {
  const dry = await cast.tx(ngan, (tx) => dryRunMigration(tx, wish))
  assert.deepEqual(dry.goes, [
    { step: "appraise", to: "examine", cases: EXAMINED },
    { step: "receive", to: "receive", cases: RECEIVED + 1 },
    { step: "wait-citizen", to: "wait-citizen", cases: WAITING },
  ])
  assert.deepEqual(dry.stays, [{ step: "register", why: "decision-signed", cases: SIGNED }])
  assert.equal(await counted(wish.to), 1)
})

test("without a map the examined ones stay, and the reason is told", async () => {
  const dry = await cast.tx(ngan, (tx) => dryRunMigration(tx, { ...wish, steps: {} }))
  const why = Object.fromEntries(dry.stays.map((row) => [row.step, row.why]))
  assert.deepEqual(why, { appraise: "step-not-mapped", register: "decision-signed", "wait-citizen": "step-not-mapped" })
})

test("a map onto nothing or onto the applicant, and a plan from a version to itself, are refused", async () => {
  const dry = (other: Partial<MigrationWish>) => cast.tx(ngan, (tx) => dryRunMigration(tx, { ...wish, ...other }))
  await assert.rejects(dry({ steps: { appraise: "nowhere" } }), code("step-map-incomplete"))
  await assert.rejects(dry({ steps: { appraise: "wait-citizen" } }), code("step-map-incomplete"))
  await assert.rejects(dry({ to: wish.from }), code("migration-needless"))
})

test("who proposed a plan can't approve it, and officials who don't keep the catalogue see none of it", async () => {
  const binh = await cast.official("binh")
  await assert.rejects(
    cast.tx(binh, (tx) => dryRunMigration(tx, wish)),
    code("not-allowed"),
  )
  const lawless = cast.tx(ngan, (tx) => proposeMigration(tx, { ...wish, legalBasis: " ", reason: "the decree" }))
  await assert.rejects(lawless, code("legal-basis-missing"))
  const id = await cast.tx(ngan, (tx) => proposeMigration(tx, { ...wish, legalBasis: DECREE, reason: "the decree" }))
  await assert.rejects(
    cast.tx(ngan, (tx) => approveMigration(tx, id)),
    code("second-person-needed"),
  )
  assert.deepEqual(await cast.tx(binh, (tx) => tx.rows(sql`select * from cases.running(${BIRTH}, ${wish.from})`)), [])
  await cast.tx(hue, (tx) => dropMigration(tx, id))
  await assert.rejects(
    cast.tx(hue, (tx) => approveMigration(tx, id)),
    code("migration-decided"),
  )
})

test("the plan moves two thousand cases, is killed in the middle, goes on, and moves each once", async () => {
  const id = await cast.tx(ngan, (tx) => proposeMigration(tx, { ...wish, legalBasis: DECREE, reason: "the decree" }))
  await cast.tx(hue, (tx) => approveMigration(tx, id))
  const country = resolve(import.meta.dirname, "../../../countries/viet-nam")
  const told = { connection: cast.connection, at: cast.site.clock(), dir: join(cast.dir, "keys"), country, batches: 2 }
  const script = join(import.meta.dirname, "../../../test/migrating-worker.ts")
  const died = spawnSync(process.execPath, ["--import", "tsx", script, JSON.stringify(told)], {
    encoding: "utf8",
    timeout: 60_000,
  })
  assert.equal(died.signal, "SIGKILL", died.stderr)
  const half = await cast.tx(ngan, (tx) => getMigration(tx, id))
  assert.equal(half.state, "running")
  assert.equal(half.batches, 2)
  assert.equal(half.moved + half.stayed, 1_000, "two batches are kept, the third left nothing")
  assert.equal(await counted(wish.to), half.moved + 1)
  cast.clock.move(RETRY_MS)
  await cast.work()
  const done = await cast.tx(ngan, (tx) => getMigration(tx, id))
  assert.deepEqual([done.state, done.moved, done.stayed], ["done", RECEIVED + EXAMINED + WAITING + 1, SIGNED])
  const told2 = await cast.migrator.rows<{ lines: number; cases: number }>(sql`
    select lines, count(*)::int cases from (
      select count(*) filter (where e.code = 'migrated')::int lines from cases.dossier d
      join cases.event e on e.case_id = d.id where d.service = ${BIRTH} group by d.id) each group by 1 order by 1`)
  assert.deepEqual(told2, [
    { lines: 0, cases: SIGNED + 1 },
    { lines: 1, cases: RECEIVED + EXAMINED + WAITING + 1 },
  ])
  const wrong = await cast.migrator.rows(sql`
    select d.process, t.step from cases.dossier d left join cases.task t on t.case_id = d.id and t.done_at is null
    where d.definition = ${wish.to} and (t.step is distinct from d.process ->> 'at' or d.process ->> 'at' = 'appraise'
      or d.process ->> 'asker' = 'appraise' or d.process -> 'who' ? 'appraise')`)
  assert.deepEqual(wrong, [])
  assert.equal((await cast.tx(hue, (tx) => listMigrations(tx, BIRTH))).length, 2)
})

test("Lan's case tells the change and its new deadline, and its officials finish it on the new version", async () => {
  const { complete } = acts(cast)
  const file = await cast.tx(lan, (tx) => getMyCase(tx, lansCase))
  assert.equal(file.dossier.definition, wish.to)
  const line = file.timeline.find((event) => event.code === "migrated")!
  assert.deepEqual(line.params, { from: 1, to: 2, law: DECREE, dueBefore: "2026-03-09", dueAfter: "2026-03-10" })
  const { due, arithmetic } = await cast.tx(lan, (tx) => pinnedDueOf(tx, file.dossier, file.agency, file.service.definition))
  assert.equal(due.toISOString(), file.dossier.dueAt.toISOString())
  assert.equal(arithmetic.at(-1)?.code, "due")
  await complete(await cast.official("binh"), lansCase, "accept")
  await complete(await cast.official("cuong"), lansCase, "ok", { checks: BIRTH_CHECKS })
  await complete(await cast.official("son"), lansCase, "signed")
  await cast.work()
  const { dossier } = await cast.tx({ kind: "system", name: "tests" }, (tx) => getOpenCase(tx, lansCase))
  assert.equal(dossier.process.ended, "completed")
})
