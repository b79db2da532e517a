// An operator at the hub invites, one at a new site joins: with nothing but the code and the words that the commands print.
import assert from "node:assert/strict"
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, mock, test } from "node:test"
import { federationEndpoints, getDirectory, openStanding, readSiteFile } from "#federation"
import { type Config, readConfig } from "#platform/config"
import { openKeys } from "#platform/crypto"
import { openWorld, type World } from "../../test/world.ts"
import { member } from "./member.ts"

const dir = mkdtempSync(join(tmpdir(), "motlan-member-"))
chmodSync(dir, 0o711)
let hub: World
let site: World
let server: Server
let face = ""

const urlOf = ({ host, port, database, user, password }: Record<string, unknown>) =>
  `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(String(host))}&port=${port}`

const configOf = (world: World, name: string): Config =>
  readConfig(
    { data: join(dir, name) },
    {
      DATABASE_URL: urlOf(world.migratorConnection as Record<string, unknown>),
      DATABASE_APP_URL: urlOf(world.connection as Record<string, unknown>),
    },
  )

before(async () => {
  hub = await openWorld({ country: false })
  site = await openWorld({ country: false })
  // The commands live in real time.
  for (const world of [hub, site]) world.clock.move(Date.now() - world.site.clock().getTime())
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = JSON.parse(Buffer.concat(chunks).toString()) as unknown
    const { deed } = federationEndpoints.find(({ path }) => path === request.url)!
    const answer = await hub
      .tx({ kind: "public" }, (tx) => deed(tx, { query: {}, body }))
      .catch(({ code }) => ({ code: String(code) }))
    response.writeHead("code" in answer ? 409 : 200).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  face = `http://127.0.0.1:${(server.address() as { port: number }).port}`
})
after(async () => {
  server.close()
  await hub.close()
  await site.close()
  rmSync(dir, { recursive: true, force: true })
})

/** What a command prints, and its exit code. */
async function run(...args: Parameters<typeof member>): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  const hear = (...words: unknown[]) => void lines.push(words.join(" "))
  const mocks = [mock.method(console, "log", hear), mock.method(console, "error", hear)]
  try {
    return { code: await member(...args), said: lines.join("\n") }
  } finally {
    for (const one of mocks) one.mock.restore()
  }
}

test("a hub invites and a site joins, which writes its file", async () => {
  const [atHub, atSite] = [configOf(hub, "hub"), configOf(site, "site")]
  await assert.rejects(run(atHub, ["invite"], { member: ["GOV/C1/desk"], name: ["Commune One"] }), /there is no .*site.yaml/)
  mkdirSync(join(dir, "hub"), { recursive: true })
  writeFileSync(
    join(dir, "hub", "site.yaml"),
    `instance: XX\nsite: hub\nname: Hub\nrole: hub\nline: 127.0.0.1:5500\nface: ${face}\n`,
  )
  const invited = await run(atHub, ["invite"], { member: ["GOV/C1/desk"], name: ["Commune One"] })
  assert.equal(invited.code, 0, invited.said)
  const [code] = invited.said.split("\n") as [string]
  assert.match(code, /^motlan-/)
  // The running hub: the same data folder's keys.
  Object.assign(hub.site, { keys: openKeys(join(dir, "hub", "keys")) })
  await openStanding(hub.db, hub.site, readSiteFile(join(dir, "hub", "site.yaml")))
  await assert.rejects(run(atSite, ["join", code], {}), /give --id/)
  const options = { id: "commune", name: ["Commune One"], line: "127.0.0.1:5501", face: "http://127.0.0.1:8081" }
  const joined = await run(atSite, ["join", code], options)
  assert.equal(joined.code, 0, joined.said)
  const file = readSiteFile(join(dir, "site", "site.yaml"))
  assert.equal(file.hub?.address, face)
  assert.deepEqual(file.members, [
    { class: "GOV", code: "C1", name: "Commune One", subsystems: [{ code: "desk", name: "desk" }] },
  ])
  await openStanding(site.db, site.site, file)
  const { book } = await site.tx({ kind: "system", name: "test" }, getDirectory)
  assert.equal(book.siteOf("XX/GOV/C1/desk")?.id, "commune")
  assert.doesNotMatch(readFileSync(join(dir, "site", "site.yaml"), "utf8"), /secret|PRIVATE/)
})

test("what the hub refuses is told in words", async () => {
  const other = await run(configOf(site, "site"), ["join", "motlan-nonsense"], {})
  assert.deepEqual([other.code, other.said.startsWith("The invitation is not known.")], [1, true])
  const vi = await run(configOf(site, "site"), ["join", "motlan-nonsense"], { lang: "vi" })
  assert.match(vi.said, /^Mã mời không hợp lệ/)
})

test("a command that is not spelt rightly is told how", async () => {
  for (const [names, options] of [
    [[], {}],
    [["join"], {}],
    [["invite"], {}],
    [["invite"], { member: ["GOV/C1"], name: [] }],
    [["leave"], {}],
  ] as const)
    assert.equal((await run(configOf(site, "site"), names, options as never)).code, 2)
})
