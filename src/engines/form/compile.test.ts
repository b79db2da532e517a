// A definition that is wrong is refused with the place of each fault.
import assert from "node:assert/strict"
import { test } from "node:test"
import { birthForm, vocabulary } from "./birth-form.fixture.ts"
import { compileForm, type DefinitionFault, FormDefinitionError } from "./index.ts"

const words = { vi: "Câu", en: "Question" }

function faultsOf(definition: unknown): readonly DefinitionFault[] {
  try {
    compileForm(definition, vocabulary)
  } catch (error) {
    if (error instanceof FormDefinitionError) return error.faults
    throw error
  }
  return []
}

/** A form of one page with these fields and further words. */
const formWith = (fields: readonly unknown[], more: Record<string, unknown> = {}, fetch: readonly unknown[] = []) => ({
  fetch,
  pages: [{ id: "one", title: words, fields, ...more }],
})
const brief = (definition: unknown) => faultsOf(definition).map((fault) => `${fault.path.join(".")} ${fault.code}`)
const field = (more: Record<string, unknown>) => ({ id: "q", type: "text", name: words, ...more })
const mother = { id: "mother", service: "population/person.read", key: "applicant.number" }

test("the birth form has no fault", () => {
  assert.deepEqual(faultsOf(birthForm), [])
})

test("a form asks for what a register holds only with a reason", () => {
  const asked = { id: "mother.fullName", is: "person.fullName" }
  assert.deepEqual(brief(formWith([asked])), ["pages.0.fields.0 held-by-register"])
  assert.deepEqual(brief(formWith([{ ...asked, why: "the mother is a foreigner without a record" }])), [])
  assert.deepEqual(brief(formWith([{ ...asked, new: true }])), [])
  assert.deepEqual(brief(formWith([asked], {}, [mother])), [])
  assert.deepEqual(
    brief(formWith([{ about: "father", is: ["person.fullName", { is: "person.sex", new: true }] }], {}, [mother])),
    ["pages.0.fields.0.is.0 held-by-register"],
  )
})

test("names that nothing declares are told with their place in the text", () => {
  const [fault] = faultsOf(formWith([field({}), field({ id: "r", when: "q = 1 and qq = 2" })]))
  assert.deepEqual(
    [fault?.path, fault?.at, fault?.code],
    [["pages", 0, "fields", 1, "when"], { from: 10, to: 12 }, "feel-unknown-name"],
  )
  assert.ok(fault?.mend)
  assert.deepEqual(brief(formWith([field({ when: "r = 1" }), field({ id: "r" })])), ["pages.0.fields.0.when feel-unknown-name"])
  assert.deepEqual(brief(formWith([field({})], { checks: [{ if: "x > 1", say: "no-x", words }] })), [
    "pages.0.checks.0.if feel-unknown-name",
  ])
  assert.deepEqual(brief(formWith([field({})], { when: "q = 1" })), ["pages.0.when feel-unknown-name"])
  assert.deepEqual(brief(formWith([field({})], { checks: [{ if: "q = null", say: "no-q", words, fields: ["z"] }] })), [
    "pages.0.checks.0.fields.0 unknown-field",
  ])
})

test("a condition that compares values of different types is told, with what stands there and what is expected", () => {
  const [fault] = faultsOf(formWith([field({ id: "q", type: "date" }), field({ id: "r", when: "q > 18" })]))
  assert.deepEqual(
    [fault?.path, fault?.at, fault?.code, fault?.params],
    [
      ["pages", 0, "fields", 1, "when"],
      { from: 4, to: 6 },
      "feel-type-mismatch",
      { near: "18", found: "number", expected: "date" },
    ],
  )
  assert.deepEqual(brief(formWith([field({}), field({ id: "r", when: "upper case(q)" })])), [
    "pages.0.fields.1.when feel-type-mismatch",
  ])
  assert.deepEqual(brief(formWith([field({ id: "q", type: "date" }), field({ id: "r", when: "q < today" })])), [])
})

