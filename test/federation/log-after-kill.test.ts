// Two sites as programs, killed in the moment in which they have answered: what their systems have exchanged stands in both logs afterwards.
import assert from "node:assert/strict"
import { once } from "node:events"
import { writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { after, before, test } from "node:test"
import { stringify } from "yaml"
import type { SiteFile } from "#federation"
import { sql } from "#platform/db"
import { freePorts, makeSite, newFolder, type SiteProgram, until } from "./site-programs.ts"
import { system } from "./three-sites.ts"

const COUNTRY = "countries/viet-nam"
const CONSUMER = "XX/GOV/H26.901/desk"
const PROVIDER = "XX/GOV/G01/registers"
const DAY_MS = 86_400_000
const PASSES_MAX_MS = 30_000
const WRITTEN_MAX_MS = 10_000
const ASKED = 30

let hub: SiteProgram
let ministry: SiteProgram
let ward: SiteProgram
let face = 0

const provider = createServer((request, response) => {
  response.statusCode = request.url!.endsWith("/none") ? 404 : 200
  response.end("{}")
}).listen(0, "127.0.0.1")
await once(provider, "listening")

before(async () => {
  const root = newFolder()
  const base = ([pages, line, systems]: [number, number, number]) => ({
    ...{ instance: "XX", line: `127.0.0.1:${line}`, face: `http://127.0.0.1:${pages}`, systems },
  })
  const member = (code: string, subsystem: string): NonNullable<SiteFile["members"]> => [
    { class: "GOV", code, name: code, subsystems: [{ code: subsystem, name: subsystem }] },
  ]
  const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  const endpoints = [{ method: "*" as const, path: "/**" }]
  const ports = await freePorts()
  face = ports[2]
  hub = await makeSite(root, {
    ...{ ...base(await freePorts()), site: "hub", name: "Hub", role: "hub", members: member("EX", "catalogue") },
  })
  ministry = await makeSite(
    root,
    {
      ...{ ...base(await freePorts()), site: "ministry", name: "Ministry", role: "joined", members: member("G01", "registers") },
      services: [{ subsystem: "GOV/G01/registers", code: "people", name: "People", type: "REST", url, endpoints }],
    },
    COUNTRY,
  )
  ward = await makeSite(
    root,
    { ...base(ports), site: "ward", name: "Ward", role: "joined", members: member("H26.901", "desk") },
    COUNTRY,
  )
  await hub.start()
  for (const [site, code] of [
    [ministry, "GOV/G01"],
    [ward, "GOV/H26.901"],
  ] as const) {
    const invited = await hub.member(["invite"], { member: [code], name: [site.file.name] })
    await site.member(["join", invited.split("\n")[0]!])
  }
  await Promise.all([ministry.start(), ward.start()])
  const path = `${root}/contract.yaml`
  const [from, to] = [-1, 1].map((days) => new Date(Date.now() + days * DAY_MS).toISOString())
  writeFileSync(
    path,
    stringify({
      ...{ provider: PROVIDER, service: "people", consumer: CONSUMER, endpoints, purposes: ["birth-registration"] },
      ...{ legalGround: { ref: "60/2014/QH13", article: "16" }, subjectKinds: ["person"], bodies: "digest", from, until: to },
    }),
  )
  await ministry.contract("list")
  await ward.contract("list")
  await ward.contract("accept", await ministry.contract("propose", path))
  await until(PASSES_MAX_MS, async () => (await ask("/one")).status === 200)
})
after(async () => {
  await Promise.all([hub, ministry, ward].map((site) => site?.stop()))
  await Promise.all([hub, ministry, ward].map((site) => site?.world.close()))
  provider.closeAllConnections()
  provider.close()
})

async function ask(path: string) {
  const told = await fetch(`http://127.0.0.1:${face}/r1/${PROVIDER}/people${path}`, { headers: { "X-Road-Client": CONSUMER } })
  await told.arrayBuffer()
  return { status: told.status, message: told.headers.get("x-road-request-id")! }
}

/** How often each message stands in the log of a site, and as what. */
async function logged({ world }: SiteProgram): Promise<Map<string, string[]>> {
  const rows = await world.tx(system, (tx) =>
    tx.rows<{ id: string; what: string }>(sql`
      select unnest(messages) as id, concat_ws(' ', side, requester, provider, purpose, legal_ground, outcome) as what
      from exchange.passage`),
  )
  const found = new Map<string, string[]>()
  for (const { id, what } of rows) found.set(id, [...(found.get(id) ?? []), what])
  return found
}

test("a kill of both sites loses no call of their systems from either log: the evidence brings it back, once", async () => {
  const asked: { readonly message: string; readonly outcome: string }[] = []
  for (let i = 0; i < ASKED; i++) {
    const outcome = i % 3 === 0 ? "empty" : "answered"
    asked.push({ ...(await ask(outcome === "empty" ? "/none" : "/one")), outcome })
  }
  await Promise.all([ward.kill(), ministry.kill()])
  const sides = [
    [ward, "consumer"],
    [ministry, "provider"],
  ] as const
  for (const [site] of sides) {
    const before = await logged(site)
    assert.ok(!asked.every(({ message }) => before.has(message)), "the last second was in memory alone")
  }
  await Promise.all([ward.start(), ministry.start()])
  const areThere = async () => {
    for (const [site, side] of sides) {
      const found = await logged(site)
      if (!asked.every(({ message }) => found.has(message))) return false
      for (const { message, outcome } of asked)
        assert.deepEqual(found.get(message), [`${side} ba-dinh public-security birth-registration 60/2014/QH13, 16 ${outcome}`])
    }
    return true
  }
  await until(WRITTEN_MAX_MS, areThere)
  const before = await Promise.all(sides.map(([site]) => logged(site)))
  await Promise.all([ward.stop(), ministry.stop()])
  await Promise.all([ward.start(), ministry.start()])
  await until(WRITTEN_MAX_MS, async () => (await ask("/one")).status === 200)
  await Promise.all([ward.stop(), ministry.stop()])
  for (const [i, [site]] of sides.entries())
    assert.equal((await logged(site)).size, before[i]!.size + 1, "a start that lost nothing writes nothing")
  assert.ok(await areThere(), "and nothing twice")
})
