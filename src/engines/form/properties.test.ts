// Laws that hold for any form page and any input: what is drawn reads back as it was, nothing typed is lost, nothing is thrown.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Ajv2020 } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import fc from "fast-check"
import { context } from "./birth-form.fixture.ts"
import {
  checkAll,
  compileForm,
  type FormValues,
  type Json,
  type RawInput,
  type RawValue,
  rawOf,
  readPage,
  submission,
  wireSchema,
} from "./index.ts"

const name = { vi: "Câu hỏi", en: "Question" }
const options = ["a", "b", "c"].map((value) => ({ value, name }))
const fields = [
  { id: "text", type: "text", name, optional: true },
  { id: "long", type: "long-text", name, optional: true },
  { id: "person.name", type: "personal-name", name, optional: true },
  { id: "number", type: "number", decimals: 3, min: -1000000, max: 1000000, name, optional: true },
  { id: "money", type: "money", decimals: 2, currency: "VND", name, optional: true },
  { id: "date", type: "date", incomplete: true, name, optional: true },
  { id: "time", type: "time", name, optional: true },
  { id: "choice", type: "choice", options, name, optional: true },
  { id: "many", type: "choice", options, many: true, name, optional: true },
  { id: "yes", type: "yes-no", name, optional: true },
  { id: "somebody", type: "person", name, optional: true },
  { id: "firm", type: "organisation", name, optional: true },
  { id: "home", type: "address", name, optional: true },
  { id: "paper", type: "file", name, optional: true, when: "yes" },
  {
    id: "children",
    type: "group",
    min: 0,
    name,
    fields: [
      { id: "name", type: "personal-name", name },
      { id: "born", type: "date", name, optional: true },
      { id: "home", type: "address", name, optional: true },
      { id: "pets", type: "group", min: 0, name, fields: [{ id: "name", type: "text", name }] },
    ],
  },
  { id: "twice", type: "computed", as: "number", value: "number * 2", name },
  { id: "truth", type: "declaration", name },
]
const checks = [{ if: "number > 5 and text = null", say: "say-why", words: name }]
const form = compileForm({ pages: [{ id: "one", title: name, fields, checks }] }, {})
const page = form.pages[0]!
const ajv = new Ajv2020({ allErrors: true, strict: false })
addFormats.default(ajv)
const wire = ajv.compile(wireSchema(form))

const line = fc
  .string({ unit: fc.constantFrom(..."aăâbcdđeêô ỷ李'.-"), minLength: 1, maxLength: 20 })
  .map((text) => text.normalize("NFC").replace(/\s+/g, " ").trim())
const written = line.filter((text) => /\p{L}/u.test(text))
const day = fc
  .date({ min: new Date("1900-01-01"), max: new Date("2026-03-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const date = fc.oneof(
  day,
  day.map((one) => one.slice(0, 7)),
  day.map((one) => one.slice(0, 4)),
)
const digits = (length: number) => fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length, maxLength: length })
const place = fc.constantFrom(["01", "00004"], ["01", "00010"], ["01", "00011"], ["79", "26734"])
const home = fc
  .tuple(place, fc.option(written, { nil: undefined }))
  .map(([[province, commune], street]) => ({ province: province!, commune: commune!, ...(street && { street }) }))
const child = fc.record(
  { name: written, born: day, home, pets: fc.array(fc.record({ name: written }), { minLength: 1, maxLength: 3 }) },
  { requiredKeys: ["name"] },
)

/** Any right answers, any of them missing. */
const answers = fc
  .record(
    {
      text: written,
      long: fc.array(written, { minLength: 1, maxLength: 4 }).map((lines) => lines.join("\n")),
      "person.name": written,
      number: fc.integer({ min: -999_999_999, max: 999_999_999 }).map((thousandths) => thousandths / 1000),
      money: fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }).map(String),
      date,
      time: fc
        .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
        .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":")),
      choice: fc.constantFrom("a", "b", "c"),
      many: fc.subarray(["a", "b", "c"], { minLength: 1 }),
      yes: fc.boolean(),
      somebody: fc
        .tuple(digits(11), fc.option(written, { nil: undefined }))
        .map(([rest, who]) => ({ number: `9${rest}`, ...(who && { name: who }) })),
      firm: digits(10).map((number) => ({ number })),
      home,
      children: fc.array(child, { minLength: 1, maxLength: 4 }),
      truth: fc.constant(true),
    },
    { requiredKeys: ["truth"] },
  )
  .map((given) =>
    Object.fromEntries(Object.entries(given).map(([id, value]) => [id, { value: value as Json, state: "declared" as const }])),
  )

