// Somebody who holds the keys of a site's connection but not of its seal sits between two sites: nothing that is altered passes.
import assert from "node:assert/strict"
import { hash } from "node:crypto"
import { createServer, request as httpsRequest } from "node:https"
import type { AddressInfo } from "node:net"
import { after, test } from "node:test"
import type { TLSSocket } from "node:tls"
import { newId } from "#platform/ids"
import { answerTo, faultCode, soap } from "../../../test/line/envelopes.ts"
import { BIRTHS, CONSUMER, CONTRACT, FIND_PERSON, PROVIDER, STRANGER } from "../../../test/line/two-sites.ts"
import { type Ask, openTwoWorlds, type Told } from "../../../test/line/two-worlds.ts"
import { PROTOCOL } from "./link.ts"
import { contentDigestOf, headersDigest, requestBase, responseBase } from "./message.ts"
import { sealOf } from "./message-seal.ts"
import { type Frame, FrameReader, printFrame } from "./wire.ts"

/** A frame that a test may change. */
type Open<T> = T extends Buffer ? T : T extends object ? { -readonly [K in keyof T]: Open<T[K]> } : T
type OpenFrame = Open<Frame>
type Asked = OpenFrame["requests"][number]

/** What the one in the middle does with what passes. */
let alterRequests: (frame: OpenFrame) => void = () => undefined
let alterAnswers: (frame: OpenFrame) => void | Promise<void> = () => undefined
/** Where it is undefined an answer comes as it does in a crowd, under its seal; otherwise behind what was signed of it. */
let alterAnnounced: ((frame: OpenFrame) => void) | undefined
let times = 1
/** What the ministry said of requests that it did not take. */
let refused: string[] = []
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

