// Each kind of field: what it understands of what people type, and what it refuses.
import assert from "node:assert/strict"
import { test } from "node:test"
import { context, divisions } from "../birth-form.fixture.ts"
import { compileForm, type FormContext, type Json, printable, type RawInput, type RawValue, readPage } from "../index.ts"

const name = { vi: "Câu hỏi", en: "Question" }

function formOf(field: Record<string, unknown>) {
  const form = compileForm({ pages: [{ id: "one", title: name, fields: [{ id: "q", name, ...field }] }] }, {})
  return { form, page: form.pages[0]! }
}

interface Read {
  readonly value: Json | undefined
  readonly errors: readonly string[]
}

/** Reads one field: a text or file for its one box, or texts by suffix. */
function read(
  field: Record<string, unknown>,
  typed: RawValue | Readonly<Record<string, RawValue>>,
  world: FormContext = context,
): Read {
  const { form, page } = formOf(field)
  const one =
    typeof typed === "string" || typed === undefined || Array.isArray(typed) || (typeof typed === "object" && "sha256" in typed)
  const raw: RawInput = one
    ? { q: typed as RawValue }
    : Object.fromEntries(Object.entries(typed as object).map(([suffix, text]) => [`q${suffix}`, text]))
  const { values, errors } = readPage(form, page, raw, {}, world)
  return { value: values.q?.value, errors: errors.map((error) => [error.code, error.params.part].filter(Boolean).join(" ")) }
}

const good = (value: Json): Read => ({ value, errors: [] })
const bad = (...errors: string[]): Read => ({ value: undefined, errors })
const english = { ...context, lang: "en" }

/** The value in words. */
function shown(field: Record<string, unknown>, value: Json, lang = "vi"): string | undefined {
  const { form } = formOf(field)
  return printable(form, { q: { value, state: "declared" } }, lang, context)[0]?.rows[0]?.text
}

test("text: one line in NFC, without invisible marks; too long, too short, turned direction and controls are refused", () => {
  const text = { type: "text", maxLength: 10 }
  assert.deepEqual(read(text, "  Hà\u200B  Nội\t "), good("Hà Nội"))
  assert.deepEqual(read(text, "Hà Nội".normalize("NFD")), good("Hà Nội"))
  assert.deepEqual(read(text, "𠮷".repeat(10)), good("𠮷".repeat(10)))
  assert.deepEqual(read(text, "a".repeat(11)), bad("text-too-long"))
  assert.deepEqual(read(text, "a".repeat(1_000_000)), bad("text-too-long"))
  assert.deepEqual(read({ type: "text", minLength: 3 }, "ab"), bad("text-too-short"))
  for (const text1 of ["a\u0000b", "a\u202Eb", "\uD800x"]) assert.deepEqual(read(text, text1), bad("text-characters"))
  assert.deepEqual(read(text, "   "), bad("required"))
  assert.deepEqual(read({ ...text, optional: true }, " "), { value: undefined, errors: [] })
})

test("text of a format: mail, phone, and the country's own numbers", () => {
  assert.deepEqual(read({ type: "text", format: "email" }, "lan@example.vn"), good("lan@example.vn"))
  for (const typed of ["lan", "lan@", "@vn", "a b@c.vn", "lan@vn"])
    assert.deepEqual(read({ type: "text", format: "email" }, typed), bad("format-email"))
  assert.deepEqual(read({ type: "text", format: "phone" }, "+84 912 345 678"), good("+84 912 345 678"))
  assert.deepEqual(read({ type: "text", format: "phone" }, "call me"), bad("format-phone"))
  assert.deepEqual(read({ type: "text", format: "personal-number" }, "900199000001"), good("900199000001"))
  assert.deepEqual(read({ type: "text", format: "personal-number" }, "001199000001"), bad("format-personal-number"))
})

test("long text: lines are kept, their ends made alike", () => {
  assert.deepEqual(read({ type: "long-text" }, "một \r\nhai\rba\n\n"), good("một\nhai\nba"))
  assert.deepEqual(read({ type: "long-text", maxLength: 3 }, "bốn chữ"), bad("text-too-long"))
  assert.deepEqual(read({ type: "long-text" }, "a\u0007"), bad("text-characters"))
})

