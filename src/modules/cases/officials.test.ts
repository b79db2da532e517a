// Officials at work on a case: who takes it, who may decide, what a decision demands, and what two at once come to.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { listDocuments } from "#documents"
import { colleaguesOf, delegate, positionsOf } from "#identity"
import { listInbox } from "#notices"
import { type Actor, sql } from "#platform/db"
import { newId } from "#platform/ids"
import { type Acts, acts, BIRTH_CHECKS, code, type Person, son } from "../../../test/acts.ts"
import { type Cast, openCast } from "../../../test/cast.ts"
import {
  answerSupplement,
  claimNext,
  claimTask,
  completeTask,
  countMyQueue,
  type Dossier,
  findDuplicates,
  getOpenCase,
  listQueue,
  openDeskCase,
  releaseTask,
  status,
} from "./index.ts"

type Official = Extract<Actor, { kind: "official" }>
let cast: Cast
let lan: Person
let binh: Official
let loan: Official
let cuong: Official
let chair: Official
let act: Acts
before(async () => {
  cast = await openCast()
  act = acts(cast)
  lan = await cast.person("lan")
  ;[binh, loan, cuong, chair] = (await Promise.all(["binh", "loan", "cuong", "son"].map(cast.official))) as [
    Official,
    Official,
    Official,
    Official,
  ]
})
after(() => cast?.close())

let children = 0
/** Lan's next child, named like no other. */
const child = () => ({ ...son, "child.givenName": `Minh${"abcdefghijklmnopqrstuvwxyz"[children++]}` })
const filed = (): Promise<Dossier> => act.file(lan, child())
const claim = (who: Actor, id: string) => cast.tx(who, (tx) => claimTask(tx, id))
const dossierOf = async (id: string) => (await act.mine(lan, id)).dossier
const examined = async () => {
  const { id } = await filed()
  await act.complete(binh, id, "accept")
  return id
}

test("two officials claim at once: one has it, the other is told by a problem, and the timeline says it once", async () => {
  const { id } = await filed()
  const done = await Promise.allSettled([claim(binh, id), claim(loan, id)])
  assert.deepEqual(done.map((d) => d.status).sort(), ["fulfilled", "rejected"])
  const lost = done.find((d) => d.status === "rejected")!
  assert.equal((lost.reason as { code: string }).code, "task-claimed")
  const { timeline, tasks } = await act.mine(lan, id)
  assert.equal(timeline.filter((e) => e.code === "claimed").length, 1)
  const winner = done[0]!.status === "fulfilled" ? binh : loan
  assert.equal(tasks[0]?.claimedName, winner.name)
  assert.equal((await claim(winner, id)).claimedBy, winner.accountId, "claiming again what one has changes nothing")
})

test("two who ask for the next task at once get two tasks, and the third is told that there is none", async () => {
  while (await cast.tx(binh, claimNext)); // what the other stories left
  const cases = [await filed(), await filed()].map((d) => d.id)
  const taken = await Promise.all([cast.tx(binh, claimNext), cast.tx(loan, claimNext)])
  assert.deepEqual([...taken].sort(), cases.sort())
  assert.equal(await cast.tx(binh, claimNext), undefined)
})

test("a task that went to a colleague can't be put back or answered by who had it before", async () => {
  const { id } = await filed()
  await claim(binh, id)
  const { dossier } = await cast.tx(binh, (tx) => getOpenCase(tx, id))
  await cast.tx(binh, (tx) => releaseTask(tx, id))
  await claim(loan, id)
  const accept = { caseId: id, outcome: "accept", revision: dossier.revision }
  await assert.rejects(
    cast.tx(binh, (tx) => releaseTask(tx, id)),
    code("task-not-claimed"),
  )
  await assert.rejects(
    cast.tx(binh, (tx) => completeTask(tx, accept)),
    code("task-not-claimed"),
  )
  await cast.tx(loan, (tx) => completeTask(tx, accept))
})

test("a claim that is lost between reading and deciding takes the decision with it", async () => {
  const { id } = await filed()
  await claim(binh, id)
  const { dossier } = await cast.tx(binh, (tx) => getOpenCase(tx, id))
  const deciding = cast.tx(binh, async (tx) => {
    const slow = {
      ...tx,
      find: async <Row>(s: Parameters<typeof tx.find>[0]) => {
        const row = await tx.find<Row>(s)
        if (s.text.includes("cases.task")) {
          await cast.tx(binh, (other) => releaseTask(other, id))
          await claim(loan, id)
        }
        return row
      },
    }
    return completeTask(slow, { caseId: id, outcome: "accept", revision: dossier.revision })
  })
  await assert.rejects(deciding, code("task-not-claimed"))
  assert.equal((await dossierOf(id)).status, status.filed)
})

