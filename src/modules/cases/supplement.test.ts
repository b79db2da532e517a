// The supplement: asked once and whole, answered once, late or never; and what an answer leads to.
import assert from "node:assert/strict"
import { Readable } from "node:stream"
import { after, before, beforeEach, test } from "node:test"
import { listCaseUploads, receiveUpload, recordUpload } from "#documents"
import { localDateOf } from "#engines/calendar"
import { listInbox } from "#notices"
import { type Actor, sql } from "#platform/db"
import { type Acts, acts, BIRTH_CHECKS, code, type Person, shop, son } from "../../../test/acts.ts"
import { type Cast, openCast } from "../../../test/cast.ts"
import { png } from "../documents/upload.fixture.ts"
import { calendarFor } from "./clock.ts"
import { answerSupplement, claimNext, getOpenSupplement, status } from "./index.ts"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

let cast: Cast
let act: Acts
let lan: Person
let binh: Actor
let cuong: Actor
let moved = 0
before(async () => {
  cast = await openCast()
  act = acts(cast)
  lan = await cast.person("lan")
  binh = await cast.official("binh")
  cuong = await cast.official("cuong")
})
/** Every story begins on Monday at ten. */
beforeEach(() => {
  cast.clock.move(-moved)
  moved = 0
})
after(() => cast?.close())

const wait = (ms: number) => {
  moved += ms
  cast.clock.move(ms)
}
const ask = (caseId: string, ...fields: string[]) =>
  act.complete(binh, caseId, "supplement", { items: fields.map((field) => ({ field, reason: "Đề nghị bổ sung" })) })
const answer = (who: Actor, caseId: string, raw: Parameters<typeof answerSupplement>[2]) =>
  cast.tx(who, (tx) => answerSupplement(tx, caseId, raw, "vi"))
const homeTown = { "child.homeTown": "Ninh Bình" }
const asked = async (...fields: string[]) => {
  const { id } = await act.file(lan)
  await ask(id, ...fields)
  return id
}

test("a supplement is asked for once in a case, whoever asks", async () => {
  const id = await asked("child.homeTown")
  await answer(lan, id, homeTown)
  await assert.rejects(ask(id, "child.homeTown"), code("supplement-already-asked"))
  await act.complete(binh, id, "accept")
  const again = { items: [{ field: "child.homeTown", reason: "Chưa rõ" }] }
  await assert.rejects(act.complete(cuong, id, "supplement", again), code("supplement-already-asked"))
})

test("only what the applicant can answer may be asked for, each with its reason", async () => {
  const { id } = await act.file(lan)
  for (const field of ["mother.fullName", "child.fullName", "truth", "nobody.knows"])
    await assert.rejects(ask(id, field), code("reason-missing"), field)
  const bare = { items: [{ field: "child.homeTown", reason: " " }] }
  await assert.rejects(act.complete(binh, id, "supplement", bare), code("reason-missing"))
})

test("a second answer finds nothing open, one after the other and at once", async () => {
  const id = await asked("child.homeTown")
  const both = await Promise.allSettled([answer(lan, id, homeTown), answer(lan, id, { "child.homeTown": "Hà Nội" })])
  assert.deepEqual(both.map((d) => d.status).sort(), ["fulfilled", "rejected"])
  await assert.rejects(answer(lan, id, homeTown), code("supplement-not-open"))
  const hung = await cast.person("hung")
  await assert.rejects(answer(hung, id, homeTown), code("case-not-found"))
})

test("what was asked has to be told: an empty answer is a mistake beside its field, and nothing has changed", async () => {
  const id = await asked("child.homeTown")
  const before = await act.mine(lan, id)
  const empty = await answer(lan, id, { "child.homeTown": " " })
  assert.deepEqual(
    empty.errors.map((e) => e.field),
    ["child.homeTown"],
  )
  assert.deepEqual(await act.mine(lan, id), before)
})

test("a corrected name is the name that the registers and the certificate get, not the one worked out before", async () => {
  const id = await asked("child.givenName")
  await answer(lan, id, { "child.givenName": "Mạnh" })
  const { dossier } = await act.mine(lan, id)
  assert.equal(dossier.values["child.fullName"]?.value, "Phạm Gia Mạnh")
  await act.complete(binh, id, "accept")
  await act.complete(cuong, id, "ok", { checks: BIRTH_CHECKS })
  await act.complete(await cast.official("son"), id, "signed")
  await cast.work()
  const [record] = await cast.migrator.rows<{ data: { fullName: string } }>(
    sql`select data from registers.record where register = 'population/person' and case_id = ${id}`,
  )
  assert.equal(record?.data.fullName, "Phạm Gia Mạnh")
})

test("an answer that breaks a rule of the form is told beside its field", async () => {
  const id = await asked("child.familyName")
  const wrong = await answer(lan, id, { "child.familyName": "Trần" })
  assert.deepEqual(
    wrong.errors.map((e) => [e.field, e.code]),
    [["child.familyName", "name-from-a-parent"]],
  )
  assert.equal(wrong.raw["child.familyName"], "Trần", "what was typed is not lost")
  assert.deepEqual((await answer(lan, id, { "child.familyName": "Nguyễn" })).errors, [])
})

