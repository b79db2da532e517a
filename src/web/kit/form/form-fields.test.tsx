// A page of a form as HTML: every input has its label, every mistake its place, and what is drawn reads back.
import assert from "node:assert/strict"
import { test } from "node:test"
import { render } from "preact-render-to-string"
import {
  applyFetched,
  compileForm,
  type Form,
  type FormContext,
  type FormValues,
  printable,
  type RawInput,
  rawOf,
  readPage,
} from "#engines/form"
import { birthForm, context, records, sourceOf, vocabulary } from "../../../engines/form/birth-form.fixture.ts"
import { CheckAnswers } from "./check-answers.tsx"
import type { Drawing } from "./drawing.ts"
import { errorLines } from "./error-text.ts"
import { asksFiles, FormFields } from "./form-fields.tsx"

const frame = (lang: string) => ({
  lang,
  place: { name: { vi: "Cổng", en: "Portal" }, languages: ["vi", "en"], timeZone: "Asia/Ho_Chi_Minh", currency: "VND" },
})
const name = { vi: "Họ và tên", en: "Full name" }
const options = (count: number) =>
  Array.from({ length: count }, (_one, index) => ({ value: `v${index}`, name: { vi: `Câu ${index}`, en: `Answer ${index}` } }))
const everything = [
  { id: "text", type: "text", name, hint: { vi: "Như trên giấy", en: "As on paper" } },
  { id: "phone", type: "text", format: "phone", autocomplete: "tel", name },
  { id: "long", type: "long-text", name },
  { id: "who", type: "personal-name", name },
  { id: "weight", type: "number", unit: { vi: "gam", en: "g" }, name },
  { id: "fee", type: "money", currency: "VND", name },
  { id: "born", type: "date", autocomplete: "bday", name },
  { id: "at", type: "time", name },
  { id: "few", type: "choice", options: options(3), name },
  { id: "lots", type: "choice", options: options(9), name },
  { id: "some", type: "choice", options: options(9), many: true, name },
  { id: "yes", type: "yes-no", name },
  { id: "person", type: "person", name },
  { id: "firm", type: "organisation", name },
  { id: "home", type: "address", name },
  { id: "paper", type: "file", name, optional: true },
  {
    id: "children",
    type: "group",
    name,
    fields: [
      { id: "name", type: "personal-name", name },
      { id: "born", type: "date", name },
    ],
  },
  { id: "truth", type: "declaration", name },
]
const form = compileForm({ pages: [{ id: "one", title: name, fields: everything }] }, {})
const page = form.pages[0]!

function drawn(lang: string, over: Partial<Drawing> = {}): string {
  const here: FormContext = { ...context, lang }
  const drawing = {
    frame: frame(lang),
    form,
    page,
    values: {},
    raw: {},
    errors: [],
    context: here,
    registerName: (id: string) => `[${id}]`,
    ...over,
  }
  return render(<FormFields drawing={drawing} />)
}

/** What a browser would send of this HTML. */
function sent(html: string): RawInput {
  const raw: Record<string, string | string[]> = {}
  const put = (box: string, text: string) => {
    const before = raw[box]
    raw[box] = before === undefined ? text : [before, text].flat()
  }
  const attribute = (tag: string, key: string) => unescaped(new RegExp(` ${key}="([^"]*)"`).exec(tag)?.[1] ?? "")
  for (const [tag] of html.matchAll(/<input (?:"[^"]*"|[^">])*>/g)) {
    const type = attribute(tag, "type")
    if (type === "file" || ((type === "radio" || type === "checkbox") && !/ checked/.test(tag))) continue
    put(attribute(tag, "name"), attribute(tag, "value"))
  }
  for (const [, tag, text] of html.matchAll(/(<textarea [^>]*>)([^<]*)<\/textarea>/g))
    put(attribute(tag!, "name"), unescaped(text!))
  for (const [, tag, body] of html.matchAll(/(<select [^>]*>)(.*?)<\/select>/gs)) {
    const chosen = /<option [^>]*selected[^>]*>/.exec(body!)?.[0] ?? /<option [^>]*>/.exec(body!)?.[0] ?? ""
    put(attribute(tag!, "name"), attribute(chosen, "value"))
  }
  return raw
}

const unescaped = (text: string) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&")
const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map((found) => found[1]!)

const values: FormValues = Object.fromEntries(
  Object.entries({
    text: 'a "b" <c> & d',
    phone: "0912 345 678",
    long: "một\nhai < ba",
    who: "Y Bhăm Niê K'Đăm",
    weight: 3200,
    fee: "1500000",
    born: "2026-03-05",
    at: "09:05",
    few: "v1",
    lots: "v7",
    some: ["v2", "v8"],
    yes: false,
    person: { number: "900199000001", name: "Lan" },
    firm: { number: "0100233488" },
    home: { province: "01", commune: "00011", street: "1 Phố Huế" },
    children: [
      { name: "Mai", born: "2020-01-02" },
      { name: "Minh", born: "2022-02-03" },
    ],
    truth: true,
  }).map(([id, value]) => [id, { value, state: "declared" as const }]),
)

test("what is drawn reads back as the same answers, in Vietnamese and in English", () => {
  for (const lang of ["vi", "en"]) {
    const here = { ...context, lang }
    const html = drawn(lang, { values, raw: rawOf(form, page, values, here) })
    const read = readPage(form, page, sent(html), {}, here)
    assert.deepEqual(read.errors, [])
    assert.deepEqual(read.values, values)
  }
})

