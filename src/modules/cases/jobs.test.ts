// What the system does for a case: once, whole, again after a fault; and numbers without a gap or a double.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { type Country, findRecord, type RegisterRecord } from "#country"
import { listDocuments } from "#documents"
import { sql, type Tx } from "#platform/db"
import { type Acts, acts, BIRTH_CHECKS, type Person, son } from "../../../test/acts.ts"
import { type Cast, openCast, system } from "../../../test/cast.ts"
import { caseJobs, getOpenCase, status, submitDraft } from "./index.ts"

let cast: Cast
let act: Acts
let lan: Person
before(async () => {
  cast = await openCast()
  act = acts(cast)
  lan = await cast.person("lan")
})
after(() => cast?.close())

let children = 0
const signed = async () => {
  const { id } = await act.file(lan, { ...son, "child.givenName": `Việc${"abcdefgh"[children++]}` })
  await act.complete(await cast.official("binh"), id, "accept")
  await act.complete(await cast.official("cuong"), id, "ok", { checks: BIRTH_CHECKS })
  await act.complete(await cast.official("son"), id, "signed")
  return id
}
const recordsOf = (id: string) =>
  cast.migrator.rows<{ register: string; version: number }>(
    sql`select register, version from registers.record where case_id = ${id} order by register`,
  )
const run = (kind: keyof typeof caseJobs, payload: unknown) => cast.tx(system, (tx: Tx) => caseJobs[kind](tx, payload))
const once = [
  { register: "civil-status/birth", version: 1 },
  { register: "population/person", version: 1 },
]

test("a job that is run twice, one after the other and at once, writes the registers once", async () => {
  const id = await signed()
  const payload = { agency: "ba-dinh", caseId: id, step: "register" }
  await Promise.allSettled([run("case-step", payload), run("case-step", payload)])
  await run("case-step", payload)
  await cast.work()
  await run("case-step", payload)
  await run("case-step", { ...payload, step: "return" })
  assert.deepEqual(await recordsOf(id), once)
  const { dossier, timeline } = await act.mine(lan, id)
  assert.equal(dossier.status, status.returned)
  assert.equal(timeline.filter((e) => e.code === "write-register.done").length, 1)
  const papers = await cast.tx(lan, (tx) => listDocuments(tx, lan.subject))
  assert.equal(papers.filter((p) => p.caseId === id && p.kind === "result").length, 1)
})

test("a write that a register refuses leaves the case where it was and nothing in any register; the job is tried again and goes through", async () => {
  const { record } = findRecord(cast.site.reference as Country, "civil-status/birth")!
  const pack = record as { access: RegisterRecord["access"] }
  const { access } = pack
  const id = await signed()
  pack.access = access.filter((right) => right.may !== "write")
  try {
    await cast.work()
    const { dossier } = await act.mine(lan, id)
    assert.deepEqual([dossier.status, dossier.process.at], [status.inProcess, "register"])
    assert.deepEqual(dossier.facts.assigned, undefined)
    assert.deepEqual(await recordsOf(id), [], "not even the first of the two")
    const [job] = await cast.migrator.rows<{ state: string; attempts: number; last_fault: string }>(
      sql`select state, attempts, last_fault from platform.job where kind = 'case-step' and state = 'waiting'`,
    )
    assert.equal(job?.attempts, 1)
    assert.match(job?.last_fault ?? "", /exchange-refused/)
  } finally {
    pack.access = access
  }
  cast.clock.move(10_000)
  await cast.work()
  assert.equal((await act.mine(lan, id)).dossier.status, status.returned)
  assert.deepEqual(await recordsOf(id), once)
})

test("a job of another agency's case does nothing", async () => {
  const id = await signed()
  await assert.rejects(run("case-step", { agency: "cau-giay", caseId: id, step: "register" }))
  await assert.rejects(run("case-paper", { agency: "cau-giay", caseId: id, form: "01" }))
  assert.equal((await cast.tx(system, (tx) => getOpenCase(tx, id))).dossier.process.at, "register")
})

test("the expiry of an earlier wait does not end a later one", async () => {
  const { id } = await act.file(lan, { ...son, "child.givenName": "Chờ" })
  const binh = await cast.official("binh")
  await act.complete(binh, id, "supplement", { items: [{ field: "child.homeTown", reason: "Chưa ghi" }] })
  const { moves } = (await act.mine(lan, id)).dossier.process
  await run("case-expiry", { agency: "ba-dinh", caseId: id, step: "wait-citizen", moves: moves - 1 })
  assert.equal((await act.mine(lan, id)).dossier.status, status.supplement)
  await run("case-expiry", { agency: "ba-dinh", caseId: id, step: "wait-citizen", moves })
  assert.equal((await act.mine(lan, id)).dossier.status, status.stopped)
})

test("fifty submissions to one commune at once have fifty codes without a gap or a double", async () => {
  const people = await Promise.all(["lan", "ha", "nhung"].map(cast.person))
  const template = await act.start(lan)
  await act.fill(lan, template, son)
  const before = await lastNumber()
  const drafts = await cast.migrator.rows<{ id: string; subject: string }>(sql`
    insert into cases.draft (subject, id, service, definition, form_values, fetched, typed, revision, lang, opened_at, saved_at, expires_at)
    select (${people.map((p) => p.subject)}::uuid[])[1 + n % 3], gen_random_uuid(), service, definition, form_values, fetched, typed, revision,
      lang, opened_at, saved_at, expires_at
    from cases.draft, generate_series(1, 50) n where id = ${template} returning id, subject`)
  const done = await Promise.all(
    drafts.map(({ id, subject }) => {
      const who = people.find((p) => p.subject === subject)!
      return cast.tx(who, (tx) => submitDraft(tx, id, "vi"))
    }),
  )
  const numbers = done.map((d) => ("dossier" in d ? Number(/^H26\.901-\d{6}-(\d{4})$/.exec(d.dossier.code)?.[1]) : Number.NaN))
  assert.deepEqual(
    numbers.sort((a, b) => a - b),
    Array.from({ length: 50 }, (_, i) => before + i + 1),
  )
})

const lastNumber = async () => {
  const [row] = await cast.migrator.rows<{ last: number }>(
    sql`select coalesce(max(last), 0)::int as last from cases.counter where agency = 'ba-dinh' and series = 'dossier'`,
  )
  return row!.last
}