test("personal names take any script, and no digits", () => {
  const names = [
    "Phạm Thị Lan",
    "Nguyễn Văn Â",
    "O’Brien-Smith",
    "李小龍",
    "محمد بن سلمان",
    "Ελένη",
    "Анна-Мария",
    "नरेन्द्र",
    "Þóra Jónsdóttir",
    "Y Bhăm Niê K'Đăm",
    "J. R. Smith",
    "가나다",
  ]
  for (const written of names) assert.deepEqual(read({ type: "personal-name" }, written), good(written))
  for (const written of ["Lan2", "<b>", "Lan@", "---", "a".repeat(101) && "😀"])
    assert.deepEqual(read({ type: "personal-name" }, written), bad("name-characters"))
  assert.deepEqual(read({ type: "personal-name" }, "a".repeat(101)), bad("text-too-long"))
})

test("number: the marks of the language, limits, decimals", () => {
  const weight = { type: "number", min: 200, max: 9000 }
  for (const typed of ["3200", "3.200", "3,200", " 3 200 ", "03200"]) assert.deepEqual(read(weight, typed), good(3200))
  assert.deepEqual(read(weight, "3.200", english), good(3200))
  assert.deepEqual(read({ type: "number", decimals: 2 }, "3,25"), good(3.25))
  assert.deepEqual(read({ type: "number", decimals: 2 }, "1,234.5", english), good(1234.5))
  assert.deepEqual(read({ type: "number", min: -10 }, "−5"), good(-5))
  assert.deepEqual(read(weight, "199"), bad("number-too-small"))
  assert.deepEqual(read(weight, "9001"), bad("number-too-large"))
  assert.deepEqual(read({ type: "number", decimals: 1 }, "1,25"), bad("number-decimals"))
  for (const typed of ["ba", "1e5", "0x10", "1.2.3", "1..2", "--1", "NaN", "Infinity", "9".repeat(40), "٣"])
    assert.deepEqual(read(weight, typed), bad("number-form"), typed)
  assert.equal(shown({ ...weight, unit: { vi: "gam", en: "g" } }, 3200, "en"), "3,200 g")
})

test("money: exact, grouped, with or without its sign", () => {
  const money = { type: "money", currency: "VND" }
  for (const typed of ["1500000", "1.500.000", "1,500,000", "1.500.000 ₫", "1 500 000 đồng", "1500000 VND", "1.500.000đ"])
    assert.deepEqual(read(money, typed), good("1500000"), typed)
  assert.deepEqual(read(money, "999999999999999999"), good("999999999999999999"))
  assert.deepEqual(read({ type: "money", decimals: 2 }, "10,50"), good("10.5"))
  assert.deepEqual(read({ type: "money", decimals: 2 }, "0,30"), good("0.3"))
  assert.deepEqual(read({ ...money, max: "9007199254740993" }, "9007199254740994"), bad("money-too-large"))
  assert.deepEqual(read({ ...money, min: 1000 }, "999"), bad("money-too-small"))
  assert.deepEqual(read(money, "-1"), bad("money-too-small"))
  for (const typed of ["1.50", "năm trăm", "₫", "1.500.00", "1500000,5", "9".repeat(19)])
    assert.deepEqual(read(money, typed).errors.length, 1, typed)
  assert.equal(shown(money, "1500000"), "1.500.000 ₫")
})

const boxes = (day: string, month: string, year: string) => ({ ".day": day, ".month": month, ".year": year })

