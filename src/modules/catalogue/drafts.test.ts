// Ngân writes a definition, Huệ publishes it: drafts, checks, four eyes, days, retirement, and what the pack may not undo.
import assert from "node:assert/strict"
import { createPublicKey } from "node:crypto"
import { after, before, test } from "node:test"
import { compactVerify } from "jose"
import { dmnOfRules } from "#country"
import type { Actor } from "#platform/db"
import { sql } from "#platform/db"
import { Problem } from "#platform/problem"
import { type Cast, openCast, system } from "../../../test/cast.ts"
import { canonicalJson, sha256 } from "./canonical.ts"
import {
  beginDraft,
  changeWords,
  differencesOf,
  dropDraft,
  findDefinitions,
  findService,
  getCheckedDraft,
  getHistory,
  getService,
  previewDraft,
  proposeDraft,
  proposeRetirement,
  publishCountry,
  publishDraft,
  returnDraft,
  saveDraft,
} from "./index.ts"

const BIRTH = "1.001193"
const LAW = "Nghị định 15/2026/NĐ-CP"
const DAY_MS = 86_400_000
const ANY = { words: "", state: "", ministry: "", field: "", page: 1 }
let cast: Cast
let ngan: Actor
let hue: Actor

before(async () => {
  cast = await openCast()
  ngan = await cast.official("ngan")
  hue = await cast.official("hue")
})
after(() => cast.close())

const code = (expected: string) => (error: unknown) => error instanceof Problem && error.code === expected

/** Ngân begins a draft of the birth registration and changes a text of it. */
async function drafted(find: string, put: string, file: "service" | "process" | "form" = "service"): Promise<string> {
  const id = await cast.tx(ngan, (tx) => beginDraft(tx, BIRTH, "a change of the law"))
  const { draft } = await cast.tx(ngan, (tx) => getCheckedDraft(tx, BIRTH, id))
  assert.ok(draft.texts[file]!.includes(find), draft.texts[file])
  const texts = { ...draft.texts, [file]: draft.texts[file]!.replace(find, put) }
  assert.deepEqual(await cast.tx(ngan, (tx) => saveDraft(tx, BIRTH, id, { revision: 1, texts, why: "as the decree says" })), [])
  return id
}

const propose = (id: string, validFrom = "2026-03-09") =>
  cast.tx(ngan, (tx) => proposeDraft(tx, BIRTH, id, { validFrom, legalBasis: LAW }))

test("a draft of what is in force has nothing against it, and its page and form can be looked at", async () => {
  const id = await drafted("takesMinutes: 5", "takesMinutes: 7")
  const preview = await cast.tx(hue, (tx) => previewDraft(tx, BIRTH, id, "en"))
  assert.deepEqual(preview.findings, [])
  assert.equal(preview.page?.minutes, 7)
  assert.equal(preview.form?.pages.length, 4)
  assert.deepEqual(
    preview.draft.saves.map(({ revision, why }) => [revision, why]),
    [
      [2, "as the decree says"],
      [1, "a change of the law"],
    ],
  )
  await cast.tx(ngan, (tx) => dropDraft(tx, BIRTH, id))
})

test("a faulty draft is kept but can't be proposed, and a text that is no YAML is not even kept", async () => {
  const id = await drafted("hours: 3", "hours: 30", "process")
  const { findings, draft } = await cast.tx(ngan, (tx) => getCheckedDraft(tx, BIRTH, id))
  assert.ok(findings.some((f) => f.code === "process-norms-over-limit" && f.words.vi!.includes("33")))
  await assert.rejects(propose(id), code("definition-faulty"))
  const broken = { ...draft.texts, service: "name: [" }
  const said = await cast.tx(ngan, (tx) => saveDraft(tx, BIRTH, id, { revision: 2, texts: broken, why: "a slip" }))
  assert.equal(said[0]?.code, "not-readable")
  assert.equal((await cast.tx(ngan, (tx) => getCheckedDraft(tx, BIRTH, id))).draft.revision, 2)
  await cast.tx(ngan, (tx) => dropDraft(tx, BIRTH, id))
})

