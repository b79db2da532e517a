// Drafts: kept on the server with every text that was typed, pinned to their version, open to nobody else, and one case each.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { publishCountry } from "#catalogue"
import type { Country } from "#country"
import { printable } from "#engines/form"
import { type Actor, sql } from "#platform/db"
import { type Acts, acts, BIRTH, code, HOUSEHOLD_BUSINESS, type Person, shop, son } from "../../../test/acts.ts"
import { type Cast, openCast, system } from "../../../test/cast.ts"
import {
  errorsOf,
  findAgencyOf,
  getDraft,
  getMyCase,
  listDrafts,
  openDeskCase,
  openDraft,
  pageOf,
  savePage,
  submitDraft,
  textsOf,
} from "./index.ts"

const DAY_MS = 86_400_000
let cast: Cast
let act: Acts
let lan: Person
before(async () => {
  cast = await openCast()
  act = acts(cast)
  lan = await cast.person("lan")
})
after(() => cast?.close())

const opened = (who: Actor, id: string) => cast.tx(who, (tx) => getDraft(tx, id, "vi"))
const save = (who: Actor, id: string, page: string, raw: Parameters<typeof savePage>[3]) =>
  cast.tx(who, (tx) => savePage(tx, id, page, raw, "vi"))
const submit = (who: Actor, id: string) => cast.tx(who, (tx) => submitDraft(tx, id, "vi"))

/** A draft of its own: the one that is open already is handed in or left behind first. */
const fresh = async (who: Person, service = BIRTH) => {
  await cast.migrator.run(sql`update cases.draft set expires_at = opened_at where subject = ${who.subject} and case_id is null`)
  return act.start(who, service)
}

test("starting twice gives the same draft; it stands in the person's list until it is handed in", async () => {
  const id = await fresh(lan)
  assert.equal(await act.start(lan), id)
  assert.deepEqual(
    (await cast.tx(lan, (tx) => listDrafts(tx))).map((d) => d.id),
    [id],
  )
  await act.fill(lan, id, son)
  await act.submit(lan, id)
  assert.deepEqual(await cast.tx(lan, (tx) => listDrafts(tx)), [])
})

test("a double click on start opens one draft", async () => {
  await fresh(lan)
  await cast.migrator.run(sql`update cases.draft set expires_at = opened_at where subject = ${lan.subject} and case_id is null`)
  const [first, second] = await Promise.all([act.start(lan), act.start(lan)])
  assert.equal(first, second)
})

test("two pages saved at once are both kept", async () => {
  const id = await fresh(lan)
  const done = await Promise.all([
    save(lan, id, "name", son),
    save(lan, id, "declare", { truth: "yes", "contact.phone": "0912345678" }),
  ])
  assert.deepEqual(
    done.flatMap((d) => d.errors),
    [],
  )
  const { values } = (await opened(lan, id)).draft
  assert.deepEqual([values["child.givenName"]?.value, values["contact.phone"]?.value], ["Minh", "0912345678"])
})

test("what was typed wrong stands in its box again, on another device and after other pages, until it is right", async () => {
  const id = await fresh(lan)
  const wrong = { ...son, "child.givenName": "M1nh", "child.familyName": "Trần" }
  const saved = await save(lan, id, "name", wrong)
  assert.ok(saved.errors.some((e) => e.field === "child.givenName"))
  await save(lan, id, "declare", { truth: "yes" })
  const again = await opened(lan, id)
  const texts = textsOf(again, pageOf(again, "name"))
  assert.deepEqual([texts["child.givenName"], texts["child.familyName"]], ["M1nh", "Trần"])
  await save(lan, id, "name", son)
  const right = await opened(lan, id)
  assert.deepEqual(right.draft.typed, {})
})

test("a page saved after the submission changes nothing, and a submission sent again gives the same case", async () => {
  const id = await fresh(lan)
  await act.fill(lan, id, { ...son, "child.givenName": "Sau" })
  const [first, second] = await Promise.all([submit(lan, id), submit(lan, id)])
  assert.ok("dossier" in first && "dossier" in second && first.dossier.id === second.dossier.id, "a double click is one case")
  await assert.rejects(save(lan, id, "name", son), code("draft-changed"))
  const { dossier } = await cast.tx(lan, (tx) => getMyCase(tx, first.dossier.id))
  assert.equal(dossier.values["child.givenName"]?.value, "Sau")
})

test("an unfinished draft is not submitted: each mistake is named, and nothing has changed", async () => {
  const id = await fresh(lan)
  await save(lan, id, "name", son)
  const done = await submit(lan, id)
  assert.ok("errors" in done)
  assert.deepEqual(
    done.errors.map((e) => e.field),
    ["truth"],
  )
  const again = await opened(lan, id)
  assert.deepEqual(errorsOf(again), done.errors)
  assert.equal(again.draft.caseId, null)
})

