// The pack of a country that does not exist: it loads, it is clean, and each of many ways to break it is found at its place with its mend.
import assert from "node:assert/strict"
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { test } from "node:test"
import { CountryFaults, checkCountry, countryOf, foldName, fullName, loadCountry, seedRows, textIn } from "#country"
import { dueAt, instantAt, workingCalendar } from "#engines/calendar"
import { applyFetched, askedFields, compileForm, keyOf, type Vocabulary } from "#engines/form"
import type { Site } from "#platform/site"
import { type Broken, brokenPacks } from "./broken-packs.ts"

const dir = resolve(import.meta.dirname, "arvelia")

test("the pack of Arvelia is clean", async () => {
  assert.deepEqual(await checkCountry(dir), [])
})

test("Arvelia has its own script, its own order of names, three tiers and money with cents", () => {
  const country = loadCountry(dir)
  const nino = country.cast.people[0]!
  assert.equal(fullName(country, nino.name), "ნინო ტალღაძე")
  assert.equal(foldName("  ÉÀ  Đỗ "), "ea do")
  assert.deepEqual(
    country.divisions.path("R1D1V1").map((d) => d.tier),
    ["region", "district", "village"],
  )
  assert.equal(country.divisions.named("ნავთ")[0]?.code, "R1D1V1")
  assert.equal(country.currency.decimals, 2)
  assert.equal(textIn({ ka: "ნავი" }, "en"), "ნავი")
  assert.equal(countryOf({ site: { reference: country } as Site }), country)
  assert.throws(() => countryOf({ site: { reference: undefined } as Site }))
})

test("in Arvelia Sunday is worked and Friday is not, except at the harbour", () => {
  const country = loadCountry(dir)
  const of = (agencyKind: string) => workingCalendar(country.calendar, { timeZone: country.timeZone, agencyKind })
  const due = (agencyKind: string) => {
    const receivedAt = instantAt(of(agencyKind), "2026-03-05", "10:00") // a Thursday
    return dueAt(of(agencyKind), { receivedAt, limit: { value: 1, unit: "working-day" } })
      .due.toISOString()
      .slice(0, 10)
  }
  assert.equal(due("other"), "2026-03-08")
  assert.equal(due("harbour"), "2026-03-06")
})

test("Nino's own particulars arrive; she types the name of her boat alone", () => {
  const country = loadCountry(dir)
  const form = compileForm(country.services.get("R7")!.form, country.vocabulary.elements as Vocabulary)
  const rows = seedRows(country, "2026-03-09")
  assert.deepEqual(
    rows.map((r) => [r.record, r.recordedOn]),
    [
      ["person", "2026-01-01"],
      ["person", "2026-01-01"],
      ["person", "2026-01-01"],
      ["boat", "2026-03-07"],
    ],
  )
  const context = { lang: "ka", today: "2026-03-09", applicant: { number: "900412290001" } }
  const key = keyOf(form.fetches[0]!, {}, { applicant: context.applicant }, context)
  const record = rows.find((r) => r.key === key)!.values as Record<string, string>
  const source = { register: "people/person", record: "r", asOf: "2026-03-09", message: "m" }
  const values = applyFetched(form, {}, "owner", record, source)
  assert.deepEqual(
    askedFields(form, form.pages[0]!, values, context).map((f) => f.id),
    ["boat.name"],
  )
})

async function broken<T>(
  { file, find, put }: Pick<Broken, "file" | "find" | "put">,
  look: (dir: string) => T | Promise<T>,
): Promise<T> {
  const copy = mkdtempSync(join(tmpdir(), "motlan-pack-"))
  try {
    cpSync(dir, copy, { recursive: true })
    const path = join(copy, file)
    if (put === null) rmSync(path)
    else {
      const text = readFileSync(path, "utf8")
      assert.ok(text.includes(find), `nothing to break: ${find}`)
      writeFileSync(
        path,
        text.replace(find, () => put),
      )
    }
    return await look(copy)
  } finally {
    rmSync(copy, { recursive: true })
  }
}

for (const one of brokenPacks)
  test(`the check finds ${one.what}`, async () => {
    const findings = await broken(one, checkCountry)
    const found = findings.filter((f) => f.code === one.code)
    assert.equal(found.length, 1, JSON.stringify(findings, null, 2))
    const { file, line, column, words, mend } = found[0]!
    assert.deepEqual({ file, at: `${line}:${column}` }, { file: one.file, at: one.at })
    assert.equal(mend.en!.slice(0, one.mend.length), one.mend)
    for (const text of [words, mend])
      for (const lang of ["vi", "en"]) assert.match(text[lang]!, /^(?!.*\{[a-z]+\}).+$/s, `${lang}: ${text[lang]}`)
  })

test("every code of a finding is documented, and nothing documented is gone", () => {
  const country = resolve(import.meta.dirname, "../../src/country")
  const words = ["reading", "names", "services", "engines", "decisions", "publication"].map((of) =>
    readFileSync(join(country, `finding-words-of-${of}.ts`), "utf8"),
  )
  const codes = [...words.join("\n").matchAll(/^ {2}"?([a-z-]+)"?: \{/gm)].map((m) => m[1])
  const listed = [...readFileSync(join(country, "README.md"), "utf8").matchAll(/^\| `([a-z-]+)` +\|/gm)].map((m) => m[1])
  assert.ok(codes.length > 60)
  assert.deepEqual(listed.toSorted(), codes.toSorted())
})

test("a pack that does not fit its schemas is not loaded, and says where it is wrong", async () => {
  const one = brokenPacks.find((b) => b.code === "not-one-of")!
  await broken(one, (copy) =>
    assert.throws(
      () => loadCountry(copy),
      (error) => error instanceof CountryFaults && /agencies\.yaml:15:44 not-one-of/.test(error.message),
    ),
  )
})

test("a folder that is no pack gives findings, not a fault", async () => {
  const empty = mkdtempSync(join(tmpdir(), "motlan-empty-"))
  assert.deepEqual(
    (await checkCountry(empty)).map((f) => `${f.file} ${f.code}`),
    ["agencies.yaml", "calendar.yaml", "country.yaml", "people.yaml", "vocabulary.yaml"].map((f) => `${f} file-missing`),
  )
  rmSync(empty, { recursive: true })
})