test("who decides on an old revision is told that the case has changed, and nothing has", async () => {
  const { id } = await filed()
  const before = (await cast.tx(binh, (tx) => getOpenCase(tx, id))).dossier
  await act.complete(binh, id, "supplement", { items: [{ field: "child.homeTown", reason: "Chưa ghi" }] })
  await cast.tx(lan, (tx) => answerSupplement(tx, id, { "child.homeTown": "Ninh Bình" }, "vi"))
  await claim(binh, id)
  const file = await act.mine(lan, id)
  const stale = { caseId: id, outcome: "accept", revision: before.revision }
  await assert.rejects(
    cast.tx(binh, (tx) => completeTask(tx, stale)),
    code("case-changed"),
  )
  assert.deepEqual(await act.mine(lan, id), file)
  const twice = { ...stale, revision: file.dossier.revision }
  const done = await Promise.allSettled([1, 2].map(() => cast.tx(binh, (tx) => completeTask(tx, twice))))
  assert.deepEqual(done.map((d) => d.status).sort(), ["fulfilled", "rejected"], "a double click decides once")
})

test("the business officer of the same commune is no examiner of births, and sees none in her queue", async () => {
  const id = await examined()
  const diep = await cast.official("diep")
  assert.deepEqual(diep.positions[0]?.roles, cuong.positions[0]?.roles)
  await assert.rejects(claim(diep, id), code("task-not-found"))
  assert.ok((await cast.tx(cuong, listQueue)).some((row) => row.caseId === id))
  assert.ok(!(await cast.tx(diep, listQueue)).some((row) => row.caseId === id))
  assert.equal((await cast.tx(diep, countMyQueue)).unclaimed, 0)
  assert.notEqual(await cast.tx(diep, claimNext), id)
})

test("who has examined may not sign, not even while holding the chair's position", async () => {
  const id = await examined()
  await act.complete(cuong, id, "ok", { checks: BIRTH_CHECKS })
  await cast.tx(chair, async (tx) => {
    const colleagues = await colleaguesOf(tx, "ba-dinh")
    const { subject } = colleagues.find((one) => one.position === "civil-status")!
    const until = new Date(tx.now.getTime() + 86_400_000)
    await delegate(tx, { position: "chair", toSubject: subject, from: tx.now, until, reason: "Đi họp" })
  })
  const inChair = await cast.tx(cuong, async (tx): Promise<Official> => {
    const { subject } = (await colleaguesOf(tx, "ba-dinh")).find((one) => one.position === "civil-status")!
    const post = (await positionsOf(tx, subject)).find((p) => p.position === "chair")!
    return {
      ...cuong,
      positions: [{ id: post.position, unit: post.unit, roles: post.roles, delegatedBy: post.delegatedBySubject! }],
    }
  })
  await claim(inChair, id)
  const { dossier } = await cast.tx(inChair, (tx) => getOpenCase(tx, id))
  const sign = { caseId: id, outcome: "signed", revision: dossier.revision }
  await assert.rejects(
    cast.tx(inChair, (tx) => completeTask(tx, sign)),
    code("four-eyes"),
  )
  assert.equal((await dossierOf(id)).facts.signer, undefined)
  await cast.tx(inChair, (tx) => releaseTask(tx, id))
  await act.complete(chair, id, "signed")
})

test("Cường with a second login is still Cường: what he examined he can't sign from there", async () => {
  const id = await examined()
  await act.complete(cuong, id, "ok", { checks: BIRTH_CHECKS })
  const inChair = { ...chair, accountId: newId(cast.site.clock()), subject: cuong.subject, name: cuong.name }
  await assert.rejects(act.complete(inChair, id, "signed"), code("four-eyes"))
  await cast.tx(inChair, (tx) => releaseTask(tx, id))
  await act.complete(chair, id, "signed")
})

test("an examination without its checks, an outcome that no step has and a refusal without a reason are refused", async () => {
  const id = await examined()
  await assert.rejects(act.complete(cuong, id, "ok", { checks: BIRTH_CHECKS.slice(1) }), code("checks-missing"))
  await assert.rejects(act.complete(cuong, id, "bribe"), code("outcome-unknown"))
  await assert.rejects(act.complete(cuong, id, "refuse", { reason: "   " }), code("reason-missing"))
  await assert.rejects(act.complete(cuong, id, "expired"), code("outcome-unknown"))
})

test("a refusal that waits for its signature is not told yet; the signed one is, with its reason and form 03", async () => {
  const id = await examined()
  await act.complete(cuong, id, "refuse", { reason: "Trẻ đã được đăng ký khai sinh ở nơi khác" })
  const told = async () =>
    (await cast.tx(lan, (tx) => listInbox(tx))).filter((m) => m.link === `/my/cases/${id}`).map((m) => m.code)
  assert.ok(!(await told()).includes("case-refused"))
  await act.complete(chair, id, "signed")
  await cast.work()
  assert.equal((await told()).filter((c) => c === "case-refused").length, 1)
  const { dossier } = await act.mine(lan, id)
  assert.equal(dossier.status, status.settled)
  assert.equal(dossier.process.ended, "refused")
  assert.equal(dossier.facts.refusal, "Trẻ đã được đăng ký khai sinh ở nơi khác")
  const papers = await cast.tx(lan, (tx) => listDocuments(tx, lan.subject))
  assert.ok(papers.some((p) => p.kind === "refusal" && p.caseId === id))
})

