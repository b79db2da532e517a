// A start of a site with a site.yaml that can't be, and of one that has not joined yet.
import assert from "node:assert/strict"
import { randomUUID } from "node:crypto"
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, test } from "node:test"
import type { Country } from "#country"
import type { Config } from "#platform/config"
import { type Database, openDb } from "#platform/db"
import { freePort } from "../../test/free-port.ts"
import { openWorld, type World } from "../../test/world.ts"
import { federate, findFile } from "./federate.ts"

const data = mkdtempSync(join(tmpdir(), "motlan-federate-"))
const config = { data } as Config
let world: World
before(async () => {
  world = await openWorld()
})
after(async () => {
  await world?.close()
  rmSync(data, { recursive: true, force: true })
})

const write = (agency: string, code: string) =>
  writeFileSync(
    join(data, "site.yaml"),
    `instance: XX
site: ward
name: Ba Đình
role: joined
line: 127.0.0.1:1
face: http://127.0.0.1:2
members:
  - { class: GOV, code: ${code}, name: Ba Đình, subsystems: [{ code: desk, name: Desk }] }
agencies:
  - { id: ${agency}, subsystem: GOV/${code}/desk }
`,
  )

const country = () => world.site.reference as Country

test("without a site.yaml a site is alone", () => assert.equal(findFile(config, country()), undefined))

test("an agency that the pack has not, or has under another code, is told", () => {
  write("nowhere", "H26.901")
  assert.throws(() => findFile(config, country()), /the country pack has no agency "nowhere"/)
  write("ba-dinh", "H26.902")
  assert.throws(() => findFile(config, country()), /the code of "ba-dinh" is H26\.901/)
  write("ba-dinh", "H26.901")
  assert.equal(findFile(config, country())?.file.site, "ward")
})

test("a site that has not joined yet starts without a line, and says so", async () => {
  write("ba-dinh", "H26.901")
  const found = findFile(config, country())!
  const down: (() => Promise<unknown>)[] = []
  const db = openDb(world.connection, world.site)
  const database = { app: world.connection } as Database
  try {
    const lines = await federate({ config, site: world.site, db, database, found }, down)
    assert.deepEqual(lines, ["  federation      XX/ward, not joined yet"])
  } finally {
    for (const step of down.reverse()) await step()
    await db.close()
  }
})

test("a site behind a security server needs no hub: it starts with that road, and the server reaches its registers", async () => {
  write("ba-dinh", "H26.901")
  const port = await freePort()
  appendFileSync(
    join(data, "site.yaml"),
    `services:
  - { subsystem: GOV/H26.901/desk, code: registers, name: Registers, type: REGISTER }
road:
  kind: security-server
  instance: XROAD
  url: http://127.0.0.1:1
  listen: ${port}
  allow: [{ consumer: GOV/G01/registers, service: GOV/H26.901/desk/registers }]
`,
  )
  const found = findFile(config, country())!
  const down: (() => Promise<unknown>)[] = []
  const db = openDb(world.connection, world.site)
  try {
    const database = { app: world.connection } as Database
    const lines = await federate({ config, site: world.site, db, database, found }, down)
    assert.deepEqual(lines, ["  road            http://127.0.0.1:1 (XROAD)"])
    const ask = async (consumer: string) => {
      const headers = { "X-Road-Client": consumer, "X-Road-Id": "1", "X-Road-Request-Id": randomUUID() }
      const url = `http://127.0.0.1:${port}/r1/XROAD/GOV/H26.901/desk/registers/requests`
      const told = await fetch(url, { method: "POST", headers, body: "{}" })
      return told.headers.get("x-road-error") ?? told.status
    }
    assert.equal(await ask("XROAD/GOV/G01/registers"), 400)
    assert.equal(await ask("XROAD/GOV/G15/registers"), "Server.ServerProxy.AccessDenied")
  } finally {
    for (const step of down.reverse()) await step()
    await db.close()
  }
})
