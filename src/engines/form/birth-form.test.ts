// Lan registers the birth of her child: with registers that answer, and with registers that are silent.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Ajv2020 } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import { birthForm, context, records, sourceOf, vocabulary } from "./birth-form.fixture.ts"
import {
  applyFetched,
  askedFields,
  checkAll,
  compileForm,
  disputeValue,
  type FormValues,
  keyOf,
  printable,
  type RawInput,
  rawOf,
  reachedFields,
  readPage,
  restoreValue,
  shownFields,
  submission,
  visiblePages,
  wireSchema,
} from "./index.ts"

const form = compileForm(birthForm, vocabulary)
const pageOf = (id: string) => form.pages.find((page) => page.id === id)!
const ajv = new Ajv2020({ allErrors: true, strict: false })
addFormats.default(ajv)
const wire = ajv.compile(wireSchema(form))

/** Asks the registers in order, as the cases do; `silent` ones have nothing. */
function fetchAll(before: FormValues, silent: readonly string[] = []): FormValues {
  let values = before
  const known: Record<string, (typeof records)[string]> = {}
  for (const fetch of form.fetches) {
    const key = keyOf(fetch, values, known, context)
    const record = key === undefined || silent.includes(fetch.id) ? undefined : records[fetch.id]
    if (record) known[fetch.id] = record
    values = applyFetched(form, values, fetch.id, record, record && sourceOf(fetch.service.split(".")[0]!))
  }
  return values
}

const named: RawInput = {
  "child.familyName": "phạm ".normalize("NFD").replace("p", "P"),
  "child.middleName": "Gia",
  "child.givenName": "Minh",
  "child.nationality": "VN",
  "child.ethnicity": "Kinh",
}

test("of the fields that Lan's birth form reaches, at least 70 % arrive filled and none of these is asked", () => {
  const values = fetchAll({})
  const reached = visiblePages(form, values, context).flatMap((page) => reachedFields(form, page, values, context))
  const filled = reached.filter((field) => values[field.id])
  assert.ok(filled.length / reached.length >= 0.7, `${filled.length} of ${reached.length}`)
  const asked = visiblePages(form, values, context)
    .flatMap((page) => askedFields(form, page, values, context))
    .map((field) => field.id)
  assert.deepEqual(asked, [
    "child.familyName",
    "child.middleName",
    "child.givenName",
    "child.nationality",
    "child.ethnicity",
    "truth",
  ])
  assert.equal(values["mother.fullName"]?.source?.register, "population/person")
  assert.deepEqual(values["papers.statement"]?.value, {
    held: { register: "health/birth-statement", record: "health/birth-statement-1" },
  })
})

test("Lan types the name, declares, and what is submitted fits the wire contract", () => {
  const start = fetchAll({})
  const named1 = readPage(form, pageOf("name"), named, start, context)
  assert.deepEqual(named1.errors, [])
  assert.deepEqual(named1.values["child.familyName"], { value: "Phạm", state: "declared" })
  const done = readPage(form, pageOf("declare"), { truth: "yes" }, named1.values, context)
  assert.deepEqual(checkAll(form, done.values, context), [])
  const given = submission(form, done.values, context)
  assert.ok(wire(given), JSON.stringify(wire.errors))
  assert.equal(given["father.known"], undefined)
})

test("a name from neither parent is refused beside the field, and not said while the name is missing", () => {
  const values = fetchAll({})
  const wrong = readPage(form, pageOf("name"), { ...named, "child.familyName": "Trần" }, values, context)
  assert.deepEqual(wrong.errors, [{ field: "child.familyName", code: "name-from-a-parent", params: {} }])
  assert.equal(wrong.raw["child.familyName"], "Trần")
  const empty = readPage(form, pageOf("name"), { ...named, "child.familyName": "" }, values, context)
  assert.deepEqual(empty.errors, [{ field: "child.familyName", code: "required", params: {} }])
})