test("what the chair sends back comes with a remark for the examiner; the next answer of the examiner takes it away", async () => {
  const id = await examined()
  await act.complete(cuong, id, "refuse", { reason: "Thiếu giấy tờ" })
  await assert.rejects(act.complete(chair, id, "back"), code("reason-missing"))
  await act.complete(chair, id, "back", { reason: "Không đủ căn cứ từ chối" })
  const back = await dossierOf(id)
  assert.deepEqual(back.facts.remark, { text: "Không đủ căn cứ từ chối", name: chair.name })
  await act.complete(cuong, id, "ok", { checks: BIRTH_CHECKS })
  const { facts } = await dossierOf(id)
  assert.deepEqual([facts.remark, facts.refusal], [undefined, undefined], "the refusal that was taken back is gone too")
  await act.complete(chair, id, "signed")
})

test("the same child told twice is seen before anybody approves; who has looked may go on, and the registers take it", async () => {
  const answers = child()
  const first = await act.file(lan, answers)
  const register = async (id: string, duplicateCleared = false) => {
    await act.complete(binh, id, "accept")
    await act.complete(cuong, id, "ok", { checks: BIRTH_CHECKS, duplicateCleared })
    await act.complete(chair, id, "signed")
    await cast.work()
  }
  await register(first.id)
  const hung = await cast.person("hung")
  const { id } = await act.file(hung, answers)
  await assert.rejects(register(id), code("record-likely-duplicate"))
  const { open, found } = await cast.tx(cuong, async (tx) => {
    const open = await getOpenCase(tx, id)
    return { open, found: await findDuplicates(tx, open) }
  })
  assert.deepEqual(found.map((one) => one.register).sort(), ["civil-status/birth", "population/person"])
  assert.equal(open.dossier.facts.duplicateCleared, undefined)
  await act.complete(cuong, id, "ok", { checks: BIRTH_CHECKS, duplicateCleared: true })
  await act.complete(chair, id, "signed")
  await cast.work()
  const { dossier } = await cast.tx(hung, (tx) => getOpenCase(tx, id))
  assert.equal(dossier.status, status.returned)
  assert.equal(dossier.facts.duplicateCleared, true)
})

test("two parents' cases of one birth, both examined before either is signed: the second signature is held", async () => {
  const answers = child()
  const hung = await cast.person("hung")
  const cases = [await act.file(lan, answers), await act.file(hung, answers)].map((d) => d.id)
  for (const id of cases) {
    await act.complete(binh, id, "accept")
    await act.complete(cuong, id, "ok", { checks: BIRTH_CHECKS })
  }
  await act.complete(chair, cases[0]!, "signed")
  await cast.work()
  await assert.rejects(act.complete(chair, cases[1]!, "signed"), code("record-likely-duplicate"))
  await act.complete(chair, cases[1]!, "back", { reason: "Đã đăng ký theo hồ sơ của người mẹ" })
})

test("who ticks the box where there is no duplicate has cleared none for later", async () => {
  const id = await examined()
  await act.complete(cuong, id, "ok", { checks: BIRTH_CHECKS, duplicateCleared: true })
  assert.equal((await dossierOf(id)).facts.duplicateCleared, undefined)
})

test("each deed at the desk stands in the book of the commune, and Lan's reading page names who opened her case", async () => {
  const { id } = await filed()
  await cast.tx(binh, (tx) => openDeskCase(tx, id))
  await act.complete(binh, id, "refuse", { reason: "Không thuộc thẩm quyền" })
  const rows = await cast.migrator.rows<{ event: string; agency: string }>(
    sql`select event, agency from audit.entry where case_id = ${id} and agency <> 'site' order by seq`,
  )
  assert.deepEqual(
    rows.map((row) => row.event),
    ["notice-sent", "case-submitted", "case-read", "case-claimed", "notice-sent", "step-completed", "case-ended"],
  )
  assert.ok(rows.every((row) => row.agency === "ba-dinh"))
  const { dossier } = await act.mine(lan, id)
  assert.equal(dossier.status, status.refused)
})

test("a task knows its own due time by the norm of its step, in working hours", async () => {
  const { id } = await filed()
  const [row] = (await cast.tx(binh, listQueue)).filter((one) => one.caseId === id)
  assert.equal(row?.dueAt?.toISOString(), "2026-03-09T04:00:00.000Z", "an hour after ten o'clock")
  assert.equal(row?.caseDueAt.toISOString(), "2026-03-09T10:00:00.000Z")
})