test("a fetch's key reads the applicant, earlier fetches and answers", () => {
  const later = { id: "father", service: "population/person.read", key: "marriage.spouseNumber" }
  assert.deepEqual(brief(formWith([field({})], {}, [later])), ["fetch.0.key unknown-name"])
  assert.deepEqual(brief(formWith([field({})], {}, [{ ...mother, key: "q" }])), [])
  assert.deepEqual(brief(formWith([field({})], {}, [mother, mother])), ["fetch.1.id twice"])
  assert.deepEqual(brief(formWith([field({})], {}, [{ ...mother, key: "((" }])), ["fetch.0.key feel-syntax"])
  assert.deepEqual(brief(formWith([field({ from: "nobody" })])), ["pages.0.fields.0.from unknown-fetch"])
  assert.deepEqual(brief(formWith([field({ when: "fetched.mother" })], {}, [mother])), ["pages.0 fetch-fills-nothing"])
})

test("ids are given once, none inside another, none that has a meaning already", () => {
  assert.deepEqual(brief(formWith([field({}), field({})])), ["pages.0.fields.1 twice"])
  assert.deepEqual(brief(formWith([field({ id: "a" }), field({ id: "a.b" })])), ["pages.0.fields id-within-id"])
  for (const id of ["today.q", "applicant.q", "constructor", "a.toString"])
    assert.deepEqual(brief(formWith([field({ id })])), ["pages.0.fields reserved"])
  const page = { id: "one", title: words, fields: [field({})] }
  assert.deepEqual(brief({ pages: [page, { ...page, fields: [field({ id: "r" })] }] }), ["pages.1.id twice"])
})

test("each kind takes its own particulars and needs some", () => {
  assert.deepEqual(brief(formWith([field({ currency: "VND" })])), ["pages.0.fields.0.currency no-particular"])
  assert.deepEqual(brief(formWith([field({ type: "choice" })])), ["pages.0.fields.0 no-options"])
  assert.deepEqual(brief(formWith([field({ type: "group" })])), ["pages.0.fields.0 no-fields"])
  assert.deepEqual(brief(formWith([field({ type: "computed" })])), ["pages.0.fields.0 no-value"])
  assert.deepEqual(brief(formWith([field({ type: "register-value" })])), ["pages.0.fields.0 no-from"])
  assert.deepEqual(brief(formWith([{ id: "q", name: words }])), ["pages.0.fields.0 no-type"])
  assert.deepEqual(brief(formWith([{ id: "q", type: "text" }])), ["pages.0.fields.0 no-name"])
  assert.deepEqual(brief(formWith([{ id: "q", is: "person.shoeSize" }])), ["pages.0.fields.0 unknown-element"])
})

test("a spelling that the grammar doesn't know is told where it stands", () => {
  assert.deepEqual(brief(formWith([field({ lable: "x" })])), ["pages.0.fields.0.lable unknown-word"])
  assert.deepEqual(brief(formWith([field({ type: "txt" })])), ["pages.0.fields.0.type shape"])
  assert.deepEqual(brief(formWith([field({ id: "Q-1" })])), ["pages.0.fields.0.id shape"])
  assert.deepEqual(brief({ ...formWith([field({})]), page: [] }), ["page unknown-word"])
  assert.deepEqual(brief({ pages: [{ id: "one", fields: [field({})] }] }), ["pages.0 shape"])
  for (const nothing of [null, undefined, 7, "form", [], { pages: {} }, { pages: [] }, { pages: [null] }])
    assert.ok(faultsOf(nothing).length > 0)
})

test("groups stand at most two deep, and forms have an end", () => {
  const inner = (id: string, fields: readonly unknown[]) => ({ id, type: "group", name: words, fields })
  assert.deepEqual(brief(formWith([inner("a", [inner("b", [field({})])])])), [])
  assert.ok(
    brief(formWith([inner("a", [inner("b", [inner("c", [field({})])])])])).includes(
      "pages.0.fields.0.fields.0.fields.0 too-deep",
    ),
  )
  const many = Array.from({ length: 401 }, (_one, index) => field({ id: `q${index}` }))
  assert.deepEqual(brief(formWith(many)), ["pages too-many-fields"])
  assert.deepEqual(brief(formWith([inner("a", [field({ id: "b.c" })])])), ["pages.0.fields.0.fields.0.id entry-id"])
})