test("who wrote it may not publish it; another person may, and people see it from its day", async () => {
  const before = await cast.tx(system, (tx) => getService(tx, BIRTH))
  const id = await drafted("takesMinutes: 5", "takesMinutes: 4")
  await propose(id, "2026-03-12")
  await assert.rejects(
    cast.tx(ngan, (tx) => publishDraft(tx, BIRTH, id, 2)),
    code("second-person-needed"),
  )
  await assert.rejects(
    cast.tx(hue, (tx) => publishDraft(tx, BIRTH, id, 1)),
    code("draft-changed"),
    "she looked at an older one",
  )
  await cast.tx(hue, (tx) => publishDraft(tx, BIRTH, id, 2))
  assert.equal((await cast.tx(system, (tx) => getService(tx, BIRTH))).hash, before.hash, "not before its day")
  cast.clock.move(3 * DAY_MS)
  const now = await cast.tx(system, (tx) => getService(tx, BIRTH))
  assert.equal(now.version, before.version + 1)
  assert.equal(now.definition.service.takesMinutes, 4)
  const key = createPublicKey(cast.site.keys.ecKey("catalogue"))
  const { payload } = await compactVerify(now.signature, key)
  const claim = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>
  assert.equal(claim.hash, now.hash)
  assert.equal(claim.legalBasis, LAW)
  const { versions } = await cast.tx(hue, (tx) => getHistory(tx, BIRTH))
  assert.deepEqual(
    versions.map(({ state, origin }) => [state, origin]),
    [
      ["in-force", "desk"],
      ["past", "pack"],
    ],
  )
  assert.notEqual(versions[0]!.authorName, versions[0]!.publisherName)
})

test("starting the program again with the same pack doesn't undo what officials published", async () => {
  const { published } = await cast.tx(system, publishCountry)
  assert.deepEqual(published, [])
  assert.equal((await cast.tx(system, (tx) => getService(tx, BIRTH))).definition.service.takesMinutes, 4)
})

test("what two people save at once is not lost, and a proposal is given back with a reason", async () => {
  const id = await drafted("takesMinutes: 4", "takesMinutes: 6")
  const { draft } = await cast.tx(ngan, (tx) => getCheckedDraft(tx, BIRTH, id))
  const late = cast.tx(hue, (tx) => saveDraft(tx, BIRTH, id, { revision: 1, texts: draft.texts, why: "late" }))
  await assert.rejects(late, code("draft-changed"))
  await propose(id, "2026-03-12")
  await cast.tx(hue, (tx) => returnDraft(tx, BIRTH, id, "the decree says five"))
  const back = await cast.tx(ngan, (tx) => getCheckedDraft(tx, BIRTH, id))
  assert.equal(back.draft.state, "open")
  assert.equal(back.draft.remark, "the decree says five")
  await cast.tx(hue, (tx) => saveDraft(tx, BIRTH, id, { revision: 2, texts: draft.texts, why: "a word" }))
  await propose(id, "2026-03-12")
  await assert.rejects(
    cast.tx(hue, (tx) => publishDraft(tx, BIRTH, id, 3)),
    code("second-person-needed"),
    "she wrote in it too",
  )
  await cast.tx(ngan, (tx) => dropDraft(tx, BIRTH, id))
})

test("days in the past and a proposal without a law are refused", async () => {
  const id = await drafted("takesMinutes: 4", "takesMinutes: 6")
  await assert.rejects(propose(id, "2026-03-11"), code("publication-dates"))
  await assert.rejects(propose(id, "soon"), code("publication-dates"))
  const lawless = cast.tx(ngan, (tx) => proposeDraft(tx, BIRTH, id, { validFrom: "2026-04-01", legalBasis: "  " }))
  await assert.rejects(lawless, code("legal-basis-missing"))
  await cast.tx(ngan, (tx) => dropDraft(tx, BIRTH, id))
})

