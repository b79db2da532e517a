// The steps that the system does, on the certificate of marital status: a fee awaited, a register asked, a table's decision, another commune's word.
import assert from "node:assert/strict"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { type Country, findRecord, type RegisterRecord } from "#country"
import { listDocuments } from "#documents"
import type { RawInput } from "#engines/form"
import { listLookups } from "#exchange"
import { sql, type Tx } from "#platform/db"
import { type Acts, acts, alone, code, moved, type Person, MARITAL_STATUS as SERVICE } from "../../../test/acts.ts"
import { type Cast, openCast, system } from "../../../test/cast.ts"
import { freePort } from "../../../test/free-port.ts"
import { oldSystems } from "../../../test/sources/old-systems.ts"
import {
  answerConsultation,
  caseJobs,
  claimTask,
  countConsultations,
  describeDecisions,
  describeProcess,
  getOpenCase,
  HANDED_OVER,
  listConsultations,
  listQueue,
  listReadings,
  openConsultation,
  openDeskCase,
  recordPayment,
  status,
  takeOver,
  withdrawCase,
} from "./index.ts"

const HOUR_MS = 3_600_000

let cast: Cast
let act: Acts
let thuy: Person
before(async () => {
  cast = await openCast()
  act = acts(cast)
  thuy = await cast.person("thuy")
})
after(() => cast?.close())

const at = async (who: Person, id: string) => (await act.mine(who, id)).dossier.process.at
const run = (kind: keyof typeof caseJobs, payload: unknown) => cast.tx(system, (tx: Tx) => caseJobs[kind](tx, payload))
let receipts = 0
const reference = () => `BL-${++receipts}`

/** Filed, accepted, and paid: now the system is at it. */
async function paid(who: Person, answers: RawInput): Promise<string> {
  const { id } = await act.file(who, answers, SERVICE)
  const giang = await cast.official("giang")
  await act.complete(giang, id, "accept")
  await cast.tx(giang, (tx) => recordPayment(tx, id, reference()))
  return id
}

const decisionsOf = async (who: Person, id: string) => describeDecisions(await act.mine(who, id))

test("Thủy is single and has lived in one place: she pays, the table says yes, the leader signs, and she has the paper", async () => {
  const { id } = await act.file(thuy, alone, SERVICE)
  const giang = await cast.official("giang")
  await act.complete(giang, id, "accept")
  const waiting = await act.mine(thuy, id)
  assert.deepEqual([waiting.dossier.status, waiting.dossier.moneyState], [status.payment, "due"])
  const { wait } = await cast.tx(thuy, async (tx) => describeProcess(tx, waiting))
  assert.equal(wait?.waitsFor, "payment")
  await cast.work()
  assert.equal(await at(thuy, id), "pay", "nothing goes on before the fee is there")

  await cast.tx(giang, (tx) => recordPayment(tx, id, "BL-0001"))
  await cast.work()
  assert.equal(await at(thuy, id), "sign", "by the table, without an examiner")
  const [decision, ...more] = await decisionsOf(thuy, id)
  assert.equal(more.length, 0)
  assert.deepEqual([decision?.outcome, decision?.rules.map((rule) => rule.id)], ["clear", ["clear"]])
  assert.deepEqual(
    decision?.inputs.map(({ id: input, value, origins }) => [input, value, origins.map((o) => [o.path, o.state])]),
    [
      ["is-recorded", false, [["found.marriage", "verified"]]],
      ["status", "single", [["person.maritalStatus", "verified"]]],
      [
        "is-of-age",
        true,
        [
          ["person.birthDate", "verified"],
          ["person.sex", "verified"],
        ],
      ],
      ["moved", false, [["lived.elsewhere", "declared"]]],
    ],
  )
  assert.equal(decision?.inputs[0]?.origins[0]?.source?.register, "civil-status/marriage")

  await act.complete(await cast.official("tam"), id, "signed")
  await cast.work()
  const { dossier, timeline, payment } = await act.mine(thuy, id)
  assert.deepEqual([dossier.status, dossier.process.ended, dossier.moneyState], [status.returned, "completed", "paid"])
  assert.deepEqual([payment?.reference, payment?.amount], ["BL-0001", 15_000])
  const papers = await cast.tx(thuy, (tx) => listDocuments(tx, thuy.subject))
  assert.equal(papers.filter((p) => p.caseId === id && p.kind === "result").length, 1, "issued once, though two steps could")
  assert.deepEqual(
    timeline.map((line) => line.code).filter((line) => !line.startsWith("claimed")),
    [
      ...["submitted", "receive-or-refuse.accept", "pay.paid", "query-register.none", "decide.clear"],
      ...["sign.signed", "issue.done", "return-result.done"],
    ],
  )
})

