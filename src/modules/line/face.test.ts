// The face for information systems: every row of X-Road's header table, metadata services, health, and what it does not put up with.
import assert from "node:assert/strict"
import { createHash, generateKeyPairSync, X509Certificate } from "node:crypto"
import { request as httpsRequest } from "node:https"
import { connect } from "node:net"
import { after, beforeEach, test } from "node:test"
import { BIRTHS, CONSUMER, PROVIDER, SERVICE, STRANGER } from "../../../test/line/two-sites.ts"
import { type Ask, askFace, openTwoWorlds, PATH, type Told } from "../../../test/line/two-worlds.ts"
import { makeCertificate } from "../federation/certificates.ts"
import { ecSigner } from "../federation/signer.ts"
import { certificateThumbprint, type Demand } from "./index.ts"

const knobs: { isFresh: boolean; demand: Demand } = { isFresh: true, demand: "any" }
const sites = await openTwoWorlds({
  roads: (_id, roads) => ({ ...roads, isFresh: () => knobs.isFresh, demandOf: () => knobs.demand }),
  limits: { perSecondMax: 500 },
})
after(() => sites.close())

/** The clocks of both sites go on together. */
const later = (seconds: number) => [sites.commune, sites.ministry].forEach(({ world }) => void world.clock.move(seconds * 1_000))

let seen: { method: string; url: string; raw: string[]; body: Buffer } | undefined
beforeEach(() => {
  Object.assign(knobs, { isFresh: true, demand: "any" })
  later(1)
  answerWith([])
})

/** The system behind the service keeps what it was asked, and answers with these headers. */
function answerWith(headers: readonly string[], body = "told", status = 200): void {
  sites.provide = (request, asked, response) => {
    seen = { method: request.method!, url: request.url!, raw: request.rawHeaders, body: asked }
    response.sendDate = false
    response.writeHead(status, headers as string[])
    response.end(body)
  }
}

const as = (...headers: string[]): Ask => ({ headers: ["X-Road-Client", CONSUMER, ...headers] })
const values = (raw: readonly string[], name: string): string[] =>
  raw.filter((_, i) => i % 2 === 1 && raw[i - 1]!.toLowerCase() === name.toLowerCase())
const arrived = (name: string): string[] => values(seen!.raw, name)
const json = ({ body }: Told): unknown => JSON.parse(body.toString())

test("every method that X-Road takes arrives as it was sent, with its body", async () => {
  for (const method of ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]) {
    const { status } = await sites.ask({ method, ...(method !== "TRACE" && { body: "hello" }) })
    assert.deepEqual([status, seen!.method, seen!.body.toString()], [200, method, method === "TRACE" ? "" : "hello"])
  }
  const { status, body } = await sites.ask({ method: "HEAD" })
  assert.deepEqual([status, seen!.method, body.length], [200, "HEAD", 0])
})

test("path and query arrive raw: nothing is decoded, doubled or tidied", async () => {
  for (const rest of ["", "/", "/a", "/a/", "//a", "/a//b", "/a%20b/%C3%B6?x=%2F&y=1", "?x", "/?x=a?b", "/a;v=1/b,c"]) {
    await sites.ask({ url: PATH + rest })
    assert.equal(seen!.url, `/base${rest}`)
  }
})

test("an id that the client gives comes back, one that it does not give is made: instance and UUID", async () => {
  const given = await sites.ask(as("X-Road-Id", "my-id"))
  assert.deepEqual([given.headers["x-road-id"], arrived("x-road-id")], ["my-id", ["my-id"]])
  const made = await sites.ask()
  assert.match(made.headers["x-road-id"] as string, /^XX-[0-9a-f-]{36}$/)
  assert.deepEqual(arrived("x-road-id"), [made.headers["x-road-id"]])
})

test("user, issue and represented party are passed on", async () => {
  for (const party of ["COM/12", "12"]) {
    const told = await sites.ask(as("X-Road-UserId", "XX900", "X-Road-Issue", "case 7", "X-Road-Represented-Party", party))
    assert.equal(told.status, 200)
    assert.deepEqual(arrived("x-road-represented-party"), [party])
  }
  assert.deepEqual([arrived("x-road-userid"), arrived("x-road-issue")], [["XX900"], ["case 7"]])
})

test("a client that names the provider's server is served by it", async () => {
  assert.equal((await sites.ask(as("X-Road-Security-Server", "XX/GOV/ministry/ministry"))).status, 200)
})

test("request id and request hash are the road's, whatever the client says", async () => {
  const told = await sites.ask(as("X-Road-Request-Id", "mine", "X-Road-Request-Hash", "mine"))
  const id = told.headers["x-road-request-id"] as string
  assert.match(id, /^[0-9a-f-]{36}$/)
  assert.deepEqual([arrived("x-road-request-id"), arrived("x-road-request-hash")], [[id], []])
  const again = await sites.ask(as("X-Road-Request-Id", "mine"))
  assert.notEqual(again.headers["x-road-request-hash"], told.headers["x-road-request-hash"])
  assert.equal(Buffer.from(told.headers["x-road-request-hash"] as string, "base64").length, 64)
})