test("a service is retired by two people, from a day on, and says what takes its place", async () => {
  const retired = "1.000894"
  const wish = { validFrom: "2026-03-13", legalBasis: LAW, why: "merged" }
  await assert.rejects(
    cast.tx(ngan, (tx) => proposeRetirement(tx, retired, { ...wish, replacedBy: "9.999999" })),
    code("replacement-unknown"),
  )
  const id = await cast.tx(ngan, (tx) => proposeRetirement(tx, retired, { ...wish, replacedBy: BIRTH }))
  await cast.tx(hue, (tx) => publishDraft(tx, retired, id, 1))
  assert.ok(await cast.tx(system, (tx) => findService(tx, retired)))
  cast.clock.move(DAY_MS)
  assert.equal(await cast.tx(system, (tx) => findService(tx, retired)), undefined)
  const { definitions } = await cast.tx(hue, (tx) => findDefinitions(tx, { ...ANY, state: "withdrawn" }))
  assert.deepEqual(
    definitions.map((each) => each.code),
    [retired],
  )
  const { versions } = await cast.tx(hue, (tx) => getHistory(tx, retired))
  assert.equal(versions[0]?.replacedBy, BIRTH)
})

test("nobody else sees or writes drafts, in the deed and in the database", async () => {
  const binh = await cast.official("binh")
  await assert.rejects(
    cast.tx(binh, (tx) => beginDraft(tx, BIRTH, "mine")),
    code("not-allowed"),
  )
  await assert.rejects(
    cast.tx(binh, (tx) => findDefinitions(tx, ANY)),
    code("not-allowed"),
  )
  assert.deepEqual(await cast.tx(binh, (tx) => tx.rows(sql`select 1 from catalogue.draft`)), [])
  const forge = (tx: Parameters<Parameters<typeof cast.tx>[1]>[0]) => tx.run(sql`update catalogue.draft_save set why = 'other'`)
  await assert.rejects(cast.tx(hue, forge), /permission denied/)
})

test("rules drawn as DMN are kept as they were drawn, make the same version as the tables, and their changes are told in words", async () => {
  const MARITAL = "1.004873"
  const base = await cast.tx(system, (tx) => getService(tx, MARITAL))
  const id = await cast.tx(ngan, (tx) => beginDraft(tx, MARITAL, "drawn in an editor"))
  const { draft } = await cast.tx(ngan, (tx) => getCheckedDraft(tx, MARITAL, id))
  const dmn = dmnOfRules(base.definition.rules!, [])
  const drawn = async (revision: number, rules: string) => {
    const texts = { ...draft.texts, rules }
    assert.deepEqual(await cast.tx(ngan, (tx) => saveDraft(tx, MARITAL, id, { revision, texts, why: "drawn" })), [])
    return cast.tx(ngan, (tx) => previewDraft(tx, MARITAL, id, "en"))
  }
  const same = await drawn(1, dmn)
  assert.deepEqual([same.findings, same.draft.texts.rules], [[], dmn])
  assert.equal(sha256(canonicalJson(same.definition)), base.hash)

  const spoilt = await drawn(2, dmn.replace('not("single")', "not(lonely)"))
  assert.deepEqual(
    spoilt.findings.map(({ file, code: found }) => [file, found]),
    [[`services/${MARITAL}/rules.dmn`, "rule-name-unknown"]],
  )
  const other = await drawn(3, dmn.replace('<text>"verify"', '<text>"examine"'))
  const told = differencesOf(base.definition, other.definition!).map((change) => changeWords(change, "en"))
  assert.equal(told.length, 1, told.join("; "))
  assert.match(told[0]!, /the rule “You have been resident elsewhere.*has changed$/)
  await cast.tx(ngan, (tx) => proposeDraft(tx, MARITAL, id, { validFrom: "2026-03-20", legalBasis: LAW }))
  await cast.tx(hue, (tx) => publishDraft(tx, MARITAL, id, 4))
  const { versions } = await cast.tx(hue, (tx) => getHistory(tx, MARITAL))
  assert.deepEqual(versions[0]!.service.definition.rules, other.definition!.rules)
})
