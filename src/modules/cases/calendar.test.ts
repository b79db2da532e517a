// A decree gives a day off while a case runs: the case keeps the calendar under which it was counted, a new one has the new calendar, and
// only a plan counts the old one anew. The decree is invented.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { publishCountry } from "#catalogue"
import type { Country } from "#country"
import type { Due } from "#engines/calendar"
import { type Actor, openDb } from "#platform/db"
import { workDue } from "#platform/jobs"
import { acts, HOUSEHOLD_BUSINESS, shop } from "../../../test/acts.ts"
import { type Cast, openCast, system } from "../../../test/cast.ts"
import { approveMigration, caseJobs, getMyCase, pinnedDueOf, proposeMigration } from "./index.ts"

const DECREE = "Quyết định 401/QĐ-TTg"
/** Wednesday and Thursday off; Thursday is worked on the Saturday after. */
const decreed = (country: Country): Country => ({
  ...country,
  calendar: {
    ...country.calendar,
    version: "2026.2",
    sources: [...country.calendar.sources, DECREE],
    holidays: [
      ...country.calendar.holidays,
      { date: "2026-03-11", name: { vi: "Ngày nghỉ theo quyết định", en: "Day off by decision" }, source: DECREE },
    ],
    swaps: [...country.calendar.swaps, { off: "2026-03-12", worked: "2026-03-14", source: DECREE }],
  },
})

let cast: Cast
let later: Cast
let thanh: Extract<Actor, { kind: "person" }>
let old: string
let fresh: string

before(async () => {
  cast = await openCast()
  thanh = await cast.person("thanh")
  old = (await fileBusiness(cast)).id
  const site = { ...cast.site, reference: decreed(cast.site.reference as Country) }
  const db = openDb(cast.connection, site)
  later = { ...cast, site, db, tx: (actor, deed) => db.tx(actor, deed), work: async () => void (await workDue(db, caseJobs)) }
  await later.tx(system, publishCountry)
  fresh = (await fileBusiness(later)).id
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

const day = (at: Date) => at.toISOString().slice(0, 10)
const codes = ({ arithmetic }: Due) => arithmetic.map((line) => line.code)

test("counted before the decree, the case is due on Thursday and prints the arithmetic of its own calendar", async () => {
  const due = await dueOf(old)
  assert.deepEqual([due.calendar, day(due.due), day(due.at)], ["2026.1", "2026-03-12", "2026-03-12"])
  assert.deepEqual(codes(due), ["received", "day-of-reception", "counted", "due"])
})

test("filed after the decree, a case is due on Saturday, which is worked, and prints why", async () => {
  const due = await dueOf(fresh)
  assert.deepEqual([due.calendar, day(due.due), day(due.at)], ["2026.2", "2026-03-14", "2026-03-14"])
  assert.deepEqual(codes(due), [
    "received",
    "day-of-reception",
    "counted",
    "skipped-holiday",
    "swap-day-off",
    "counted",
    "swap-day-worked",
    "due",
  ])
})

test("only a plan by the decree counts the old case anew; it tells both days and prints the new arithmetic", async () => {
  const [ngan, hue] = [await cast.official("ngan"), await cast.official("hue")]
  const { dossier } = await later.tx(thanh, (tx) => getMyCase(tx, old))
  const wish = { service: HOUSEHOLD_BUSINESS, from: dossier.definition, to: dossier.definition, steps: {}, recompute: true }
  const id = await later.tx(ngan, (tx) => proposeMigration(tx, { ...wish, legalBasis: DECREE, reason: "days off" }))
  await later.tx(hue, (tx) => approveMigration(tx, id))
  await later.work()
  const due = await dueOf(old)
  assert.deepEqual([due.calendar, day(due.due), day(due.at)], ["2026.2", "2026-03-14", "2026-03-14"])
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