test("a draft is kept for thirty days and not longer; a new start then is a new draft", async () => {
  const id = await fresh(lan)
  cast.clock.move(30 * DAY_MS)
  try {
    await assert.rejects(opened(lan, id), code("draft-expired"))
    await assert.rejects(save(lan, id, "name", son), code("draft-expired"))
    await assert.rejects(submit(lan, id), code("draft-expired"))
    assert.notEqual(await act.start(lan), id)
  } finally {
    cast.clock.move(-30 * DAY_MS)
  }
})

test("another person's draft and one that never was look the same: not found", async () => {
  const id = await fresh(lan)
  const hung = await cast.person("hung")
  for (const who of [hung, await cast.person("mai")])
    for (const one of [id, "00000000-0000-7000-8000-000000000001"]) {
      await assert.rejects(opened(who, one), code("draft-not-found"))
      await assert.rejects(save(who, one, "name", son), code("draft-not-found"))
      await assert.rejects(submit(who, one), code("draft-not-found"))
    }
  const binh = await cast.official("binh")
  await assert.rejects(opened(binh, id), code("not-signed-in"))
  await assert.rejects(
    cast.tx(lan, (tx) => openDraft(tx, "1.000656", "vi")),
    code("service-not-online"),
  )
})

test("a service that changes while a draft is open: the draft goes on by its own version to the end, a new one follows the new", async () => {
  const id = await fresh(lan)
  const before = await opened(lan, id)
  const country = cast.site.reference as Country
  const service = country.services.get(BIRTH)!
  const { definition } = service as { definition: { summary?: Record<string, string> } }
  const { summary } = definition
  definition.summary = { vi: "Nội dung đã sửa", en: "A changed summary" }
  try {
    await cast.tx(system, (tx) => publishCountry(tx))
    const later = await opened(lan, id)
    assert.equal(later.service.hash, before.service.hash)
    await act.fill(lan, id, { ...son, "child.givenName": "Phiên" })
    const dossier = await act.submit(lan, id)
    assert.equal(dossier.definition, before.service.hash)
    const next = await act.start(lan)
    assert.notEqual((await opened(lan, next)).service.hash, before.service.hash)
    assert.equal((await act.mine(lan, dossier.id)).service.hash, before.service.hash)
  } finally {
    if (summary) definition.summary = summary
    await cast.tx(system, (tx) => publishCountry(tx))
  }
})

test('"this is wrong": what Lan disputes is asked, goes to the commune with what the register says beside it, and is shown there', async () => {
  const id = await fresh(lan)
  const marked = await save(lan, id, "parents", { _do: "dispute:mother.ethnicity" })
  assert.ok(marked.again)
  await act.fill(lan, id, { ...son, "child.givenName": "Tranh", "mother.ethnicity": "tay" })
  const dossier = await act.submit(lan, id)
  const ethnicity = dossier.values["mother.ethnicity"]
  assert.deepEqual([ethnicity?.state, ethnicity?.value, ethnicity?.registered], ["disputed", "tay", "kinh"])
  const binh = await cast.official("binh")
  const { service } = await cast.tx(binh, (tx) => openDeskCase(tx, dossier.id))
  const rows = printable(service.form, dossier.values, "en").flatMap((page) => page.rows)
  const row = rows.find((one) => one.field === "mother.ethnicity")
  assert.deepEqual([row?.state, row?.text, row?.registeredText], ["disputed", "Tay", "Kinh"])
  assert.ok(row?.source)
})

test("an address where no agency has the service: a clear problem, and all that was typed is there still", async () => {
  const thanh = await cast.person("thanh")
  const id = await fresh(thanh, HOUSEHOLD_BUSINESS)
  const elsewhere = "92"
  const { divisions } = cast.site.reference as Country
  const commune = divisions.below(elsewhere)[0]!.code
  await act.fill(thanh, id, { ...shop, "business.address.province": elsewhere, "business.address.commune": commune })
  const before = await opened(thanh, id)
  assert.equal(findAgencyOf(undefinedTx(), before), undefined)
  await assert.rejects(submit(thanh, id), code("no-competent-agency"))
  assert.deepEqual((await opened(thanh, id)).draft, before.draft)
  await act.fill(thanh, id, shop)
  assert.equal((await act.submit(thanh, id)).agency, "ba-dinh")
})

const undefinedTx = () => ({ site: cast.site }) as Parameters<typeof findAgencyOf>[0]

test("a number that was typed is asked for in no register, and a register's own number that is disputed neither", async () => {
  const quan = await cast.person("quan")
  const id = await fresh(quan)
  const thuy = (cast.site.reference as Country).cast.people.find((p) => p.id === "thuy")!.number
  await save(quan, id, "parents", { "mother.number": thuy })
  const { draft } = await opened(quan, id)
  assert.equal(draft.values["mother.number"]?.value, thuy, "it is her word for it")
  assert.equal(draft.fetched.statement, undefined)
  const asked = await cast.migrator.rows<{ n: number }>(
    sql`select count(*)::int as n from exchange.message where case_id = ${id} and subject = ${cast.site.keys.subjectOf(thuy)}`,
  )
  assert.equal(asked[0]?.n, 0)
})
