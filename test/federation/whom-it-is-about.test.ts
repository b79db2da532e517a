// Whom a call of an information system is about: demanded where the contract says so, and shown to the person when the law lets them see it.
import assert from "node:assert/strict"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { after, before, test } from "node:test"
import { type AccessRight, type Country, fullName } from "#country"
import { listLookups, searchLog } from "#exchange"
import { type ContractTerms, proposeContract } from "#federation"
import { loadAgencies, signIn } from "#identity"
import type { Actor } from "#platform/db"
import { type LinkedSite, type LinkedSites, openLinked } from "./linked-sites.ts"
import { system } from "./three-sites.ts"

const DAY_MS = 86_400_000
const WARD = "XX/GOV/H26.901/desk"
const REGISTERS = "XX/GOV/G01/registers/registers"
const CAMERAS = "XX/GOV/G01/registers/cameras"
const INVESTIGATION = "criminal-investigation"
const law = { ref: "101/2015/QH13", article: "19" }

const cameras: Omit<ContractTerms, "from" | "until"> = {
  ...{ provider: "XX/GOV/G01/registers", service: "cameras", consumer: WARD, endpoints: [{ method: "GET", path: "/**" }] },
  ...{ purposes: [INVESTIGATION, "birth-registration"], legalGround: law, subjectKinds: ["person"], bodies: "digest" },
}

let sites: LinkedSites
let cameraSystem: Server
let asked = 0
let port: number
before(async () => {
  cameraSystem = createServer((_, response) => {
    asked++
    response.setHeader("content-type", "application/json").end('{"seen":true}')
  }).listen(0, "127.0.0.1")
  await new Promise((resolve) => cameraSystem.once("listening", resolve))
  const url = `http://127.0.0.1:${(cameraSystem.address() as AddressInfo).port}`
  const of = { ...{ subsystem: "GOV/G01/registers", type: "REST" as const, url }, endpoints: [...cameras.endpoints] }
  sites = await openLinked({
    services: [
      { ...of, code: "cameras", name: "Cameras" },
      { ...of, code: "gates", name: "Gates" },
    ],
    contracts: [
      { ...cameras, purposes: [INVESTIGATION], subjectNeeded: true, delay: { days: 90, ground: law } },
      { ...cameras, service: "gates", purposes: ["birth-registration"] },
    ],
  })
  await sites.ministry.tx(system, loadAgencies)
  port = await sites.ward.openFace()
})
after(async () => {
  await sites?.close()
  cameraSystem?.close()
})

const call = (service: string, headers: Record<string, string> = {}) => {
  sites.move(1)
  return fetch(`http://127.0.0.1:${port}/r1/${service}/now`, { headers: { "X-Road-Client": WARD, ...headers } })
}

async function official(site: LinkedSite, id: string): Promise<Actor> {
  const country = site.site.reference as Country
  const { number, name } = country.cast.people.find((one) => one.id === id)!
  const { actor } = await site.tx(system, (tx) =>
    signIn(tx, {
      ...{ issuer: "https://idp.example", sub: id, personNumber: number, name: fullName(country, name) },
      ...{ authTime: tx.now, acr: "high", asOfficial: true },
    }),
  )
  return actor
}

/** What Lan sees of one message at a site. */
async function seenByLan({ site, tx }: LinkedSite, message: string) {
  const subject = site.keys.subjectOf(sites.numberOf("lan"))
  const lan: Actor = { kind: "person", accountId: "", subject, name: "Lan" }
  const all = await tx(lan, (t) => listLookups(t, subject, new Date(0), new Date(8e15)))
  return all.find((one) => one.message === message)
}

test("a contract that demands it lets no call through that does not say whom it is about; the next contract lets both through", async () => {
  const before = asked
  const refused = await call(CAMERAS)
  assert.equal(refused.status, 500)
  assert.equal(refused.headers.get("x-road-error"), "Server.ServerProxy.AccessDenied")
  assert.match(await refused.text(), /subject-missing/)
  assert.equal((await call(CAMERAS, { "motlan-subject": "  " })).status, 500, "nobody is no person")
  assert.equal(asked, before)
  assert.equal((await call(CAMERAS, { "Motlan-Subject": sites.numberOf("lan") })).status, 200)
  assert.equal((await call("XX/GOV/G01/registers/gates")).status, 200, "an X-Road client that can't say it")
})

