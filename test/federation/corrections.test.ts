// "This is wrong": what Lan says of the population register travels to its keeper at another site, is decided there, and comes back.
import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { caseJobs, getDraft, getMyCase, openDraft, savePage, submitDraft } from "#cases"
import type { Country } from "#country"
import type { RawInput } from "#engines/form"
import {
  carryParcels,
  collectParcels,
  correctedIn,
  countCorrections,
  decideCorrection,
  listCorrections,
  listLookups,
  listMyCorrections,
  request,
} from "#exchange"
import { listInbox } from "#notices"
import { type Actor, sql } from "#platform/db"
import { newId } from "#platform/ids"
import { workDue } from "#platform/jobs"
import { linkSources, openSources, readSources } from "#sources"
import { BIRTH, type Person, son } from "../acts.ts"
import { type LinkedSites, openLinked } from "./linked-sites.ts"
import { system } from "./three-sites.ts"

const HOUR_MS = 3_600_000

let sites: LinkedSites
let lan: Person
before(async () => {
  sites = await openLinked()
  lan = await sites.person("lan")
})
after(() => sites?.close())

const code = (expected: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, expected, String(error))
  return true
}

const keeper = (roles = ["register-keeper"], agency = "public-security"): Actor => ({
  ...{ kind: "official", accountId: newId(new Date(0)), subject: newId(new Date(0)), name: "Lưu Xuân Bách", agency },
  positions: [{ id: "population-keeper", unit: "population", roles }],
})

const ward = <T>(deed: Parameters<typeof sites.ward.tx<T>>[1], who: Actor = lan) => sites.ward.tx(who, deed)
const ministry = <T>(deed: Parameters<typeof sites.ministry.tx<T>>[1], who: Actor = keeper()) => sites.ministry.tx(who, deed)

/** Lan files the birth of her son and says on the way that a value of her own is wrong. */
async function file(name: string, field: string, claimed: RawInput): Promise<string> {
  const { id } = await ward((tx) => openDraft(tx, BIRTH, "vi"))
  const { pages } = await ward((tx) => getDraft(tx, id, "vi"))
  const answers = { ...son, "child.givenName": name, ...claimed }
  const page = pages.find(({ fields }) => fields.some((one) => one.id === field))!.id
  await ward((tx) => savePage(tx, id, page, { _do: `dispute:${field}` }, "vi"))
  let next: string | undefined = pages[0]!.id
  while (next) {
    const at: string = next
    const saved = await ward((tx) => savePage(tx, id, at, answers, "vi"))
    assert.deepEqual(saved.errors, [], `page ${at}`)
    next = saved.next
  }
  const done = await ward((tx) => submitDraft(tx, id, "vi"))
  assert.ok("dossier" in done, JSON.stringify(done))
  return done.dossier.id
}

const carryOver = async () => {
  await carryParcels(sites.ward.db, sites.ward.site)
}
const bringBack = async () => {
  await collectParcels(sites.ward.db, sites.ward.site)
  await workDue(sites.ward.db, caseJobs)
}
const answerTo = async (caseId: string, field: string) => (await ward((tx) => getMyCase(tx, caseId))).dossier.values[field]
const notices = async () => (await ward((tx) => listInbox(tx))).map((one) => one.code)

let first: string

test("what Lan says is wrong stands open with her case, and lies at the keeper's desk with who said it", async () => {
  first = await file("Việta", "mother.ethnicity", { "mother.ethnicity": "tay" })
  assert.equal((await answerTo(first, "mother.ethnicity"))?.state, "disputed")
  const [mine] = await ward(listMyCorrections)
  assert.deepEqual([mine?.state, mine?.field, mine?.claimed, mine?.registered], ["open", "ethnicity", "tay", "kinh"])
  assert.deepEqual(await ministry(listCorrections), [])
  await carryOver()
  const [there] = await ministry(listCorrections)
  assert.deepEqual(
    [there?.id, there?.register, there?.claimed, there?.registered, there?.number, there?.claimedBy, there?.requester],
    [mine?.id, "population/person", "tay", "kinh", sites.numberOf("lan"), lan.name, "ba-dinh"],
  )
  assert.equal(await ministry(countCorrections), 1)
})

test("nobody but the keeper sees or decides it", async () => {
  const [there] = await ministry(listCorrections)
  for (const stranger of [keeper(["auditor"]), keeper(["register-keeper"], "justice")]) {
    await assert.rejects(ministry(listCorrections, stranger), code("not-allowed"))
    await assert.rejects(
      ministry((tx) => decideCorrection(tx, there!.id, { isAccepted: true, reason: "", today: sites.today }), stranger),
      code("not-found"),
    )
  }
  const hung = await sites.person("hung")
  assert.deepEqual(await ward(listMyCorrections, hung), [])
})

