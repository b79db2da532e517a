// Whole stories: the household business, a birth told by the father, by a mother alone, and when a register has nothing to say.
import assert from "node:assert/strict"
import { Readable } from "node:stream"
import { after, before, test } from "node:test"
import type { Country } from "#country"
import { listDocuments, openDocument, receiveUpload, recordUpload } from "#documents"
import { askedFields, type FormValues, visiblePages } from "#engines/form"
import { sql } from "#platform/db"
import { type Acts, acts, BIRTH, BIRTH_CHECKS, HOUSEHOLD_BUSINESS, type Person, shop, son } from "../../../test/acts.ts"
import { type Cast, openCast } from "../../../test/cast.ts"
import { png } from "../documents/upload.fixture.ts"
import { getDraft, savePage, status } from "./index.ts"

let cast: Cast
let act: Acts
before(async () => {
  cast = await openCast()
  act = acts(cast)
})
after(() => cast?.close())

const numberOf = (id: string) => (cast.site.reference as Country).cast.people.find((p) => p.id === id)!.number
const states = (values: FormValues, prefix: string) =>
  new Set(
    Object.entries(values)
      .filter(([id]) => id.startsWith(prefix))
      .map(([, answer]) => answer.state),
  )
const askedIn = async (who: Person, id: string) => {
  const { draft, service, context } = await cast.tx(who, (tx) => getDraft(tx, id, "vi"))
  return visiblePages(service.form, draft.values, context).flatMap((page) =>
    askedFields(service.form, page, draft.values, context).map((field) => field.id),
  )
}
const register = async (id: string, [reception, examiner, leader]: readonly string[], checks: readonly string[]) => {
  await act.complete(await cast.official(reception!), id, "accept")
  await act.complete(await cast.official(examiner!), id, "ok", { checks })
  await act.complete(await cast.official(leader!), id, "signed")
  await cast.work()
}
const recordsOf = (id: string) =>
  cast.migrator.rows<{ register: string; subject: string; data: Record<string, unknown> }>(
    sql`select register, subject, data from registers.record where case_id = ${id} order by register`,
  )
const papersOf = async (who: Person, id: string) =>
  (await cast.tx(who, (tx) => listDocuments(tx, who.subject))).filter((p) => p.caseId === id)

const bigger = { ...shop, "lines.count": "2", "lines.1.name": "Bán đồ uống", "lines.1.main": "no" }
const SHOP_CHECKS = ["name", "lines", "barred"]

test("Thành opens a noodle shop: his particulars are there, money and lines are typed, and the register has his business", async () => {
  const thanh = await cast.person("thanh")
  const { id, agency, dueAt, values } = await act.file(thanh, bigger, HOUSEHOLD_BUSINESS)
  assert.equal(agency, "ba-dinh")
  assert.equal(dueAt.toISOString(), "2026-03-12T10:00:00.000Z")
  assert.deepEqual(states(values, "owner."), new Set(["verified"]))
  assert.equal((await act.mine(thanh, id)).dossier.moneyState, "due", "the fee is paid at the counter; it holds nothing up")
  assert.equal(values["business.capital"]?.value, "80000000")
  await register(id, ["binh", "diep", "son"], SHOP_CHECKS)
  const { dossier } = await act.mine(thanh, id)
  assert.equal(dossier.status, status.returned)
  assert.equal(dossier.facts.assigned, undefined, "the number of the business is his own")
  const [record] = await recordsOf(id)
  assert.equal(record?.subject, thanh.subject)
  assert.deepEqual(
    [record?.data.number, record?.data.activities, record?.data.capital, record?.data.registeredOn],
    [numberOf("thanh"), "Bán phở; Bán đồ uống", "80000000", "2026-03-09"],
  )
  assert.deepEqual((await papersOf(thanh, id)).map((p) => p.kind).sort(), ["receipt", "result"])

  const again = await act.start(thanh, HOUSEHOLD_BUSINESS)
  const saved = await cast.tx(thanh, (tx) => savePage(tx, again, "owner", {}, "vi"))
  assert.deepEqual(
    saved.errors.map((e) => e.code),
    ["one-business-each"],
    "the next one is told so on its first page",
  )
})

