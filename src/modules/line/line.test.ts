// The signed road between two sites: what passes, what is kept of it, and what is refused.
import assert from "node:assert/strict"
import { createPublicKey, X509Certificate } from "node:crypto"
import { after, test } from "node:test"
import { noteKey, noteKeyText } from "#engines/ledger"
import { exportExchange, verifyBundle, verifyLog } from "#evidence"
import { CONSUMER, PROVIDER, SERVICE } from "../../../test/line/two-sites.ts"
import { type LineSite, openTwoWorlds, PATH, type Told } from "../../../test/line/two-worlds.ts"
import { certificateThumbprint } from "./index.ts"

const sites = await openTwoWorlds()
after(() => sites.close())

const error = ({ body }: Told) => JSON.parse(body.toString()) as { type: string; message: string; detail: string }
const answered = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 1_200))

test("a request passes with its method, path, query, headers and body, and so does the answer", async () => {
  sites.provide = (request, body, response) => {
    response.writeHead(207, { "Content-Type": "text/x-told", "X-Told": ["a", "b"] })
    response.end(JSON.stringify({ method: request.method, url: request.url, raw: request.rawHeaders, body: body.toString() }))
  }
  const told = await sites.ask({
    method: "PUT",
    url: `${PATH}/a%2Fb/ö?x=1&y=%20`.replace("ö", "%C3%B6"),
    headers: [
      "X-Road-Client",
      CONSUMER,
      "X-Road-Id",
      "my-id",
      "X-Road-UserId",
      "XX900",
      "X-Road-Issue",
      "case 7",
      "X-Own",
      "1",
      "X-Own",
      "2",
    ],
    body: "hello",
  })
  assert.equal(told.status, 207)
  assert.equal(told.headers["content-type"], "text/x-told")
  assert.deepEqual(pick(told.raw, "x-told"), ["a", "b"])
  const seen = JSON.parse(told.body.toString()) as { method: string; url: string; raw: string[]; body: string }
  assert.deepEqual([seen.method, seen.url, seen.body], ["PUT", "/base/a%2Fb/%C3%B6?x=1&y=%20", "hello"])
  assert.deepEqual(pick(seen.raw, "x-own"), ["1", "2"])
  assert.deepEqual(pick(seen.raw, "x-road-client"), [CONSUMER])
  assert.deepEqual(pick(seen.raw, "x-road-id"), ["my-id"])
  assert.deepEqual(pick(seen.raw, "x-road-userid"), ["XX900"])
  assert.equal(pick(seen.raw, "x-motlan-proof").length, 0, "what the line adds stays on the line")
  assert.equal(told.headers["x-road-id"], "my-id")
  assert.equal(told.headers["x-road-service"], SERVICE)
  assert.match(told.headers["x-road-request-id"] as string, /^[0-9a-f-]{36}$/)
  assert.match(told.headers["x-road-request-hash"] as string, /^[A-Za-z0-9+/]{86}==$/)
  assert.equal(told.headers["x-motlan-proof"], undefined)
  assert.equal(pick(told.raw, "date").length, 1)
})

const pick = (raw: readonly string[], name: string): string[] =>
  raw.filter((_, i) => i % 2 === 1 && raw[i - 1]!.toLowerCase() === name)

test("each exchange leaves four records, two a site, that prove themselves without a database", async () => {
  sites.provide = (_request, body, response) => response.end(body)
  const told = await Promise.all(Array.from({ length: 30 }, (_, i) => sites.ask({ method: "POST", body: `{"n":${i}}` })))
  await answered()
  for (const one of told) {
    assert.equal(one.status, 200)
    const message = one.headers["x-road-request-id"] as string
    for (const site of [sites.commune, sites.ministry]) {
      const bundle = (await bundleOf(site, message))!
      assert.deepEqual(bundle.records.map(({ kind }) => kind).sort(), ["got", "sent"])
      const { records, holds } = verifyBundle(JSON.parse(JSON.stringify(bundle)))
      assert.ok(holds)
      assert.deepEqual(
        records.map(({ failed }) => failed),
        [undefined, undefined],
      )
    }
  }
  for (const [i, site] of [sites.commune, sites.ministry].entries()) {
    const { broken, records } = await verify(site, i)
    assert.deepEqual(broken, [])
    assert.ok(records > 30, "one of its own for each exchange, and receipts for what came together")
  }
})

