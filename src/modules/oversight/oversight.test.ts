// Who sees what of the exchange: figures, log, evidence, catalogue, trials; and who does not.
import assert from "node:assert/strict"
import { after, before, describe, test } from "node:test"
import { listBook } from "#audit"
import { readBundle, verifyBundle } from "#evidence"
import { request, searchLog, searchPerson } from "#exchange"
import { type Actor, sql } from "#platform/db"
import type { LinkedSite } from "../../../test/federation/linked-sites.ts"
import { OFFICES, type Official, type Overseers, OWN, openOverseers, PEOPLE } from "../../../test/federation/overseers.ts"
import { system } from "../../../test/federation/three-sites.ts"
import {
  browseRecords,
  exportEvidence,
  foldFigures,
  getContract,
  getService,
  listServices,
  lookIntoExchange,
  readServiceFigures,
  readTalks,
  startFigures,
  type TrialWish,
  trialChoices,
  tryService,
} from "./index.ts"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

let sites: Overseers
/** At the ward: auditor, technical administrator, reception. At the ministry: auditor of the population register. */
let an: Official
let ky: Official
let binh: Official
let luong: Official
let lan: Extract<Actor, { kind: "person" }>
let message: string

before(async () => {
  sites = await openOverseers()
  const { ward, ministry } = sites
  an = await sites.official(ward, "an")
  ky = await sites.official(ward, "ky")
  binh = await sites.official(ward, "binh")
  luong = await sites.official(ministry, "luong")
  lan = await sites.person("lan")
  message = (await ask()).message
  await ask("civil-status/marriage.read", "thuy")
})
after(() => sites?.close())

const ask = (service = "population/person.read", id = "lan", who: Actor = lan) =>
  sites.ward.tx(id === "lan" ? who : system, (tx) =>
    request(tx, {
      ...{ service, requester: "ba-dinh", number: sites.numberOf(id), purpose: "birth-registration", today: sites.today },
    }),
  )

const code = (expected: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, expected, String(error))
  return true
}
const always = { from: new Date(0), until: new Date(8.6e15) }
const isRefused = (who: Actor, deed: Parameters<LinkedSite["tx"]>[1], at: LinkedSite = sites.ward) =>
  assert.rejects(at.tx(who, deed), code("not-allowed"))

describe("figures and map", () => {
  test("both sides count what passed, by service, with latency and bytes", async () => {
    const seen = await sites.ward.tx(ky, (tx) => readServiceFigures(tx, "5m"))
    const one = seen.services.find(({ service }) => service === "XX/GOV/G01/registers/registers")!
    assert.deepEqual([one.side, one.count, one.failed, one.consumers], ["consumer", 1, 0, [OWN]])
    assert.ok(one.requestBytes > 0 && one.responseBytes > 0)
    assert.ok(one.p50 !== undefined && one.p50 <= one.p99!)
    const there = await sites.ministry.tx(luong, (tx) => readServiceFigures(tx, "5m"))
    assert.deepEqual(there.services.map(({ side, service, count }) => [side, service, count]).sort(), [
      ["provider", "XX/GOV/G01/registers/registers", 1],
      ["provider", "XX/GOV/G15/registers/registers", 1],
    ])
  })
  test("the map tells which site asks which", async () => {
    const { own, talks, names } = await sites.ward.tx(an, (tx) => readTalks(tx, "1h"))
    assert.equal(own, "ward")
    assert.deepEqual(
      talks.map(({ from, to, count }) => [names.get(from), names.get(to), count]),
      [["Ba Đình", "Ministries", 2]],
    )
  })
  test("citizens, other officials and the public see neither, and row-level security holds back the rows", async () => {
    for (const who of [lan, binh, { kind: "public" } as const]) {
      await isRefused(who, (tx) => readTalks(tx, "1h"))
      await isRefused(who, (tx) => readServiceFigures(tx, "1h"))
      const rows = await sites.ward.tx(who, (tx) => tx.rows(sql`select 1 from oversight.figure`))
      assert.equal(rows.length, 0)
    }
  })
  test("figures outlive the program: what was kept is read, and what waits is added", async () => {
    const { ward } = sites
    const upkeep = startFigures(ward.db, ward.site)
    await upkeep.stop()
    const kept = await ward.migrator.rows<{ count: string }>(sql`select count from oversight.figure`)
    assert.equal(
      kept.reduce((sum, row) => sum + Number(row.count), 0),
      2,
    )
    await ask()
    const { talks } = await ward.tx(ky, (tx) => readTalks(tx, "1h"))
    assert.equal(talks[0]!.count, 3)
  })
  test("old minutes become hours with the same sums, and hours go after their time", async () => {
    const { ward } = sites
    await startFigures(ward.db, ward.site).stop()
    const rows = () =>
      ward.migrator.rows<{ minutes: number; count: number; latency: number }>(sql`
        select minutes, count::int as count, (select sum(n)::int from unnest(latency) n) as latency from oversight.figure`)
    const before = (await rows()).reduce((sum, { count }) => sum + count, 0)
    const later = (ms: number) =>
      ward.db.tx(system, (tx) => foldFigures({ ...tx, now: new Date(tx.now.getTime() + ms) } as typeof tx))
    await later(5 * HOUR_MS)
    const folded = await rows()
    assert.ok(folded.every(({ minutes, count, latency }) => minutes === 60 && count === latency))
    assert.equal(
      folded.reduce((sum, { count }) => sum + count, 0),
      before,
    )
    assert.equal((await ward.tx(ky, (tx) => readTalks(tx, "24h"))).talks[0]!.count, before)
    await later(91 * 24 * HOUR_MS)
    assert.equal((await rows()).length, 0)
  })
})

