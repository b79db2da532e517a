// Nhung has no electronic birth statement: she must type and upload, and does both wrongly first. Scripts are off.
import assert from "node:assert/strict"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { after, before, describe, test } from "node:test"
import { sql } from "#platform/db"
import { jpeg, pdf, png } from "../../src/modules/documents/upload.fixture.ts"
import { BIRTH } from "./birth-words.ts"
import { expectMistakes } from "./mistakes.ts"
import { openStage, type Stage } from "./stage.ts"
import { Visitor } from "./visitor.ts"

const FILE = "papers.statement"
const picture = png(3, 2)
let stage: Stage
let nhung: Visitor

before(async () => {
  stage = await openStage()
  nhung = await Visitor.arrive(stage, { lang: "en", width: 390, scripts: false })
  await nhung.signIn("nhung", `/services/${BIRTH}`)
  await nhung.press("Start now")
  await nhung.press("Save and continue")
})
after(async () => {
  await nhung?.leave()
  await stage?.close()
})

const next = () => nhung.press("Save and continue")
const errors = async () => {
  const links = await nhung.page.locator(".errors a").all()
  return Promise.all(links.map(async (link) => (await link.getAttribute("href"))!.slice(1)))
}

/** Every file in the site's store. */
const kept = () =>
  readdirSync(join(stage.world.dir, "files"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
const uploads = () => stage.world.migrator.rows(sql`select name from documents.upload order by name`)

/** What is typed, and which fields must say so. */
const wrong: readonly [string, Readonly<Record<string, string>>, readonly string[]][] = [
  ["a day that no month has", { "birth.date.day": "31", "birth.date.month": "2", "birth.date.year": "2026" }, ["birth.date"]],
  ["letters for a month", { "birth.date.day": "1", "birth.date.month": "tháng ba", "birth.date.year": "2026" }, ["birth.date"]],
  ["a day without its year", { "birth.date.day": "1", "birth.date.month": "3", "birth.date.year": "" }, ["birth.date"]],
  ["a day that has not come", { "birth.date.day": "1", "birth.date.month": "3", "birth.date.year": "2999" }, ["birth.date"]],
  ["an hour that no day has", { "birth.time": "25:61" }, ["birth.time"]],
  ["a weight in words", { "birth.weightGrams": "ba cân" }, ["birth.weightGrams"]],
  ["a weight that no child has", { "birth.weightGrams": "999999999999999999999" }, ["birth.weightGrams"]],
  ["a place far too long", { "birth.place": "Bệnh viện ".repeat(600) }, ["birth.place"]],
  ["markup and quotes are text like others", { "birth.place": `"><script>alert(1)</script>'{{7*7}}` }, []],
]

describe("what is typed wrongly comes back beside its field, and nothing of it is lost", () => {
  test("an empty page tells all that is missing at once, in the order of the page", async () => {
    assert.match(nhung.path, /\/birth$/)
    await nhung.inspect("upload-asked", { narrow: true })
    assert.equal(await next(), 422)
    assert.deepEqual(await errors(), ["birth.date.day", "birth.place", "birth.sex", FILE])
    await expectMistakes(nhung, "birth.date", "birth.place", "birth.sex", FILE)
    await nhung.inspect("upload-errors", { narrow: true })
  })

  for (const [name, typed, mistaken] of wrong)
    test(name, async () => {
      for (const [field, text] of Object.entries(typed)) await nhung.type(field, text)
      assert.equal(await next(), 422, "the file is missing still")
      const found = await errors()
      for (const field of mistaken)
        assert.ok(
          found.some((id) => id.startsWith(field)),
          `${field} among ${found}`,
        )
      for (const field of Object.keys(typed)) {
        const isMistaken = found.some((id) => field.startsWith(id.replace(/\.(day|month|year)$/, "")))
        assert.equal(isMistaken, mistaken.length > 0, `${field} among ${found}`)
      }
      await expectMistakes(nhung, ...mistaken)
      for (const [field, text] of Object.entries(typed)) {
        const shown = await nhung.page.inputValue(`[name="${field}"]`)
        assert.equal(shown.trim(), text.trim(), field)
      }
    })

  test("what was typed is there again after going away and coming back", async () => {
    const { path } = nhung
    await nhung.type("birth.time", "7:5x")
    await next()
    await nhung.go("/my/cases")
    await nhung.go(path)
    assert.equal(await nhung.page.inputValue('[name="birth.time"]'), "7:5x")
  })
})

/** A file, and the words that must stand beside its field. */
const hostile: readonly [string, { name: string; mimeType: string; buffer: Buffer }, RegExp][] = [
  ["an empty file", { name: "statement.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) }, /empty/],
  [
    "half a PDF",
    { name: "statement.pdf", mimeType: "application/pdf", buffer: pdf().subarray(0, 60) },
    /read|damaged|whole|broken/,
  ],
  ["half a photo", { name: "a.jpg", mimeType: "image/jpeg", buffer: jpeg.subarray(0, 300) }, /read|damaged|whole|broken/],
  [
    "a picture that is a page too",
    { name: "a.png", mimeType: "image/png", buffer: Buffer.concat([picture, Buffer.from("<html><script>alert(1)</script>")]) },
    /two kinds/,
  ],
  [
    "a program with the name of a PDF",
    { name: "statement.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ\x90\x00 this program") },
    /PDF|JPG|PNG/i,
  ],
  [
    "a page with the name of a photo",
    { name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<!doctype html><script>1</script>") },
    /PDF|JPG|PNG/i,
  ],
  ["a picture that says it is a PDF", { name: "statement.pdf", mimeType: "application/pdf", buffer: picture }, /another/],
  [
    "a PDF that runs a script",
    {
      name: "statement.pdf",
      mimeType: "application/pdf",
      buffer: pdf({ extra: "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>" }),
    },
    /code inside/,
  ],
  [
    "11 MB",
    { name: "statement.pdf", mimeType: "application/pdf", buffer: Buffer.concat([pdf(), Buffer.alloc(11 * 1024 * 1024, " ")]) },
    /10 MB/,
  ],
]

describe("a file that is none is refused beside its field, and nothing of it is kept", () => {
  for (const [name, file, words] of hostile)
    test(name, async () => {
      await nhung.type("birth.place", "Trạm y tế phường")
      await nhung.page.setInputFiles(`[name="${FILE}"]`, file)
      const status = await next()
      assert.ok(status >= 400 && status < 500, String(status))
      await expectMistakes(nhung, FILE)
      assert.match(await nhung.text(`[id="${FILE}-error"]`), words)
      assert.equal(await nhung.page.inputValue('[name="birth.place"]'), "Trạm y tế phường", "nothing typed is lost")
      assert.deepEqual([kept(), await uploads()], [[], []])
    })

  test("a photo is taken, shown with its name, and can be removed", async () => {
    const filled = {
      "birth.date.day": "1",
      "birth.date.month": "11",
      "birth.date.year": "2026",
      "birth.time": "7:05",
      "birth.weightGrams": "3100",
    }
    for (const [field, text] of Object.entries(filled)) await nhung.type(field, text)
    await nhung.page.locator('[name="birth.sex"]').first().check()
    await nhung.page.setInputFiles(`[name="${FILE}"]`, { name: "giấy chứng sinh.jpg", mimeType: "image/jpeg", buffer: jpeg })
    const { path } = nhung
    assert.equal(await next(), 200)
    assert.match(nhung.path, /\/name$/)
    assert.deepEqual(await uploads(), [{ name: "giấy chứng sinh.jpg" }])
    await nhung.go(path)
    assert.match(await nhung.text(), /giấy chứng sinh\.jpg/)
    await nhung.inspect("upload-taken")
    await nhung.press("Remove this file")
    assert.doesNotMatch(await nhung.text(), /giấy chứng sinh\.jpg/)
    assert.equal(await next(), 422)
  })
})