test("reading back what stands in the inputs gives the same answers, in either language", () => {
  fc.assert(
    fc.property(answers, fc.constantFrom("vi", "en"), (values, lang) => {
      const here = { ...context, lang }
      const read = readPage(form, page, rawOf(form, page, values, here), {}, here)
      assert.deepEqual(
        read.errors.filter((error) => error.code !== "say-why"),
        [],
      )
      assert.deepEqual(read.values, JSON.parse(JSON.stringify(values)))
    }),
    { numRuns: 300 },
  )
})

test("what is right is submitted in the form of the wire contract", () => {
  fc.assert(
    fc.property(answers, (values) => {
      if (checkAll(form, values, context).length > 0) return
      const given = submission(form, values, context)
      assert.ok(wire(given), JSON.stringify(wire.errors))
    }),
    { numRuns: 300 },
  )
})

const boxNames = Object.keys(rawOf(form, page, sample(), context))
const inputNames = [
  ...boxNames,
  "date.day",
  "paper",
  "_do",
  "_asked",
  "children.count",
  "children.0.pets.count",
  "__proto__",
  "constructor",
  "twice",
  "nobody",
]
const upload = fc.record({ sha256: fc.string(), name: fc.string(), bytes: fc.double(), type: fc.string() })
const orders = fc.constantFrom(
  "dispute:text",
  "restore:home",
  "add:children",
  "remove:children:0",
  "remove:children:999",
  "drop:paper",
  "add:text",
  "dispute:__proto__",
  "add:constructor",
  "remove:nobody:1",
  "",
)
const anyText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("", "yes", "1.500.000", "999999999", "-", "\u0000", "\uD800"),
)
const anyRaw: fc.Arbitrary<RawInput> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...inputNames),
      fc.oneof(anyText, fc.array(anyText, { maxLength: 3 }), upload as fc.Arbitrary<RawValue>),
    ),
    { maxLength: 30 },
  )
  .chain((entries) =>
    fc.option(orders).map((order) => ({ ...Object.fromEntries(entries), ...(order !== null && { _do: order }) })),
  )

function sample(): FormValues {
  return fc.sample(answers, { numRuns: 30, seed: 7 }).reduce((all, one) => Object.assign(all, one), {})
}

test("whatever is sent, nothing is thrown, everything typed comes back, and what is kept is right", () => {
  fc.assert(
    fc.property(anyRaw, answers, (raw, values) => {
      const read = readPage(form, page, raw, values, context)
      if (!(typeof raw._do === "string" && /^(restore|remove)/.test(raw._do)))
        for (const [box, typed] of Object.entries(raw))
          if (typeof typed === "string" && form.fields.has(box.split(".0")[0]!))
            assert.equal(read.raw[box], box.endsWith(".count") ? read.raw[box] : typed)
      const errors = checkAll(form, read.values, context).filter(
        (error) => error.code !== "say-why" && error.code !== "declaration-needed",
      )
      assert.deepEqual(errors, [])
      assert.equal(Object.getPrototypeOf(read.values), Object.prototype)
    }),
    { numRuns: 500 },
  )
})

test("whatever stands in a stored draft, checking and submitting it throws nothing", () => {
  const anyValue = fc.record({
    value: fc.jsonValue() as fc.Arbitrary<Json>,
    state: fc.constantFrom("verified" as const, "declared" as const, "disputed" as const),
  })
  const drafts = fc.dictionary(fc.constantFrom(...form.fields.keys()), anyValue)
  fc.assert(
    fc.property(drafts, (values) => {
      checkAll(form, values, context)
      submission(form, values, context)
      rawOf(form, page, values, context)
      readPage(form, page, {}, values, context)
    }),
    { numRuns: 500 },
  )
})
