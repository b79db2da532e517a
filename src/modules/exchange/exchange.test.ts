// The exchange: what a right gives, what is logged of a request, what is entered by hand, and what is asked before a decision.
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { after, before, test } from "node:test"
import type { AccessRight, Country } from "#country"
import type { FormContext, RawInput } from "#engines/form"
import { type Actor, sql, type Tx } from "#platform/db"
import { code } from "../../../test/acts.ts"
import { type Cast, openCast, system } from "../../../test/cast.ts"
import { type ExchangeRequest, enterableTypes, enterRecord, entryForm, findDuplicate, listLookups, request } from "./index.ts"

const TODAY = "2026-03-09"
const NOBODY = "00000000-0000-8000-8000-000000000000"
const STATEMENT = "health/birth-statement"
const day = [new Date("2026-03-08T17:00:00Z"), new Date("2026-03-09T17:00:00Z")] as const

let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast?.close())

const numberOf = (id: string) => (cast.site.reference as Country).cast.people.find((p) => p.id === id)!.number
const subjectOf = (id: string) => cast.site.keys.subjectOf(numberOf(id))
const births = (asked: Partial<ExchangeRequest>): ExchangeRequest => ({
  service: "population/person.read",
  requester: "ba-dinh",
  purpose: "birth-registration",
  today: TODAY,
  ...asked,
})
const ask = (who: Actor, asked: Partial<ExchangeRequest>) => cast.tx(who, (tx) => request(tx, births(asked)))
const lookupsOf = (id: string) => cast.tx(system, (tx) => listLookups(tx, subjectOf(id), ...day))

interface Kept {
  readonly request_digest: string
  readonly answer_digest: string | null
  readonly legal_ground: string
  readonly fields: string[]
  readonly case_id: string | null
}

const rowOf = async (message: string) =>
  (await cast.migrator.rows<Kept>(sql`select * from exchange.message where id = ${message}`))[0]!
/** The newest entry of an event in an agency's book. */
const bookOf = async (event: string, agency: string) => {
  const rows = await cast.migrator.rows<{ subject: string | null; details: Record<string, unknown> }>(
    sql`select subject, details from audit.entry where event = ${event} and agency = ${agency} order by seq desc limit 1`,
  )
  return rows[0]
}

test("a commune sees of Mai what its right names; the row says the ground, the fields and the case, and digests of both ways", async () => {
  const caseId = "00000000-0000-7000-8000-00000000000a"
  const answer = await ask(system, { number: numberOf("mai"), caseId })
  assert.ok(answer.outcome === "answered")
  assert.ok(answer.entries[0]?.data.homeTown)
  for (const hidden of ["maritalStatus", "formerResidence", "birthPlace"]) assert.ok(!(hidden in answer.entries[0].data), hidden)
  assert.deepEqual(answer.source, {
    register: "population/person",
    record: subjectOf("mai"),
    asOf: cast.site.clock().toISOString(),
    message: answer.message,
  })
  const row = await rowOf(answer.message)
  assert.equal(row.legal_ground, "66.7/2025/NQ-CP")
  assert.equal(row.case_id, caseId)
  assert.ok(row.fields.includes("homeTown") && !row.fields.includes("maritalStatus"))
  assert.match(row.request_digest, /^[0-9a-f]{64}$/)
  assert.match(String(row.answer_digest), /^[0-9a-f]{64}$/)
})

test("from a digest nobody can try out whose number was asked for", async () => {
  const asked = births({ number: numberOf("mai") })
  const answer = await cast.tx(system, (tx) => request(tx, asked))
  const { request_digest } = await rowOf(answer.message)
  const plain = createHash("sha256")
    .update(JSON.stringify({ ...asked, today: undefined }))
    .digest("hex")
  assert.notEqual(request_digest, plain)
})

test("who has nothing on record gets an empty answer, which is logged like any other", async () => {
  const answer = await ask(system, { service: "civil-status/marriage.read", number: numberOf("thuy") })
  assert.equal(answer.outcome, "empty")
  const [row] = (await lookupsOf("thuy")).filter((one) => one.message === answer.message)
  assert.deepEqual([row?.outcome, row?.fields, row?.legalGround], ["empty", [], "66.7/2025/NQ-CP"])
  assert.equal((await rowOf(answer.message)).answer_digest, null)
})

