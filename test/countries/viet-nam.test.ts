// The pack of Viet Nam: clean, quick to check, its cast impossible to confuse with real people, its birth form mostly filled by the state.
import assert from "node:assert/strict"
import { resolve } from "node:path"
import { test } from "node:test"
import { agencyFor, checkCountry, fullName, loadCountry, type SeedRow, seedRows } from "#country"
import { dueAt, instantAt, workingCalendar } from "#engines/calendar"
import {
  applyFetched,
  askedFields,
  checkAll,
  compileForm,
  type Form,
  type FormContext,
  type FormValues,
  type Json,
  keyOf,
  reachedFields,
  submission,
  type Vocabulary,
  visiblePages,
} from "#engines/form"
import { compileProcess, start, step, usualPath } from "#engines/process"

const dir = resolve(import.meta.dirname, "../../countries/viet-nam")
const country = loadCountry(dir)
const today = "2026-03-09"
const rows = seedRows(country, today)
const birth = country.services.get("1.001193")!
const form = compileForm(birth.form, country.vocabulary.elements as Vocabulary)

test("the pack of Viet Nam is clean", async () => {
  assert.deepEqual(await checkCountry(dir), [])
})

test("the cast has at least forty people, eight married mothers, and nobody who could be real", () => {
  const { people } = country.cast
  assert.ok(people.length >= 40)
  assert.ok(people.every((p) => Number(p.number.slice(0, 3)) >= 900))
  const mothers = rows.filter((r) => r.record === "birth-statement").map((r) => r.key)
  const married = new Set(rows.filter((r) => r.record === "marriage").map((r) => r.key))
  assert.ok(mothers.filter((number) => married.has(number)).length >= 8)
  assert.ok(mothers.some((number) => !married.has(number)))
})

test("every role of the birth's process is held by two people at Lan's commune, so that four eyes can see", () => {
  const agency = agencyFor(country, "commune-committee", "00004")!
  const held = new Map(country.cast.holdings.map((h) => [h.position, h.person]))
  for (const role of ["reception-officer", "leader"] as const) {
    const people = agency.positions.filter((p) => p.roles.includes(role)).map((p) => held.get(`${agency.id}/${p.id}`))
    assert.ok(new Set(people.filter(Boolean)).size >= 2, role)
  }
})

test("a ward of today is found, with the wards of before that became part of it", () => {
  assert.deepEqual(
    country.divisions.path("00004").map((d) => d.name.vi),
    ["Thành phố Hà Nội", "Phường Ba Đình"],
  )
  assert.equal(country.divisions.path("00016", "until-2025").length, 3)
  assert.ok(country.divisions.successors("00016").some((s) => s.division.code === "00004" && s.part === "partial"))
  assert.ok(country.divisions.named("ba dinh", "01").some((d) => d.code === "00004"))
})

test("a birth handed in after 15:00 is due the next working day, one before the same day", () => {
  const calendar = workingCalendar(country.calendar, { timeZone: country.timeZone, agencyKind: "commune-committee" })
  const { value, unit, cutoff } = birth.definition.limit
  const dueOf = (time: string) =>
    dueAt(calendar, { receivedAt: instantAt(calendar, today, time), limit: { value, unit: unit as "working-day" }, cutoff }).due
  assert.equal(dueOf("10:00").toISOString().slice(0, 10), "2026-03-09")
  assert.equal(dueOf("15:30").toISOString().slice(0, 10), "2026-03-10")
})

/** What the exchange would do for an applicant: each fetch whose key is known, in order. */
function fetchedFor(
  login: string,
  silent: readonly string[] = [],
  of: Form = form,
): { values: FormValues; context: FormContext } {
  const person = country.cast.people.find((p) => p.id === login)!
  const applicant = { number: person.number, fullName: fullName(country, person.name) }
  const context: FormContext = { lang: "vi", today, applicant }
  const known: Record<string, Readonly<Record<string, Json>>> = { applicant }
  let values: FormValues = {}
  for (const fetch of of.fetches) {
    const key = keyOf(fetch, values, known, context)
    const row = silent.includes(fetch.service.split("/")[0]!) ? undefined : recordOf(fetch.service, key)
    const record = row?.values as Readonly<Record<string, Json>> | undefined
    if (record) known[fetch.id] = record
    const source = { register: fetch.service, record: "r", asOf: today, message: "m" }
    values = applyFetched(of, values, fetch.id, record, source)
  }
  return { values, context }
}

const recordOf = (service: string, key: string | undefined): SeedRow | undefined =>
  rows.find((r) => `${r.register}/${r.record}.read` === service && r.key === key)

function asked(of: Form, values: FormValues, context: FormContext): string[] {
  return visiblePages(of, values, context).flatMap((page) => askedFields(of, page, values, context).map((f) => f.id))
}

