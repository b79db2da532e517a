// A site behind an X-Road security server: exact headers on the wire, both ways, against a plain stand-in and against two real sites of the line.
import assert from "node:assert/strict"
import { generateKeyPairSync, randomUUID, X509Certificate } from "node:crypto"
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http"
import { createServer as createTlsServer, request as httpsRequest } from "node:https"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { after, test } from "node:test"
import {
  buildMultipart,
  operationsOfWsdl,
  parseClientId,
  parseId,
  parseSoapRequest,
  parseSoapResponse,
  printId,
  renderSoapFault,
  SOAP_CONTENT_TYPE,
  type SoapMessage,
  soapAnswer,
  soapRequest,
  soapRequestHash,
} from "#engines/xroad"
import type { SiteFile } from "#federation"
import { type Behind, type BehindTls, type HandlerRequest, openBehind } from "#line"
import { answerTo, envelope, FIND_BODY, headerOf } from "../../../test/line/envelopes.ts"
import { CONSUMER, FIND_PERSON, PROVIDER, SERVICE, STRANGER } from "../../../test/line/two-sites.ts"
import { askFace, openTwoWorlds } from "../../../test/line/two-worlds.ts"
import { makeCertificate } from "../federation/certificates.ts"
import { ecSigner } from "../federation/signer.ts"
import { answerXml, readAnswer, readRequest, requestXml } from "./json-in-soap.ts"

let called: string | undefined
const sites = await openTwoWorlds({
  roads: (_, roads) => ({
    ...roads,
    offered: (service) => {
      const offered = roads.offered(service)
      return offered && called && service === SERVICE ? { ...offered, url: called } : offered
    },
  }),
})
const servers: Server[] = []
const opened: Behind[] = []
after(async () => {
  for (const behind of opened) await behind.close()
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
  await sites.close()
})

const local = (id: string) => id.split("/").slice(1).join("/")
const asked: HandlerRequest[] = []

/** The ministry's registers and the commune's desk, as if both stood behind `url`. */
function behind(url: string, tls?: BehindTls, more: Partial<NonNullable<SiteFile["road"]>> = {}): Behind {
  const road: NonNullable<SiteFile["road"]> = {
    ...{ kind: "security-server", instance: "XX", url, agencies: [{ id: "ministry", subsystem: local(PROVIDER) }] },
    allow: [SERVICE, FIND_PERSON].map((service) => ({ consumer: local(CONSUMER), service: local(service) })),
    ...more,
  }
  const file: SiteFile = {
    ...{
      instance: "MOTLAN",
      site: "ministry",
      name: "Ministry",
      role: "joined",
      line: "127.0.0.1:1",
      face: "http://127.0.0.1:1",
    },
    members: [{ class: "GOV", code: "ministry", name: "M", subsystems: [{ code: "population", name: "P" }] }],
    services: [
      { subsystem: local(PROVIDER), code: "person", name: "A person", type: "REGISTER" },
      { subsystem: local(PROVIDER), code: "findPerson", name: "A person", type: "SOAP", url: soapProvider },
      { subsystem: local(PROVIDER), code: "secret", name: "A secret", type: "REGISTER" },
    ],
    road,
  }
  const one = openBehind({
    ...{ site: sites.commune.world.site, file, road, tls, folder: join(sites.commune.world.dir, "behind") },
    handlers: {
      REGISTER: async (request) => {
        asked.push(request)
        return { status: 200, json: { heard: JSON.parse(request.body.toString() || "null") } }
      },
    },
  })
  opened.push(one)
  return one
}