test("a bundle in which one bit was changed, anywhere, does not hold", async () => {
  const told = await sites.ask({ method: "POST", body: "x" })
  await answered()
  const bundle = (await bundleOf(sites.commune, told.headers["x-road-request-id"] as string))!
  const change = (edit: (copy: typeof bundle) => void) => {
    const copy = JSON.parse(JSON.stringify(bundle)) as typeof bundle
    edit(copy)
    return verifyBundle(copy)
  }
  for (const index of [0, 1]) {
    const flip = (text: string, at: number) =>
      text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1)
    const record = bundle.records[index]!
    for (let at = 3; at < record.text.length; at += 97)
      assert.ok(!change((copy) => Object.assign(copy.records[index]!, { text: flip(record.text, at) })).holds, `text ${at}`)
    assert.ok(!change((copy) => Object.assign(copy.records[index]!, { proof: flip(record.proof, 12) })).holds)
    assert.ok(
      !change((copy) =>
        Object.assign(copy.records[index]!, { checkpoint: flip(record.checkpoint, record.checkpoint.length - 20) }),
      ).holds,
    )
    assert.ok(!change((copy) => Object.assign(copy.records[index]!, { batch: record.batch + 1 })).holds)
  }
  assert.ok(!change((copy) => Object.assign(copy, { anchors: [] })).holds, "certificates of nobody")
  assert.ok(!change((copy) => copy.records.pop()).holds, "an answer alone, or a question")
})

async function bundleOf(site: LineSite, message: string) {
  const index = site === sites.commune ? 0 : 1
  const own = sites.federation.sites[index]
  const certificates = new Map(
    sites.federation.sites.map((one) => [certificateThumbprint(one.sealCertificate), one.sealCertificate]),
  )
  const keys = {
    noteKey: noteKeyText(noteKey(`${own.id}.test/log`, createPublicKey(own.noteKey))),
    certificateOf: (id: string) => certificates.get(id),
    anchors: [sites.federation.anchor],
  }
  return site.world.tx({ kind: "system", name: "test" }, (tx) => exportExchange(tx, own.id, message, keys))
}

function verify(site: LineSite, index: number) {
  const own = sites.federation.sites[index]!
  const key = new X509Certificate(own.sealCertificate).publicKey
  return verifyLog({
    db: site.world.db,
    site: site.world.site,
    book: own.id,
    keyOf: () => key,
    noteKey: noteKey(`${own.id}.test/log`, createPublicKey(own.noteKey)),
  })
}