test("when every register is silent, everything is asked and nothing blocks", () => {
  const values = fetchAll({}, ["mother", "marriage", "father", "statement"])
  assert.deepEqual(values, {})
  const asked = askedFields(form, pageOf("parents"), values, context).map((field) => field.id)
  assert.deepEqual(asked.slice(0, 2), ["mother.fullName", "mother.familyName"])
  assert.ok(asked.includes("father.known"))
  assert.ok(!asked.includes("father.fullName"))
  assert.ok(askedFields(form, pageOf("birth"), values, context).some((field) => field.id === "papers.statement"))
  const typed = { "birth.date.day": "5", "birth.date.month": "3", "birth.date.year": "2026" }
  const read = readPage(form, pageOf("birth"), typed, values, context)
  assert.deepEqual(read.values["birth.date"], { value: "2026-03-05", state: "declared" })
})

test("the hospital is silent alone: its facts and the paper are asked, the parents are not", () => {
  const values = fetchAll({}, ["statement"])
  assert.deepEqual(askedFields(form, pageOf("parents"), values, context), [])
  assert.equal(askedFields(form, pageOf("birth"), values, context).length, 7)
})

test("to say that the father is to be named brings his questions onto the same page, without a complaint", () => {
  const values = fetchAll({}, ["marriage", "father"])
  const page = pageOf("parents")
  const first = readPage(form, page, { _asked: "father.known", "father.known": "yes" }, values, context)
  assert.deepEqual([first.errors, first.again], [[], true])
  const second = readPage(
    form,
    page,
    { _asked: "father.known father.number father.fullName", "father.known": "yes", "father.number": "900096000002" },
    first.values,
    context,
  )
  assert.deepEqual(second.errors, [{ field: "father.fullName", code: "required", params: {} }])
  const fetched = fetchAll(second.values, ["marriage"])
  assert.equal(fetched["father.fullName"]?.state, "verified")
})

test("answers no longer reached are kept but not submitted", () => {
  const values = fetchAll({}, ["marriage", "father"])
  const page = pageOf("parents")
  const yes = readPage(form, page, { "father.known": "yes", "father.fullName": "Lê Văn Hùng" }, values, context)
  const no = readPage(form, page, { "father.known": "no" }, yes.values, context)
  assert.equal(no.values["father.fullName"]?.value, "Lê Văn Hùng")
  assert.equal(submission(form, no.values, context)["father.fullName"], undefined)
  assert.deepEqual(
    checkAll(form, no.values, context).filter((error) => error.field.startsWith("father")),
    [],
  )
})

test("Lan says that her residence is wrong, corrects it, and takes it back", () => {
  const values = fetchAll({})
  const page = pageOf("parents")
  const marked = readPage(form, page, { _asked: "", _do: "dispute:mother.residence" }, values, context)
  assert.equal(marked.again, true)
  assert.deepEqual(
    askedFields(form, page, marked.values, context).map((field) => field.id),
    ["mother.residence"],
  )
  assert.equal(marked.raw["mother.residence.commune"], "Phường Ba Đình")
  const corrected = readPage(
    form,
    page,
    { ...marked.raw, _asked: "mother.residence", "mother.residence.commune": "ngoc ha" },
    marked.values,
    context,
  )
  assert.deepEqual(corrected.errors, [])
  const answer = corrected.values["mother.residence"]!
  assert.equal(answer.state, "disputed")
  assert.deepEqual(
    [(answer.value as { commune: string }).commune, (answer.registered as { commune: string }).commune],
    ["00008", "00004"],
  )
  assert.ok(
    wire({ ...submission(form, { ...values, "mother.residence": answer }, context), ...declaredRest }),
    JSON.stringify(wire.errors),
  )
  const restored = readPage(form, page, { _do: "restore:mother.residence" }, corrected.values, context)
  assert.deepEqual(restored.values["mother.residence"], values["mother.residence"])
  const same = readPage(form, page, { ...marked.raw, _asked: "mother.residence" }, marked.values, context)
  assert.equal(same.values["mother.residence"]?.state, "verified")
})

const declared = (value: string | boolean) => ({ value, state: "declared" as const })
const declaredRest = {
  "child.familyName": declared("Phạm"),
  "child.givenName": declared("Minh"),
  "child.nationality": declared("VN"),
  "child.ethnicity": declared("Kinh"),
  truth: declared(true),
}

