// Ngân writes definitions that must not be published: each is kept, its check says what is wrong in vi and en, and nobody can propose it.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { type Finding, type ServiceTexts, textIn } from "#country"
import type { Actor } from "#platform/db"
import { Problem } from "#platform/problem"
import { type Cast, openCast } from "../../../test/cast.ts"
import { BIRTH, type Faulty, faultyContents, texts } from "./faulty-definitions.fixture.ts"
import { faultyProcesses } from "./faulty-processes.fixture.ts"
import { beginDraft, getCheckedDraft, getService, proposeDraft, publishDraft, saveDraft } from "./index.ts"

const LAW = "Nghị định 15/2026/NĐ-CP"
const DAY = "2026-03-10"
const faulty = [...faultyContents, ...faultyProcesses]
let cast: Cast
let ngan: Actor
let hue: Actor
let draft: string
let revision = 1

before(async () => {
  cast = await openCast()
  ngan = await cast.official("ngan")
  hue = await cast.official("hue")
  draft = await cast.tx(ngan, (tx) => beginDraft(tx, BIRTH, "to see what is refused"))
})
after(() => cast.close())

/** The check of a draft of these files. */
async function checkedAs(files: ServiceTexts): Promise<readonly Finding[]> {
  const refused = await cast.tx(ngan, (tx) => saveDraft(tx, BIRTH, draft, { revision, texts: files, why: "a trial" }))
  assert.deepEqual(refused, [])
  revision++
  return (await cast.tx(ngan, (tx) => getCheckedDraft(tx, BIRTH, draft))).findings
}

const propose = (validFrom = DAY, legalBasis = LAW) =>
  cast.tx(ngan, (tx) => proposeDraft(tx, BIRTH, draft, { validFrom, legalBasis }))
const refusal = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

test("there are at least twenty kinds of faulty definitions", () => {
  assert.ok(new Set(faulty.map(({ code }) => code)).size >= 40)
})

for (const { what, code, at, vi, en, ...change } of faulty)
  test(`${what} is refused`, async () => {
    const findings = await checkedAs(changed(change))
    const found = findings.find((finding) => finding.code === code && textIn(finding.words, "en") === en)
    assert.ok(found, `${code} is not among ${findings.map((f) => `${f.file}:${f.line} ${f.code} ${f.words.en}`).join(", ")}`)
    assert.equal(found.severity, "fault")
    assert.equal(found.words.vi, vi)
    assert.equal(found.file, `services/${BIRTH}/${at ?? `${change.in}.yaml`}`)
    assert.ok(found.line >= 1 && found.column >= 1)
    for (const lang of ["vi", "en"]) {
      assert.ok((found.mend[lang] ?? "").length > 8, `${lang} says nothing of the mend`)
      assert.doesNotMatch(`${found.words[lang]} ${found.mend[lang]}`, /\{\w+\}|undefined|\[object|“”/)
    }
    await assert.rejects(propose(), refusal("definition-faulty"))
  })

function changed({ in: name, find, put }: Pick<Faulty, "in" | "find" | "put">): ServiceTexts {
  assert.ok(texts[name].includes(find), `${name} has no ${find}`)
  return { ...texts, [name]: texts[name].replace(find, () => put) }
}

test("the same definition without a fault is proposed and published, though not without a day and a law", async () => {
  assert.deepEqual(await checkedAs(texts), [])
  await assert.rejects(propose("2026-02-30"), refusal("publication-dates"))
  await assert.rejects(propose("2026-03-08"), refusal("publication-dates"))
  await assert.rejects(propose(DAY, " "), refusal("legal-basis-missing"))
  await propose()
  await cast.tx(hue, (tx) => publishDraft(tx, BIRTH, draft, revision))
  cast.clock.move(86_400_000)
  const { definition } = await cast.tx(hue, (tx) => getService(tx, BIRTH))
  assert.equal(definition.rules?.tables[0]?.id, "weight")
})
