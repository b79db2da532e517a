// Lan is asked for her consent by a form, says no, says yes, sees what it was used for and takes it back; in a real browser, without scripts.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { consentEndpoints } from "#consents"
import { answerContract, proposeContract, revokeContract } from "#federation"
import { sql } from "#platform/db"
import { type LinkedSites, openLinked } from "../federation/linked-sites.ts"
import { carry, stranger, system } from "../federation/three-sites.ts"
import { openStageOver, type Stage } from "./stage.ts"
import { type Look, Visitor } from "./visitor.ts"

const HOUSEHOLD_BUSINESS = "1.001612"
const DAY_MS = 86_400_000

let sites: LinkedSites
let stage: Stage
before(async () => {
  sites = await openLinked()
  const { ward } = sites
  await restOnConsent()
  stage = await openStageOver(ward)
})
after(async () => {
  await stage?.close()
  await sites?.close()
})

/** The contract for the population register is replaced by one that rests on consent. */
async function restOnConsent(): Promise<void> {
  const { ward, ministry } = sites
  await ministry.tx(system, (tx) => revokeContract(tx, sites.contracts.get("public-security")!))
  await carry(ministry, ward)
  const at = (days: number) => new Date(ward.site.clock().getTime() + days * DAY_MS).toISOString()
  const fields = ["number", "fullName", "sex", "birthDate", "nationality", "ethnicity", "residence"]
  const hash = await ward.tx(system, (tx) =>
    proposeContract(tx, {
      ...{ provider: "XX/GOV/G01/registers", service: "registers", consumer: "XX/GOV/H26.901/desk" },
      ...{ endpoints: [{ method: "POST", path: "/requests" }], purposes: ["household-business"], subjectKinds: ["person"] },
      ...{ legalGround: { ref: "91/2025/QH15", article: "4" }, bodies: "digest", from: at(-1), until: at(300) },
      consentNeeded: true,
      consent: { data: [{ register: "population/person", fields }], days: 30, keptDays: 90, uses: { max: 5, perDays: 7 } },
    }),
  )
  await carry(ward, ministry)
  await ministry.tx(system, (tx) => answerContract(tx, hash, "accept"))
  await carry(ministry, ward)
  for (const { access } of [ward, ministry]) await access.refresh()
}

const looks: readonly Look[] = [
  { lang: "vi", width: 390, scripts: false },
  { lang: "en", width: 1280, scripts: false },
]

for (const look of looks)
  test(`a form asks for consent; no leaves the form to be filled in, yes fills it in, and it can be taken back: ${look.lang}, ${look.width} px`, async () => {
    const lan = await Visitor.arrive(stage, look)
    const narrow = { narrow: look.width === 390 }
    await lan.signIn("lan", `/services/${HOUSEHOLD_BUSINESS}`)
    await lan.press(lan.say("Bắt đầu", "Start now"))
    const draft = lan.path
    const asks = lan.page.locator(".alert", { hasText: lan.say("Cần bạn đồng ý", "Needs your consent") })
    assert.equal(await asks.count(), 1)
    assert.equal(await lan.page.locator(".source").count(), 0)
    await lan.inspect("draft-consent", narrow)
    const read = lan.look.lang === "vi" ? /Đọc và quyết định/ : /Read and decide/
    await lan.follow(read)
    await lan.inspect("consent-ask", narrow)
    const [yes, no] = await Promise.all(["agree", "decline"].map((one) => lan.page.locator(`button[value=${one}]`).boundingBox()))
    assert.deepEqual([yes!.width, yes!.height], [no!.width, no!.height])
    await lan.press(lan.say("Tôi không đồng ý", "I do not agree"))
    assert.equal(lan.path, draft)
    assert.equal(await lan.page.locator(".source").count(), 0)

    await lan.follow(read)
    await lan.press(lan.say("Tôi đồng ý", "I agree"))
    assert.equal(lan.path, draft)
    assert.notEqual(await lan.page.locator(".source").count(), 0)
    assert.equal(await asks.count(), 0)

    await lan.go("/my/data")
    assert.match(await lan.text("#consents"), lan.look.lang === "vi" ? /Đang có hiệu lực.*1 lần/s : /In force.*1 time/s)
    await lan.inspect("my-data-consents", narrow)
    // The clock of this world stands still: two consents of one moment stand in any order.
    const inForce = lan.page.locator("#consents tr", { hasText: lan.say("Đang có hiệu lực", "In force") })
    await inForce.getByRole("link").first().click()
    await lan.inspect("my-consent", narrow)
    await lan.press(lan.say("Rút lại sự đồng ý", "Take my consent back"))
    assert.match(await lan.text("main"), lan.look.lang === "vi" ? /Đã rút lại/ : /Taken back/)
    await lan.inspect("my-consent-revoked", narrow)
    await lan.leave()
    await tellMinistry()
    await sites.ward.migrator.run(sql`delete from cases.draft`)
  })

/** What the courier of the ward posts. */
async function tellMinistry(): Promise<void> {
  const [row] = await sites.ward.migrator.rows<object>(sql`
    select artefact, salt, revocation from consents.consent c join consents.revocation r on r.consent = c.id order by revoked_at desc limit 1`)
  await sites.ministry.tx(stranger, (tx) => consentEndpoints[0].deed(tx, { body: row }))
}

test("what nobody asks for can't be agreed to, and a stranger's consent is not found", async () => {
  const quyen = await Visitor.arrive(stage, looks[1]!)
  await quyen.signIn("quyen", "/my/data")
  assert.equal(await quyen.go("/consent?contract=none"), 404)
  const [row] = await sites.ward.migrator.rows<{ id: string }>(sql`select id from consents.consent limit 1`)
  assert.equal(await quyen.go(`/my/consents/${row!.id}`), 404)
  await quyen.leave()
})