test("the request hash is that of the protocol: head and body, each by SHA-512", async () => {
  const told = await sites.ask({
    method: "POST",
    url: `${PATH}/a?b=c`,
    headers: ["X-Road-Client", CONSUMER, "X-Road-Id", "i"],
    body: "hello",
  })
  const sha = (...parts: (string | Buffer)[]) => parts.reduce((h, part) => h.update(part), createHash("sha512")).digest()
  const head = `POST\r\n${PATH}/a?b=c\r\nX-Road-Client:${CONSUMER}\r\nX-Road-Id:i\r\nx-road-request-id:${told.headers["x-road-request-id"]}\r\n`
  assert.equal(told.headers["x-road-request-hash"], sha(sha(head), sha("hello")).toString("base64"))
})

test("content types and every other header pass in both directions, doubles too", async () => {
  const headers = [
    "Content-Type",
    "multipart/mixed; boundary=x",
    "Accept",
    "text/x-mine",
    "Authorization",
    "Basic eDp5",
    "Cookie",
    "a=b",
  ]
  const other = [
    "Cache-Control",
    "no-cache",
    "X-Road-Own",
    "1",
    "X-Mine",
    "1",
    "X-Mine",
    "2",
    "Signature",
    "mine",
    "X-Motlan-Contract",
    "mine",
  ]
  answerWith([
    "Content-Type",
    "application/x-told",
    "Set-Cookie",
    "a=b",
    "Set-Cookie",
    "c=d",
    "ETag",
    '"1"',
    "X-Road-Own",
    "2",
    "Signature",
    "told",
  ])
  const told = await sites.ask({ method: "POST", headers: ["X-Road-Client", CONSUMER, ...headers, ...other], body: "x" })
  for (let i = 0; i < headers.length; i += 2) assert.deepEqual(arrived(headers[i]!), [headers[i + 1]])
  assert.deepEqual([arrived("x-mine"), arrived("cache-control"), arrived("x-road-own")], [["1", "2"], ["no-cache"], ["1"]])
  assert.deepEqual([arrived("signature"), arrived("x-motlan-contract")], [["mine"], ["mine"]], "names that the line uses too")
  assert.equal(told.headers["content-type"], "application/x-told")
  assert.deepEqual(values(told.raw, "set-cookie"), ["a=b", "c=d"])
  assert.deepEqual([told.headers.etag, told.headers["x-road-own"], told.headers.signature], ['"1"', "2", "told"])
})

test("what belongs to one connection is not passed, in either direction", async () => {
  const names = ["Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Upgrade", "User-Agent", "Server"]
  answerWith(names.flatMap((name) => (name === "Upgrade" ? [] : [name, "theirs"])))
  const told = await sites.ask(as(...names.flatMap((name) => [name, "mine"])))
  for (const name of names) {
    assert.ok(!arrived(name).includes("mine"), name)
    assert.ok(!values(told.raw, name).includes("theirs"), name)
  }
  assert.deepEqual([arrived("host").length, arrived("host").includes("face")], [1, false])
})

test("there is exactly one Date: the provider's, or one of the road", async () => {
  const date = "Mon, 09 Mar 2026 03:00:00 GMT"
  answerWith(["Date", date])
  assert.deepEqual(values((await sites.ask()).raw, "date"), [date])
  answerWith([])
  assert.equal(values((await sites.ask()).raw, "date").length, 1)
})

test("what the road says of an exchange is the road's, in small letters, whatever the provider says", async () => {
  const own = ["x-road-id", "x-road-client", "x-road-service", "x-road-request-id", "x-road-request-hash"]
  answerWith([...own.flatMap((name) => [name, "theirs"]), "X-Road-Error", "Server.Theirs"])
  const told = await sites.ask()
  for (const name of own) {
    assert.equal(values(told.raw, name).length, 1, name)
    assert.notEqual(told.headers[name], "theirs")
    assert.ok(told.raw.includes(name), "in small letters")
  }
  assert.deepEqual([told.headers["x-road-client"], told.headers["x-road-service"]], [CONSUMER, SERVICE])
  assert.equal(told.headers["x-road-error"], undefined, "only the road's own errors have it")
})

test("a provider's status passes, whatever it is", async () => {
  for (const status of [201, 204, 301, 304, 404, 418, 500, 599]) {
    answerWith([], status === 204 || status === 304 ? "" : "told", status)
    const told = await sites.ask()
    assert.deepEqual([told.status, told.headers["x-road-error"]], [status, undefined])
  }
})