for (const login of ["lan", "hung", "hoa", "mai", "thao", "yen", "ha", "linh", "trang", "quyen", "may"])
  test(`of the fields that ${login}'s birth form reaches, at least 70 % come from registers, and none of them is asked`, () => {
    const { values, context } = fetchedFor(login)
    const reached = form.pages.flatMap((page) => reachedFields(form, page, values, context)).filter((f) => f.type !== "computed")
    const verified = reached.filter((f) => values[f.id]?.state === "verified").map((f) => f.id)
    assert.ok(verified.length / reached.length >= 0.7, `${verified.length} of ${reached.length}`)
    assert.deepEqual(
      asked(form, values, context).filter((id) => verified.includes(id)),
      [],
    )
    assert.deepEqual(asked(form, values, context), [
      "child.familyName",
      "child.middleName",
      "child.givenName",
      "child.homeTown",
      "child.nationality",
      "child.ethnicity",
      "contact.phone",
      "truth",
    ])
  })

test("Lan's case goes to her own commune", () => {
  const { values } = fetchedFor("lan")
  const { commune } = values["mother.residence"]!.value as { commune: string }
  assert.equal(agencyFor(country, birth.definition.authority.kind!, commune)?.id, "ba-dinh")
})

const answers = (given: Record<string, Json>): FormValues =>
  Object.fromEntries(Object.entries(given).map(([id, value]) => [id, { value, state: "declared" }]))

const named = { "child.givenName": "Minh", "child.nationality": "VN", "child.ethnicity": "kinh", truth: true }

test("a child named after father or mother passes, without a home town too; a name from neither parent does not", () => {
  const { values, context } = fetchedFor("lan")
  const good = { ...values, ...answers({ ...named, "child.familyName": "Phạm", "child.middleName": "Gia" }) }
  assert.deepEqual(checkAll(form, good, context), [])
  assert.equal(submission(form, good, context)["child.fullName"]?.value, "Phạm Gia Minh")
  const bad = { ...values, ...answers({ ...named, "child.familyName": "Trần" }) }
  assert.deepEqual(
    checkAll(form, bad, context).map((e) => e.code),
    ["name-from-a-parent"],
  )
})

test("when the hospital's register is silent, Hoa is asked for the birth and the paper", () => {
  const { values, context } = fetchedFor("hoa", ["health"])
  const ids = asked(form, values, context)
  for (const id of ["birth.date", "birth.place", "birth.sex", "papers.statement"]) assert.ok(ids.includes(id), id)
})

test("Thủy, who is not married, may leave the father out", () => {
  const { values, context } = fetchedFor("thuy")
  const good = { ...values, ...answers({ ...named, "child.familyName": "Cao", "father.declared": false }) }
  assert.deepEqual(checkAll(form, good, context), [])
  assert.ok(!Object.keys(submission(form, good, context)).some((id) => id.startsWith("father.full")))
})

test("the birth's process takes a case from reception to the returned result, and the appraiser can't sign", () => {
  const process = compileProcess(birth.process)
  assert.deepEqual(
    usualPath(process).map((s) => s.id),
    ["receive", "appraise", "sign", "register", "return"],
  )
  const opened = start(process)
  const received = step(process, opened.state, { step: "receive", outcome: "accept", by: "binh", roles: ["reception-officer"] })
  assert.ok("state" in received)
  const appraised = step(process, received.state, { step: "appraise", outcome: "ok", by: "cuong", roles: ["appraiser"] })
  assert.ok("state" in appraised)
  const signed = step(process, appraised.state, { step: "sign", outcome: "signed", by: "cuong", roles: ["leader"] })
  assert.ok("refused" in signed)
  assert.equal(signed.refused.code, "four-eyes")
})

test("birth registration fits in 300 lines of declarations", async () => {
  const { readFile, readdir } = await import("node:fs/promises")
  const folder = `${dir}/services/1.001193`
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(`${folder}/${name}`, "utf8")))
  assert.ok(files.join("").split("\n").length <= 300)
})

const shop = compileForm(country.services.get("1.001612")!.form, country.vocabulary.elements as Vocabulary)

test("Thanh's noodle shop passes, its lines of business in one line, and goes to the commune of the shop", () => {
  const { values, context } = fetchedFor("thanh", [], shop)
  const given = answers({
    "business.name": "Phở Thanh",
    "business.address": { province: "01", commune: "00565", street: "Số 1 đường Cổ Bi" },
    "business.phone": "0500012345",
    "business.workers": 2,
    "business.capital": "80000000",
    lines: [
      { name: "Bán phở", main: true },
      { name: "Bán đồ uống", main: false },
    ],
    "household.isShared": false,
    "agent.isUsed": false,
    truth: true,
  })
  const all = { ...values, ...given }
  assert.deepEqual(checkAll(shop, all, context), [])
  const sent = submission(shop, all, context)
  assert.equal(sent["business.activities"]?.value, "Bán phở; Bán đồ uống")
  assert.equal(agencyFor(country, "commune-committee", "00565")?.id, "gia-lam")
})

test("Quân, who has a household business, can't register another", () => {
  const { values, context } = fetchedFor("quan", [], shop)
  assert.ok(checkAll(shop, values, context).some((e) => e.code === "one-business-each"))
})
