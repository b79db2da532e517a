// Lan takes her case back: at once, while it waits for her, while an official has it in hand, and not any more once it is signed.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { listInbox } from "#notices"
import { type Actor, sql } from "#platform/db"
import { type Acts, acts, BIRTH_CHECKS, code, type Person, son } from "../../../test/acts.ts"
import { type Cast, openCast } from "../../../test/cast.ts"
import { answerSupplement, claimTask, completeTask, getOpenCase, mayWithdraw, status, withdrawCase } from "./index.ts"

let cast: Cast
let act: Acts
let lan: Person
let binh: Actor
before(async () => {
  cast = await openCast()
  act = acts(cast)
  lan = await cast.person("lan")
  binh = await cast.official("binh")
})
after(() => cast?.close())

let children = 0
const filed = async () => (await act.file(lan, { ...son, "child.givenName": `Rút${"abcdefgh"[children++]}` })).id
const withdraw = (who: Actor, id: string) => cast.tx(who, (tx) => withdrawCase(tx, id))

test("a case that nobody has touched is withdrawn: its status, its tasks, its timeline, a message and the book say so", async () => {
  const id = await filed()
  assert.ok(mayWithdraw(await act.mine(lan, id)))
  await withdraw(lan, id)
  const { dossier, tasks, timeline, ...rest } = await act.mine(lan, id)
  assert.deepEqual([dossier.status, dossier.process.ended, dossier.process.at], [status.withdrawn, "withdrawn", undefined])
  assert.ok(dossier.closedAt)
  assert.deepEqual(
    tasks.map((task) => task.outcome),
    ["withdrawn"],
  )
  const last = timeline.at(-1)
  assert.deepEqual([last?.code, last?.actor], ["withdrawn", lan.name])
  assert.equal(mayWithdraw({ dossier, ...rest }), false)
  const inbox = await cast.tx(lan, (tx) => listInbox(tx))
  assert.ok(inbox.some((m) => m.code === "case-withdrawn" && m.link === `/my/cases/${id}`))
  const book = await cast.migrator.rows<{ agency: string; details: object }>(
    sql`select agency, details from audit.entry where case_id = ${id} and event = 'case-ended'`,
  )
  assert.deepEqual(book, [{ agency: "ba-dinh", details: { code: dossier.code, as: "withdrawn" } }])
  await assert.rejects(withdraw(lan, id), code("process-ended"))
})

test("who has the case in hand finds it gone; what they decide changes nothing", async () => {
  const id = await filed()
  await cast.tx(binh, (tx) => claimTask(tx, id))
  const { dossier } = await cast.tx(binh, (tx) => getOpenCase(tx, id))
  await withdraw(lan, id)
  const accept = { caseId: id, outcome: "accept", revision: dossier.revision }
  await assert.rejects(
    cast.tx(binh, (tx) => completeTask(tx, accept)),
    code("task-not-found"),
  )
  assert.equal((await act.mine(lan, id)).dossier.status, status.withdrawn)
})

test("Lan withdraws while Bình decides: one of the two takes place, whole", async () => {
  const id = await filed()
  await cast.tx(binh, (tx) => claimTask(tx, id))
  const { dossier } = await cast.tx(binh, (tx) => getOpenCase(tx, id))
  const accept = { caseId: id, outcome: "accept", revision: dossier.revision }
  const done = await Promise.allSettled([withdraw(lan, id), cast.tx(binh, (tx) => completeTask(tx, accept))])
  assert.deepEqual(done.map((d) => d.status).sort(), ["fulfilled", "rejected"])
  const { dossier: after, tasks } = await act.mine(lan, id)
  assert.equal(after.status, done[0]!.status === "fulfilled" ? status.withdrawn : status.received)
  assert.equal(tasks.filter((task) => task.doneAt === null).length, done[0]!.status === "fulfilled" ? 0 : 1)
})

test("a case that waits for Lan is withdrawn with its clock running again, and neither her answer nor the expiry comes after", async () => {
  const id = await filed()
  await act.complete(binh, id, "supplement", { items: [{ field: "child.homeTown", reason: "Chưa ghi" }] })
  await withdraw(lan, id)
  const { dossier } = await act.mine(lan, id)
  assert.ok(dossier.suspensions.every((pause) => pause.to))
  const late = cast.tx(lan, (tx) => answerSupplement(tx, id, { "child.homeTown": "Huế" }, "vi"))
  await assert.rejects(late, code("supplement-not-open"))
  cast.clock.move(31 * 86_400_000)
  await cast.work()
  cast.clock.move(-31 * 86_400_000)
  assert.equal((await act.mine(lan, id)).dossier.status, status.withdrawn)
})

test("nobody withdraws another's case", async () => {
  const id = await filed()
  await assert.rejects(withdraw(await cast.person("hung"), id), code("case-not-found"))
  await assert.rejects(withdraw(binh, id), code("not-signed-in"))
})

test("once the decision is signed it can't be withdrawn, before the registers are written and after", async () => {
  const id = await filed()
  await act.complete(binh, id, "accept")
  await act.complete(await cast.official("cuong"), id, "ok", { checks: BIRTH_CHECKS })
  assert.ok(mayWithdraw(await act.mine(lan, id)), "examined is not decided")
  await act.complete(await cast.official("son"), id, "signed")
  assert.equal(mayWithdraw(await act.mine(lan, id)), false)
  await assert.rejects(withdraw(lan, id), code("decision-issued"))
  await cast.work()
  await assert.rejects(withdraw(lan, id), code("process-ended"))
})