test("what the step asks a register is in the log that Thủy reads, under the purpose of her request", async () => {
  const id = await paid(thuy, alone)
  await cast.work()
  const seen = await cast.tx(thuy, (tx) => listLookups(tx, thuy.subject, new Date(0), new Date(8.64e15)))
  const asked = seen.find((one) => one.caseId === id && one.service === "civil-status/marriage.read")
  assert.equal(asked?.purpose, "marital-status")
})

test("Thủy has lived in Ba Đình: Cường there is asked, sees four answers and no more, and his word moves the case of Hoàn Kiếm", async () => {
  const id = await paid(thuy, moved)
  await cast.work()
  assert.equal(await at(thuy, id), "verify")
  const asked = await act.mine(thuy, id)
  const course = await cast.tx(thuy, async (tx) => describeProcess(tx, asked))
  assert.equal(course.wait?.waitsFor, "consultation")
  assert.equal(asked.dossier.suspensions.at(-1)?.to, undefined, "the clock of the case stands still")

  const cuong = await cast.official("cuong")
  const [question, ...others] = await cast.tx(cuong, listConsultations)
  assert.equal(others.length, 0)
  assert.equal(question?.caseId, id)
  assert.deepEqual(Object.keys(question.shown).sort(), ["lived.address", "person.birthDate", "person.fullName", "person.number"])
  assert.equal(question.dueAt.toISOString(), "2026-03-12T03:00:00.000Z", "three working days of its own")
  await assert.rejects(
    cast.tx(cuong, (tx) => openDeskCase(tx, id)),
    code("case-not-found"),
  )
  const opened = await cast.tx(cuong, (tx) => openConsultation(tx, question.id))
  assert.deepEqual(opened.outcomes, ["confirmed", "married"])
  const readings = await cast.tx(thuy, (tx) => listReadings(tx, new Date(0), new Date(8.64e15)))
  assert.ok(
    readings.some((one) => one.agency === "ba-dinh" && one.caseId === id),
    "Thủy sees that he has looked",
  )

  const answer = { id: question.id, outcome: "confirmed", answer: "Không có tên trong sổ đăng ký kết hôn" }
  await assert.rejects(
    cast.tx(cuong, (tx) => answerConsultation(tx, { ...answer, answer: " " })),
    code("reason-missing"),
  )
  await assert.rejects(
    cast.tx(cuong, (tx) => answerConsultation(tx, { ...answer, outcome: "silent" })),
    code("outcome-unknown"),
  )
  await cast.tx(cuong, (tx) => answerConsultation(tx, answer))
  await assert.rejects(
    cast.tx(cuong, (tx) => answerConsultation(tx, answer)),
    code("consultation-closed"),
  )
  await cast.work()
  const { dossier, consultations } = await act.mine(thuy, id)
  assert.equal(dossier.process.at, "sign")
  assert.notEqual(dossier.suspensions.at(-1)?.to, undefined, "the clock runs again")
  assert.deepEqual([consultations[0]?.answeredBy, consultations[0]?.outcome], [cuong.name, "confirmed"])
})

test("who is no examiner of the asked commune, or of another one, finds no question", async () => {
  const id = await paid(thuy, moved)
  await cast.work()
  const [question] = await cast.tx(await cast.official("cuong"), listConsultations)
  assert.equal(question?.caseId, id)
  for (const other of ["binh", "khoa", "phong"]) {
    const official = await cast.official(other)
    assert.equal(await cast.tx(official, countConsultations), 0, other)
    await assert.rejects(
      cast.tx(official, (tx) => openConsultation(tx, question.id)),
      code("consultation-not-found"),
    )
  }
  await cast.tx(thuy, (tx) => withdrawCase(tx, id))
  assert.equal(await cast.tx(await cast.official("cuong"), countConsultations), 0, "a case that has ended asks nothing")
})

test("nobody answers in time: the case goes on to its own examiner, and a late answer is told so", async () => {
  const id = await paid(thuy, moved)
  await cast.work()
  const cuong = await cast.official("cuong")
  const [question] = await cast.tx(cuong, listConsultations)
  const before = cast.site.clock()
  cast.clock.move(question!.dueAt.getTime() - before.getTime() + 1_000)
  await cast.work()
  assert.equal(await at(thuy, id), "appraise")
  const late = { id: question!.id, outcome: "confirmed", answer: "Không có" }
  await assert.rejects(
    cast.tx(cuong, (tx) => answerConsultation(tx, late)),
    code("consultation-closed"),
  )
})

