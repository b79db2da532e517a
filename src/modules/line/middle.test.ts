// Somebody who holds the keys of a site's connection but not of its seal sits between two sites: nothing that is altered passes.
import assert from "node:assert/strict"
import { hash, randomUUID } from "node:crypto"
import { createServer, request as httpsRequest } from "node:https"
import type { AddressInfo } from "node:net"
import { after, test } from "node:test"
import { answerTo, faultCode, soap } from "../../../test/line/envelopes.ts"
import { BIRTHS, CONSUMER, CONTRACT, FIND_PERSON, PROVIDER, STRANGER } from "../../../test/line/two-sites.ts"
import { type Ask, openTwoWorlds } from "../../../test/line/two-worlds.ts"
import { contentDigestOf, headersDigest, requestBase, requestInput } from "./message.ts"
import { proofHeaders } from "./send.ts"

interface Message {
  method: string
  url: string
  headers: string[]
  body: Buffer
  status: number
}

/** What the one in the middle does with a request and with its answer. */
let alterRequest: (message: Message) => void = () => undefined
let alterAnswer: (message: Message) => void = () => undefined
let times = 1
let middle = ""

const sites = await openTwoWorlds({
  roads: (id, roads) => ({
    ...roads,
    servers: (subsystem) =>
      roads
        .servers(subsystem)
        .map((peer) =>
          id === "commune" && middle
            ? { ...peer, address: middle, hasAuth: (thumbprint) => peer.hasAuth(thumbprint), sealingKey: peer.sealingKey }
            : peer,
        ),
  }),
})
const [commune, ministry] = sites.federation.sites

const server = createServer({ cert: ministry.authCertificate, key: ministry.authKey }, async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const asked: Message = {
    method: request.method!,
    url: request.url!,
    headers: request.rawHeaders,
    body: Buffer.concat(chunks),
    status: 0,
  }
  alterRequest(asked)
  let told: Message | undefined
  for (let i = 0; i < times; i++) told = await forward(asked)
  alterAnswer(told!)
  response.sendDate = false
  response.writeHead(told!.status, told!.headers)
  response.end(told!.body)
})
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
middle = `127.0.0.1:${(server.address() as AddressInfo).port}`
after(async () => {
  server.closeAllConnections()
  server.close()
  await sites.close()
})

/** To the real site, over a connection in the consumer's name. */
function forward({ method, url, headers, body }: Message): Promise<Message> {
  const to = { host: "127.0.0.1", port: sites.ministry.peers, path: url, method, agent: false, rejectUnauthorized: false }
  return new Promise((resolve, reject) => {
    const out = httpsRequest(
      {
        ...to,
        headers: set(headers, "content-length", String(body.length)),
        cert: commune.authCertificate,
        key: commune.authKey,
      },
      async (told) => {
        const chunks: Buffer[] = []
        for await (const chunk of told) chunks.push(chunk as Buffer)
        resolve({ method, url, headers: told.rawHeaders, body: Buffer.concat(chunks), status: told.statusCode! })
      },
    )
    out.on("error", reject)
    out.end(body)
  })
}

function set(headers: readonly string[], name: string, value: string | undefined): string[] {
  const kept: string[] = []
  for (let i = 0; i < headers.length; i += 2) if (headers[i]!.toLowerCase() !== name) kept.push(headers[i]!, headers[i + 1]!)
  return value === undefined ? kept : [...kept, name, value]
}
const headerValue = (headers: readonly string[], name: string) =>
  headers[headers.findIndex((part, i) => i % 2 === 0 && part.toLowerCase() === name) + 1]!

let provided = 0
const REST: Ask = { method: "POST", url: `/r1/${BIRTHS.replace("births", "person")}`, body: "hello" }

/** The code of the error that the client is told; undefined when all went well. */
async function codeOf(
  ask: Ask,
  on: { request?: typeof alterRequest; answer?: typeof alterAnswer; times?: number },
): Promise<string | undefined> {
  alterRequest = on.request ?? (() => undefined)
  alterAnswer = on.answer ?? (() => undefined)
  times = on.times ?? 1
  provided = 0
  sites.provide = (_request, body, response) => {
    provided++
    const isSoap = body.toString().includes("Envelope")
    response.setHeader("Content-Type", isSoap ? "text/xml" : "text/plain").end(isSoap ? answerTo(body.toString()) : body)
  }
  const told = await sites.ask(ask)
  return ask === REST ? (told.headers["x-road-error"] as string | undefined) : faultCode(told.body)
}

test("what is not altered passes", async () => {
  assert.equal(await codeOf(REST, {}), undefined)
  assert.equal(await codeOf(soap(), {}), undefined)
})