test("accepted, the register has a new version; Lan is told, her case's value is verified, and the lookups show who wrote", async () => {
  const [there] = await ministry(listCorrections)
  const decide = () => ministry((tx) => decideCorrection(tx, there!.id, { isAccepted: true, reason: "", today: sites.today }))
  await decide()
  await assert.rejects(decide(), code("correction-decided"))
  await bringBack()
  const value = await answerTo(first, "mother.ethnicity")
  assert.deepEqual([value?.state, value?.value], ["verified", "tay"])
  assert.ok((await notices()).includes("correction-accepted"))
  assert.deepEqual((await ward(listMyCorrections))[0]?.state, "accepted")
  const read = await ward(
    (tx) =>
      request(tx, {
        ...{ service: "population/person.read", requester: "ba-dinh", number: sites.numberOf("lan") },
        ...{ purpose: "birth-registration", today: sites.today },
      }),
    system,
  )
  assert.equal(read.outcome === "answered" && read.entries[0]?.data.ethnicity, "tay")
  const subject = sites.ministry.site.keys.subjectOf(sites.numberOf("lan"))
  const rows = await ministry((tx) => listLookups(tx, subject, new Date(0), new Date(8e15)), system)
  const written = rows.find(({ service, purpose }) => service === "population/person.write" && purpose === "data-correction")
  assert.deepEqual([written?.by, written?.fields, written?.legalGround], ["Lưu Xuân Bách", ["ethnicity"], "91/2025/QH15, 4"])
  const { timeline } = await ward((tx) => getMyCase(tx, first))
  assert.equal(timeline.filter((event) => event.code === "correction.accepted").length, 1)
})

test("collected again nothing happens twice; the keeper's site has the receipt", async () => {
  await bringBack()
  await bringBack()
  assert.equal((await notices()).filter((one) => one === "correction-accepted").length, 1)
  const parcels = await sites.ministry.migrator.rows<{ state: string; receipt: { outcome: string } }>(
    sql`select state, receipt from exchange.parcel where kind = 'decision'`,
  )
  assert.deepEqual(
    parcels.map(({ state, receipt }) => [state, receipt?.outcome]),
    [["answered", "taken"]],
  )
})

test("refused needs a reason; it comes back with it, and what Lan says stays declared", async () => {
  const id = await file("Việtb", "mother.nationality", { "mother.nationality": "KR" })
  await carryOver()
  const [there] = await ministry(listCorrections)
  const decide = (reason: string) =>
    ministry((tx) => decideCorrection(tx, there!.id, { isAccepted: false, reason, today: sites.today }))
  await assert.rejects(decide("  "), code("reason-missing"))
  await decide("Chưa có giấy tờ chứng minh")
  await bringBack()
  const value = await answerTo(id, "mother.nationality")
  assert.deepEqual([value?.state, value?.value], ["declared", "KR"])
  const mine = (await ward(listMyCorrections)).find((one) => one.id === there!.id)
  assert.deepEqual([mine?.state, mine?.reason, mine?.decidedBy], ["refused", "Chưa có giấy tờ chứng minh", "Lưu Xuân Bách"])
  assert.ok((await notices()).includes("correction-refused"))
})

test("a keeper who is down for a day blocks no case; the claim arrives when they are back", async () => {
  // The form is filled in while the register answers; then it falls silent.
  const { id } = await ward((tx) => openDraft(tx, BIRTH, "vi"))
  assert.ok(id)
  const filed = await file("Việtc", "mother.ethnicity", { "mother.ethnicity": "nung" })
  await sites.ministry.hangUp()
  for (let hour = 0; hour < 24; hour++) {
    await carryOver()
    sites.move(HOUR_MS)
  }
  assert.equal((await ward((tx) => getMyCase(tx, filed))).dossier.process.at, "receive")
  await sites.ministry.pickUp()
  await sites.renewDirectory()
  await carryOver()
  const open = (await ministry(listCorrections)).filter(({ state }) => state === "open")
  assert.equal(open.length, 1)
  await ministry((tx) => decideCorrection(tx, open[0]!.id, { isAccepted: true, reason: "", today: sites.today }))
  // The decision waits for the ward just as long.
  sites.move(20 * HOUR_MS)
  await sites.renewDirectory()
  await bringBack()
  assert.equal((await answerTo(filed, "mother.ethnicity"))?.state, "verified")
})