test("a table never refuses: Lan, who is married, is passed on to an examiner with the rule that says why", async () => {
  const lan = await cast.person("lan")
  const { id } = await act.file(lan, alone, SERVICE)
  const binh = await cast.official("binh")
  await act.complete(binh, id, "accept")
  await cast.tx(binh, (tx) => recordPayment(tx, id, reference()))
  await cast.work()
  assert.equal(await at(lan, id), "appraise")
  const [decision] = await decisionsOf(lan, id)
  assert.deepEqual([decision?.outcome, decision?.rules[0]?.id], ["examine", "recorded"])
  assert.equal(decision?.rules[0]?.law?.article, "22")
  await act.complete(await cast.official("cuong"), id, "refuse", { reason: "Đã đăng ký kết hôn năm 2022" })
  await act.complete(await cast.official("son"), id, "signed")
  await cast.work()
  assert.equal((await act.mine(lan, id)).dossier.process.ended, "refused")
})

test("the receipt of a fee is recorded once: again with its reference it is the same, with another it is told", async () => {
  const { id } = await act.file(thuy, alone, SERVICE)
  const giang = await cast.official("giang")
  await act.complete(giang, id, "accept")
  await assert.rejects(
    cast.tx(giang, (tx) => recordPayment(tx, id, "  ")),
    code("reference-missing"),
  )
  const other = await cast.official("binh")
  await assert.rejects(
    cast.tx(other, (tx) => recordPayment(tx, id, "X")),
    code("case-not-found"),
  )
  const both = await Promise.allSettled([1, 2].map(() => cast.tx(giang, (tx) => recordPayment(tx, id, "BL-77"))))
  assert.ok(both.some(({ status: how }) => how === "fulfilled"))
  const again = await cast.tx(giang, (tx) => recordPayment(tx, id, "BL-77"))
  assert.equal(again.moneyState, "paid")
  await assert.rejects(
    cast.tx(giang, (tx) => recordPayment(tx, id, "BL-78")),
    code("payment-differs"),
  )
  const { timeline } = await act.mine(thuy, id)
  assert.equal(timeline.filter((line) => line.code === "pay.paid").length, 1)
})

test("each executor, run twice and at once, does its step once", async () => {
  const id = await paid(thuy, moved)
  const payload = { agency: "hoan-kiem", caseId: id }
  for (const step of ["look-up", "decide", "verify"]) {
    await Promise.allSettled([run("case-step", { ...payload, step }), run("case-step", { ...payload, step })])
    await run("case-step", { ...payload, step })
  }
  await cast.work()
  const file = await act.mine(thuy, id)
  assert.deepEqual([file.decisions.length, file.consultations.length], [1, 1])
  const counted = file.timeline.map((line) => line.code)
  for (const line of ["query-register.none", "decide.verify", "asked"])
    assert.equal(counted.filter((c) => c === line).length, 1, line)
  await cast.tx(thuy, (tx) => withdrawCase(tx, id))
})

test("a register that refuses hands the step to an official, who tries again when it is mended", async () => {
  const { record } = findRecord(cast.site.reference as Country, "civil-status/marriage")!
  const pack = record as { access: RegisterRecord["access"] }
  const { access } = pack
  const id = await paid(thuy, alone)
  pack.access = access.filter((right) => right.purpose !== "marital-status")
  await cast.work().finally(() => {
    pack.access = access
  })
  const khoa = await cast.official("khoa")
  const row = (await cast.tx(khoa, listQueue)).find((one) => one.caseId === id)
  assert.deepEqual([row?.kind, row?.why, row?.step], [HANDED_OVER, "register-refused", "look-up"])
  await cast.tx(khoa, (tx) => claimTask(tx, id))
  const { dossier } = await cast.tx(khoa, (tx) => getOpenCase(tx, id))
  await cast.tx(khoa, (tx) => takeOver(tx, { caseId: id, revision: dossier.revision }))
  await cast.work()
  assert.equal(await at(thuy, id), "sign")
})

