// A decree gives days off while cases run: what was reckoned before it was known keeps its own calendar, later cases have the new one, and
// only a plan reckons the old ones anew. The decree is invented.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { render } from "preact-render-to-string"
import { approveMigration, caseJobs, getMyCase, pinnedDueOf, proposeMigration } from "#cases"
import { publishCountry } from "#catalogue"
import type { Country } from "#country"
import type { Due } from "#engines/calendar"
import { WhyDue } from "#kit/case/due.tsx"
import { type Actor, openDb } from "#platform/db"
import { workDue } from "#platform/jobs"
import { acts, HOUSEHOLD_BUSINESS, shop } from "../../../../test/acts.ts"
import { type Cast, openCast, system } from "../../../../test/cast.ts"

const DAY_MS = 86_400_000
const DECREE = "Quyết định 401/QĐ-TTg"
/** Known from Tuesday on: Wednesday and Thursday off; Thursday is worked on the Saturday after. */
const decreed = (country: Country): Country => ({
  ...country,
  calendar: {
    ...country.calendar,
    decrees: [
      {
        version: "2026.3",
        law: { ref: DECREE },
        since: "2026-03-10",
        holidays: [{ date: "2026-03-11", name: { vi: "Ngày nghỉ theo quyết định", en: "Day off by decision" } }],
        swaps: [{ off: "2026-03-12", worked: "2026-03-14" }],
      },
    ],
  },
})

let cast: Cast
let later: Cast
let thanh: Extract<Actor, { kind: "person" }>
let old: string
let monday: string
let tuesday: string

before(async () => {
  cast = await openCast()
  thanh = await cast.person("thanh")
  old = (await fileBusiness(cast)).id
  const site = { ...cast.site, reference: decreed(cast.site.reference as Country) }
  const db = openDb(cast.connection, site)
  later = { ...cast, site, db, tx: (actor, deed) => db.tx(actor, deed), work: async () => void (await workDue(db, caseJobs)) }
  await later.tx(system, publishCountry)
  monday = (await fileBusiness(later)).id
  cast.clock.move(DAY_MS)
  tuesday = (await fileBusiness(later)).id
})
after(async () => {
  await later?.db.close()
  await cast?.close()
})

async function fileBusiness(at: Cast) {
  const { start, fill, submit } = acts(at)
  const draft = await start(thanh, HOUSEHOLD_BUSINESS)
  await fill(thanh, draft, shop)
  return submit(thanh, draft)
}

async function dueOf(caseId: string): Promise<Due & { calendar: string | null; at: Date }> {
  return later.tx(thanh, async (tx) => {
    const { dossier, agency, service } = await getMyCase(tx, caseId)
    return { ...(await pinnedDueOf(tx, dossier, agency, service.definition)), calendar: dossier.calendar, at: dossier.dueAt }
  })
}

/** The arithmetic as the page of the case prints it, line by line. */
async function printed(caseId: string, lang: string): Promise<string[]> {
  const { languages, locales, timeZone, currency } = cast.site.reference as Country
  const place = { name: { vi: "Một cửa" }, languages, locales, timeZone, currency: currency.code }
  const page = render(<WhyDue frame={{ lang, place }} due={await dueOf(caseId)} />)
  return [...page.matchAll(/<li>(.*?)<\/li>/g)].map(([, line]) => line!)
}

const day = (at: Date) => at.toISOString().slice(0, 10)
const codes = ({ arithmetic }: Due) => arithmetic.map((line) => line.code)

test("reckoned before the decree was known, a case is due on Thursday, also where the program had the decree already", async () => {
  for (const id of [old, monday]) {
    const due = await dueOf(id)
    assert.deepEqual([due.calendar, day(due.due), day(due.at)], ["2026.2", "2026-03-12", "2026-03-12"])
    assert.deepEqual(codes(due), ["received", "calendar", "day-of-reception", "counted", "due"])
  }
  assert.deepEqual((await printed(old, "vi")).slice(0, 2), [
    "Nhận lúc 10:00 ngày 09/03/2026",
    "Tính theo lịch làm việc 2026.2 (45/2019/QH14, 112), dùng từ ngày 01/01/2026",
  ])
})

test("filed on the day since which the decree is known, a case is due on Monday and not on Friday, and prints why", async () => {
  const due = await dueOf(tuesday)
  assert.deepEqual([due.calendar, day(due.due), day(due.at)], ["2026.3", "2026-03-16", "2026-03-16"])
  assert.deepEqual(codes(due), [
    "received",
    "calendar",
    "day-of-reception",
    "skipped-holiday",
    "swap-day-off",
    "counted",
    "swap-day-worked",
    "skipped-weekend",
    "counted",
    "due",
  ])
  const [vi, en] = [await printed(tuesday, "vi"), await printed(tuesday, "en")]
  assert.equal(vi[1], `Tính theo lịch làm việc 2026.3 (${DECREE}), dùng từ ngày 10/03/2026`)
  assert.ok(vi.some((line) => line.includes("Ngày nghỉ theo quyết định")))
  assert.equal(en[1], `Reckoned by the working calendar 2026.3 (${DECREE}), in use since 10/03/2026`)
  assert.ok(en.some((line) => line.includes("Day off by decision")))
})

test("only a plan by the decree counts the old case anew; it tells both days and prints the new arithmetic", async () => {
  const [ngan, hue] = [await cast.official("ngan"), await cast.official("hue")]
  const { dossier } = await later.tx(thanh, (tx) => getMyCase(tx, old))
  const wish = { service: HOUSEHOLD_BUSINESS, from: dossier.definition, to: dossier.definition, steps: {}, recompute: true }
  const id = await later.tx(ngan, (tx) => proposeMigration(tx, { ...wish, legalBasis: DECREE, reason: "days off" }))
  await later.tx(hue, (tx) => approveMigration(tx, id))
  await later.work()
  const due = await dueOf(old)
  assert.deepEqual([due.calendar, day(due.due), day(due.at)], ["2026.3", "2026-03-14", "2026-03-14"])
  const { timeline } = await later.tx(thanh, (tx) => getMyCase(tx, old))
  const line = timeline.find(({ code }) => code === "migrated")!
  assert.deepEqual([line.params.dueBefore, line.params.dueAfter, line.params.law], ["2026-03-12", "2026-03-14", DECREE])
})

test("a calendar that changes under the same version is refused", async () => {
  const country = cast.site.reference as Country
  const slipped = { ...country, calendar: { ...country.calendar, sources: ["somebody said so"] } }
  const db = openDb(cast.connection, { ...cast.site, reference: slipped })
  await assert.rejects(db.tx(system, publishCountry), /give it a new "version:"/)
  await db.close()
})
