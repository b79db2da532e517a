// Where the values that a rule looks at came from, by the names that its expression reads.
import assert from "node:assert/strict"
import { test } from "node:test"
import { compileForm } from "#engines/form"
import { originsOf } from "./rule-inputs.ts"

const words = { vi: "Con", en: "Child" }
const field = (id: string) => ({ id, type: "text", name: words })
const form = compileForm(
  { pages: [{ id: "child", title: words, fields: ["child.name", "child.sex", "mother.name"].map(field) }] },
  {},
)
const source = { register: "civil-status/marriage", record: "7", asOf: "2026-03-09", message: "m1" }
const declared = (value: string) => ({ value, state: "declared" as const })
const dossier = {
  values: { "child.name": declared("Nguyễn Minh An"), "child.sex": declared("female"), "mother.name": declared("Trần Thị Lan") },
  facts: { found: { marriage: { record: { number: "900" }, state: "verified" as const, source } } },
}
const roots = ["child", "mother", "found", "assigned", "case", "applicant", "today"]
const origins = (expression: string) =>
  originsOf({ dossier, service: { form } }, expression, roots).map(({ path, state }) => `${path} ${state}`)

test("a text in quotes that looks like a field is no value that the rule read", () => {
  assert.deepEqual(origins('child.sex = "mother.name"'), ["child.sex declared"])
  assert.deepEqual(origins('for mother in ["a"] return mother.name'), [])
})

test("a record that is read whole has the origins of all its values", () => {
  assert.deepEqual(origins("get entries(child)"), ["child.name declared", "child.sex declared"])
  assert.deepEqual(origins("mother.name != null and count(get entries(child)) = 2 and mother != null"), [
    "mother.name declared",
    ...["child.name declared", "child.sex declared"],
  ])
  assert.deepEqual(origins("found != null"), ["found.marriage verified"])
})

test("what is read within a register's answer has the answer's source; a field without an answer has none", () => {
  assert.deepEqual(originsOf({ dossier, service: { form } }, "found.marriage.spouse.number", roots), [
    { path: "found.marriage", state: "verified", source: { register: source.register, asOf: source.asOf, message: "m1" } },
  ])
  assert.deepEqual(origins("mother.sex = null and today() > today"), [])
})