async function listening(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return (server.address() as AddressInfo).port
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

const soapProvider = `http://127.0.0.1:${await listening(
  createServer(async (request, response) => {
    response.setHeader("Content-Type", "text/xml").end(answerTo(await bodyOf(request)))
  }),
)}/soap`

const request = (over: Record<string, unknown> = {}) => ({
  ...{ consumer: `MOTLAN/${local(CONSUMER)}`, service: SERVICE, path: "/requests", purpose: "birth-registration" },
  ...{ requestId: randomUUID(), json: { number: "900000000001" }, waitMaxMs: 5_000, ...over },
})

test("a request goes to the face of the security server with exactly X-Road's headers", async () => {
  const seen: { target?: string; headers?: string[]; body?: string } = {}
  const port = await listening(
    createServer(async (told, response) => {
      Object.assign(seen, { target: `${told.method} ${told.url}`, headers: told.rawHeaders, body: await bodyOf(told) })
      response.setHeader("Content-Type", "application/json").end('{"outcome":"empty"}')
    }),
  )
  const { ask, serves } = behind(`http://127.0.0.1:${port}`)
  assert.deepEqual([serves(SERVICE), serves("XX/GOV/other/sub/person")], [true, false])
  const one = request()
  assert.deepEqual(await ask(one), { kind: "answer", status: 200, json: { outcome: "empty" } })
  assert.equal(seen.target, `POST /r1/${SERVICE}/requests`)
  assert.equal(seen.body, '{"number":"900000000001"}')
  const headers = Object.fromEntries(seen.headers!.flatMap((name, i, all) => (i % 2 ? [] : [[name.toLowerCase(), all[i + 1]]])))
  delete headers.host
  delete headers.connection
  assert.deepEqual(headers, {
    ...{ "x-road-client": CONSUMER, "x-road-id": one.requestId, "content-type": "application/json" },
    ...{ "motlan-purpose": "birth-registration", "content-length": "25" },
  })
})

test("an error of X-Road is a refusal or silence, and so is a server that is away", async () => {
  let error = "Server.ServerProxy.AccessDenied"
  const port = await listening(
    createServer((_, response) =>
      response.writeHead(500, { "X-Road-Error": error, "Content-Type": "application/json" }).end("{}"),
    ),
  )
  const { ask } = behind(`http://127.0.0.1:${port}`)
  assert.deepEqual(await ask(request()), { kind: "refused", code: error })
  error = "Server.ClientProxy.NetworkError"
  assert.deepEqual(await ask(request()), { kind: "silent", code: error })
  assert.deepEqual(await behind("http://127.0.0.1:1").ask(request()), { kind: "silent", code: "ECONNREFUSED" })
})

const roadHeaders = (over: Record<string, string> = {}) =>
  Object.entries({ "x-road-client": CONSUMER, "x-road-id": "their-id", "x-road-request-id": randomUUID(), ...over }).flat()

test("the server calls a register here: its consumer is believed, allowed by name, and the request id names the exchange", async () => {
  const port = await behind("http://127.0.0.1:1").listen(0, "127.0.0.1")
  const post = (service: string, headers: string[]) =>
    askFace({ port, method: "POST", url: `/r1/${service}/requests`, headers, body: "[1]" })
  const id = randomUUID()
  const told = await post(SERVICE, roadHeaders({ "x-road-request-id": id }))
  assert.deepEqual([told.status, told.body.toString()], [200, '{"heard":[1]}'])
  assert.equal(told.headers["x-road-request-id"], id)
  const { consumer, requestId, path, service } = asked.at(-1)!
  assert.deepEqual([consumer, requestId, path, service], [CONSUMER, id, "/requests", SERVICE])
  const before = asked.length
  for (const [service, headers, error] of [
    [SERVICE, roadHeaders({ "x-road-client": STRANGER }), "Server.ServerProxy.AccessDenied"],
    [`${PROVIDER}/secret`, roadHeaders(), "Server.ServerProxy.AccessDenied"],
    [`${PROVIDER}/nothing`, roadHeaders(), "Server.ServerProxy.UnknownService"],
    ["XX/GOV/other/population/person", roadHeaders(), "Server.ServerProxy.UnknownMember"],
    [SERVICE, ["x-road-client", CONSUMER], "Server.ClientProxy.InternalError"],
  ] as const)
    assert.equal((await post(service, [...headers])).headers["x-road-error"], error)
  assert.equal(asked.length, before)
})

test("another machine than the security server's is not heard, whatever it says of itself", async () => {
  const port = await behind("http://127.0.0.1:1", undefined, { from: ["192.0.2.7"] }).listen(0, "127.0.0.1")
  const told = await askFace({ port, method: "POST", url: `/r1/${SERVICE}/requests`, headers: roadHeaders(), body: "1" })
  assert.equal(told.headers["x-road-error"], "Server.ServerProxy.SslAuthenticationFailed")
  assert.match(told.body.toString(), /only the security server of this site is heard here/)
})

test("a SOAP service is called with the envelope that came, and its answer keeps the header", async () => {
  const port = await behind("http://127.0.0.1:1").listen(0, "127.0.0.1")
  const headers = ["Content-Type", "text/xml"]
  const body = envelope(headerOf({ service: FIND_PERSON }), FIND_BODY)
  const told = await askFace({ port, method: "POST", url: "/", headers, body })
  assert.equal(told.status, 200)
  assert.match(told.body.toString(), /findPersonResponse/)
  const foreign = envelope(headerOf({ service: FIND_PERSON, client: STRANGER }), FIND_BODY)
  assert.match((await askFace({ port, method: "POST", url: "/", headers, body: foreign })).body.toString(), /AccessDenied/)
})

/** The envelope of a register's request, as a site behind another security server sends it. */
const registerCall = (over: { client?: string; id?: string } = {}) =>
  soapRequest({
    ...{ client: clientOf(over.client ?? CONSUMER), service: serviceOf(SERVICE), id: over.id ?? randomUUID() },
    bodyXml: requestXml("person", {
      path: "/requests",
      purpose: "birth-registration",
      json: '{"number":"900","name":"Trần & <Lan>"}',
    }),
  })
const must = <T>(read: { ok: true; value: T } | { ok: false }): T => (read.ok ? read.value : assert.fail("not an id"))
const clientOf = (id: string) => must(parseClientId(id))
const serviceOf = (id: string) => must(parseId("SERVICE", id))

/** What a pretend security server reads of an envelope that comes to its face. */
function readAt({ headers }: IncomingMessage, body: string): SoapMessage {
  const [contentType, soapAction] = [headers["content-type"], headers.soapaction as string]
  return must(parseSoapRequest({ method: "POST", contentType, soapAction, body: Buffer.from(body) }))
}

test("over a road that carries SOAP alone a request is an envelope of X-Road's, and the answer is believed as one to it", async () => {
  let seen: SoapMessage | undefined
  let change = (answer: ReturnType<typeof soapAnswer>) => answer
  const port = await listening(
    createServer(async (told, response) => {
      assert.equal(`${told.method} ${told.url}`, "POST /")
      seen = readAt(told, await bodyOf(told))
      const answer = change(soapAnswer(seen, answerXml("person", 200, '{"outcome":"empty"}'), soapRequestHash(seen.soapBytes)))
      response.setHeader("Content-Type", answer.contentType).end(answer.body)
    }),
  )
  const { ask } = behind(`http://127.0.0.1:${port}`, undefined, { speaks: "soap" })
  const one = request({ json: { number: "900000000001", name: "Trần & <Lan> \uffff" } })
  assert.deepEqual(await ask(one), { kind: "answer", status: 200, json: { outcome: "empty" } })
  const { client, service, id, protocolVersion } = seen!.header
  assert.deepEqual([printId(client), printId(service), id, protocolVersion], [CONSUMER, SERVICE, one.requestId, "4.0"])
  const said = readRequest(seen!)
  assert.deepEqual([said?.path, said?.purpose, JSON.parse(said!.json)], ["/requests", "birth-registration", one.json])
  const twisted: [what: string, change: typeof change, code: string][] = [
    ["an answer to another request", () => soapAnswer(seen!, answerXml("person", 200, "1"), "AAAA"), "InconsistentResponse"],
    [
      "another body",
      () => soapAnswer(seen!, '<personResponse xmlns="urn:other"/>', soapRequestHash(seen!.soapBytes)),
      "InvalidBody",
    ],
    [
      "attachments",
      () =>
        soapAnswer(seen!, answerXml("person", 200, "1"), soapRequestHash(seen!.soapBytes), {
          boundary: "cut",
          parts: [{ contentType: "image/png", contentId: "scan", bytes: Buffer.from("png") }],
        }),
      "AttachmentsNotTaken",
    ],
    ["no SOAP at all", () => ({ contentType: "text/html", body: Buffer.from("<html/>") }), "InvalidContentType"],
  ]
  for (const [what, twist, code] of twisted) {
    change = twist
    assert.deepEqual(await ask(request()), { kind: "silent", code }, what)
  }
  for (const [code, kind] of [
    ["Server.ServerProxy.AccessDenied", "refused"],
    ["Server.ServerProxy.ServiceFailed.HttpError", "silent"],
  ] as const) {
    change = () => {
      const { headers, body } = renderSoapFault({ place: "Server.ServerProxy", code: "AccessDenied", message: "no" }, undefined)
      assert.ok(headers.length > 0)
      return { contentType: "text/xml", body: Buffer.from(body.toString().replace("Server.ServerProxy.AccessDenied", code)) }
    }
    assert.deepEqual(await ask(request()), { kind, code })
  }
})

test("a register is called in an envelope: read, allowed and answered as over REST, without attachments", async () => {
  const port = await behind("http://127.0.0.1:1").listen(0, "127.0.0.1")
  const post = (body: Buffer, contentType = SOAP_CONTENT_TYPE) =>
    askFace({ port, method: "POST", url: "/", headers: ["Content-Type", contentType], body })
  const id = randomUUID()
  const sent = registerCall({ id })
  const told = await post(sent)
  const answer = must(parseSoapResponse(told.headers["content-type"], told.body)) as SoapMessage
  assert.deepEqual(
    [readAnswer(answer)?.status, JSON.parse(readAnswer(answer)!.json)],
    [200, { heard: { number: "900", name: "Trần & <Lan>" } }],
  )
  assert.deepEqual([answer.header.id, answer.header.requestHash?.value], [id, soapRequestHash(sent)])
  const { consumer, requestId, path, purpose, service } = asked.at(-1)!
  assert.deepEqual([consumer, requestId, path, purpose, service], [CONSUMER, id, "/requests", "birth-registration", SERVICE])
  const before = asked.length
  const parts = [
    { headers: ["Content-Type", "text/xml"], body: sent },
    { headers: ["Content-Type", "image/png", "Content-ID", "<scan>"], body: Buffer.from("png") },
  ]
  const withAttachment = await post(buildMultipart("cut", parts), 'multipart/related; type="text/xml"; boundary=cut')
  assert.match(withAttachment.body.toString(), /A register takes no attachments/)
  assert.match((await post(registerCall({ client: STRANGER }))).body.toString(), /AccessDenied/)
  const other = registerCall().toString().replaceAll("urn:motlan:exchange", "urn:other")
  assert.match((await post(Buffer.from(other))).body.toString(), /The body can&apos;t be read|The body can't be read/)
  assert.equal(asked.length, before)
})

test("a security server reads what a register speaks from its WSDL, and only of a register that is here", async () => {
  const port = await behind("http://127.0.0.1:1").listen(0, "127.0.0.1")
  const told = await askFace({ port, url: `/wsdl/${SERVICE}`, headers: [] })
  assert.equal(told.status, 200)
  assert.deepEqual(
    must(operationsOfWsdl(told.body.toString())).operations.map((one) => one.name),
    ["person"],
  )
  assert.equal(
    (await askFace({ port, url: `/wsdl/${FIND_PERSON}`, headers: [] })).headers["x-road-error"],
    "Server.ServerProxy.UnknownService",
  )
})

test("SOAP goes out at one site and in at another, through a security server between them", async () => {
  const there = await behind("http://127.0.0.1:1").listen(0, "127.0.0.1")
  const port = await listening(
    createServer(async (told, response) => {
      const headers = ["Content-Type", told.headers["content-type"]!, "SOAPAction", told.headers.soapaction as string]
      const answer = await askFace({ port: there, method: "POST", url: "/", headers, body: await bodyOf(told) })
      response.setHeader("Content-Type", answer.headers["content-type"]!).end(answer.body)
    }),
  )
  const one = request()
  const here = behind(`http://127.0.0.1:${port}`, undefined, { speaks: "soap" })
  assert.deepEqual(await here.ask(one), { kind: "answer", status: 200, json: { heard: { number: "900000000001" } } })
  assert.deepEqual([asked.at(-1)!.requestId, asked.at(-1)!.consumer], [one.requestId, CONSUMER])
  assert.deepEqual(await here.ask(request({ consumer: STRANGER })), { kind: "refused", code: "Server.ServerProxy.AccessDenied" })
})

async function issued(name: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const about = { kind: "auth", name, organisation: "Test", issuer: undefined, host: "localhost" } as const
  const times = { from: new Date("2020-01-01"), until: new Date("2090-01-01") }
  const made = await makeCertificate({ ...about, issuerSigner: ecSigner(privateKey), publicKey, ...times })
  return {
    certificate: new X509Certificate(made).toString(),
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  }
}

test("over TLS both sides show certificates, and nobody else's is taken", async () => {
  const [server, own, other] = [await issued("server"), await issued("site"), await issued("other")]
  const answer: RequestListener = (_, response) => response.setHeader("Content-Type", "application/json").end("{}")
  const faceOf = ({ certificate, key }: typeof own) =>
    listening(createTlsServer({ cert: certificate, key, ca: [own.certificate], requestCert: true }, answer))
  const tls = { server: server.certificate, ...own }
  const right = behind(`https://127.0.0.1:${await faceOf(server)}`, tls)
  assert.equal((await right.ask(request())).kind, "answer")
  assert.equal((await behind(`https://127.0.0.1:${await faceOf(other)}`, tls).ask(request())).kind, "silent")
  const port = await right.listen(0, "127.0.0.1")
  const call = (keys?: typeof own) =>
    new Promise<string>((resolve, reject) => {
      const shown = keys && { cert: keys.certificate, key: keys.key }
      const to = { host: "127.0.0.1", port, path: `/r1/${SERVICE}/requests`, method: "POST", agent: false, ca: [own.certificate] }
      const headers = Object.fromEntries([
        ["x-road-client", CONSUMER],
        ["x-road-id", "1"],
        ["x-road-request-id", randomUUID()],
      ])
      httpsRequest({ ...to, ...shown, headers, checkServerIdentity: () => undefined }, (told) => {
        told.resume()
        resolve(String(told.headers["x-road-error"] ?? told.statusCode))
      })
        .on("error", reject)
        .end("1")
    })
  assert.equal(await call(server), "200")
  for (const keys of [other, undefined]) assert.equal(await call(keys), "Server.ServerProxy.SslAuthenticationFailed")
})

test("two real sites carry it: out by the face of one, in by the other to the register behind it", async () => {
  const there = behind(`http://127.0.0.1:${sites.commune.clients}`)
  called = `http://127.0.0.1:${await there.listen(0, "127.0.0.1")}/r1/${SERVICE}`
  const before = asked.length
  assert.deepEqual(await there.ask(request()), { kind: "answer", status: 200, json: { heard: { number: "900000000001" } } })
  assert.equal(asked.length, before + 1)
  assert.deepEqual([asked.at(-1)!.consumer, asked.at(-1)!.purpose], [CONSUMER, "birth-registration"])
})
