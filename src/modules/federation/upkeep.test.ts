// Over real HTTP: joining from the code alone, contracts carried by themselves, certificates renewed, and a hub that is silent, odd or lying.
import assert from "node:assert/strict"
import { createServer, type RequestListener, type Server } from "node:http"
import { after, before, test } from "node:test"
import {
  answerContract,
  completeJoin,
  federationEndpoints,
  fetchDirectory,
  getDirectory,
  keepUp,
  knownContracts,
  openStanding,
  planJoin,
  postJson,
  proposeContract,
  publishDirectory,
  readCode,
  type SiteFile,
  startUpkeep,
  takeDirectory,
} from "#federation"
import type { Problem } from "#platform/problem"
import {
  COMMUNE,
  type FederatedSite,
  HUB,
  invite,
  MINISTRY,
  openSite,
  refusal,
  stranger,
  system,
  TERMS,
} from "../../../test/federation/three-sites.ts"
import { CERTIFICATE_MS, RENEW_BEFORE_MS, SETTLE_MS } from "./limits.ts"

const servers: Server[] = []
const sites: FederatedSite[] = []
let hub: FederatedSite
let ministry: FederatedSite
let commune: FederatedSite

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}

/** The endpoints as a web server would mount them. */
async function serve(file: SiteFile): Promise<FederatedSite> {
  let site: FederatedSite | undefined
  const face = await listen(async (request, response) => {
    const url = new URL(request.url!, "http://x")
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = chunks.length > 0 ? (JSON.parse(Buffer.concat(chunks).toString()) as unknown) : undefined
    const endpoint = federationEndpoints.find(({ method, path }) => method === request.method && path === url.pathname)
    const query = Object.fromEntries(url.searchParams)
    const answer = await site!
      .tx(stranger, (tx) => endpoint!.deed(tx, { query, body }))
      .then((value) => ({ status: 200, value }))
      .catch((error: Problem) => ({ status: error.status ?? 500, value: { code: error.code, params: error.params } }))
    response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.value))
  })
  site = await openSite({ ...file, face })
  sites.push(site)
  return site
}

before(async () => {
  hub = await serve(HUB)
  ministry = await serve(MINISTRY)
  commune = await serve(COMMUNE)
})
after(async () => {
  for (const server of servers) server.close()
  for (const site of sites) await site.close()
})

const round = ({ db, site }: FederatedSite) => keepUp(db, site)
const move = (ms: number) => {
  for (const { clock } of sites) clock.move(ms)
}

test("a site joins with nothing but the code", async () => {
  for (const site of [ministry, commune]) {
    const invitation = readCode((await invite(hub, site.file)).code)
    const plan = await site.tx(system, (tx) => planJoin(tx, invitation))
    const answer = await postJson(invitation.hub, "/federation/join", plan.request)
    await site.tx(system, (tx) => completeJoin(tx, plan, answer))
    await openStanding(site.db, site.site, { ...site.file, hub: { address: invitation.hub, key: invitation.key } })
  }
  const thief = await openSite({ ...COMMUNE, site: "thief" })
  sites.push(thief)
  const used = readCode((await invite(hub, { ...HUB, members: [{ class: "GOV", code: "C1", name: "x" }] })).code)
  const plan = await thief.tx(system, (tx) => planJoin(tx, used))
  await assert.rejects(postJson(used.hub, "/federation/join", plan.request), refusal("member-taken"))
})

test("in one round each a ministry's services are known to the commune", async () => {
  move(10)
  await round(ministry)
  await round(commune)
  move(10)
  await round(ministry)
  await round(commune)
  const { book } = await commune.tx(system, getDirectory)
  assert.equal(book.service("XX/GOV/MI/population/person")?.type, "REST")
  assert.equal(book.siteOf("XX/GOV/C1/desk")?.face, commune.file.face)
})

test("a contract and its answer find their way, also after the other was away", async () => {
  const hash = await commune.tx(system, (tx) => proposeContract(tx, TERMS))
  const state = async (site: FederatedSite) => (await site.tx(system, knownContracts)).find((one) => one.hash === hash)?.state
  const [, server] = servers as [Server, Server, Server]
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => {
    server.close(resolve)
    server.closeAllConnections()
  })
  await round(commune)
  assert.equal(await state(ministry), undefined)
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve))
  move(60_000)
  await round(commune)
  assert.equal(await state(ministry), "proposed")
  await ministry.tx(system, (tx) => answerContract(tx, hash, "accept"))
  await round(ministry)
  assert.equal(await state(commune), "signed")
})

test("certificates are renewed by themselves, and everybody hears of them", async () => {
  const before = ministry.standing.tls(ministry.site.clock()).thumbprint
  move(CERTIFICATE_MS - RENEW_BEFORE_MS)
  await round(hub)
  await round(ministry)
  await round(commune)
  move(SETTLE_MS)
  const { thumbprint } = ministry.standing.tls(ministry.site.clock())
  assert.notEqual(thumbprint, before)
  const { book } = await commune.tx(system, getDirectory)
  assert.equal(book.peerOf(thumbprint, "auth", commune.site.clock())?.site.id, "ministry")
})

test("the rounds run by themselves until they are stopped", async () => {
  const known = async () => (await commune.tx(system, getDirectory)).directory.version
  await openStanding(hub.db, hub.site, { ...HUB, face: hub.file.face, groups: [] })
  const { version } = await hub.tx(system, publishDirectory)
  const upkeep = startUpkeep(commune.db, commune.site, 20)
  const until = Date.now() + 5_000
  while ((await known()) < version) assert.ok(Date.now() < until)
  await upkeep.stop()
})

test("a hub that is silent, redirects, says nonsense or lies changes nothing", async () => {
  const odd = await listen((request, response) => {
    if (request.url?.startsWith("/federation/directory")) response.end('{"version":9,"directory":["x"]}')
    else if (request.url === "/moved") response.writeHead(302, { location: hub.file.face }).end()
    else if (request.url === "/text") response.end("hello")
    else if (request.url === "/fault") response.writeHead(500).end('{"code":"internal-fault"}')
    else response.destroy()
  })
  await assert.rejects(fetchDirectory(odd, 0), refusal("hub-refused"))
  for (const path of ["/moved", "/text", "/fault"]) await assert.rejects(postJson(odd, path, {}), refusal("hub-refused"))
  await assert.rejects(postJson(odd, "/cut", {}), refusal("hub-silent"))
  await assert.rejects(fetchDirectory("http://127.0.0.1:1", 0), refusal("hub-silent"))
  const before = (await commune.tx(system, getDirectory)).directory.version
  await openStanding(commune.db, commune.site, { ...COMMUNE, hub: { address: odd, key: "A".repeat(43) } })
  await round(commune)
  assert.equal((await commune.tx(system, getDirectory)).directory.version, before)
  const jws = (await fetchDirectory(hub.file.face, 0))!
  assert.equal(await fetchDirectory(hub.file.face, 999), undefined)
  await commune.tx(system, (tx) => takeDirectory(tx, jws))
})