test("every input has a label, every description exists, no id stands twice, nothing carries a style", () => {
  const errors = readPage(form, page, {}, {}, context).errors
  for (const html of [drawn("vi"), drawn("en", { values }), drawn("vi", { errors })]) {
    const ids = all(html, / id="([^"]*)"/g)
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    )
    for (const [tag] of html.matchAll(/<(?:input|select|textarea) [^>]*>/g)) {
      if (/type="hidden"/.test(tag)) continue
      const id = / id="([^"]*)"/.exec(tag)?.[1]
      assert.ok(id && html.includes(` for="${id}"`), tag)
    }
    for (const list of all(html, /aria-describedby="([^"]*)"/g)) for (const id of list.split(" ")) assert.ok(ids.includes(id), id)
    assert.doesNotMatch(html, / style=|<script/)
  }
})

test("each mistake stands beside its field, and the summary links to an input that is there", () => {
  const { errors, raw } = readPage(
    form,
    page,
    { "born.day": "31", "born.month": "2", "born.year": "2026", fee: "năm trăm" },
    {},
    context,
  )
  const html = drawn("vi", { errors, raw })
  const lines = errorLines(frame("vi"), form, errors)
  assert.equal(lines.length, errors.length)
  for (const line of lines) assert.ok(html.includes(` id="${line.field}"`) || line.field === "children", line.field)
  assert.deepEqual(
    lines.find((line) => line.field === "born.day"),
    { field: "born.day", text: "Họ và tên: không có ngày này, hãy xem lại" },
  )
  assert.match(html, /<input[^>]*id="born\.day"[^>]*aria-invalid="true"/)
  assert.doesNotMatch(html, /<input[^>]*id="born\.year"[^>]*aria-invalid/)
  assert.match(html, /id="fee-error">Họ và tên: hãy điền số tiền, ví dụ 1\.500\.000</)
  assert.match(html, /value="năm trăm"/)
  for (const line of errorLines(frame("en"), form, errors)) assert.doesNotMatch(line.text, /\{|error_/)
})

test("phones show the right keyboard and browsers fill what is the applicant's own", () => {
  const html = drawn("vi")
  assert.match(html, /id="phone"[^>]*autocomplete="tel"[^>]*|autocomplete="tel"[^>]*id="phone"/)
  assert.match(html, /<input[^>]*type="tel"/)
  assert.match(html, /<input[^>]*id="weight"[^>]*inputmode="numeric"/)
  assert.match(html, /<input[^>]*id="born\.year"[^>]*autocomplete="bday-year"/)
  assert.ok(asksFiles({ form, page, values: {}, context }))
})

test("a commune of before the reform is offered anew as a list", () => {
  const { errors, raw } = readPage(form, page, { "home.province": "01", "home.commune": "truc bach" }, {}, context)
  const html = drawn("vi", { errors, raw })
  assert.match(html, /<select[^>]*id="home\.commune"/)
  assert.match(html, /<option value="00008">Phường Ngọc Hà<\/option>/)
  const chosen = readPage(form, page, { ...sent(html), "home.commune": "00008" }, {}, context)
  assert.deepEqual(chosen.values.home?.value, { province: "01", commune: "00008" })
})

const birth: Form = compileForm(birthForm, vocabulary)
const fetched = birth.fetches.reduce<FormValues>(
  (before, fetch) => applyFetched(birth, before, fetch.id, records[fetch.id], sourceOf(fetch.service.split(".")[0]!)),
  {},
)

test("known facts are shown with where they come from and when, and can be called wrong; none is asked", () => {
  const html = drawn("vi", { form: birth, page: birth.pages[0]!, values: fetched })
  assert.match(html, /<legend[^>]*>Mẹ<.*Từ \[population\/person\], hôm nay 09:12.*Phạm Thị Lan.*<legend[^>]*>Cha</s)
  assert.match(html, /name="_do" value="dispute:mother\.fullName"/)
  assert.doesNotMatch(html, /value="dispute:marriage\.number"/)
  assert.doesNotMatch(html, /<input[^>]*name="mother/)
  const other = drawn("en", { form: birth, page: birth.pages[0]!, values: fetched, context: { ...context, today: "2026-03-10" } })
  assert.match(other, /From the \[population\/person\], 09:12, [^<]+, message m-1/)
  assert.match(drawn("vi", { form: birth, page: birth.pages[1]!, values: fetched }), /đã có giấy này/)
})

test("Enter presses none of the buttons inside the page", () => {
  const html = drawn("vi", { form: birth, page: birth.pages[0]!, values: fetched })
  const [first] = html.match(/<button[^>]*>/)!
  assert.doesNotMatch(first, /name=/)
})

test("a disputed value is asked beside what the register says, with a way back", () => {
  const marked = readPage(birth, birth.pages[0]!, { _do: "dispute:mother.residence" }, fetched, context)
  const html = drawn("vi", { form: birth, page: birth.pages[0]!, values: marked.values, raw: marked.raw })
  assert.match(html, /<select[^>]*name="mother\.residence\.province"/)
  assert.match(html, /Cơ quan đang ghi: 1 Phố Huế, Phường Ba Đình/)
  assert.match(html, /value="restore:mother\.residence"/)
  assert.match(html, /name="_asked" value="mother\.residence"/)
})

test("check your answers: each with its source and a link to change it", () => {
  for (const lang of ["vi", "en"]) {
    const pages = printable(birth, fetched, lang, context)
    const drawing = { frame: frame(lang), context, registerName: (id: string) => id }
    const html = render(<CheckAnswers drawing={drawing} pages={pages} hrefOf={(id) => `/drafts/1/${id}`} />)
    assert.match(html, /href="\/drafts\/1\/name#child\.familyName"/)
    assert.match(html, lang === "vi" ? /Không khai/ : /Not given/)
    const rows = pages.flatMap((one) => one.rows).length
    assert.equal(html.match(/<dt>/g)?.length, rows)
    assert.equal(html.match(/class="change"/g)?.length, rows)
  }
})