test("date: three boxes, real days, limits counted from today", () => {
  const date = { type: "date", before: "today" }
  assert.deepEqual(read(date, boxes("5", "3", "2026")), good("2026-03-05"))
  assert.deepEqual(read(date, boxes("29", "02", "2024")), good("2024-02-29"))
  assert.deepEqual(read(date, boxes("9", "3", "2026")), good("2026-03-09"))
  assert.deepEqual(read(date, boxes("29", "2", "2025")), bad("date-unreal day"))
  assert.deepEqual(read(date, boxes("1", "13", "2025")), bad("date-unreal month"))
  assert.deepEqual(read(date, boxes("10", "3", "2026")), bad("date-in-future"))
  assert.deepEqual(read(date, boxes("", "3", "2026")), bad("date-incomplete day"))
  assert.deepEqual(read(date, boxes("1", "3", "")), bad("date-incomplete year"))
  assert.deepEqual(read(date, boxes("1", "3", "26")), bad("date-form year"))
  assert.deepEqual(read(date, boxes("x", "3", "2026")), bad("date-form day"))
  assert.deepEqual(read(date, boxes("", "", "")), bad("required-date"))
  assert.deepEqual(read({ type: "date", after: "today-60d" }, boxes("7", "1", "2026")), bad("date-too-early"))
  assert.deepEqual(read({ type: "date", after: "today-60d" }, boxes("8", "1", "2026")), good("2026-01-08"))
  assert.deepEqual(read({ type: "date", after: "today" }, boxes("8", "3", "2026")), bad("date-in-past"))
  assert.deepEqual(read({ type: "date", before: "today+1y" }, boxes("10", "3", "2027")), bad("date-too-late"))
  assert.deepEqual(read({ type: "date", before: "today-18y" }, boxes("9", "3", "2008")), good("2008-03-09"))
})

test("date: a year is enough where the definition allows it", () => {
  const date = { type: "date", incomplete: true, before: "today" }
  assert.deepEqual(read(date, boxes("", "", "1985")), good("1985"))
  assert.deepEqual(read(date, boxes("", "3", "1985")), good("1985-03"))
  assert.deepEqual(read(date, boxes("", "", "2026")), good("2026"))
  assert.deepEqual(read(date, boxes("", "", "2027")), bad("date-in-future"))
  assert.deepEqual(read(date, boxes("5", "", "1985")), bad("date-incomplete month"))
  assert.deepEqual(
    [shown(date, "1985-03"), shown(date, "1985-03", "en"), shown(date, "1985-03-05", "en")],
    ["03/1985", "March 1985", "5 March 1985"],
  )
})

test("time: as people write it", () => {
  for (const typed of ["9:05", "09:05", "9h05", "9 giờ 5", "9 giờ 05 phút", "0905", "9.05", "09:05:00"])
    assert.deepEqual(read({ type: "time" }, typed), good("09:05"), typed)
  assert.deepEqual(read({ type: "time" }, "9h"), good("09:00"))
  for (const typed of ["24:00", "9:60", "noon", "9", "-1:00", "123456"])
    assert.deepEqual(read({ type: "time" }, typed), bad("time-form"), typed)
})

test("choice: what is on the list, once each", () => {
  const options = ["post", "counter"].map((value) => ({ value, name }))
  assert.deepEqual(read({ type: "choice", options }, "post"), good("post"))
  assert.deepEqual(read({ type: "choice", options }, ["post", "counter"]), good("post"))
  assert.deepEqual(read({ type: "choice", options }, "pigeon"), bad("choice-unknown"))
  assert.deepEqual(read({ type: "choice", options }, undefined), bad("required-choice"))
  assert.deepEqual(read({ type: "choice", options, many: true }, ["counter", "post", "post"]), good(["counter", "post"]))
  assert.deepEqual(read({ type: "choice", options, many: true }, "post"), good(["post"]))
  assert.deepEqual(read({ type: "choice", options, many: true }, ["post", "pigeon"]), bad("choice-unknown"))
  assert.deepEqual(read({ type: "choice", options, many: true }, []), bad("required-choice"))
})

test("yes or no, and a statement that must be ticked", () => {
  assert.deepEqual(read({ type: "yes-no" }, "no"), good(false))
  assert.deepEqual(read({ type: "yes-no" }, "maybe"), bad("choice-unknown"))
  assert.deepEqual(read({ type: "yes-no" }, ""), bad("required-choice"))
  assert.deepEqual(read({ type: "declaration" }, "yes"), good(true))
  for (const typed of ["", "no", "true", undefined])
    assert.deepEqual(read({ type: "declaration" }, typed), bad("declaration-needed"))
})