test("a register that is silent is asked six times within the hour; then an official looks it up, and the table goes by that", async () => {
  const id = await paid(thuy, alone)
  const step = { agency: "hoan-kiem", caseId: id, step: "look-up" }
  await cast.migrator.run(
    sql`update platform.job set state = 'done', ended_at = created_at where kind = 'case-step' and state = 'waiting'`,
  )
  await silently(async () => {
    await run("case-step", step)
    for (let i = 0; i < 8; i++) {
      cast.clock.move(HOUR_MS)
      await cast.work()
    }
  })
  const khoa = await cast.official("khoa")
  const row = (await cast.tx(khoa, listQueue)).find((one) => one.caseId === id)
  assert.deepEqual([row?.kind, row?.why], [HANDED_OVER, "register-silent"])
  await cast.tx(khoa, (tx) => claimTask(tx, id))
  const { dossier } = await cast.tx(khoa, (tx) => getOpenCase(tx, id))
  const done = { caseId: id, revision: dossier.revision }
  await assert.rejects(
    cast.tx(khoa, (tx) => takeOver(tx, { ...done, outcome: "found" })),
    code("reason-missing"),
  )
  await cast.tx(khoa, (tx) => takeOver(tx, { ...done, outcome: "found", reason: "Sổ giấy năm 2019 có ghi" }))
  await cast.work()
  assert.equal(await at(thuy, id), "appraise", "the table sees the marriage that he found")
  const [decision] = await decisionsOf(thuy, id)
  assert.deepEqual([decision?.rules[0]?.id, decision?.inputs[0]?.origins[0]?.state], ["recorded", "declared"])
})

test("an executor that keeps failing is not lost: after its last attempt an official has it, and can have it tried again", async () => {
  const id = await paid(thuy, alone)
  await cast.migrator.run(sql`update platform.job set attempts = 10 where kind = 'case-step' and state = 'waiting'`)
  await cast.work()
  assert.equal(await at(thuy, id), "look-up")
  const khoa = await cast.official("khoa")
  const row = (await cast.tx(khoa, listQueue)).find((one) => one.caseId === id)
  assert.deepEqual([row?.kind, row?.why], [HANDED_OVER, "failed"])
  await cast.tx(khoa, (tx) => claimTask(tx, id))
  const { dossier } = await cast.tx(khoa, (tx) => getOpenCase(tx, id))
  await cast.tx(khoa, (tx) => takeOver(tx, { caseId: id, revision: dossier.revision }))
  await cast.work()
  assert.equal(await at(thuy, id), "sign")
})

test("below every finder: what a case has asked, decided and been paid is seen by those of the case, the question by the asked too", async () => {
  const id = await paid(thuy, moved)
  await cast.work()
  const seen = (who: Parameters<typeof cast.tx>[0]) =>
    cast.tx(who, async (tx) => {
      const { rows } = await tx.get<{ rows: number[] }>(sql`
        select array[(select count(*)::int from cases.consultation where case_id = ${id}),
          (select count(*)::int from cases.decision where case_id = ${id}),
          (select count(*)::int from cases.payment where case_id = ${id})] as rows`)
      return rows.join()
    })
  assert.equal(await seen(thuy), "1,1,1")
  assert.equal(await seen(await cast.official("khoa")), "1,1,1")
  assert.equal(await seen(await cast.official("cuong")), "1,0,0", "the asked agency sees the question alone")
  for (const other of ["phong", "ky"]) assert.equal(await seen(await cast.official(other)), "0,0,0", other)
  assert.equal(await seen(await cast.person("lan")), "0,0,0")
  assert.equal(await seen({ kind: "public" }), "0,0,0")
  await cast.tx(thuy, (tx) => withdrawCase(tx, id))
})

/** Meanwhile an old system answers for the register of marriages, and its server is down. */
async function silently(deed: () => Promise<void>): Promise<void> {
  const systems = oldSystems(cast)
  const port = await freePort()
  systems.write("password", "x")
  systems.write("marriages.yaml", DEAD.replace("PORT", String(port)))
  systems.link()
  try {
    await deed()
  } finally {
    rmSync(join(systems.folder, "sources", "marriages.yaml"))
    systems.link()
    await systems.close()
  }
}

const DEAD = `id: old-marriages
name: { vi: Sổ kết hôn cũ, en: Old book of marriages }
answers: civil-status/marriage
kind: postgresql
connection: { host: 127.0.0.1, port: PORT, database: old, user: old, password: { file: password } }
query: "select * from marriages where number = :number"
columns: { ngày: date, với: text, số: text }
fields: { spouseNumber: với, date: ngày }
record: số
validFrom: ngày
`