test("a percent-encoded service name is read, an umlaut too", async () => {
  const told = await sites.ask({ url: `/r1/${PROVIDER.replace("ministry", "%6Dinistry")}/pers%6Fn/x` })
  assert.deepEqual([told.status, told.headers["x-road-service"], seen!.url], [200, SERVICE, "/base/x"])
  assert.match((json(await sites.ask({ url: `/r1/${PROVIDER}/s%2Fub%C3%B6` })) as { message: string }).message, /s%2Fub/)
})

test("the clients of an instance are listed as JSON and as XML, to whoever asks at the face", async () => {
  const listed = json(await sites.ask({ url: "/listClients", headers: ["Accept", "application/json"] })) as { member: unknown[] }
  assert.deepEqual(listed.member[1], {
    id: {
      object_type: "SUBSYSTEM",
      xroad_instance: "XX",
      member_class: "GOV",
      member_code: "ministry",
      subsystem_code: "population",
    },
    name: "Ministry",
    subsystem_name: "Population register",
  })
  const xml = await sites.ask({ url: "/listClients?xRoadInstance=XX", headers: [] })
  assert.equal(xml.headers["content-type"], "text/xml; charset=UTF-8")
  assert.match(xml.body.toString(), /<xroad:clientList .*<id:subsystemCode>desk<\/id:subsystemCode>.*Reception desk/)
  const foreign = await sites.ask({ url: "/listClients?xRoadInstance=YY", headers: ["Accept", "application/json"] })
  assert.deepEqual([foreign.status, foreign.headers["x-road-error"]], [500, "Server.ClientProxy.InternalError"])
})

const listed = async (code: string, client = CONSUMER) => {
  const told = await sites.ask({ url: `/r1/${PROVIDER}/${code}`, headers: ["X-Road-Client", client] })
  assert.equal(told.headers["content-type"], "application/json")
  assert.equal(told.headers["x-road-service"], `${PROVIDER}/${code}`)
  return (json(told) as { service: Record<string, unknown>[] }).service
}

test("a provider's REST services are listed with their endpoints, over the road", async () => {
  const services = await listed("listMethods")
  assert.deepEqual(
    services.map((s) => s.service_code),
    ["person", "births", "closed", "homeless", "crooked", "secret"],
  )
  assert.deepEqual(services[1], {
    xroad_instance: "XX",
    member_class: "GOV",
    member_code: "ministry",
    subsystem_code: "population",
    service_code: "births",
    object_type: "SERVICE",
    service_type: "OPENAPI",
    endpoint_list: [
      { method: "GET", path: "/records/*" },
      { method: "POST", path: "/records" },
    ],
  })
  assert.equal((await listed("listMethods", STRANGER)).length, 6, "every registered client may ask")
})

test("allowedMethods lists what the caller may call, and no more", async () => {
  const services = await listed("allowedMethods")
  assert.deepEqual(
    services.map((s) => s.service_code),
    ["person", "births", "closed", "homeless", "crooked"],
  )
  assert.deepEqual(services[1]!.endpoint_list, [{ method: "GET", path: "/records/*" }])
  assert.deepEqual(await listed("allowedMethods", STRANGER), [])
})

test("a restricted contract opens its endpoint and nothing beside it", async () => {
  assert.equal((await sites.ask({ url: `/r1/${BIRTHS}/records/1` })).status, 200)
  for (const path of ["records", "records/1/2", "other", "records/%2e%2e/x"])
    assert.equal(
      (await sites.ask({ url: `/r1/${BIRTHS}/${path}` })).headers["x-road-error"],
      "Server.ServerProxy.AccessDenied",
      path,
    )
})

test("an OpenAPI description comes without the addresses of its systems, as its owner wrote it", async () => {
  const url = `/r1/${PROVIDER}/getOpenAPI?serviceCode=births`
  sites.provide = (request, _body, response) => {
    assert.equal(request.url, "/openapi.yaml")
    response.setHeader("Content-Type", "application/vnd.oai.openapi")
    response.end("openapi: 3.0.3\n# a remark\nservers:\n  - url: https://10.0.0.5:8443/v2\npaths: {}\n")
  }
  const yaml = await sites.ask({ url })
  assert.deepEqual([yaml.status, yaml.headers["content-type"]], [200, "application/vnd.oai.openapi"])
  assert.match(yaml.body.toString(), /^openapi: 3\.0\.3\n# a remark\nservers:\n {2}- url: \/v2\n/)
  sites.provide = (_request, _body, response) => response.end('{"openapi":"3.1.0","servers":[{"url":"http://x/y"}]}')
  const asJson = await sites.ask({ url })
  assert.deepEqual(
    [asJson.headers["content-type"], json(asJson)],
    ["application/json", { openapi: "3.1.0", servers: [{ url: "/y" }] }],
  )
})

test("the face is well, or says why not", async () => {
  const well = await sites.ask({ url: "/healthz", headers: [] })
  assert.deepEqual([well.status, well.body.length], [200, 0])
  knobs.isFresh = false
  const ill = await sites.ask({ url: "/healthz", headers: [] })
  assert.deepEqual([ill.status, ill.body.toString()], [500, "The directory of the federation has expired."])
})

test("a site without evidence says so in plain text", async () => {
  for (const url of ["/asic", "/verificationconf"]) {
    const told = await sites.ask({ url, headers: [] })
    assert.deepEqual([told.status, told.headers["content-type"]], [404, "text/plain; charset=utf-8"])
  }
})

/** Sends bytes as they are, and gives what comes back until the connection ends. */
function raw(...pieces: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(sites.commune.clients, "127.0.0.1")
    let told = ""
    socket.on("data", (chunk) => (told += chunk.toString()))
    socket.on("error", () => undefined)
    socket.on("close", () => resolve(told))
    for (const piece of pieces) socket.write(piece)
    socket.end()
  })
}