test("Hoa reads all of her own record as herself, and nobody's but hers", async () => {
  const hoa = await cast.person("hoa")
  const own = { purpose: "own-data", number: numberOf("hoa") }
  const answer = await ask(hoa, own)
  assert.ok(answer.outcome === "answered")
  assert.equal(answer.entries[0]?.data.maritalStatus, "married")
  assert.equal((await ask(hoa, { ...own, number: numberOf("long") })).outcome, "refused")
  assert.equal((await ask(system, own)).outcome, "refused", "the right is the person's own")
})

test("a read for a day gives what held on that day", async () => {
  assert.equal((await ask(system, { number: numberOf("mai"), validOn: "2025-06-30" })).outcome, "empty")
  assert.equal((await ask(system, { number: numberOf("mai"), validOn: "2025-07-01" })).outcome, "answered")
})

test("a refusal stands in the book of who asked; names that nobody declared do not", async () => {
  await ask(system, { requester: "hoa-sen-hospital", service: "civil-status/marriage.read", number: numberOf("mai") })
  await ask(system, { requester: "<script>", purpose: "'); drop", service: "tax/debts.read", number: numberOf("mai") })
  const first = await bookOf("request-refused", "hoa-sen-hospital")
  assert.deepEqual([first?.details.reason, first?.details.service], ["no-right", "civil-status/marriage.read"])
  const second = await bookOf("request-refused", "site")
  assert.deepEqual(Object.keys(second?.details ?? {}).sort(), ["message", "reason"])
})

test("a write stands in the log under the person whom the register made, and in the book of who wrote", async () => {
  const data = { givenName: "Na", fullName: "Lê Na", sex: "female", birthDate: "2026-03-01", motherNumber: numberOf("mai") }
  const asked = births({ service: "population/person.write", requester: "cau-giay", write: { data, validFrom: TODAY } })
  const answer = await cast.tx(system, (tx) => request(tx, asked))
  assert.ok(answer.outcome === "written")
  const lookups = await cast.tx(system, (tx) => listLookups(tx, answer.written.subject, ...day))
  assert.deepEqual(
    lookups.map((one) => [one.message, one.outcome, one.service]),
    [[answer.message, "answered", "population/person.write"]],
  )
  for (const event of ["record-written", "number-assigned"])
    assert.equal((await bookOf(event, "cau-giay"))?.subject, answer.written.subject, event)
})

const context: FormContext = { lang: "vi", today: TODAY }
const statement = (more: RawInput = {}): RawInput => ({
  motherNumber: numberOf("mai"),
  motherName: "Lê Thanh Mai",
  statementNumber: "HS-900100",
  "date.day": "8",
  "date.month": "3",
  "date.year": "2026",
  place: "Bệnh viện Phụ sản Hoa Sen",
  sex: "female",
  ...more,
})

test("the hospital's registrar enters a birth statement by hand; nobody else is even shown the form", async () => {
  const kim = await cast.official("kim")
  assert.deepEqual(await cast.tx(kim, async (tx) => enterableTypes(tx).map((t) => t.type)), [STATEMENT])
  for (const id of ["binh", "son", "dat"]) {
    const who = await cast.official(id)
    assert.deepEqual(await cast.tx(who, async (tx) => enterableTypes(tx)), [], id)
    await assert.rejects(
      cast.tx(who, async (tx) => entryForm(tx, STATEMENT)),
      code("not-found"),
    )
    await assert.rejects(
      cast.tx(who, (tx) => enterRecord(tx, STATEMENT, statement(), context)),
      code("not-found"),
    )
  }
  const wrong = await cast.tx(kim, (tx) =>
    enterRecord(tx, STATEMENT, statement({ sex: "", "date.day": "31", "date.month": "2" }), context),
  )
  assert.ok("errors" in wrong)
  assert.deepEqual(wrong.errors.map((e) => e.field).sort(), ["date", "sex"])
  assert.equal(wrong.raw.statementNumber, "HS-900100", "nothing typed is lost")

  const done = await cast.tx(kim, (tx) => enterRecord(tx, STATEMENT, statement(), context))
  assert.ok("written" in done)
  const [seen] = (await lookupsOf("mai")).filter((one) => one.message === done.message)
  assert.deepEqual(
    [seen?.by, seen?.byKind, seen?.requester, seen?.outcome],
    [kim.name, "official", "hoa-sen-hospital", "answered"],
  )
  assert.equal((await bookOf("record-written", "hoa-sen-hospital"))?.subject, subjectOf("mai"))
})

