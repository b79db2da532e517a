// What a site answers about the federation over HTTP: nothing when it is alone, its own part when it has joined, all of it at the hub.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { completeJoin, planJoin, readCode, takeDirectory } from "#federation"
import { invite, MINISTRY, openJoined, openSite, system, type ThreeSites } from "../../../test/federation/three-sites.ts"
import { openWorld, type World } from "../../../test/world.ts"
import { type OpenedWeb, openWeb } from "../server.ts"
import { federationRoutes } from "./federation.ts"

let three: ThreeSites
let alone: World
let webs: Record<"hub" | "ministry" | "alone", OpenedWeb>

const webOf = ({ site, db }: Pick<World, "site" | "db">) =>
  openWeb(site, db, {
    ...{ sessionOf: async () => undefined, areas: [federationRoutes], formTargets: [], languages: ["vi", "en"] },
    place: {
      name: { vi: "Thử", en: "Test" },
      languages: ["vi", "en"],
      locales: { vi: "vi", en: "en" },
      timeZone: "UTC",
      currency: "VND",
    },
  })

before(async () => {
  three = await openJoined()
  alone = await openWorld({ country: false })
  webs = { hub: await webOf(three.hub), ministry: await webOf(three.ministry), alone: await webOf(alone) }
})
after(async () => {
  for (const web of Object.values(webs ?? {})) await web.close()
  await alone?.close()
  await three?.close()
})

const accept = { accept: "application/json" }
const post = (web: OpenedWeb, url: string, payload: unknown) =>
  web.inject({
    method: "POST",
    url,
    headers: { ...accept, "content-type": "application/json" },
    payload: JSON.stringify(payload),
  })
const get = (web: OpenedWeb, url: string) => web.inject({ method: "GET", url, headers: accept })

test("the hub hands its directory to whoever asks, and nothing to whoever has it", async () => {
  const answer = await get(webs.hub, "/federation/directory?since=0")
  assert.equal(answer.statusCode, 200)
  const { version, directory } = answer.json() as { version: number; directory: string }
  assert.match(directory, /^[\w-]+\.[\w-]+\.[\w-]+$/)
  const again = await get(webs.hub, `/federation/directory?since=${version}`)
  assert.deepEqual(again.json(), { version })
  await three.commune.tx(system, (tx) => takeDirectory(tx, directory))
})

test("a site that has joined hands out no directory and invites nobody, but hears of contracts", async () => {
  assert.equal((await get(webs.ministry, "/federation/directory")).statusCode, 404)
  assert.equal((await post(webs.ministry, "/federation/join", {})).statusCode, 404)
  const answer = await post(webs.ministry, "/federation/contracts", { content: "{}", signatures: [] })
  assert.ok(answer.statusCode >= 400 && answer.statusCode < 500)
  assert.equal(typeof (answer.json() as { code: string }).code, "string")
})

test("a site that is alone has none of it", async () => {
  for (const url of ["/federation/directory", "/federation/contracts", "/federation/join"])
    assert.equal((await get(webs.alone, url)).statusCode, 404)
})

test("a refusal is JSON with its code, which the asking site understands", async () => {
  const answer = await post(webs.hub, "/federation/announce", { jws: "no.such.thing" })
  assert.match(String(answer.headers["content-type"]), /application\/problem\+json/)
  assert.equal((answer.json() as { code: string }).code, "signature-invalid")
})

test("a site joins over HTTP: what the hub answers is what completes it, and the used code is refused to another", async () => {
  const member = { class: "GOV", code: "NEW", name: "New" }
  const code = readCode((await invite(three.hub, { ...MINISTRY, members: [member] })).code)
  const site = await openSite({ ...MINISTRY, site: "new", members: [], services: [] })
  const other = await openSite({ ...MINISTRY, site: "other", members: [], services: [] })
  try {
    const plan = await site.tx(system, (tx) => planJoin(tx, code))
    const answer = await post(webs.hub, "/federation/join", plan.request)
    assert.equal(answer.statusCode, 200, answer.body)
    const members = await site.tx(system, (tx) => completeJoin(tx, plan, answer.json()))
    assert.deepEqual(
      members.map((one) => one.code),
      ["NEW"],
    )
    const late = await other.tx(system, (tx) => planJoin(tx, code))
    const refused = await post(webs.hub, "/federation/join", late.request)
    assert.equal((refused.json() as { code: string }).code, "invitation-used")
  } finally {
    await site.close()
    await other.close()
  }
})

test("bodies beyond their limit are refused: 2 MiB for an announcement, 256 KiB for a contract", async () => {
  const text = (bytes: number) => ({ jws: "x".repeat(bytes) })
  assert.equal((await post(webs.hub, "/federation/announce", text(1_500_000))).statusCode, 403)
  assert.equal((await post(webs.hub, "/federation/announce", text(2 * 1024 * 1024))).statusCode, 413)
  assert.equal((await post(webs.ministry, "/federation/contracts", text(256 * 1024))).statusCode, 413)
})