test("a shop that may not be is refused at reception, with the reason on form 03; nothing is in the register", async () => {
  const nhung = await cast.person("nhung")
  const { id } = await act.file(nhung, { ...bigger, "business.name": "Karaoke Nhung" }, HOUSEHOLD_BUSINESS)
  await act.complete(await cast.official("loan"), id, "refuse", { reason: "Địa điểm không được kinh doanh ngành nghề này" })
  await cast.work()
  const { dossier } = await act.mine(nhung, id)
  assert.deepEqual([dossier.status, dossier.process.ended], [status.refused, "refused"])
  const [paper, ...more] = (await papersOf(nhung, id)).filter((p) => p.kind === "refusal")
  assert.equal(more.length, 0)
  const opened = await cast.tx(nhung, (tx) => openDocument(tx, paper!.id))
  for await (const _ of opened.stream);
  assert.deepEqual(await recordsOf(id), [])
})

test("household members who register together tell who they are, and hand in their minutes", async () => {
  const phuc = await cast.person("phuc")
  const id = await act.start(phuc, HOUSEHOLD_BUSINESS)
  const shared = {
    ...bigger,
    "household.isShared": "yes",
    "members.count": "1",
    "members.0.name": "Ngô Thu Hà",
    "members.0.number": numberOf("ha"),
  }
  const bare = await cast.tx(phuc, (tx) => savePage(tx, id, "members", shared, "vi"))
  assert.deepEqual(
    bare.errors.map((e) => [e.field, e.code]),
    [["papers.minutes", "required-file"]],
  )
  const file = await cast.tx(phuc, async (tx) => {
    const received = await receiveUpload(cast.site, {
      stream: Readable.from([png()]),
      name: "bien-ban.png",
      declaredType: "image/png",
      bytesMax: 100_000,
      types: ["image/png"],
    })
    await recordUpload(tx, { owner: phuc.subject, draftId: id, field: "papers.minutes" }, received)
    return received
  })
  const { sha256, name, bytes, type } = file
  await act.fill(phuc, id, { ...shared, "papers.minutes": { sha256, name, bytes, type } })
  const { values } = await act.submit(phuc, id)
  assert.deepEqual(values.members?.value, [{ name: "Ngô Thu Hà", number: numberOf("ha") }])
})

test("Hùng tells the birth as the father: his wife, the marriage and her birth statement are fetched, nothing of it is asked", async () => {
  const hung = await cast.person("hung")
  const id = await act.start(hung)
  const asked = await askedIn(hung, id)
  assert.deepEqual(
    asked.filter((field) => /^(mother|father|marriage|birth)\./.test(field)),
    [],
  )
  await act.fill(hung, id, son)
  const { values, agency } = await act.submit(hung, id)
  assert.equal(agency, "ba-dinh")
  assert.equal(values["mother.number"]?.value, numberOf("lan"))
  assert.equal(values["father.number"]?.value, numberOf("hung"))
})

test("Thủy, who is not married, names no father: the child has her name, and the record no father", async () => {
  const thuy = await cast.person("thuy")
  const { id, agency, values } = await act.file(thuy, { ...son, "child.familyName": "Cao", "father.declared": "no" })
  assert.equal(agency, "hoan-kiem")
  assert.ok(!Object.keys(values).some((field) => field.startsWith("father.") && field !== "father.declared"))
  await register(id, ["giang", "khoa", "tam"], BIRTH_CHECKS)
  const [birth, person] = await recordsOf(id)
  assert.deepEqual([birth?.register, person?.register], ["civil-status/birth", "population/person"])
  assert.equal(birth?.data.fullName, "Cao Gia Minh")
  assert.ok(!("fatherNumber" in birth!.data) && !("fatherName" in birth!.data))
  const { dossier } = await act.mine(thuy, id)
  assert.match(dossier.facts.assigned?.number ?? "", /^9\d{11}$/)
})