test("a statement with a number that is in use already is held until the registrar has looked", async () => {
  const lua = await cast.official("lua")
  const twice = statement({ statementNumber: "hs-900100 ", motherNumber: numberOf("trang") })
  await assert.rejects(
    cast.tx(lua, (tx) => enterRecord(tx, STATEMENT, twice, context)),
    code("record-likely-duplicate"),
  )
  const cleared = await cast.tx(lua, (tx) => enterRecord(tx, STATEMENT, twice, context, true))
  assert.ok("written" in cleared)
})

test("before it decides, a commune learns that the same birth is on record, and no more than that; the child's record shows it", async () => {
  const gia = { fullName: "Phạm Gia Hân", birthDate: "2023-09-02", motherNumber: numberOf("lan"), sex: "female" }
  const twin = births({ service: "civil-status/birth.write", write: { data: gia, validFrom: TODAY } })
  const look = (tx: Tx) => findDuplicate(tx, twin)
  const found = await cast.tx(system, look)
  assert.ok(found)
  assert.deepEqual(Object.keys(found).sort(), ["message", "recordedAt", "register"])
  const [row] = (await lookupsOf("gia-han")).filter((one) => one.message === found.message)
  assert.deepEqual([row?.outcome, row?.requester, row?.purpose], ["answered", "ba-dinh", "birth-registration"])

  const other = { ...twin, write: { data: { ...gia, fullName: "Phạm Gia Bảo" }, validFrom: TODAY } }
  assert.equal(await cast.tx(system, (tx) => findDuplicate(tx, other)), undefined)
  const binh = await cast.official("binh")
  assert.ok(await cast.tx(binh, look))
  const kim = await cast.official("kim")
  assert.equal(await cast.tx(kim, look), undefined, "the hospital may not write births, so it may not ask")
  assert.equal(await cast.tx(kim, (tx) => findDuplicate(tx, { ...twin, requester: "hoa-sen-hospital" })), undefined)
  const outcomes = (
    await cast.migrator.rows<{ outcome: string }>(sql`
    select outcome from exchange.message where actor_name = ${kim.name} and service = 'civil-status/birth.write'`)
  ).map((r) => r.outcome)
  assert.deepEqual(outcomes, ["refused", "refused"])
})

test("a lookup that the law delays is shown to Lan after its time, and to the auditor at once", async () => {
  const country = cast.site.reference as Country
  const record = country.registers.get("population")!.records[0]! as { access: AccessRight[] }
  const { access } = record
  const delayed: AccessRight = {
    ...{
      who: { agency: "public-security" },
      may: "read",
      purpose: "own-data",
      ground: { ref: "101/2015/QH13" },
      fields: ["fullName"],
    },
    delay: { days: 180, ground: { ref: "101/2015/QH13", article: "19" } },
  }
  record.access = [...access, delayed]
  try {
    const from = cast.site.clock()
    const seenBy = (who: Actor) => cast.tx(who, (tx) => listLookups(tx, subjectOf("lan"), from, new Date(8e15)))
    const answer = await cast.tx(system, (tx) =>
      request(tx, {
        ...{ service: "population/person.read", requester: "public-security", number: numberOf("lan") },
        purpose: "own-data",
        today: "2026-03-09",
      }),
    )
    assert.equal(answer.outcome, "answered")
    const auditor: Actor = {
      ...{ kind: "official", accountId: NOBODY, subject: NOBODY, name: "Lương", agency: "public-security" },
      positions: [{ id: "population-auditor", unit: "population", roles: ["auditor"] }],
    }
    const lan: Actor = { kind: "person", accountId: NOBODY, subject: subjectOf("lan"), name: "Lan" }
    const isThere = async (who: Actor) => (await seenBy(who)).find(({ message }) => message === answer.message)
    assert.ok(await isThere(auditor))
    assert.equal(await isThere(lan), undefined)
    const raw = await cast.tx(lan, (tx) => tx.rows(sql`select id from exchange.message where id = ${answer.message}`))
    assert.deepEqual(raw, [], "nor past the finder")
    cast.clock.move(179 * 86_400_000)
    assert.equal(await isThere(lan), undefined)
    cast.clock.move(86_400_000)
    assert.equal((await isThere(lan))?.delayed?.ground, "101/2015/QH13, 19")
  } finally {
    record.access = access
  }
})
