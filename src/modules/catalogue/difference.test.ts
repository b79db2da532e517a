// The difference between two versions as an official reads it.
// biome-ignore-all lint/suspicious/noThenProperty: the word of the grammar; no promise is near
import assert from "node:assert/strict"
import { resolve } from "node:path"
import { test } from "node:test"
import { loadCountry, type Service } from "#country"
import { differencesOf } from "./difference.ts"
import { changeWords } from "./difference-words.ts"
import { definitionOf } from "./publish-country.ts"

const country = loadCountry(resolve(import.meta.dirname, "../../../countries/viet-nam"))
const birth = country.services.get("1.001193")!
const before = definitionOf(birth, country)

/** The birth registration with texts of its files replaced. */
function changed(...swaps: readonly (readonly [find: string, put: string])[]) {
  const text = swaps.reduce((json, [find, put]) => {
    assert.ok(json.includes(find), find)
    return json.replace(find, put)
  }, JSON.stringify(birth))
  return definitionOf(JSON.parse(text) as Service, country)
}

const said = (after: typeof before, lang: string) => differencesOf(before, after).map((change) => changeWords(change, lang))

test("a version doesn't differ from itself", () => {
  assert.deepEqual(differencesOf(before, definitionOf(birth, country)), [])
})

test("hours, limit, cutoff and fee are told with what they were and are", () => {
  const after = changed(
    ['"hours":3', '"hours":8'],
    ['"value":1,"unit":"working-day","cutoff":"15:00"', '"value":2,"unit":"working-day","cutoff":"16:00"'],
    ['"counter":0', '"counter":8000'],
  )
  assert.deepEqual(said(after, "vi"), [
    "Bước 3 (Thẩm tra): giờ làm việc 3 → 8",
    "Thời hạn: 1 → 2 ngày làm việc",
    "Giờ nhận trong ngày: 15:00 → 16:00",
    "Phí (counter): 0 → 8000 VND",
  ])
  assert.equal(said(after, "en")[0], "Step 3 (Examine): working hours 3 → 8")
})

test("a field that goes and a field that comes are named as the form names them", () => {
  const gone = changed(['{"id":"contact.phone","is":"contact.phone","optional":true},', ""])
  assert.deepEqual(said(gone, "vi"), ["Không còn hỏi “Số điện thoại”"])
  const needed = changed([
    '{"id":"child.homeTown","is":"person.homeTown","new":true,"optional":true}',
    '{"id":"child.homeTown","is":"person.homeTown","new":true}',
  ])
  assert.deepEqual(said(needed, "en"), ["“Child: Home town” has to be filled in now"])
})

test("steps that come, go and lead elsewhere are told", () => {
  const after = changed(['"refuse":"sign-refusal"}', '"refuse":"end-refused"}'])
  assert.deepEqual(said(after, "en"), ["Step 3 (Examine): the outcome “refuse” leads to sign-refusal → end-refused"])
})

test("a step under another name is said to be renamed, also where its id is another", () => {
  const named = changed(['"name":{"vi":"Thẩm tra","en":"Examine"}', '"name":{"vi":"Xác minh","en":"Verify"}'])
  assert.deepEqual(said(named, "vi"), ["Bước 3: đổi tên từ “Thẩm tra” thành “Xác minh”"])
  assert.deepEqual(said(named, "en"), ["Step 3: renamed from “Examine” to “Verify”"])
  const other = JSON.parse(
    JSON.stringify(birth).replaceAll('"appraise"', '"verify"').replace('"kind":"verify"', '"kind":"appraise"'),
  ) as Service
  assert.deepEqual(said(definitionOf(other, country), "en"), ["Step 3 (Examine): its id is renamed from “appraise” to “verify”"])
  const both = JSON.stringify(other).replace('"name":{"vi":"Thẩm tra","en":"Examine"}', '"name":{"vi":"Xác minh","en":"Verify"}')
  assert.deepEqual(said(definitionOf(JSON.parse(both) as Service, country), "vi"), [
    "Bước 3 (Xác minh): đổi mã từ “appraise” thành “verify”",
    "Bước 3: đổi tên từ “Thẩm tra” thành “Xác minh”",
  ])
})

test("decision tables and rules that come, go and change are told by their names and reasons", () => {
  const rule = (id: string, when: string) => ({
    id,
    when: [when],
    then: "ok",
    because: { vi: `Lý do ${id}`, en: `Reason ${id}` },
  })
  const table = (rules: object[]) => ({
    id: "fee",
    name: { vi: "Mức phí", en: "Fee" },
    law: [],
    hit: "first",
    inputs: [{ id: "x", name: { vi: "x" }, value: "today" }],
    rules,
  })
  const withRules = (...rules: object[]) => ({ ...before, rules: { tables: [table(rules)] } }) as unknown as typeof before
  const told = (a: typeof before, b: typeof before) => differencesOf(a, b).map((change) => changeWords(change, "en"))
  assert.deepEqual(told(before, withRules(rule("a", "-"))), ["The decision table “Fee” is new"])
  assert.deepEqual(told(withRules(rule("a", "-"), rule("b", "-")), withRules(rule("a", "1"), rule("c", "-"))), [
    "Table “Fee”: the rule “Reason a” has changed",
    "Table “Fee”: the rule “Reason c” is new",
    "Table “Fee”: the rule “Reason b” is gone",
  ])
})

test("what has no words of its own is not passed over in silence", () => {
  const after = changed(['"summary":{"vi":"Ghi nhận', '"summary":{"vi":"Ghi lại'])
  assert.deepEqual(said(after, "en"), ["Something else that is published has changed"])
  const result = changed(['"label":{"vi":"Nơi sinh"', '"label":{"vi":"Sinh tại"'])
  assert.deepEqual(said(result, "en"), ["The result has changed"])
})

test("a draft whose process is no table is told by its part, and nothing breaks", () => {
  for (const process of [3, [], { steps: 3 }, { steps: [null] }, { steps: [{ id: "receive" }] }, { steps: [{ id: 1 }] }]) {
    const told = differencesOf(before, { ...before, process })
    assert.deepEqual(
      told.map(({ part }) => part),
      ["steps"],
    )
    assert.equal(typeof changeWords(told[0]!, "vi"), "string")
  }
})
