// What information systems exchange stands in the log of both agencies, and on "who has looked at my data" where they say whom it is about.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import {
  collectParcels,
  findLogged,
  LOG_PAGE,
  type LoggedMessage,
  listLookups,
  openSystemsLog,
  request,
  searchLog,
  searchPerson,
} from "#exchange"
import { lookIntoExchange } from "#oversight"
import type { Actor } from "#platform/db"
import { sql } from "#platform/db"
import type { LinkedSite } from "./linked-sites.ts"
import { OFFICES, type Official, type Overseers, OWN, openOverseers, PEOPLE } from "./overseers.ts"
import { system } from "./three-sites.ts"

const DAY_MS = 86_400_000

let sites: Overseers
/** Auditors of the ward and of the population register's ministry; another ministry's has no part in it. */
let an: Official
let luong: Official
let port: number

before(async () => {
  sites = await openOverseers()
  an = await sites.official(sites.ward, "an")
  luong = await sites.official(sites.ministry, "luong")
  port = await sites.ward.openFace()
})
after(() => sites?.close())

/** Each a moment after the one before, so that their order is known. */
const call = (service: string, path: string, headers: Record<string, string> = {}, client = OWN) => {
  sites.move(1)
  return fetch(`http://127.0.0.1:${port}/r1/${service}${path}`, { headers: { "X-Road-Client": client, ...headers } })
}

const written = () => Promise.all([sites.ward.systems.round(), sites.ministry.systems.round()])

async function log(site: LinkedSite, who: Actor, more: Partial<Parameters<typeof searchLog>[1]> = {}): Promise<LoggedMessage[]> {
  const now = site.site.clock().getTime()
  const page = { from: new Date(now - DAY_MS), until: new Date(now + DAY_MS), ...more }
  return [...(await site.tx(who, (tx) => searchLog(tx, page))).messages]
}

const told = ({ service, requester, provider, byKind, by, purpose, legalGround, outcome, fields }: LoggedMessage) => ({
  ...{ service, requester, provider, byKind, by, purpose, legalGround, outcome, fields },
})

test("what the ward's system asks stands in the log of both agencies, by message, with its proof", async () => {
  assert.equal((await call(OFFICES, "/list")).status, 200)
  assert.equal((await call(OFFICES, "/none")).status, 404)
  assert.equal((await call(`${OFFICES}-closed`, "/list")).status, 500)
  await written()
  const row = (service: string, outcome: string, purpose: string, legalGround: string) => ({
    ...{
      service,
      requester: "ba-dinh",
      provider: "public-security",
      byKind: "system",
      by: OWN,
      purpose,
      legalGround,
      outcome,
      fields: [],
    },
  })
  const asked = [
    row(`${OFFICES}-closed`, "refused", "-", "-"),
    row(OFFICES, "empty", "birth-registration", "60/2014/QH13, 16"),
    row(OFFICES, "answered", "birth-registration", "60/2014/QH13, 16"),
  ]
  const [own, theirs] = [await log(sites.ward, an), await log(sites.ministry, luong)]
  assert.deepEqual(own.map(told), asked)
  assert.deepEqual(theirs.map(told), asked)
  assert.deepEqual(
    own.map(({ id }) => id),
    theirs.map(({ id }) => id),
  )
  const { id } = own[2]!
  assert.deepEqual(await sites.ward.tx(an, (tx) => findLogged(tx, id)), own[2])
  const seen = await sites.ward.tx(an, (tx) => lookIntoExchange(tx, id))
  assert.deepEqual(seen.logged, own[2])
  assert.ok(["holds", "waiting"].includes(seen.proof), seen.proof)
  assert.equal((await log(sites.ward, an, { outcome: "empty" })).length, 1)
  assert.deepEqual(await log(sites.ward, an, { service: "population/" }), [])
})

test("the auditor of an agency that had no part in it sees nothing of it", async () => {
  const [{ id }] = (await log(sites.ministry, luong)) as [LoggedMessage]
  const stranger: Actor = { ...luong, agency: "justice" }
  assert.deepEqual(await log(sites.ministry, stranger), [])
  assert.equal(await sites.ministry.tx(stranger, (tx) => findLogged(tx, id)), undefined)
  const rows = (who: Actor) => sites.ministry.tx(who, (tx) => tx.rows(sql`select id from exchange.passage`))
  assert.deepEqual(await rows(stranger), [])
  assert.ok((await rows(luong)).length > 0)
})