const head = (method: string, ...lines: string[]) =>
  [`${method} ${PATH} HTTP/1.1`, "Host: face", `X-Road-Client: ${CONSUMER}`, ...lines, "", ""].join("\r\n")

test("garbage, unknown methods, endless headers and halves of requests are turned away, and the face goes on", async () => {
  assert.match(await raw(Buffer.from([0, 1, 2, 3, 255, 254, 13, 10, 13, 10])), /^HTTP\/1\.1 400 /)
  assert.match(await raw(head("FROBNICATE", "Connection: close")), /^HTTP\/1\.1 400 /)
  assert.match(await raw(head("GET", `X-Long: ${"x".repeat(70 * 1024)}`)), /^HTTP\/1\.1 431 /)
  assert.match(await raw(head("POST", "Content-Length: 5", "Transfer-Encoding: chunked")), /^HTTP\/1\.1 400 /)
  seen = undefined
  const cut = /^HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\n\r\n$/
  assert.match(await raw(head("POST", "Content-Length: 100"), "half"), cut)
  assert.match(await raw(`POST / HTTP/1.1\r\nHost: face\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<a`), cut)
  assert.match(await raw(head("POST", "Transfer-Encoding: chunked"), "5\r\nhello\r\n"), cut)
  assert.equal(seen, undefined, "no half was passed on")
  assert.equal((await sites.ask()).status, 200)
})

test("too many requests from one address in a second are asked to come again", async () => {
  const told = await Promise.all(Array.from({ length: 520 }, () => sites.ask({ url: "/listClients", headers: [] })))
  assert.ok(told.filter(({ status }) => status === 200).length <= 500)
  const refused = told.find(({ status }) => status !== 200)!
  assert.match(refused.body.toString(), /Too many requests at once/)
  later(2)
  assert.equal((await sites.ask()).status, 200)
})

test("over TLS a client is known by its certificate: its own, no other's, none that has ended", async () => {
  const issued = async (days: number) => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
    const [from, until] = [new Date("2020-01-01"), new Date(sites.commune.world.site.clock().getTime() + days * 86_400_000)]
    const about = { kind: "auth", name: "desk", organisation: "Test", issuer: undefined, host: "localhost" } as const
    const made = await makeCertificate({ ...about, issuerSigner: ecSigner(privateKey), publicKey, from, until })
    return { cert: new X509Certificate(made).toString(), key: privateKey.export({ type: "pkcs8", format: "pem" }) as string }
  }
  const [face, own, other, ended] = [await issued(900), await issued(900), await issued(900), await issued(-1)]
  const port = await sites.commune.line.listenToClients(0, "127.0.0.1", { certificate: face.cert, key: face.key })
  const ask = (keys?: { cert: string; key: string }) =>
    new Promise<string>((resolve, reject) => {
      const asked = {
        ...keys,
        host: "127.0.0.1",
        port,
        path: PATH,
        headers: { "X-Road-Client": CONSUMER },
        rejectUnauthorized: false,
      }
      httpsRequest({ ...asked, agent: false }, (told) => {
        told.resume()
        resolve(String(told.headers["x-road-error"] ?? told.statusCode))
      })
        .on("error", reject)
        .end()
    })
  knobs.demand = "tls"
  assert.equal(await ask(), "200")
  knobs.demand = { certificates: new Set([own, ended].map(({ cert }) => certificateThumbprint(cert))) }
  assert.equal(await ask(own), "200")
  for (const keys of [undefined, other, ended]) assert.equal(await ask(keys), "Server.ClientProxy.SslAuthenticationFailed")
  assert.equal(
    (await askFace({ port: sites.commune.clients })).headers["x-road-error"],
    "Server.ClientProxy.SslAuthenticationFailed",
  )
})
