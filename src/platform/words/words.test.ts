// Words and formats: plurals, placeholders, fall-back, and the country's time zone.
import assert from "node:assert/strict"
import { test } from "node:test"
import { type Catalogue, formatsOf, wordsOf } from "./index.ts"

const vi = { hello: "Chào {name}", left: { other: "Còn {count} ngày" }, plain: "Xong" } as const
const en: Catalogue<typeof vi> = {
  hello: "Hello {name}",
  left: { one: "{count} day left", other: "{count} days left" },
  plain: "Done",
}
const viet = { timeZone: "Asia/Ho_Chi_Minh", currency: "VND", locales: { vi: "vi-VN", en: "en-GB" } }

test("a sentence takes its values, and its plural by the language's own rules", () => {
  assert.equal(wordsOf("vi", { vi, en })("hello", { name: "Lan" }), "Chào Lan")
  const t = wordsOf("en", { vi, en })
  assert.deepEqual(
    [t("left", { count: 1 }), t("left", { count: 2 }), t("left", { count: 1_234 })],
    ["1 day left", "2 days left", "1,234 days left"],
  )
  assert.equal(wordsOf("vi", { vi, en })("left", { count: 1_234 }), "Còn 1.234 ngày")
})

test("a language without words gets the country's first, then English", () => {
  assert.equal(wordsOf("km", { vi, en }, "vi")("plain"), "Xong")
  assert.equal(wordsOf("km", { vi, en }, "lo")("plain"), "Done")
  assert.equal(wordsOf("km", { vi, en })("plain"), "Done")
})

test("a value that looks like a placeholder or a pattern is only text", () => {
  assert.equal(wordsOf("vi", { vi, en })("hello", { name: "{name} $& $1" }), "Chào {name} $& $1")
})

test("days and times are those of the country, not of the machine", () => {
  const late = new Date("2026-03-09T17:30:00Z")
  assert.equal(formatsOf("vi", viet).day(late), "10/03/2026")
  assert.equal(formatsOf("vi", viet).time(late), "00:30")
  assert.equal(formatsOf("vi", viet).day("2026-03-09"), "09/03/2026")
  assert.equal(formatsOf("en", viet).day("2026-03-09"), "09/03/2026")
  assert.equal(formatsOf("en", { ...viet, timeZone: "America/Lima" }).day(late), "09/03/2026")
})

test("money has the digits of its currency", () => {
  assert.match(formatsOf("vi", viet).money(1_175_000), /^1\.175\.000\s₫$/u)
  assert.match(formatsOf("en", { ...viet, currency: "EUR" }).money(12.5), /€12\.50/)
})

test("a language is called by its own name", () => {
  assert.deepEqual([formatsOf("en", viet).language("vi"), formatsOf("vi", viet).language("en")], ["Tiếng Việt", "English"])
})