describe("the log", () => {
  test("an auditor finds what the agency has asked, with no citizen's name in it", async () => {
    const { messages } = await sites.ward.tx(an, (tx) => searchLog(tx, always))
    const one = messages.find(({ id }) => id === message)!
    assert.deepEqual([one.requester, one.provider, one.byKind, one.by], ["ba-dinh", "public-security", "person", undefined])
    assert.doesNotMatch(JSON.stringify(messages), new RegExp(`${lan.name}|${sites.numberOf("lan")}|${lan.subject}`))
  })
  test("filters narrow it, and pages follow one another without a gap", async () => {
    const log = (filter: Partial<Parameters<typeof searchLog>[1]>) =>
      sites.ward.tx(an, (tx) => searchLog(tx, { ...always, ...filter }))
    const all = (await log({})).messages
    const [first] = all
    assert.deepEqual(
      (await log({ before: { at: first!.at, id: first!.id } })).messages.map(({ id }) => id),
      all.slice(1).map(({ id }) => id),
    )
    assert.ok((await log({ member: "justice" })).messages.every(({ provider }) => provider === "justice"))
    assert.equal((await log({ service: "population/", outcome: "refused" })).messages.length, 0)
    assert.equal((await log({ purpose: "household-business" })).messages.length, 0)
    assert.ok((await log({ outcome: "empty" })).messages.length > 0)
  })
  test("the auditor of the other side sees the same message, and nothing of another owner", async () => {
    const { messages } = await sites.ministry.tx(luong, (tx) => searchLog(tx, always))
    assert.ok(messages.some(({ id }) => id === message))
    assert.ok(messages.every(({ provider }) => provider === "public-security"))
  })
  test("nobody else looks through it", async () => {
    for (const who of [lan, ky, binh, system]) await isRefused(who, (tx) => searchLog(tx, always))
  })
  test("a person is looked for with a reason, which stands in the book", async () => {
    const wish = { number: sites.numberOf("lan"), reason: "complaint", reference: "12/KN-UBND", ...always }
    const found = await sites.ward.tx(an, (tx) => searchPerson(tx, wish))
    assert.ok(found.length > 0 && found.every(({ service }) => service.startsWith("population/")))
    const [entry] = await sites.ward.tx(an, (tx) => listBook(tx, { agency: "ba-dinh", event: "exchange-searched" }))
    assert.deepEqual(entry!.details, { reason: "complaint", reference: "12/KN-UBND", rows: found.length })
    assert.equal(entry!.subject, lan.subject)
    for (const lacking of [
      { reason: "" },
      { reason: "curiosity" },
      { reference: "" },
      { reference: wish.number },
      { number: "" },
    ])
      await assert.rejects(
        sites.ward.tx(an, (tx) => searchPerson(tx, { ...wish, ...lacking })),
        code("search-reason-missing"),
      )
    for (const who of [lan, ky, binh]) await isRefused(who, (tx) => searchPerson(tx, wish))
  })
})