test("person and organisation: a right number, a name where no register told it", () => {
  assert.deepEqual(read({ type: "person" }, { ".number": "9001 9900 0001" }), good({ number: "900199000001" }))
  assert.deepEqual(
    read({ type: "person" }, { ".number": "900199000001", ".name": "Phạm  Thị Lan" }),
    good({ number: "900199000001", name: "Phạm Thị Lan" }),
  )
  assert.deepEqual(read({ type: "person" }, { ".number": "12" }), bad("person-number number"))
  assert.deepEqual(read({ type: "person" }, { ".name": "Lan" }), bad("person-number number"))
  assert.deepEqual(read({ type: "person" }, { ".number": "" }), bad("required"))
  assert.deepEqual(read({ type: "organisation" }, { ".number": "0100233488" }), good({ number: "0100233488" }))
  assert.deepEqual(read({ type: "organisation" }, { ".number": "01" }), bad("organisation-number number"))
})

const place = (province: string, commune: string, street = "") => ({
  ".province": province,
  ".commune": commune,
  ".street": street,
})

test("address: a commune by code or by name without accents, in its province", () => {
  const address = { type: "address" }
  assert.deepEqual(
    read(address, place("01", "00004", "1 Phố Huế")),
    good({ province: "01", commune: "00004", street: "1 Phố Huế" }),
  )
  assert.deepEqual(read(address, place("01", "ba dinh")), good({ province: "01", commune: "00004" }))
  assert.deepEqual(read(address, place("79", "ba dinh")), bad("address-commune-unknown commune"))
  assert.deepEqual(read(address, place("79", "00004")), bad("address-commune-unknown commune"))
  assert.deepEqual(read(address, place("99", "ba dinh")), bad("address-province province"))
  assert.deepEqual(read(address, place("", "", "1 Phố Huế")), bad("address-province province"))
  assert.deepEqual(read(address, place("01", "")), bad("address-commune commune"))
  assert.deepEqual(read(address, place("01", "x".repeat(5000))), bad("address-commune-unknown commune"))
  assert.equal(shown(address, { province: "79", commune: "26734" }), "Phường Sài Gòn, Thành phố Hồ Chí Minh")
})

test("address: namesakes and places of before the reform are offered to choose from", () => {
  const { form, page } = formOf({ type: "address" })
  const several = readPage(form, page, { "q.province": "01", "q.commune": "tan lap" }, {}, context).errors[0]!
  assert.equal(several.code, "address-several")
  assert.deepEqual(JSON.parse(String(several.params.places)), [
    ["00010", "Xã Tân Lập"],
    ["00011", "Xã Tân Lập"],
  ])
  const former = readPage(form, page, { "q.province": "01", "q.commune": "00013" }, {}, context).errors[0]!
  assert.equal(former.code, "address-replaced")
  assert.deepEqual(JSON.parse(String(former.params.places)), [
    ["00004", "Phường Ba Đình"],
    ["00008", "Phường Ngọc Hà"],
  ])
  assert.deepEqual(
    read({ type: "address" }, { ...place("01", "Xã Tân Lập"), ".known": "00011 Xã Tân Lập" }),
    good({ province: "01", commune: "00011" }),
  )
  assert.deepEqual(
    read({ type: "address" }, { ...place("01", "ba dinh"), ".known": "00011 Xã Tân Lập" }),
    good({ province: "01", commune: "00004" }),
  )
  assert.equal(divisions.commune("99999"), undefined)
})

const upload = { sha256: "a".repeat(64), name: "giấy.pdf".normalize("NFD"), bytes: 1000, type: "application/pdf", pages: 2 }

test("file: kinds, bytes and pages; text in its place is no file", () => {
  const file = { type: "file", accept: ["pdf"], maxBytes: 2000, maxPages: 3 }
  assert.deepEqual(read(file, upload), good({ ...upload, name: "giấy.pdf" }))
  assert.deepEqual(read(file, { ...upload, bytes: 0 }), bad("file-empty"))
  assert.deepEqual(read(file, { ...upload, bytes: 2001 }), bad("file-too-large"))
  assert.deepEqual(read(file, { ...upload, type: "image/png" }), bad("file-type"))
  assert.deepEqual(read(file, { ...upload, pages: 4 }), bad("file-pages"))
  assert.deepEqual(read(file, { ...upload, sha256: "../etc" }), bad("value-form"))
  assert.deepEqual(read(file, { ...upload, bytes: -1 }), bad("value-form"))
  assert.deepEqual(read(file, JSON.stringify(upload)), bad("required-file"))
})