test("the ministry refuses it too, whatever the ward's program lets through", async () => {
  const { access } = sites.ward
  const { contracts } = access
  const honest = contracts()
  const lying = honest.map((one) => ({ ...one, content: { ...one.content, subjectNeeded: false } }))
  Object.assign(access, { contracts: () => lying })
  try {
    const before = asked
    const refused = await call(CAMERAS)
    assert.match(await refused.text(), /subject-missing/)
    assert.equal(asked, before)
  } finally {
    Object.assign(access, { contracts })
  }
})

test("a call for an investigation is shown to Lan when the contract's delay is over, to the auditor at once, at both sites", async () => {
  const told = await call(CAMERAS, { "motlan-subject": sites.numberOf("lan") })
  const message = told.headers.get("x-road-request-id")!
  const both = [
    [sites.ward, await official(sites.ward, "an")],
    [sites.ministry, await official(sites.ministry, "luong")],
  ] as const
  for (const [site, auditor] of both) {
    assert.equal(await seenByLan(site, message), undefined)
    const log = await site.tx(auditor, (tx) => searchLog(tx, { from: new Date(0), until: new Date(8e15) }))
    assert.ok(log.messages.some(({ id }) => id === message))
  }
  sites.move(89 * DAY_MS)
  for (const [site] of both) assert.equal(await seenByLan(site, message), undefined)
  sites.move(DAY_MS)
  for (const [site] of both) assert.equal((await seenByLan(site, message))?.delayed?.ground, "101/2015/QH13, 19")
  sites.move(-90 * DAY_MS)
})

test("where a right of the pack delays a purpose, what the ward's system asks of the register is shown as late at the ward as at the ministry", async () => {
  const right: AccessRight = {
    ...{ who: { agency: "ba-dinh" }, may: "read", purpose: "household-business", ground: law, fields: ["fullName"] },
    delay: { days: 30, ground: law },
  }
  const undo = [sites.ward, sites.ministry].map(({ site }) => {
    const record = (site.reference as Country).registers.get("population")!.records[0]! as { access: AccessRight[] }
    const { access } = record
    record.access = [right, ...access]
    return () => Object.assign(record, { access })
  })
  try {
    const number = sites.numberOf("lan")
    const json = {
      ...{ service: "population/person.read", requester: "ba-dinh", number, purpose: "household-business" },
      ...{ today: sites.today, by: { kind: "system", name: "desk" } },
    }
    const told = await fetch(`http://127.0.0.1:${port}/r1/${REGISTERS}/requests`, {
      method: "POST",
      headers: {
        ...{ "X-Road-Client": WARD, "Content-Type": "application/json" },
        ...{ "motlan-purpose": "household-business", "motlan-subject": number },
      },
      body: JSON.stringify(json),
    })
    assert.equal(((await told.json()) as { outcome: string }).outcome, "answered")
    const message = told.headers.get("x-road-request-id")!
    for (const site of [sites.ward, sites.ministry]) {
      assert.equal(await seenByLan(site, message), undefined)
      sites.move(30 * DAY_MS)
      assert.ok((await seenByLan(site, message))?.delayed)
      sites.move(-30 * DAY_MS)
    }
  } finally {
    for (const one of undo) one()
  }
})

test("another purpose of a contract or a pack is delayed by nobody", async () => {
  const told = await call("XX/GOV/G01/registers/gates", { "motlan-subject": sites.numberOf("lan") })
  const seen = await seenByLan(sites.ward, told.headers.get("x-road-request-id")!)
  assert.ok(seen)
  assert.equal(seen.delayed, undefined)
})

test("a contract that is about no person can't demand one, and no delay is longer than the law of the pack may set", async () => {
  const now = sites.ward.site.clock().getTime()
  const period = { from: new Date(now).toISOString(), until: new Date(now + DAY_MS).toISOString() }
  const propose = (more: object) => sites.ward.tx(system, (tx) => proposeContract(tx, { ...cameras, ...period, ...more }))
  await assert.rejects(propose({ subjectKinds: ["thing"], subjectNeeded: true }), { code: "contract-invalid" })
  await assert.rejects(propose({ delay: { days: 731, ground: law } }), { code: "contract-invalid" })
})