describe("evidence", () => {
  const settled = async (who: Actor, at: LinkedSite) => {
    for (let i = 0; ; i++) {
      const seen = await at.tx(who, (tx) => lookIntoExchange(tx, message))
      if (seen.proof !== "waiting" || i > 200) return seen
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  test("an auditor sees how the exchange is proved, with digests and without contents", async () => {
    const seen = await settled(an, sites.ward)
    assert.equal(seen.proof, "holds")
    assert.equal(seen.logged!.id, message)
    assert.deepEqual(seen.records.map(({ kind, is }) => `${kind} ${is}`).sort(), ["got answer", "sent request"])
    const sent = seen.records.find(({ kind }) => kind === "sent")!
    assert.deepEqual([sent.consumer, sent.service, sent.method], [OWN, "XX/GOV/G01/registers/registers", "POST"])
    assert.equal(sent.contract, sites.contracts.get("public-security"))
    assert.ok(sent.checkpoint > sent.batch && sent.contentDigest)
    assert.equal((await settled(luong, sites.ministry)).proof, "holds")
  })
  test("the technical administrator sees its records, and no row that names a case", async () => {
    const seen = await settled(ky, sites.ward)
    assert.deepEqual([seen.proof, seen.logged, seen.mayExport], ["holds", undefined, false])
    const { records } = await sites.ward.tx(ky, (tx) => browseRecords(tx, always))
    assert.deepEqual(
      records
        .filter((one) => one.message === message)
        .map(({ kind }) => kind)
        .sort(),
      ["got", "sent"],
    )
    assert.equal((await sites.ward.tx(ky, (tx) => browseRecords(tx, { ...always, kind: "refused" }))).records.length, 0)
  })
  test("the exported file proves itself, and the export stands in the book", async () => {
    const bundle = await sites.ward.tx(an, (tx) => exportEvidence(tx, message))
    const reading = readBundle(JSON.stringify(bundle))
    assert.ok("bundle" in reading && verifyBundle(reading.bundle).holds)
    const book = await sites.ward.tx(an, (tx) => listBook(tx, { agency: "ba-dinh", event: "evidence-exported" }))
    assert.deepEqual(book[0]!.details, { message })
  })
  test("who may not see an exchange gets nothing of it: citizens, other officials, an auditor of an agency that took no part", async () => {
    for (const who of [lan, binh, { kind: "public" } as const]) {
      await isRefused(who, (tx) => lookIntoExchange(tx, message))
      await isRefused(who, (tx) => browseRecords(tx, always))
      const rows = await sites.ward.tx(who, (tx) => tx.rows(sql`select 1 from evidence.batch`))
      assert.equal(rows.length, 0)
    }
    const foreign: Official = { ...an, agency: "hoan-kiem" }
    await assert.rejects(
      sites.ward.tx(foreign, (tx) => lookIntoExchange(tx, message)),
      code("not-found"),
    )
    await assert.rejects(
      sites.ward.tx(foreign, (tx) => exportEvidence(tx, message)),
      code("not-found"),
    )
    await isRefused(ky, (tx) => exportEvidence(tx, message))
    await isRefused(an, (tx) => browseRecords(tx, always))
    await assert.rejects(
      sites.ward.tx(an, (tx) => lookIntoExchange(tx, "nothing")),
      code("not-found"),
    )
  })
})

describe("the catalogue", () => {
  test("services are found by words without accents, by type and by contract", async () => {
    const list = (filter: object) =>
      sites.ward.tx(an, async (tx) => listServices(tx, { page: 1, ...filter }).services.map(({ id }) => id))
    assert.deepEqual(await list({ words: "tru so" }), [OFFICES])
    assert.deepEqual(await list({ type: "OPENAPI", standing: "signed" }), [OFFICES])
    assert.deepEqual(await list({ type: "REST", standing: "signed" }), [PEOPLE])
    assert.deepEqual(await list({ standing: "none" }), [])
    assert.equal((await list({ site: "ministry" })).length, 5)
  })
  test("a contract says who signed it when, what for, and on which ground", async () => {
    const hash = sites.contracts.get("offices")!
    const contract = await sites.ward.tx(ky, (tx) => getContract(tx, hash))
    assert.equal(contract.standing, "signed")
    assert.deepEqual(contract.signatures.map(({ site, type }) => `${site} ${type}`).sort(), ["ministry accept", "ward accept"])
    await assert.rejects(
      sites.ward.tx(ky, (tx) => getContract(tx, "nothing")),
      code("not-found"),
    )
  })
  test("it is for those who keep, run or audit the exchange", async () => {
    for (const who of [lan, binh]) {
      await isRefused(who, async (tx) => listServices(tx, { page: 1 }))
      await isRefused(who, async (tx) => getService(tx, OFFICES))
    }
  })
})

describe("trials", () => {
  const wish = (more: Partial<TrialWish> = {}): TrialWish => ({
    ...{ service: OFFICES, consumer: OWN, purpose: "birth-registration", method: "GET", path: "/list", query: "page=2" },
    ...{ contentType: "", body: "", ...more },
  })
  const trial = (more: Partial<TrialWish> = {}, who: Actor = ky) => tryService(sites.ward.db, who, wish(more))
  const refusal = async (more: Partial<TrialWish>) => {
    const tried = await trial(more)
    return "refusal" in tried ? tried.refusal : "sent"
  }

  test("an operator tries a service over the real line, marked, sealed, and noted in the book", async () => {
    const tried = await trial()
    assert.ok("outcome" in tried && tried.outcome.kind === "answer", JSON.stringify(tried))
    assert.equal(tried.outcome.status, 200)
    assert.match(tried.outcome.text!, /Hoàn Kiếm/)
    const arrived = sites.asked.at(-1)!
    assert.deepEqual([arrived.method, arrived.url, arrived.headers["motlan-trial"]], ["GET", "/offices/list?page=2", "true"])
    const [entry] = await sites.ward.tx(system, (tx) => listBook(tx, { agency: "site", event: "service-tried" }))
    assert.deepEqual(entry!.details, {
      ...{ message: tried.message, service: OFFICES, consumer: OWN, purpose: "birth-registration", method: "GET" },
    })
    assert.doesNotMatch(JSON.stringify(entry), /list|page/)
  })
  test("a status of the service itself is shown as it is", async () => {
    const tried = await trial({ path: "/none" })
    assert.ok("outcome" in tried && tried.outcome.kind === "answer" && tried.outcome.status === 404)
  })
  test("what no contract covers, what may be about persons and what may write is not sent", async () => {
    const sent = sites.asked.length
    assert.equal(await refusal({ purpose: "household-business" }), "purpose-not-covered")
    assert.equal(await refusal({ service: "XX/GOV/G15/registers/registers" }), "trial-not-rest")
    assert.equal(await refusal({ method: "POST" }), "trial-writes")
    assert.equal(await refusal({ service: PEOPLE }), "trial-personal-data")
    assert.equal(await refusal({ service: PEOPLE, purpose: "" }), "purpose-missing")
    assert.equal(await refusal({ consumer: "XX/GOV/G15/registers" }), "trial-consumer")
    assert.equal(await refusal({ path: "list" }), "trial-path")
    assert.equal(await refusal({ path: "/a b" }), "trial-path")
    assert.equal(await refusal({ query: "a=1\r\nx: y" }), "trial-path")
    assert.equal(await refusal({ method: "TRACE" }), "trial-method")
    assert.equal(await refusal({ contentType: "text/plain\r\nx: y" }), "trial-body")
    assert.equal(sites.asked.length, sent)
  })
  test("under a purpose of tests that both sides have signed, personal data and writes may be tried", async () => {
    const tried = await trial({
      service: PEOPLE,
      purpose: "system-test",
      method: "POST",
      body: "{}",
      contentType: "application/json",
    })
    assert.ok("outcome" in tried && tried.outcome.kind === "answer", JSON.stringify(tried))
    assert.equal(sites.asked.at(-1)!.method, "POST")
  })
  test("technical administrators alone", async () => {
    for (const who of [an, binh, lan, luong]) await assert.rejects(trial({}, who), code("not-allowed"))
    await isRefused(an, async (tx) => trialChoices(tx, OFFICES))
  })
})