test("Lan sees at both sites which system has asked about her; nobody else sees that it was she", async () => {
  const number = sites.numberOf("lan")
  const told = await call(PEOPLE, "/one", { "motlan-purpose": "birth-registration", "motlan-subject": number })
  assert.equal(told.status, 200)
  const message = told.headers.get("x-road-request-id")!
  for (const { site, tx } of [sites.ward, sites.ministry]) {
    const now = site.clock().getTime()
    const subject = site.keys.subjectOf(number)
    const lan: Actor = { kind: "person", accountId: "", subject, name: "Lan" }
    const seen = await tx(lan, (t) => listLookups(t, subject, new Date(now - DAY_MS), new Date(now + DAY_MS)))
    const found = seen.find((one) => one.message === message)
    assert.ok(found)
    assert.deepEqual(
      [found.service, found.requester, found.by, found.byKind, found.purpose, found.outcome],
      [PEOPLE, "ba-dinh", OWN, "system", "birth-registration", "answered"],
    )
  }
  const stored = await sites.ward.tx(system, (tx) => tx.rows(sql`select * from exchange.passage`))
  assert.ok(!JSON.stringify(stored).includes(number))
  const reason = { number, reason: "inspection", reference: "12/KN-UBND" }
  const now = sites.ward.site.clock().getTime()
  const period = { from: new Date(now - DAY_MS), until: new Date(now + DAY_MS) }
  const found = await sites.ward.tx(an, (tx) => searchPerson(tx, { ...reason, ...period }))
  assert.deepEqual(
    found.map(({ id }) => id),
    [message],
  )
  assert.equal(sites.asked.at(-1)!.headers["motlan-subject"], number)
})

test("nothing is answered about a stated person while the log can't be written", async () => {
  const noteSubject = sites.ward.systems.noteSubject
  Object.assign(sites.ward.systems, { noteSubject: () => Promise.reject(new Error("disk full")) })
  try {
    const told = await call(PEOPLE, "/one", { "motlan-purpose": "birth-registration", "motlan-subject": sites.numberOf("lan") })
    assert.equal(told.status, 500)
    assert.doesNotMatch(await told.text(), /Ba Đình/)
  } finally {
    Object.assign(sites.ward.systems, { noteSubject })
  }
})

test("a log of many messages is read page by page, each message once", async () => {
  const before = (await log(sites.ward, an)).length
  for (let i = 0; i < 6; i++) await Promise.all(Array.from({ length: 20 }, () => call(OFFICES, "/list")))
  await written()
  const now = sites.ward.site.clock().getTime()
  const seen: string[] = []
  let next: Parameters<typeof searchLog>[1]["before"]
  do {
    const filter = { from: new Date(now - DAY_MS), until: new Date(now + DAY_MS), before: next }
    const page = await sites.ward.tx(an, (tx) => searchLog(tx, filter))
    assert.ok(page.messages.length <= LOG_PAGE)
    seen.push(...page.messages.map(({ id }) => id))
    next = page.next
  } while (next)
  // One message about a person was refused its answer, and has no row.
  assert.equal(seen.length, before + 120)
  assert.equal(new Set(seen).size, seen.length)
})

test("what was never written is found in the evidence: each call as it ended, without a person, and nothing that has a row", async () => {
  await written()
  const both = [sites.ward, sites.ministry] as const
  const idsIn = async ({ tx }: LinkedSite) =>
    (await tx(system, (t) => t.rows<{ id: string }>(sql`select unnest(messages) as id from exchange.passage`))).map(
      ({ id }) => id,
    )
  const before = await Promise.all(both.map(async (site) => new Set(await idsIn(site))))
  const notes = both.map(({ systems }) => systems.note)
  for (const { systems } of both) Object.assign(systems, { note: () => undefined })
  const number = sites.numberOf("lan")
  const endings = new Map<string, string>()
  const lost = async (ending: string, service: string, path: string, headers?: Record<string, string>) => {
    const told = await call(service, path, headers)
    endings.set(ending, told.headers.get("x-road-request-id") ?? "")
  }
  await lost("answered", OFFICES, "/list")
  await lost("empty", OFFICES, "/none")
  await lost("named", PEOPLE, "/one", { "motlan-purpose": "birth-registration", "motlan-subject": number })
  await lost("of two purposes", PEOPLE, "/one", { "motlan-purpose": "system-test" })
  await call(`${OFFICES}-closed`, "/list")
  await sites.ward.tx(system, (tx) =>
    request(tx, {
      ...{ service: "population/person.read", requester: "ba-dinh", number, purpose: "birth-registration", today: sites.today },
    }),
  )
  await collectParcels(sites.ward.db, sites.ward.site)
  sites.move(1)
  for (const [i, { systems }] of both.entries()) Object.assign(systems, { note: notes[i] })
  for (const [i, { db, site, file }] of both.entries()) {
    const again = openSystemsLog(db, site, file.site)
    await again.close()
    const found = (await idsIn(both[i]!)).filter((id) => !before[i]!.has(id))
    assert.equal(new Set(found).size, found.length)
    for (const ending of ["answered", "empty", "of two purposes"]) assert.ok(found.includes(endings.get(ending)!), ending)
    assert.ok(!found.includes(endings.get("named")!), "a call about a stated person has its row")
    // At the ward there is also the call whose row could not be written, two tests before.
    assert.equal(found.length, [5, 4][i], "and the one that was refused; no register, no round of the courier")
  }
  for (const [site, who] of [
    [sites.ward, an],
    [sites.ministry, luong],
  ] as const) {
    const seen = new Map((await log(site, who)).map((one) => [one.id, one]))
    assert.equal(seen.get(endings.get("answered")!)?.purpose, "birth-registration")
    assert.equal(seen.get(endings.get("empty")!)?.outcome, "empty")
    assert.equal(seen.get(endings.get("of two purposes")!)?.purpose, "-")
    const refused = (await log(site, who, { outcome: "refused" }))[0]!
    assert.deepEqual([refused.service, refused.by], [`${OFFICES}-closed`, OWN])
  }
})