const server = createServer({ cert: ministry.authCertificate, key: ministry.authKey })
server.on("upgrade", async (_request, socket: TLSSocket) => {
  const far = await linkToMinistry()
  socket.on("error", () => undefined)
  socket.on("close", () => far.destroy())
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${PROTOCOL}\r\n\r\n`)
  const [fromNear, fromFar] = [new FrameReader(), new FrameReader()]
  socket.on("data", (chunk: Buffer) => {
    for (const frame of fromNear.push(chunk)) {
      alterRequests(frame as OpenFrame)
      for (let i = 0; i < times; i++) far.write(printFrame(frame))
    }
  })
  let held: Frame | undefined
  far.on("data", async (chunk: Buffer) => {
    for (const frame of fromFar.push(chunk)) {
      refused.push(...frame.refusals.map(({ error }) => error.message))
      if (frame.announced.length > 0 && !alterAnnounced) {
        held = frame
        continue
      }
      if (frame.announced.length > 0) alterAnnounced!(frame as OpenFrame)
      const whole = frame.seal || alterAnnounced ? frame : { ...frame, seal: held?.seal }
      if (frame.answers.length > 0) await alterAnswers(whole as OpenFrame)
      socket.write(printFrame(whole))
    }
  })
})
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
middle = `127.0.0.1:${(server.address() as AddressInfo).port}`
after(async () => {
  server.closeAllConnections()
  server.close()
  await sites.close()
})

/** A link to the real site, in the consumer's name. */
function linkToMinistry(): Promise<TLSSocket> {
  const to = { host: "127.0.0.1", port: sites.ministry.peers, agent: false, rejectUnauthorized: false }
  const headers = { Connection: "Upgrade", Upgrade: PROTOCOL }
  return new Promise((resolve, reject) => {
    const out = httpsRequest({ ...to, headers, cert: commune.authCertificate, key: commune.authKey })
    out.on("upgrade", (_, socket) => resolve(socket as TLSSocket))
    out.on("error", reject)
    out.end()
  })
}

const set = (message: { head: { headers: string[] } }, name: string, value: string): void => {
  const { headers } = message.head
  const at = headers.findIndex((part, i) => i % 2 === 0 && part.toLowerCase() === name)
  if (at < 0) headers.push(name, value)
  else headers[at + 1] = value
}
const setBody = (message: { head: { length: number }; body: Buffer }, body: Buffer): void => {
  message.body = body
  message.head.length = body.length
}

let provided = 0
const REST: Ask = { method: "POST", url: `/r1/${BIRTHS.replace("births", "person")}`, body: "hello" }

/** The code of the error that the client is told; undefined when all went well. */
async function codeOf(
  ask: Ask,
  on: {
    request?: (message: Asked, frame: OpenFrame) => void
    answer?: typeof alterAnswers
    announced?: typeof alterAnnounced
    times?: number
  },
): Promise<string | undefined> {
  alterRequests = (frame) => {
    for (const message of frame.requests) on.request?.(message, frame)
  }
  alterAnswers = on.answer ?? (() => undefined)
  alterAnnounced = on.announced
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

test("what is not altered passes, whether its seal comes with it or before it", async () => {
  for (const announced of [undefined, () => undefined]) {
    assert.equal(await codeOf(REST, { announced }), undefined)
    assert.equal(await codeOf(soap(), { announced }), undefined)
  }
})

const NOT_SEALED = "Server.ServerProxy.SslAuthenticationFailed"
const requests: readonly { what: string; alter: (message: Asked, frame: OpenFrame) => void; ask?: Ask }[] = [
  { what: "the body", alter: (m) => setBody(m, Buffer.from("hallo")) },
  { what: "the method", alter: ({ head }) => (head.method = "PUT") },
  { what: "the path", alter: ({ head }) => (head.url += "/x") },
  { what: "the query", alter: ({ head }) => (head.url += "?x=1") },
  { what: "the service", alter: ({ head }) => (head.url = `/r1/${BIRTHS}/records/1`) },
  { what: "the client", alter: (m) => set(m, "x-road-client", STRANGER) },
  { what: "the id", alter: (m) => set(m, "x-road-id", "another") },
  { what: "the user", alter: (m) => set(m, "x-road-userid", "XX901") },
  { what: "a header that is nobody's", alter: (m) => set(m, "x-any", "1") },
  { what: "the contract", alter: ({ head }) => (head.contract = "another") },
  { what: "when it was made", alter: ({ head }) => head.created++ },
  { what: "its place", alter: ({ head }) => (head.place = 1) },
  { what: "the seal, taken off", alter: (_, frame) => delete (frame as { seal?: unknown }).seal },
  { what: "the size of the batch", alter: (_, frame) => frame.seal!.size++ },
  { what: "the key", alter: (_, frame) => (frame.seal!.keyId = "X") },
  { what: "that it is no SOAP message", alter: ({ head }) => (head.protocol = "soap") },
  { what: "that it is a SOAP message", alter: ({ head }) => (head.protocol = "rest"), ask: soap() },
  {
    what: "the envelope",
    alter: (m) => setBody(m, Buffer.from(m.body.toString().replace("901196000123", "901196000124"))),
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
  refused = []
  await codeOf(REST, { times: 2 })
  while (refused.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  assert.deepEqual(refused, ["the request was taken before"])
  assert.equal(provided, 1)
})

test("two requests that travel together are refused when their bodies change places", async () => {
  await codeOf(REST, {})
  provided = 0
  let swapped = 0
  alterRequests = ({ requests: [one, two] }) => {
    if (!one || !two) return
    ;[one.body, two.body] = [two.body, one.body]
    swapped++
  }
  const told: Told[] = []
  // On a slow machine they come one by one, and each travels alone.
  while (swapped === 0)
    told.push(...(await Promise.all(Array.from({ length: 60 }, (_, i) => sites.ask({ ...REST, body: `${i + 100}` })))))
  const isRefused = told.map(({ headers }) => headers["x-road-error"] === NOT_SEALED)
  assert.ok(isRefused.filter(Boolean).length >= 2 * swapped)
  assert.equal(provided, isRefused.filter((one) => !one).length)
})

const answers: readonly { what: string; alter: (frame: OpenFrame) => void; code: string }[] = [
  {
    what: "the body of an answer",
    alter: ({ answers: [m] }) => setBody(m!, Buffer.from("hallo")),
    code: "InvalidSignatureValue",
  },
  { what: "the status", alter: ({ answers: [m] }) => (m!.head.status = 201), code: "InvalidSignatureValue" },
  { what: "a header", alter: ({ answers: [m] }) => set(m!, "x-any", "1"), code: "InvalidSignatureValue" },
  {
    what: "which request is answered",
    alter: ({ answers: [m] }) => (m!.head.request = `${"C".repeat(43)}=`),
    code: "InvalidSignatureValue",
  },
  { what: "the seal, taken off", alter: (frame) => delete (frame as { seal?: unknown }).seal, code: "MissingSignature" },
  {
    what: "the signature",
    alter: ({ seal }) => (seal!.signature = `${"A".repeat(86)}==`),
    code: "InvalidSignatureValue",
  },
  { what: "the seal, to nonsense", alter: ({ seal }) => (seal!.signature = "nonsense"), code: "IOError" },
  { what: "the key", alter: ({ seal }) => (seal!.keyId = "X"), code: "CertValidation" },
  {
    what: "the headers, to those of the connection",
    alter: ({ answers: [m] }) => set(m!, "transfer-encoding", "chunked"),
    code: "InconsistentResponse",
  },
]

for (const { what, alter, code } of answers) {
  test(`an answer is refused when somebody on the way alters ${what}: ${code}`, async () => {
    assert.equal(await codeOf(REST, { answer: alter }), `Server.ClientProxy.${code}`)
  })
}

const announced: readonly { what: string; alter: (frame: OpenFrame) => void; code: string }[] = [
  { what: "its status", alter: ({ announced: [m] }) => (m!.status = 201), code: "InvalidSignatureValue" },
  { what: "its body", alter: ({ announced: [m] }) => (m!.content = `${"C".repeat(43)}=`), code: "InvalidSignatureValue" },
  { what: "its headers", alter: ({ announced: [m] }) => (m!.headers = `${"C".repeat(43)}=`), code: "InvalidSignatureValue" },
  { what: "its request", alter: ({ announced: [m] }) => (m!.request = `${"C".repeat(43)}=`), code: "InvalidSignatureValue" },
  { what: "its place", alter: ({ announced: [m] }) => (m!.place ^= 1), code: "InvalidSignatureValue" },
  { what: "its seal", alter: ({ seal }) => (seal!.signature = `${"A".repeat(86)}==`), code: "InvalidSignatureValue" },
  { what: "its key", alter: ({ seal }) => (seal!.keyId = "X"), code: "CertValidation" },
  { what: "all of it, to nothing", alter: (frame) => (frame.announced = []), code: "MissingSignature" },
]

for (const { what, alter, code } of announced) {
  test(`an answer is refused when somebody alters what was signed of it before it came: ${what}: ${code}`, async () => {
    assert.equal(await codeOf(REST, { announced: alter }), `Server.ClientProxy.${code}`)
  })
}

for (const { what, alter } of answers.filter(({ what }) => /body|status|header|request/.test(what))) {
  test(`an answer is refused that is not what was signed of it before it came: ${what}`, async () => {
    const code = await codeOf(REST, { announced: () => undefined, answer: alter })
    assert.match(code!, /^Server\.ClientProxy\.(InvalidSignatureValue|InconsistentResponse)$/)
  })
}

test("an answer is refused that the provider's site itself has sealed for another request", async () => {
  const { sealer } = sites.ministry
  const seal = async ({ answers: [one], seal: seen }: OpenFrame) => {
    const { head } = one!
    head.request = `${"C".repeat(43)}=`
    const digest = contentDigestOf(hash("sha256", one!.body, "base64"))
    const facts = { status: head.status, contentDigest: digest, headers: headersDigest(head.headers), request: head.request }
    const { text } = responseBase(facts, { created: head.created, keyId: sealer.keyId, nonce: head.id })
    const { signed, place } = sealer.seal({ kind: "sent", message: head.id, text })
    head.place = place
    Object.assign(seen!, sealOf(await signed, [place]))
  }
  assert.equal(await codeOf(REST, { answer: seal }), "Server.ClientProxy.InconsistentResponse")
})

/** Sends what the commune's site itself has sealed, with headers that say other than the envelope. */
async function lie(envelopeText: string): Promise<string> {
  const { sealer, world } = sites.commune
  const requestId = newId(world.site.clock())
  const body = Buffer.from(envelopeText)
  const headers = ["Content-Type", "text/xml", "x-road-client", CONSUMER, "x-road-id", "soap-1", "x-road-request-id", requestId]
  const about = { method: "POST", contract: CONTRACT, protocol: "soap" } as const
  const url = `/r1/${FIND_PERSON}/v1`
  const facts = {
    ...{ ...about, path: url, query: "", client: CONSUMER, id: "soap-1", requestId },
    contentDigest: contentDigestOf(hash("sha256", body, "base64")),
    headers: headersDigest(headers),
  }
  const created = Math.floor(world.site.clock().getTime() / 1_000)
  const { text } = requestBase(facts, { created, keyId: sealer.keyId, nonce: requestId })
  const { signed, place } = sealer.seal({ kind: "sent", message: requestId, text })
  const head = { ...about, id: requestId, url, headers, created, place, length: body.length }
  const seal = sealOf(await signed, [place])
  const link = await linkToMinistry()
  link.write(printFrame({ seal, requests: [{ head, body }], announced: [], answers: [], refusals: [] }))
  const reader = new FrameReader()
  for await (const chunk of link) {
    for (const { answers, refusals } of reader.push(chunk as Buffer)) {
      if (answers.length > 0) return "answered"
      if (refusals.length > 0) return refusals[0]!.error.message
    }
  }
  return "ended"
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