test("Thủy names a father of whom she knows no number: it is her word, and the commune sees that it is", async () => {
  const thuy = await cast.person("thuy")
  const father = {
    "father.declared": "yes",
    "father.fullName": "Đỗ Văn Tám",
    "father.familyName": "Đỗ",
    "father.birthDate.day": "2",
    "father.birthDate.month": "9",
    "father.birthDate.year": "1990",
    "father.ethnicity": "kinh",
    "father.nationality": "VN",
    "father.residence.province": "01",
    "father.residence.commune": "00166",
  }
  const { id, values } = await act.file(thuy, { ...son, ...father, "child.familyName": "Đỗ", "child.givenName": "Em" })
  assert.deepEqual(states(values, "father."), new Set(["declared"]))
  await register(id, ["giang", "khoa", "tam"], BIRTH_CHECKS)
  assert.equal((await act.mine(thuy, id)).dossier.status, status.returned)
})

/** Lets the register of birth statements have nothing for communes while `story` runs. */
async function withoutStatements(story: () => Promise<void>): Promise<void> {
  await cast.migrator.run(sql`update registers.record set register = 'health/lost' where register = 'health/birth-statement'`)
  try {
    await story()
  } finally {
    await cast.migrator.run(sql`update registers.record set register = 'health/birth-statement' where register = 'health/lost'`)
  }
}

test("a register without an answer blocks nobody: Hà types what it would have said, sends a picture, and hands in", () =>
  withoutStatements(async () => {
    const ha = await cast.person("ha")
    const id = await act.start(ha)
    const asked = await askedIn(ha, id)
    for (const field of ["birth.date", "birth.place", "birth.sex", "papers.statement"]) assert.ok(asked.includes(field), field)
    const file = await receiveUpload(cast.site, {
      stream: Readable.from([png()]),
      name: "giay-chung-sinh.png",
      declaredType: "image/png",
      bytesMax: 100_000,
      types: ["image/png"],
    })
    const { sha256, name, bytes, type } = file
    await cast.tx(ha, (tx) => recordUpload(tx, { owner: ha.subject, draftId: id, field: "papers.statement" }, file))
    await act.fill(ha, id, {
      ...son,
      "child.familyName": "Trịnh",
      "birth.date.day": "24",
      "birth.date.month": "12",
      "birth.date.year": "2025",
      "birth.place": "Bệnh viện Phụ sản Hoa Sen",
      "birth.sex": "female",
      "papers.statement": { sha256, name, bytes, type },
    })
    const dossier = await act.submit(ha, id)
    assert.deepEqual(states(dossier.values, "birth."), new Set(["declared"]))
    await register(dossier.id, ["binh", "cuong", "son"], BIRTH_CHECKS)
    assert.equal((await act.mine(ha, dossier.id)).dossier.status, status.returned)
  }))

test("the service's own country has no other: a draft of a birth names its service and purpose to each register", async () => {
  const mai = await cast.person("mai")
  const id = await act.start(mai, BIRTH)
  const rows = await cast.migrator.rows<{ service: string; purpose: string; requester: string; actor_kind: string }>(
    sql`select service, purpose, requester, actor_kind from exchange.message where case_id = ${id} order by service, requester`,
  )
  assert.deepEqual(
    rows.map((row) => row.service),
    ["civil-status/marriage.read", "health/birth-statement.read", "population/person.read", "population/person.read"],
  )
  assert.ok(rows.every((row) => row.purpose === "birth-registration" && row.actor_kind === "person"))
  const early = rows.filter((row) => row.requester === "justice").map((row) => row.service)
  assert.ok(early.includes("civil-status/marriage.read"), "before an address is known, the ministry asks")
  assert.ok(rows.some((row) => row.requester === "cau-giay"))
})
