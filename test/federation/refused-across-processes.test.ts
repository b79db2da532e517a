// What must not pass between sites, tried on real programs by somebody with stolen keys: refused, noted in the book and the log, and said in words.
import assert from "node:assert/strict"
import { once } from "node:events"
import { writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { request as httpsRequest } from "node:https"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { stringify } from "yaml"
import { readBundle, verifyBundle } from "#evidence"
import { type Directory, findDirectory, type SiteFile } from "#federation"
import { problemWords } from "#kit/problem-words.ts"
import type { ProblemCode } from "#problems"
import { signJws } from "../../src/modules/federation/jws.ts"
import { ecSigner } from "../../src/modules/federation/signer.ts"
import { type Keys, openRecorder, type Recorded, type Recorder, sendTo, type Told } from "./recorder.ts"
import { freePorts, makeSite, newFolder, type SiteProgram, until } from "./site-programs.ts"
import { certified, forged, selfMade, tlsOf } from "./stolen-keys.ts"
import { TERMS } from "./three-sites.ts"

const SERVICE = "XX/GOV/MI/population/person"
const CONSUMER = "XX/GOV/C1/desk"
const URL_1 = `/r1/${SERVICE}/people/1`
const URL_2 = `/r1/${SERVICE}/people/2`
const NOTED_MAX_MS = 5_000
const PASSES_MAX_MS = 30_000
/** What the hub's successor issues: long enough to be taken, short enough to be waited for. */
const SHORT_DIRECTORY_MS = 6_000
const NOT_AUTHENTIC = "Server.ServerProxy.SslAuthenticationFailed"

let hub: SiteProgram
let ministry: SiteProgram
let commune: SiteProgram
let recorder: Recorder
let contract = ""
/** The keys that were stolen. */
let communeTls: Keys
let hubTls: Keys
let ministryLine = 0
let systems = 0
let systemsTls = 0
/** Of an information system of the commune, by nobody's authority. */
const archive = await selfMade("archive")
let provided = 0

const provider = createServer((request, response) => {
  provided++
  request.pipe(response)
}).listen(0, "127.0.0.1")

before(async () => {
  const root = newFolder()
  const [hubPorts, ministryPorts, communePorts] = [await freePorts(), await freePorts(), await freePorts()]
  const seen = (await freePorts())[0]
  const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  const base = (site: string, name: string, [pages, line, face]: [number, number, number]) => ({
    ...{ instance: "XX", site, name, line: `127.0.0.1:${line}`, face: `http://127.0.0.1:${pages}`, systems: face },
  })
  const members = (code: string, name: string, subsystem: string): NonNullable<SiteFile["members"]> => [
    { class: "GOV", code, name, subsystems: [{ code: subsystem, name }] },
  ]
  const endpoints = [{ method: "*" as const, path: "/people/*" }]
  const service = { subsystem: "GOV/MI/population", code: "person", name: "A person", type: "REST" as const, url, endpoints }
  hub = await makeSite(root, {
    ...{ ...base("hub", "Hub", hubPorts), role: "hub", members: members("EX", "Hub", "catalogue"), errors: "snake" },
  })
  ministry = await makeSite(root, {
    ...base("ministry", "Ministry", ministryPorts),
    // Others reach it through somebody in the middle.
    ...{ role: "joined", line: `127.0.0.1:${seen}`, listen: `127.0.0.1:${ministryPorts[1]}` },
    ...{ members: members("MI", "Ministry", "population"), services: [service] },
  })
  const subsystems = ["desk", "archive", "registry"].map((code) => ({ code, name: code }))
  systemsTls = (await freePorts())[0]
  commune = await makeSite(root, {
    ...{ ...base("commune", "Commune", communePorts), role: "joined", systemsTls },
    members: [{ class: "GOV", code: "C1", name: "Commune", subsystems }],
    clients: [{ client: "GOV/C1/archive", certificates: ["archive.pem"] }, { client: "GOV/C1/registry" }],
  })
  writeFileSync(join(commune.dir, "archive.pem"), archive.cert)
  ministryLine = ministryPorts[1]
  systems = communePorts[2]
  await hub.start()
  await joined(ministry, "GOV/MI/population")
  await joined(commune, "GOV/C1")
  await Promise.all([ministry.start(), commune.start()])
  communeTls = await tlsOf(commune)
  hubTls = await tlsOf(hub)
  recorder = await openRecorder(seen, await tlsOf(ministry), ministryLine, communeTls)
  const path = `${root}/contract.yaml`
  const now = Date.now()
  const [from, until] = [new Date(now - 86_400_000).toISOString(), new Date(now + 86_400_000).toISOString()]
  writeFileSync(path, stringify({ ...TERMS, endpoints, from, until }))
  await ministry.contract("list")
  await commune.contract("list")
  contract = await ministry.contract("propose", path)
  await commune.contract("accept", contract)
  await untilPasses()
})
after(async () => {
  recorder?.close()
  await Promise.all([hub, ministry, commune].map((site) => site?.stop()))
  await Promise.all([hub, ministry, commune].map((site) => site?.world.close()))
  provider.closeAllConnections()
  provider.close()
})

async function joined(site: SiteProgram, member: string): Promise<void> {
  const invited = await hub.member(["invite"], { member: [member], name: [site.file.name] })
  await site.member(["join", invited.split("\n")[0]!])
}

/** An information system of the commune asks. */
async function ask(client = CONSUMER, url = URL_1, body?: string): Promise<Told> {
  const method = body === undefined ? "GET" : "POST"
  const told = await fetch(`http://127.0.0.1:${systems}${url}`, {
    method,
    headers: { "X-Road-Client": client },
    ...(body && { body }),
  })
  return { status: told.status, code: told.headers.get("x-road-error") ?? undefined, body: await told.text() }
}

/** Contracts and directories travel between programs. */
const untilPasses = () => until(PASSES_MAX_MS, async () => (await ask()).status === 200)

/** What a request of the commune looked like on its way; kept back, it never reached the ministry. */
async function record(how: "passed" | "kept back", url = URL_1, body?: string): Promise<Recorded> {
  recorder.isHolding = how === "kept back"
  recorder.recorded.length = 0
  await ask(CONSUMER, url, body)
  recorder.isHolding = false
  assert.equal(recorder.recorded.length, 1, "one request was recorded")
  return recorder.recorded[0]!
}

/** Refused by the program, without asking the service, and noted in the book and the log with this reason. */
async function refusedBy(site: SiteProgram, reason: ProblemCode, deed: () => Promise<Told>, code?: string): Promise<Told> {
  const [before, asked, from] = [(await site.refusals()).length, provided, site.log().length]
  const told = await deed()
  assert.equal(told.code, code, told.body)
  assert.equal(provided, asked, "the service was not asked")
  await noted(site, reason, before, from)
  return told
}

/** The row in the book, the row in the log, and the words that an administrator reads in both languages. */
async function noted(site: SiteProgram, reason: ProblemCode, before: number, from: number): Promise<Record<string, unknown>> {
  await until(NOTED_MAX_MS, async () => (await site.refusals()).length > before)
  const row = (await site.refusals())[0]!
  assert.equal(row.reason, reason)
  const line = site
    .log()
    .slice(from)
    .split("\n")
    .find((one) => one.includes(`"code":"${reason}"`))
  assert.ok(line?.includes("a request was refused"), `the log of ${site.file.site} has the row of ${reason}`)
  for (const lang of ["vi", "en"]) {
    const { title, text } = problemWords(lang, { code: reason, params: {} })
    const said = (await site.refused(lang)).split("\n")
    assert.ok(said[0]!.includes(reason), said[0])
    assert.equal(said[1]!.trim(), `${title}. ${text}`)
  }
  return row
}

const claim = () => ({ client: CONSUMER, url: URL_1, contract })
const toMinistry = (request: Recorded, keys = communeTls) => sendTo(ministryLine, keys, request)

test("a request that was recorded and is sent again is refused: it was answered once", async () => {
  const request = await record("passed")
  await refusedBy(ministry, "request-repeated", () => toMinistry(request), NOT_AUTHENTIC)
  const kept = await record("kept back")
  assert.equal((await toMinistry(kept)).status, 200, "late and once, it is taken")
  await refusedBy(ministry, "request-repeated", () => toMinistry(kept), NOT_AUTHENTIC)
  const [row] = await ministry.refusals()
  const message = kept.head.id
  assert.deepEqual(row, {
    ...{ side: "provider", reason: "request-repeated", road: NOT_AUTHENTIC, peer: "commune", consumer: CONSUMER },
    ...{ service: SERVICE, message, count: 1 },
  })
})

const swaps: readonly { what: string; mixed: (a: Recorded, b: Recorded) => Recorded; code?: string }[] = [
  { what: "with the body of another", mixed: (a, b) => ({ ...a, body: b.body }) },
  { what: "under the seal of another", mixed: (a, b) => ({ ...a, seal: b.seal }) },
  { what: "under the headers of another", mixed: (a, b) => headed(a, { headers: b.head.headers }), code: NOT_AUTHENTIC },
  { what: "under the id of another", mixed: (a, b) => headed(a, { id: b.head.id }), code: NOT_AUTHENTIC },
  { what: "under another contract", mixed: (a) => headed(a, { contract: "another" }) },
  { what: "with a later time", mixed: (a) => headed(a, { created: a.head.created + 1 }) },
  { what: "with another method", mixed: (a) => headed(a, { method: "PUT" }) },
  { what: "for the path of another", mixed: (a, b) => headed(a, { url: b.head.url }) },
]

const headed = (one: Recorded, change: Partial<Recorded["head"]>): Recorded => ({ ...one, head: { ...one.head, ...change } })

test("parts of two requests, put together otherwise, are refused", async (t) => {
  const a = await record("kept back", URL_1, "the first")
  const b = await record("kept back", URL_2, "the second")
  for (const { what, mixed, code = NOT_AUTHENTIC } of swaps)
    await t.test(`one ${what}`, async () => {
      await refusedBy(ministry, "seal-broken", () => toMinistry(mixed(a, b)), code)
    })
  await t.test("one that smuggles another in under its seal", async () => {
    await refusedBy(ministry, "seal-broken", () => sendTo(ministryLine, communeTls, a, b), NOT_AUTHENTIC)
  })
  assert.equal((await toMinistry(b)).body, "the second", "in another order, each whole, they are taken")
  assert.equal((await toMinistry(a)).body, "the first")
})

test("a request without its seal, and one that was sealed five minutes ago, are refused", async () => {
  const request = await record("kept back")
  const bare = { ...request, seal: undefined }
  await refusedBy(ministry, "seal-missing", () => toMinistry(bare), NOT_AUTHENTIC)
  assert.equal(
    (await toMinistry(await forged(commune, claim()))).status,
    200,
    "with the keys of the commune anybody is the commune",
  )
  const old = await forged(commune, { ...claim(), age: 300 })
  await refusedBy(ministry, "seal-stale", () => toMinistry(old), NOT_AUTHENTIC)
})

test("a site that asks in the name of another one's agency is refused", async () => {
  const claimed = await forged(hub, claim())
  await refusedBy(ministry, "consumer-not-of-peer", () => toMinistry(claimed, hubTls), NOT_AUTHENTIC)
  const [row] = await ministry.refusals()
  assert.equal(row?.peer, "hub")
  const stolen = await record("kept back")
  await refusedBy(ministry, "seal-key-unknown", () => toMinistry(stolen, hubTls), NOT_AUTHENTIC)
})

test("an information system that claims an agency of another site is refused at its own site", async () => {
  const told = await refusedBy(
    commune,
    "client-not-hosted",
    () => ask("XX/GOV/MI/population"),
    "Server.ClientProxy.UnknownMember",
  )
  assert.equal(told.status, 500)
})

/** A system of the commune asks over TLS; gives the code of the refusal. */
function askOverTls(client: string, keys?: Keys): Promise<string | undefined> {
  const to = { host: "127.0.0.1", port: systemsTls, path: URL_1, agent: false, rejectUnauthorized: false }
  return new Promise((resolve, reject) => {
    const asked = httpsRequest({ ...to, ...keys, headers: { "X-Road-Client": client } }, (told) => {
      told.resume()
      resolve(told.headers["x-road-error"] as string | undefined)
    })
    asked.once("error", reject).end()
  })
}

test("a system of an agency for which site.yaml demands TLS, or a certificate, is refused without it", async () => {
  const [NOT_SO, PASSED_ON] = ["Server.ClientProxy.SslAuthenticationFailed", "Server.ServerProxy.AccessDenied"]
  await refusedBy(commune, "client-not-authenticated", () => ask("XX/GOV/C1/archive"), NOT_SO)
  assert.equal((await ask("XX/GOV/C1/registry")).code, NOT_SO)
  assert.equal(await askOverTls("XX/GOV/C1/registry"), PASSED_ON, "it came over TLS; only a contract is missing")
  assert.equal(await askOverTls("XX/GOV/C1/archive"), NOT_SO)
  assert.equal(await askOverTls("XX/GOV/C1/archive", await selfMade("archive")), NOT_SO)
  assert.equal(await askOverTls("XX/GOV/C1/archive", archive), PASSED_ON)
})

test("a system fetches the evidence of its own exchange as a zip; nobody else does", async () => {
  const answer = await fetch(`http://127.0.0.1:${systems}${URL_1}`, {
    headers: { "X-Road-Client": CONSUMER, "X-Road-Id": "fetched-1" },
  })
  const message = answer.headers.get("x-road-request-id")!
  const container = (id: string, subsystem = "desk") =>
    fetch(
      `http://127.0.0.1:${systems}/asic?queryId=${id}&xRoadInstance=XX&memberClass=GOV&memberCode=C1&subsystemCode=${subsystem}`,
    )
  await until(NOTED_MAX_MS, async () => (await container(message)).status === 200)
  for (const id of [message, "fetched-1"]) {
    const told = await container(id)
    assert.equal(told.headers.get("content-type"), "application/zip")
    const zip = Buffer.from(await told.arrayBuffer())
    const [from, length] = [30 + zip.readUInt16LE(26), zip.readUInt32LE(18)]
    const reading = readBundle(zip.subarray(from, from + length).toString())
    assert.ok("bundle" in reading)
    assert.equal(reading.bundle.message, message)
    assert.ok(verifyBundle(reading.bundle).holds)
  }
  const others = [await container(message, "other"), await container(message, "registry"), await container("nothing")]
  assert.deepEqual(
    others.map(({ status }) => status),
    [401, 401, 404],
  )
  assert.equal((await fetch(`http://127.0.0.1:${systems}/asic?queryId=x`)).status, 400)
  const anchors = Buffer.from(await (await fetch(`http://127.0.0.1:${systems}/verificationconf`)).arrayBuffer())
  assert.match(anchors.toString(), /trust-anchors\.pem-----BEGIN CERTIFICATE-----/)
})

test("a site spells errors as its file says", async () => {
  const told = await fetch(`http://127.0.0.1:${hub.file.systems}${URL_1}`, { headers: { "X-Road-Client": "XX/GOV/none" } })
  assert.equal(told.headers.get("x-road-error"), "server.clientproxy.unknown_member")
})

test("a connection with an expired certificate is ended, one with a certificate of nobody is told so", async () => {
  const expired = await certified(hub, "auth", -86_400_000, -60_000)
  const request = await forged(commune, claim())
  const [before, from] = [(await ministry.refusals()).length, ministry.log().length]
  await assert.rejects(toMinistry(request, expired.keys), /ECONNRESET|socket|alert/i)
  const row = await noted(ministry, "peer-certificate-refused", before, from)
  assert.equal(row.road, "CERT_HAS_EXPIRED")
  const unlisted = await certified(hub, "auth", -60_000, 86_400_000)
  await refusedBy(ministry, "peer-unknown", () => toMinistry(request, unlisted.keys), NOT_AUTHENTIC)
})

test("under a revoked contract nothing is asked: both sites say why", async () => {
  const earlier = await forged(commune, claim())
  await ministry.contract("revoke", contract)
  await until(PASSES_MAX_MS, async () => (await ask()).code === "Server.ServerProxy.AccessDenied")
  await refusedBy(ministry, "contract-revoked", () => toMinistry(earlier), "Server.ServerProxy.AccessDenied")
  const told = await refusedBy(commune, "contract-revoked", () => ask(), "Server.ServerProxy.AccessDenied")
  assert.equal(told.status, 500)
  assert.match((await commune.refused("vi")).split("\n")[1]!, /Thỏa thuận đã bị thu hồi/)
})

test("when the directory has expired nothing is asked and nothing is answered", async () => {
  const directory = (await hub.world.tx({ kind: "system", name: "tests" }, findDirectory))!.directory
  await hub.stop()
  const successor = createServer(async (_, response) => response.end(JSON.stringify(await shortDirectory(directory))))
  await once(successor.listen(Number(new URL(hub.file.face).port), "127.0.0.1"), "listening")
  try {
    await ministry.contract("list")
    await commune.contract("list")
    await new Promise((resolve) => setTimeout(resolve, SHORT_DIRECTORY_MS))
    const told = await refusedBy(commune, "directory-expired", () => ask(), "Server.ClientProxy.OutdatedGlobalConf")
    assert.equal(told.status, 500)
    const request = await forged(commune, claim())
    await refusedBy(ministry, "directory-expired", () => toMinistry(request), "Server.ServerProxy.OutdatedGlobalConf")
  } finally {
    successor.closeAllConnections()
    successor.close()
  }
})

/** The next directory by the hub's own key, which holds a few seconds. */
let issued: { version: number; directory: string } | undefined
async function shortDirectory(last: Directory): Promise<object> {
  if (issued) return issued
  const signer = ecSigner(hub.keys.ecKey("federation.directory"))
  const now = Date.now()
  const next: Directory = {
    ...{ ...last, version: last.version + 1, issuedAt: new Date(now).toISOString() },
    expiresAt: new Date(now + SHORT_DIRECTORY_MS).toISOString(),
  }
  const jwk = { ...signer.publicKey.export({ format: "jwk" }) }
  issued = { version: next.version, directory: await signJws(signer, "motlan-directory", next, { jwk }) }
  return issued
}