test("an answer that leads to more questions has them on the same page, and nothing is taken in until they are told", async () => {
  const thuy = await cast.person("thuy")
  const { id } = await act.file(thuy, { ...son, "child.familyName": "Cao", "father.declared": "no" })
  const giang = await cast.official("giang")
  await act.complete(giang, id, "supplement", { items: [{ field: "father.declared", reason: "Đề nghị xác nhận" }] })
  const first = await answer(thuy, id, { _asked: "father.declared", "father.declared": "yes" })
  assert.ok(first.again)
  assert.deepEqual(first.errors, [], "what was not asked before is no mistake")
  const ids = first.page.fields.map((field) => field.id)
  assert.ok(ids.includes("father.fullName") && ids.includes("father.familyName"), ids.join())
  assert.equal((await act.mine(thuy, id)).dossier.status, status.supplement)
  const second = await answer(thuy, id, {
    _asked: ids.join(" "),
    "father.declared": "yes",
    "father.fullName": "Đỗ Văn Tám",
    "father.familyName": "Đỗ",
    "father.birthDate.day": "2",
    "father.birthDate.month": "9",
    "father.birthDate.year": "1990",
    "father.ethnicity": "kinh",
    "father.nationality": "VN",
    "father.residence.province": "01",
    "father.residence.commune": "00070",
  })
  assert.deepEqual([second.errors, second.again], [[], false])
  const { dossier } = await act.mine(thuy, id)
  assert.equal(dossier.values["father.fullName"]?.value, "Đỗ Văn Tám")
})

test("a picture that comes with the answer belongs to the case, and its commune can open it", async () => {
  const mother = await cast.person("thuy")
  const { id } = await act.file(mother, { ...son, "child.familyName": "Cao", "child.givenName": "Bé", "father.declared": "no" })
  const giang = await cast.official("giang")
  await act.complete(giang, id, "supplement", { items: [{ field: "child.homeTown", reason: "Kèm ảnh" }] })
  const file = await receiveUpload(cast.site, {
    stream: Readable.from([png()]),
    name: "anh.png",
    declaredType: "image/png",
    bytesMax: 100_000,
    types: ["image/png"],
  })
  await cast.tx(mother, async (tx) => {
    await recordUpload(tx, { owner: mother.subject, draftId: id, field: "papers.more" }, file)
    assert.deepEqual((await answerSupplement(tx, id, homeTown, "vi")).errors, [])
  })
  assert.deepEqual(
    (await cast.tx(giang, (tx) => listCaseUploads(tx, id))).map((u) => u.name),
    ["anh.png"],
  )
})

test("who does not answer in thirty days finds the case stopped, is told so, and nobody else's work is touched", async () => {
  while (await cast.tx(binh, claimNext)); // what the other stories left
  const id = await asked("child.homeTown")
  const other = (await act.file(lan, { ...son, "child.givenName": "Khác" })).id
  const { answerUntil } = (await act.mine(lan, id)).supplements[0]!
  assert.equal(localDateOf(calendarOf(), answerUntil!), "2026-04-08")
  wait(29 * DAY_MS)
  await cast.work()
  assert.equal((await act.mine(lan, id)).dossier.status, status.supplement)
  wait(2 * DAY_MS)
  await cast.work()
  const { dossier, tasks, timeline } = await act.mine(lan, id)
  assert.deepEqual([dossier.status, dossier.process.ended], [status.stopped, "stopped"])
  assert.ok(dossier.closedAt)
  assert.ok(tasks.every((task) => task.doneAt))
  assert.equal(timeline.at(-1)?.code, "supplement.expired")
  assert.ok((await cast.tx(lan, (tx) => listInbox(tx))).some((m) => m.code === "case-stopped" && m.link === `/my/cases/${id}`))
  await assert.rejects(
    cast.tx(lan, (tx) => getOpenSupplement(tx, id, "vi")),
    code("supplement-not-open"),
  )
  await assert.rejects(answer(lan, id, homeTown), code("supplement-not-open"))
  assert.equal((await act.mine(lan, other)).dossier.status, status.filed)
})

let calendar: ReturnType<typeof calendarFor> | undefined
const calendarOf = () =>
  (calendar ??= calendarFor({ site: cast.site, now: new Date("2026-03-09T03:00:00Z") } as Parameters<typeof calendarFor>[0], {
    kind: "",
  }))
const dueOf = async (id: string) => (await act.mine(lan, id)).dossier.dueAt.toISOString()

test("a birth handed in before three o'clock is due the same day, at five past three the next working day", async () => {
  const early = (await act.file(lan)).id
  assert.equal(await dueOf(early), "2026-03-09T10:00:00.000Z")
  wait(5 * HOUR_MS + 5 * MINUTE_MS)
  assert.equal(await dueOf((await act.file(lan)).id), "2026-03-10T10:00:00.000Z")
})

test("on a Friday after three the due day is Monday", async () => {
  wait(4 * DAY_MS + 6 * HOUR_MS)
  assert.equal(await dueOf((await act.file(lan)).id), "2026-03-16T10:00:00.000Z")
})

test("an answer after a weekend costs the applicant the pause and the agency none of its time", async () => {
  const thanh = await cast.person("thanh")
  wait(3 * DAY_MS) // Thursday, ten o'clock
  const { id } = await act.file(thanh, shop, "1.001612")
  const dueBefore = (await act.mine(thanh, id)).dossier.dueAt
  assert.equal(dueBefore.toISOString(), "2026-03-17T10:00:00.000Z", "three working days: Friday, Monday, Tuesday")
  wait(DAY_MS) // Friday
  await act.complete(binh, id, "supplement", { items: [{ field: "business.startDate", reason: "Chưa ghi" }] })
  wait(4 * DAY_MS) // Tuesday
  const start = { "business.startDate.day": "1", "business.startDate.month": "4", "business.startDate.year": "2026" }
  assert.deepEqual((await answer(thanh, id, start)).errors, [])
  const { dossier } = await act.mine(thanh, id)
  assert.deepEqual(dossier.suspensions, [{ from: "2026-03-13T03:00:00.000Z", to: "2026-03-17T03:00:00.000Z" }])
  assert.ok(dossier.dueAt > dueBefore)
  assert.equal(dossier.dueAt.toISOString(), "2026-03-19T10:00:00.000Z", "two working days stood still")
})