test("file: one handed in stays when no other is chosen, and is dropped by its button", () => {
  const { form, page } = formOf({ type: "file" })
  const first = readPage(form, page, { q: upload }, {}, context)
  const kept = readPage(form, page, { q: "" }, first.values, context)
  assert.deepEqual(kept.values, first.values)
  assert.deepEqual(readPage(form, page, { _do: "drop:q" }, first.values, context).values, {})
})

const children = {
  type: "group",
  min: 1,
  max: 2,
  fields: [
    { id: "name", type: "personal-name", name },
    { id: "born", type: "date", name, optional: true },
  ],
}

test("group: entries are read, empty ones dropped, mistakes placed in their entry", () => {
  const raw = {
    ".count": "3",
    ".0.name": "Mai",
    ".1.name": "",
    ".2.name": "Minh",
    ".2.born.day": "1",
    ".2.born.month": "2",
    ".2.born.year": "2020",
  }
  assert.deepEqual(read(children, raw), good([{ name: "Mai" }, { name: "Minh", born: "2020-02-01" }]))
  const { form, page } = formOf(children)
  const wrong = readPage(form, page, { "q.count": "2", "q.0.name": "M4i", "q.1.born.year": "20" }, {}, context)
  assert.deepEqual(
    wrong.errors.map((error) => [error.field, error.code]),
    [
      ["q.0.name", "name-characters"],
      ["q.1.born", "date-incomplete"],
      ["q.1.name", "required"],
    ],
  )
  assert.deepEqual(read(children, { ".count": "0" }), bad("group-too-few"))
  assert.deepEqual(read(children, { ".count": "3", ".0.name": "A", ".1.name": "B", ".2.name": "C" }), bad("group-too-many"))
  assert.deepEqual(read(children, { ".count": "999999999" }), bad("group-too-few"))
  assert.deepEqual(read({ ...children, min: 0 }, { ".count": "0" }), { value: undefined, errors: [] })
})

test("group: entries are added and removed by buttons, and nothing typed in the others is lost", () => {
  const { form, page } = formOf(children)
  const added = readPage(form, page, { "q.count": "1", "q.0.name": "M4i", _do: "add:q" }, {}, context)
  assert.deepEqual([added.again, added.errors, added.raw], [true, [], { "q.count": "2", "q.0.name": "M4i" }])
  const removed = readPage(
    form,
    page,
    { "q.count": "3", "q.0.name": "A", "q.1.name": "B", "q.2.name": "C2", "q.2.born.day": "9", _do: "remove:q:1" },
    {},
    context,
  )
  assert.deepEqual(removed.raw, { "q.count": "2", "q.0.name": "A", "q.1.name": "C2", "q.1.born.day": "9" })
})

test("group: a condition of an entry sees that entry alone", () => {
  const group = {
    type: "group",
    fields: [
      { id: "adopted", type: "yes-no", name },
      { id: "decision", type: "text", name, when: "row.adopted" },
    ],
  }
  assert.deepEqual(read(group, { ".count": "1", ".0.adopted": "no", ".0.decision": "12/QĐ" }), good([{ adopted: false }]))
  assert.deepEqual(read(group, { ".count": "1", ".0.adopted": "yes" }).errors, ["required"])
})

test("computed values are worked out, shown and submitted, never read", () => {
  const fields = [
    { id: "count", type: "number", name },
    { id: "fee", type: "computed", as: "money", currency: "VND", value: "count * 8000", name },
  ]
  const form = compileForm({ pages: [{ id: "one", title: name, fields }] }, {})
  const { values } = readPage(form, form.pages[0]!, { count: "3", fee: "0" }, {}, context)
  assert.deepEqual(Object.keys(values), ["count"])
  assert.equal(printable(form, values, "vi", context)[0]?.rows[1]?.text, "24.000 ₫")
})