const refusals: readonly {
  readonly what: string
  readonly ask: Parameters<typeof sites.ask>[0]
  readonly status: number
  readonly type: string
}[] = [
  { what: "without a client", ask: { headers: [] }, status: 500, type: "Server.ClientProxy.InvalidClientIdentifier" },
  {
    what: "with a client of two parts",
    ask: { headers: ["X-Road-Client", "XX/GOV"] },
    status: 500,
    type: "Server.ClientProxy.InternalError",
  },
  {
    what: "of a client that is not this site's",
    ask: { headers: ["X-Road-Client", PROVIDER] },
    status: 500,
    type: "Server.ClientProxy.UnknownMember",
  },
  {
    what: "with too few parts",
    ask: { url: "/r1/XX/GOV/ministry/population" },
    status: 500,
    type: "Server.ClientProxy.InternalError",
  },
  {
    what: "for a provider that nobody serves",
    ask: { url: "/r1/XX/GOV/nobody/at/home" },
    status: 500,
    type: "Server.ClientProxy.UnknownMember",
  },
  {
    what: "for a service that the provider does not have",
    ask: { url: `/r1/${PROVIDER}/other` },
    status: 500,
    type: "Server.ServerProxy.UnknownService",
  },
  {
    what: "with a represented party of three parts",
    ask: { headers: ["X-Road-Client", CONSUMER, "X-Road-Represented-Party", "a/b/c"] },
    status: 500,
    type: "Server.ClientProxy.InternalError",
  },
  {
    what: "with a server of three parts",
    ask: { headers: ["X-Road-Client", CONSUMER, "X-Road-Security-Server", "a/b/c"] },
    status: 500,
    type: "Server.ClientProxy.InternalError",
  },
  ...["%2e%2e/x", "..%2fx", "../x", "%2e%2e%2fx", "a/..%5cx"].map((path) => ({
    what: `whose path steps out: ${path}`,
    ask: { url: `${PATH}/${path}` },
    status: 500,
    type: "Server.ServerProxy.AccessDenied",
  })),
]

for (const { what, ask, status, type } of refusals) {
  test(`a request ${what} is ${type}`, async () => {
    sites.provide = (_request, _body, response) => response.end("provided")
    const told = await sites.ask(ask)
    assert.deepEqual([told.status, error(told).type, told.headers["x-road-error"]], [status, type, type])
    assert.match(error(told).detail, /^[0-9a-f-]{36}$/)
  })
}

test("errors come as XML to those who ask for it", async () => {
  const told = await sites.ask({ headers: ["Accept", "text/html, application/xml"] })
  assert.equal(told.headers["content-type"], "application/xml;charset=utf-8")
  assert.match(told.body.toString(), /^<error><type>Server\.ClientProxy\.InvalidClientIdentifier<\/type><message>/)
})

test("of several clients the last one counts, and percent-encoded names are read", async () => {
  sites.provide = (_request, _body, response) => response.end()
  assert.equal((await sites.ask({ headers: ["X-Road-Client", PROVIDER, "X-Road-Client", CONSUMER] })).status, 200)
  assert.equal((await sites.ask({ headers: ["X-Road-Client", CONSUMER, "X-Road-Client", PROVIDER] })).status, 500)
  assert.equal((await sites.ask({ headers: ["X-Road-Client", CONSUMER.replace("desk", "d%65sk")] })).status, 200)
})

test("a redirect is an answer like any other, and an error of the provider is no error of the road", async () => {
  sites.provide = (_request, _body, response) => response.writeHead(302, { Location: "http://127.0.0.1:1/elsewhere" }).end()
  const moved = await sites.ask()
  assert.deepEqual([moved.status, moved.headers.location], [302, "http://127.0.0.1:1/elsewhere"])
  sites.provide = (_request, _body, response) => response.writeHead(503, { "X-Road-Error": "Server.Mine" }).end("down")
  const down = await sites.ask()
  assert.deepEqual([down.status, down.headers["x-road-error"], down.body.toString()], [503, undefined, "down"])
})

test("a provider that is away is said to be away", async () => {
  sites.provide = (request) => request.socket.destroy()
  const told = await sites.ask()
  assert.deepEqual([told.status, error(told).type], [500, "Server.ServerProxy.NetworkError"])
})

test("fifty megabytes pass in both directions, and memory stays flat", async () => {
  sites.provide = (_request, body, response) => response.end(body)
  const large = Buffer.alloc(50 * 1024 * 1024, "motlan ")
  const before = process.memoryUsage().arrayBuffers
  const told = await sites.ask({ method: "POST", body: large })
  assert.equal(told.status, 200)
  assert.ok(told.body.equals(large))
  // The test itself holds the body four times: sent, provided in chunks and whole, received in chunks and whole.
  assert.ok(process.memoryUsage().arrayBuffers - before < 5 * large.length, "the line holds none of it")
})