test("a disputed value emptied is asked for, and a register's later word doesn't overwrite the dispute", () => {
  const marked = disputeValue(form, fetchAll({}), "mother.fullName")
  const read = readPage(form, pageOf("parents"), { _asked: "mother.fullName", "mother.fullName": "" }, marked, context)
  assert.deepEqual(read.errors, [{ field: "mother.fullName", code: "required", params: {} }])
  assert.equal(read.values["mother.fullName"]?.state, "disputed")
  const again = applyFetched(form, marked, "mother", { fullName: "Phạm Lan" }, sourceOf("population/person"))
  assert.deepEqual([again["mother.fullName"]?.value, again["mother.fullName"]?.registered], ["Phạm Thị Lan", "Phạm Lan"])
  assert.equal(restoreValue(form, again, "mother.fullName")["mother.fullName"]?.value, "Phạm Lan")
})

test("what is declared can't be disputed, nor what isn't there", () => {
  const values: FormValues = { "child.givenName": { value: "Minh", state: "declared" } }
  for (const id of ["child.givenName", "nothing", "__proto__", "constructor"])
    assert.equal(disputeValue(form, values, id), values)
})

test("nobody claims verification by typing: a verified field ignores its inputs", () => {
  const values = fetchAll({})
  const read = readPage(
    form,
    pageOf("parents"),
    { _asked: "mother.fullName", "mother.fullName": "Somebody Else" },
    values,
    context,
  )
  assert.deepEqual(read.values["mother.fullName"], values["mother.fullName"])
})

test("a register's value of another kind than the field's counts as silence", () => {
  const values = applyFetched(
    form,
    {},
    "statement",
    { date: "soon", weightGrams: "3200", time: 7, place: null },
    sourceOf("health/birth-statement"),
  )
  assert.deepEqual(Object.keys(values), ["papers.statement"])
})

test("suggestions stand in the boxes and are declared when kept", () => {
  const values = fetchAll({})
  assert.equal(rawOf(form, pageOf("name"), values, context)["child.nationality"], "VN")
})

test("the printed declaration says each answer in words, in both languages, with its source", () => {
  const values = readPage(form, pageOf("name"), named, fetchAll({}), context).values
  const pages = printable(form, values, "vi", context)
  const rows = new Map(pages.flatMap((page) => page.rows).map((row) => [row.field, row]))
  assert.equal(rows.get("mother.residence")?.text, "1 Phố Huế, Phường Ba Đình, Thành phố Hà Nội")
  assert.equal(rows.get("mother.birthDate")?.text, "02/05/1996")
  assert.equal(rows.get("birth.weightGrams")?.text, "3.200 gam")
  assert.deepEqual([rows.get("truth")?.text, rows.get("truth")?.state, rows.get("truth")?.isAsked], ["", "unanswered", true])
  const english = printable(form, values, "en", context).flatMap((page) => page.rows)
  assert.equal(english.find((row) => row.field === "father.birthDate")?.text, "1994")
  assert.equal(english.find((row) => row.field === "birth.multiple")?.text, "No")
  assert.equal(english.find((row) => row.field === "marriage.number")?.label, "Marriage number")
})

test("shown are verified answers and registers' values", () => {
  assert.equal(shownFields(form, pageOf("parents"), fetchAll({}), context).length, 13)
})

test("what only a check needs is fetched and checked but not shown, until Lan disputes something of the same person", () => {
  const pages = birthForm.pages.map((page) => ({
    ...page,
    fields: page.fields.flatMap((field): unknown[] =>
      "about" in field && field.about === "mother"
        ? [
            { ...field, is: field.is.filter((one) => one !== "person.familyName") },
            { id: "mother.familyName", is: "person.familyName", unseen: true },
          ]
        : [field],
    ),
  }))
  const quiet = compileForm({ ...birthForm, pages }, vocabulary)
  const page = quiet.pages.find(({ fields }) => fields.some(({ id }) => id === "mother.familyName"))!
  const shown = (values: FormValues) => [
    ...shownFields(quiet, page, values, context).map(({ id }) => id),
    ...printable(quiet, values, "vi", context).flatMap(({ rows }) => rows.map(({ field }) => field)),
  ]
  const values = fetchAll({})
  assert.ok(values["mother.familyName"])
  assert.ok(!shown(values).includes("mother.familyName"))
  const disputed = disputeValue(quiet, values, "mother.fullName")
  assert.equal(shown(disputed).filter((id) => id === "mother.familyName").length, 2)
  const { "mother.familyName": _, ...untold } = values
  assert.ok(
    askedFields(quiet, page, untold, context).some(({ id }) => id === "mother.familyName"),
    "asked where nobody tells it",
  )
})