test("a register tells the sites that may hear of it what has happened to a record, once, and the person is told there", async () => {
  const country = sites.ministry.site.reference as Country
  const record = country.registers.get("population")!.records[0]! as { access: object[] }
  const { access } = record
  const hear = {
    who: { agency: "ba-dinh" },
    may: "hear",
    purpose: "birth-registration",
    ground: { ref: "26/2023/QH15" },
    fields: ["number"],
  }
  record.access = [...access, hear]
  try {
    await file("Việtd", "mother.ethnicity", { "mother.ethnicity": "kinh" }).catch(() => undefined)
    await carryOver()
    const open = (await ministry(listCorrections)).filter(({ state }) => state === "open")
    for (const one of open)
      await ministry((tx) => decideCorrection(tx, one.id, { isAccepted: true, reason: "", today: sites.today }))
    await bringBack()
    await bringBack()
    assert.equal((await notices()).filter((one) => one === "register-event").length, open.length)
    assert.ok(open.length > 0)
  } finally {
    record.access = access
  }
})

const OLD = `id: old-people
name: { vi: Phần mềm dân cư cũ, en: Old program of people }
answers: population/person
kind: csv
folder: people
match: { so: number }
columns: { so: text, ten: text, ho_ten: text, gioi: text, ngay_sinh: date, dan_toc: text }
fields:
  givenName: ten
  fullName: ho_ten
  sex: gioi
  birthDate: ngay_sinh
  ethnicity: dan_toc
`

/** Makes an old system answer for people at the ministry's site; gives how it is corrected there, and how it is taken away. */
function oldPeople(ethnicity: string) {
  const folder = mkdtempSync(join(tmpdir(), "motlan-corrections-"))
  mkdirSync(join(folder, "sources", "people"), { recursive: true })
  writeFileSync(join(folder, "sources", "old-people.yaml"), OLD)
  const correct = (dan_toc: string) => {
    const row = [sites.numberOf("lan"), "Lan", "Trần Thị Lan", "female", "1996-05-20", dan_toc]
    writeFileSync(join(folder, "sources", "people", "people.csv"), `so,ten,ho_ten,gioi,ngay_sinh,dan_toc\n${row.join(",")}\n`)
    const country = sites.ministry.site.reference as Country
    linkSources(sites.ministry.site, openSources(readSources(folder, country), { log: sites.ministry.site.log }))
  }
  correct(ethnicity)
  const end = () => {
    linkSources(sites.ministry.site, openSources({ folder, sources: [] }, { log: sites.ministry.site.log }))
    rmSync(folder, { recursive: true, force: true })
  }
  return { correct, end }
}

test("what an old system says is wrong is laid before its keeper too, and is corrected once the system itself says so", async () => {
  const caseId = await file("Việte", "mother.ethnicity", { "mother.ethnicity": "muong" })
  const old = oldPeople("kinh")
  try {
    await carryOver()
    const there = (await ministry(listCorrections)).find(({ state }) => state === "open")!
    assert.deepEqual([there.register, there.registered, there.claimed], ["population/person", "kinh", "muong"])
    assert.deepEqual(await ministry(async (tx) => correctedIn(tx, there)), {
      vi: "Phần mềm dân cư cũ",
      en: "Old program of people",
    })
    const accept = () => ministry((tx) => decideCorrection(tx, there.id, { isAccepted: true, reason: "", today: sites.today }))
    assert.equal(await accept(), "source-not-corrected")
    await bringBack()
    assert.equal((await answerTo(caseId, "mother.ethnicity"))?.state, "disputed")
    const subject = sites.ministry.site.keys.subjectOf(sites.numberOf("lan"))
    const rows = await ministry((tx) => listLookups(tx, subject, new Date(0), new Date(8e15)), system)
    const look = rows.find(({ service, purpose }) => service === "population/person.read" && purpose === "data-correction")
    assert.deepEqual(
      [look?.by, look?.fields],
      ["Lưu Xuân Bách", ["ethnicity"]],
      "the keeper's lookup stays, though nothing was decided",
    )
    old.correct("muong")
    assert.equal(await accept(), undefined)
    await bringBack()
    const value = await answerTo(caseId, "mother.ethnicity")
    assert.deepEqual([value?.state, value?.value], ["verified", "muong"])
    assert.equal((await ward(listMyCorrections)).find(({ id }) => id === there.id)?.state, "accepted")
  } finally {
    old.end()
  }
})