const NOT_SEALED = "Server.ServerProxy.SslAuthenticationFailed"
const requests: readonly { what: string; alter: (message: Message) => void; ask?: Ask }[] = [
  { what: "the body", alter: (m) => (m.body = Buffer.from("hallo")) },
  { what: "the method", alter: (m) => (m.method = "PUT") },
  { what: "the path", alter: (m) => (m.url += "/x") },
  { what: "the query", alter: (m) => (m.url += "?x=1") },
  { what: "the service", alter: (m) => (m.url = `/r1/${BIRTHS}/records/1`) },
  { what: "the client", alter: (m) => (m.headers = set(m.headers, "x-road-client", STRANGER)) },
  { what: "the id", alter: (m) => (m.headers = set(m.headers, "x-road-id", "another")) },
  { what: "the user", alter: (m) => (m.headers = set(m.headers, "x-road-userid", "XX901")) },
  { what: "a header that is nobody's", alter: (m) => (m.headers = set(m.headers, "x-any", "1")) },
  { what: "the contract", alter: (m) => (m.headers = set(m.headers, "x-motlan-contract", "another")) },
  { what: "the seal, taken off", alter: (m) => (m.headers = set(m.headers, "x-motlan-proof", undefined)) },
  { what: "that it is no SOAP message", alter: (m) => (m.headers = set(m.headers, "x-motlan-protocol", "soap")) },
  { what: "that it is a SOAP message", alter: (m) => (m.headers = set(m.headers, "x-motlan-protocol", undefined)), ask: soap() },
  {
    what: "the envelope",
    alter: (m) => (m.body = Buffer.from(m.body.toString().replace("901196000123", "901196000124"))),
    ask: soap(),
  },
]

for (const { what, alter, ask = REST } of requests) {
  test(`a request is refused when somebody on the way alters ${what}`, async () => {
    assert.equal(await codeOf(ask, { request: alter }), NOT_SEALED)
    assert.equal(provided, 0, "the service was not asked")
  })
}

test("a request that is sent twice is taken once", async () => {
  assert.equal(await codeOf(REST, { times: 2 }), NOT_SEALED)
  assert.equal(provided, 1)
})

let earlier: Message | undefined
const answers: readonly { what: string; alter: (message: Message) => void; code: string }[] = [
  { what: "the body of an answer", alter: (m) => (m.body = Buffer.from("hallo")), code: "InconsistentResponse" },
  {
    what: "the body with its digest",
    alter: (m) => {
      m.body = Buffer.from("")
      m.headers = set(
        set(m.headers, "content-digest", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"),
        "content-length",
        "0",
      )
    },
    code: "InvalidSignatureValue",
  },
  { what: "the status", alter: (m) => (m.status = 201), code: "InvalidSignatureValue" },
  { what: "a header", alter: (m) => (m.headers = set(m.headers, "x-any", "1")), code: "InvalidSignatureValue" },
  {
    what: "the seal, taken off",
    alter: (m) => (m.headers = set(m.headers, "x-motlan-proof", undefined)),
    code: "MissingSignature",
  },
  {
    what: "the seal, to nonsense",
    alter: (m) => (m.headers = set(m.headers, "x-motlan-proof", "nonsense")),
    code: "MissingSignature",
  },
  {
    what: "the key",
    alter: (m) =>
      (m.headers = set(
        m.headers,
        "signature-input",
        headerValue(m.headers, "signature-input").replace(/keyid="."?/, 'keyid="X'),
      )),
    code: "CertValidation",
  },
  { what: "the whole answer, to an earlier one", alter: (m) => Object.assign(m, earlier), code: "InconsistentResponse" },
]

for (const { what, alter, code } of answers) {
  test(`an answer is refused when somebody on the way alters ${what}: ${code}`, async () => {
    await codeOf(REST, { answer: (message) => (earlier = { ...message }) })
    assert.equal(await codeOf(REST, { answer: alter }), `Server.ClientProxy.${code}`)
  })
}

/** Sends what the commune's site itself has sealed, with headers that say other than the envelope. */
async function lie(envelopeText: string): Promise<string> {
  const { sealer, world } = sites.commune
  const requestId = randomUUID()
  const body = Buffer.from(envelopeText)
  const own = ["Content-Type", "text/xml", "x-road-client", CONSUMER, "x-road-id", "soap-1", "x-road-request-id", requestId]
  const facts = {
    ...{
      method: "POST",
      path: `/r1/${FIND_PERSON}/v1`,
      query: "",
      client: CONSUMER,
      id: "soap-1",
      requestId,
      contract: CONTRACT,
    },
    contentDigest: contentDigestOf(hash("sha256", body, "base64")),
    headers: headersDigest(own),
    protocol: "soap",
  } as const
  const created = Math.floor(world.site.clock().getTime() / 1_000)
  const input = requestInput({ created, keyId: sealer.keyId, nonce: requestId }, "soap")
  const proof = await sealer.seal({ kind: "sent", message: requestId, text: requestBase(facts, input) }).signed
  const headers = [
    "Host",
    "ministry",
    ...own,
    "x-motlan-protocol",
    "soap",
    "x-motlan-contract",
    CONTRACT,
    ...proofHeaders(input, proof),
  ]
  const told = await forward({ method: "POST", url: facts.path, headers, body, status: 0 })
  return told.status === 200 ? "answered" : JSON.parse(told.body.toString()).message
}

test("a site that seals one name and writes another into the envelope is refused", async () => {
  await codeOf(soap(), {})
  provided = 0
  assert.equal(await lie(soap().body as string), "answered")
  assert.equal(provided, 1)
  for (const about of [
    { client: STRANGER },
    { id: "another" },
    { service: `${PROVIDER}/findPerson` },
    { service: `${FIND_PERSON}/v2` },
  ])
    assert.match(await lie(soap(about).body as string), /the envelope says other than/)
  assert.equal(provided, 1, "the service was not asked again")
})
