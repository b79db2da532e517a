// SOAP through both sites: exact bytes, attachments, faults, metadata, figures, and a client that knows nothing of Motlan.
import assert from "node:assert/strict"
import { createHash, createPublicKey, X509Certificate } from "node:crypto"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { gunzipSync } from "node:zlib"
import soapPackage from "soap"
import { noteKey } from "#engines/ledger"
import { buildMultipart, parseMultipart } from "#engines/xroad"
import { verifyLog } from "#evidence"
import { answerTo, envelope, FIND_BODY, headerOf, idElement, metadata, posted, soap } from "../../../test/line/envelopes.ts"
import { CONSUMER, FIND_PERSON, OWNER, PROVIDER, STRANGER } from "../../../test/line/two-sites.ts"
import { askFace, openTwoWorlds, type Told } from "../../../test/line/two-worlds.ts"

let serviceUrl: string | undefined
const sites = await openTwoWorlds({
  roads: (id, roads) => ({
    ...roads,
    offered: (service) => {
      const offered = roads.offered(service)
      return offered && service === FIND_PERSON && serviceUrl ? { ...offered, url: serviceUrl } : offered
    },
    // The ministry's own site asks itself for its figures.
    hosts: (client) => roads.hosts(client) || (id === "ministry" && client === OWNER),
  }),
})
let server: Server | undefined
const folder = mkdtempSync(join(tmpdir(), "motlan-soap-"))
after(async () => {
  server?.closeAllConnections()
  server?.close()
  rmSync(folder, { recursive: true })
  await sites.close()
})

const sha512 = (bytes: string | Buffer) => createHash("sha512").update(bytes).digest("base64")
const hashIn = (xml: string) =>
  /<xroad:requestHash [^>]*algorithmId="http:\/\/www\.w3\.org\/2001\/04\/xmlenc#sha512">([^<]+)</.exec(xml)?.[1]

test("a message arrives byte by byte, with its action, and its answer comes back with the hash of those bytes", async () => {
  const seen: { url?: string; method?: string; headers?: Record<string, unknown>; body?: string } = {}
  sites.provide = (request, body, response) => {
    Object.assign(seen, { url: request.url, method: request.method, headers: request.headers, body: body.toString() })
    response.setHeader("Content-Type", "text/xml;charset=UTF-8").setHeader("X-Own", "1").end(answerTo(body.toString()))
  }
  const asked = `\ufeff${envelope(headerOf({ id: "số 1" }), `${FIND_BODY}<!-- as it is -->`)}\n`
  const told = await sites.ask({
    ...posted(asked),
    headers: ["content-type", "text/xml", "SOAPAction", '"urn:find"', "X-Mine", "1"],
  })
  assert.equal(told.status, 200, told.body.toString())
  assert.deepEqual([seen.method, seen.url, seen.body], ["POST", "/soap?x=1", asked])
  const { headers } = seen
  assert.deepEqual([headers!["content-type"], headers!.soapaction, headers!["x-mine"]], ["text/xml", '"urn:find"', undefined])
  const xml = told.body.toString()
  assert.equal(hashIn(xml), sha512(asked))
  assert.equal(xml.replace(/<xroad:requestHash.*<\/xroad:requestHash>/, ""), answerTo(asked), "every other byte as it came")
  assert.deepEqual([told.headers["content-type"], told.headers["x-own"]], ["text/xml;charset=UTF-8", undefined])
})

test("attachments pass in both directions, byte by byte", async () => {
  const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => i % 251))
  const parts = (xml: string) =>
    buildMultipart("cut", [
      { headers: ["Content-Type", "text/xml; charset=UTF-8"], body: Buffer.from(xml) },
      { headers: ["Content-Type", "image/x-any", "Content-ID", "<a>"], body: bytes },
    ])
  const type = 'multipart/related; type="text/xml"; boundary=cut'
  let arrived: Buffer | undefined
  sites.provide = (request, body, response) => {
    assert.equal(request.headers["content-type"], type)
    arrived = body
    response.setHeader("Content-Type", type).end(parts(answerTo(envelope(headerOf({}), FIND_BODY))))
  }
  const asked = envelope(headerOf({}), FIND_BODY)
  const told = await sites.ask({ method: "POST", url: "/", headers: ["Content-Type", type], body: parts(asked) })
  assert.ok(arrived!.equals(parts(asked)))
  const cut = parseMultipart("cut", told.body)
  assert.ok(cut.ok, told.body.toString("latin1").slice(0, 500))
  assert.equal(hashIn(cut.value[0]!.body.toString()), sha512(asked), "the hash is that of the SOAP part")
  assert.ok(cut.value[1]!.body.equals(bytes))
})

test("a fault of the service itself is its answer, with status 200", async () => {
  const fault = "<s:Fault><faultcode>s:Server.Mine</faultcode><faultstring>no such person</faultstring></s:Fault>"
  for (const status of [200, 500]) {
    sites.provide = (_request, _body, response) =>
      response.writeHead(status, { "Content-Type": "text/xml" }).end(envelope("", fault).replace("<s:Header></s:Header>", ""))
    const told = await sites.ask(soap())
    assert.equal(told.status, 200)
    assert.match(told.body.toString(), /<faultcode>s:Server\.Mine<\/faultcode>/)
  }
})

test("a SOAP message leaves its records at both sites like any other", async () => {
  sites.provide = (_request, body, response) => response.setHeader("Content-Type", "text/xml").end(answerTo(body.toString()))
  const before = await records()
  assert.equal((await sites.ask(soap())).status, 200)
  await sites.ask(metadata("listMethods"))
  assert.deepEqual(
    await records(),
    before.map((count) => count + 4),
  )
})

/** How many records both logs hold; they verify. */
function records(): Promise<number[]> {
  return Promise.all(
    [sites.commune, sites.ministry].map(async ({ world }, i) => {
      const own = sites.federation.sites[i]!
      const key = new X509Certificate(own.sealCertificate).publicKey
      const about = { db: world.db, site: world.site, book: own.id, keyOf: () => key }
      const { broken, records: count } = await verifyLog({
        ...about,
        noteKey: noteKey(`${own.id}.test/log`, createPublicKey(own.noteKey)),
      })
      assert.deepEqual(broken, [])
      return count
    }),
  )
}

const listed = (told: Told) =>
  [...told.body.toString().matchAll(/<id:serviceCode>(\w+)<\/id:serviceCode>(?:<id:serviceVersion>(\w+))?/g)].map((m) => [
    m[1],
    m[2],
  ])

test("listMethods lists the SOAP services with their versions, allowedMethods those that the caller may call", async () => {
  const of = async (code: string, client = CONSUMER) => {
    const told = await sites.ask(metadata(code, "", { client }))
    assert.match(told.body.toString(), new RegExp(`<xroad:${code}Response `))
    return listed(told).filter(([service]) => service !== code)
  }
  assert.deepEqual(await of("listMethods"), [["findPerson", "v1"]])
  assert.deepEqual(await of("listMethods", STRANGER), [["findPerson", "v1"]])
  assert.deepEqual(await of("allowedMethods"), [["findPerson", "v1"]])
  assert.deepEqual(await of("allowedMethods", STRANGER), [])
})

const HEADER_PARTS = ["client", "service", "id", "userId", "protocolVersion"]
const WSDL = (address: string) => `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions targetNamespace="urn:population" xmlns:tns="urn:population" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
  xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xroad="http://x-road.eu/xsd/xroad.xsd">
  <wsdl:types>
    <xsd:schema targetNamespace="urn:population" elementFormDefault="qualified">
      <xsd:element name="findPerson"><xsd:complexType><xsd:sequence><xsd:element name="number" type="xsd:string"/></xsd:sequence></xsd:complexType></xsd:element>
      <xsd:element name="findPersonResponse"><xsd:complexType><xsd:sequence><xsd:element name="name" type="xsd:string"/></xsd:sequence></xsd:complexType></xsd:element>
    </xsd:schema>
    <xsd:schema targetNamespace="http://x-road.eu/xsd/xroad.xsd">
      ${HEADER_PARTS.map((name) => `<xsd:element name="${name}" type="xsd:string"/>`).join("")}
    </xsd:schema>
  </wsdl:types>
  <wsdl:message name="findPerson"><wsdl:part name="parameters" element="tns:findPerson"/></wsdl:message>
  <wsdl:message name="findPersonResponse"><wsdl:part name="parameters" element="tns:findPersonResponse"/></wsdl:message>
  <wsdl:portType name="population"><wsdl:operation name="findPerson"><wsdl:input message="tns:findPerson"/><wsdl:output message="tns:findPersonResponse"/></wsdl:operation></wsdl:portType>
  <wsdl:binding name="population" type="tns:population">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="findPerson"><soap:operation soapAction="urn:population#findPerson"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="population"><wsdl:port name="population" binding="tns:population"><soap:address location="${address}"/></wsdl:port></wsdl:service>
</wsdl:definitions>`

const ASKED_WSDL = "<xroad:serviceCode>findPerson</xroad:serviceCode><xroad:serviceVersion>v1</xroad:serviceVersion>"

/** The WSDL of the service as a client gets it through both sites. */
async function getWsdl(): Promise<string> {
  sites.provide = (request, _body, response) => {
    assert.equal(request.url, "/find-person.wsdl")
    response.end(WSDL("http://10.0.0.5/population"))
  }
  const told = await sites.ask(metadata("getWsdl", ASKED_WSDL))
  const boundary = /boundary=(\S+)/.exec(told.headers["content-type"]!)?.[1]
  const cut = parseMultipart(boundary, told.body)
  assert.ok(cut.ok && cut.value.length === 2, told.body.toString())
  return cut.value[1]!.body.toString()
}

test("getWsdl gives the WSDL as an attachment, without the address of the service", async () => {
  assert.equal(await getWsdl(), WSDL("http://example.org/xroad-endpoint"))
})

test("the npm package `soap`, unmodified, calls a service of the same package through both sites, by its WSDL", async () => {
  server = createServer()
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let asked = ""
  const service = {
    population: {
      population: { findPerson: ({ number }: { number: string }) => ({ name: number.endsWith("123") ? "Lan" : "nobody" }) },
    },
  }
  const provider = soapPackage.listen(server, { path: "/population", services: service, xml: WSDL(`${address}/population`) })
  provider.log = (type, data) => {
    if (type === "received") asked = String(data)
  }
  // What X-Road asks of every service: the header comes back as it came.
  provider.addSoapHeader(() => /<soap:Header[^>]*>(.*)<\/soap:Header>/s.exec(asked)![1]!)
  const file = join(folder, "find-person.wsdl")
  writeFileSync(file, await getWsdl())
  serviceUrl = `${address}/population`
  const client = await soapPackage.createClientAsync(file, { endpoint: `http://127.0.0.1:${sites.commune.clients}/` })
  const names = 'xmlns:xroad="http://x-road.eu/xsd/xroad.xsd" xmlns:id="http://x-road.eu/xsd/identifiers"'
  const withNames = (element: string) => element.replace(/^<xroad:\w+/, (tag) => `${tag} ${names}`)
  for (const element of [
    idElement("client", "SUBSYSTEM", CONSUMER),
    idElement("service", "SERVICE", `${FIND_PERSON}/v1`),
    "<xroad:id>from-npm</xroad:id>",
    "<xroad:protocolVersion>4.0</xroad:protocolVersion>",
  ])
    client.addSoapHeader(withNames(element))
  const call = client.findPersonAsync as (input: { number: string }) => Promise<[{ name: string }, string]>
  const [found, answer] = await call({ number: "901196000123" })
  assert.deepEqual(found, { name: "Lan" })
  assert.equal(hashIn(answer), sha512(client.lastRequest!))
  serviceUrl = "http://127.0.0.1:1/"
  await assert.rejects(call({ number: "1" }), /Server\.ServerProxy\.ServiceFailed\.NetworkError/)
  serviceUrl = undefined
})

const criteria = (from: number, to: number, more = "") =>
  `<om:searchCriteria><om:recordsFrom>${from}</om:recordsFrom><om:recordsTo>${to}</om:recordsTo></om:searchCriteria>${more}`

/** The figures that a client is shown. */
async function figures(about: { client?: string; clientType?: "MEMBER"; service?: string; port?: number }, more = "") {
  const code = "getSecurityServerOperationalData"
  const body = `<om:${code} xmlns:om="http://x-road.eu/xsd/op-monitoring.xsd">${criteria(0, 9_999_999_999, more)}</om:${code}>`
  const asked = soap({ service: `${PROVIDER}/${code}`, body, ...about })
  const told = await askFace({ ...asked, port: about.port ?? sites.commune.clients })
  const cut = parseMultipart(/boundary=(\S+)/.exec(told.headers["content-type"] ?? "")?.[1], told.body)
  assert.ok(cut.ok, told.body.toString())
  return (JSON.parse(gunzipSync(cut.value[1]!.body).toString()) as { records: Record<string, unknown>[] }).records
}

test("figures of the last exchanges: a client sees its own, the owner of the site all, a stranger none", async () => {
  sites.provide = (_request, body, response) => response.setHeader("Content-Type", "text/xml").end(answerTo(body.toString()))
  await sites.ask({
    headers: ["X-Road-Client", CONSUMER, "X-Road-Id", "rest-1", "X-Road-UserId", "XX900", "X-Road-Represented-Party", "COM/12"],
  })
  await sites.ask(soap({ id: "soap-7" }))
  await sites.ask(soap({ id: "soap-8", client: STRANGER }))
  const own = await figures({})
  const rest = own.find(({ messageId }) => messageId === "rest-1")!
  assert.deepEqual(
    [rest.securityServerType, rest.clientSubsystemCode, rest.serviceCode, rest.restMethod, rest.restPath, rest.serviceType],
    ["Producer", "desk", "person", "GET", "", "REST"],
  )
  assert.deepEqual(
    [rest.succeeded, rest.statusCode, rest.messageUserId, rest.representedPartyClass, rest.representedPartyCode],
    [true, 200, "XX900", "COM", "12"],
  )
  assert.match(rest.xRequestId as string, /^[0-9a-f-]{36}$/)
  const message = own.find(({ messageId }) => messageId === "soap-7")!
  assert.deepEqual([message.serviceCode, message.serviceVersion, message.serviceType], ["findPerson", "v1", "WSDL"])
  assert.equal(
    own.find(({ messageId }) => messageId === "soap-8"),
    undefined,
    "not its own",
  )
  const strangers = await figures({ client: STRANGER })
  assert.ok(strangers.length > 0 && strangers.every(({ clientSubsystemCode }) => clientSubsystemCode === "archive"))
  assert.deepEqual(
    strangers.map(({ succeeded, faultCode }) => [succeeded, faultCode]).find(([, code]) => code),
    [false, "Server.ServerProxy.AccessDenied"],
  )
  const all = await figures({
    client: OWNER,
    clientType: "MEMBER",
    service: `${OWNER}/getSecurityServerOperationalData`,
    port: sites.ministry.clients,
  })
  assert.ok(all.some(({ messageId }) => messageId === "soap-8") && all.some(({ messageId }) => messageId === "soap-7"))
  const some = await figures({}, "<om:outputSpec><om:outputField>messageId</om:outputField></om:outputSpec>")
  assert.ok(some.every((record) => Object.keys(record).every((name) => name === "messageId")))
})

/** A monitoring service of the ministry, asked by the owner of its site or by the commune. */
async function monitored(code: string, ns: string, by: "owner" | "commune", inside = ""): Promise<string> {
  const body = `<x:${code} xmlns:x="http://x-road.eu/xsd/${ns}">${inside}</x:${code}>`
  const owner = { client: OWNER, clientType: "MEMBER", service: `${OWNER}/${code}` } as const
  const asked = soap({ ...(by === "owner" ? owner : { service: `${PROVIDER}/${code}` }), body })
  const port = by === "owner" ? sites.ministry.clients : sites.commune.clients
  return (await askFace({ ...asked, port })).body.toString()
}
const valueIn = (text: string, name: string) => new RegExp(`<[a-z]+:${name}>([^<]*)<`).exec(text)?.[1]

test("health of the services: counts, times and sizes of the last ten minutes, for their provider's site alone", async () => {
  sites.provide = (_request, body, response) => response.end(body)
  await sites.ask({ method: "POST", body: "four" })
  const code = "getSecurityServerHealthData"
  const told = await monitored(code, "op-monitoring.xsd", "owner")
  assert.match(told, /<om:getSecurityServerHealthDataResponse/)
  assert.equal(valueIn(told, "statisticsPeriodSeconds"), "600")
  const events = told.split("<om:serviceEvents>").find((one) => one.includes("<id:serviceCode>person</id:serviceCode>"))!
  assert.ok(Number(valueIn(events, "successfulRequestCount")) > 0)
  assert.ok(Number(valueIn(events, "lastSuccessfulRequestTimestamp")) > 0)
  for (const name of ["requestMinDuration", "requestDurationStdDev", "requestMaxSize", "responseAverageSize"])
    assert.ok(Number(valueIn(events, name)) >= 0, name)
  assert.doesNotMatch(await monitored(code, "op-monitoring.xsd", "commune"), /<om:serviceEvents>/)
  const other = `<x:filterCriteria><x:client xmlns:id="http://x-road.eu/xsd/identifiers" id:objectType="MEMBER"><id:xRoadInstance>XX</id:xRoadInstance><id:memberClass>GOV</id:memberClass><id:memberCode>none</id:memberCode></x:client></x:filterCriteria>`
  assert.doesNotMatch(await monitored(code, "op-monitoring.xsd", "owner", other), /<om:serviceEvents>/)
})

test("metrics of the site: for its owner, whole or as asked", async () => {
  const code = "getSecurityServerMetrics"
  const told = await monitored(code, "monitoring", "owner")
  assert.match(told, new RegExp(`<m:metricSet><m:name>SERVER:${OWNER}`))
  assert.match(told, /<m:numericMetric><m:name>TotalPhysicalMemory<\/m:name><m:value>\d+</)
  const some = await monitored(
    code,
    "monitoring",
    "owner",
    "<x:outputSpec><x:outputField>proxyVersion</x:outputField></x:outputSpec>",
  )
  assert.match(some, /<m:stringMetric><m:name>proxyVersion</)
  assert.doesNotMatch(some, /TotalPhysicalMemory/)
  assert.match(await monitored(code, "monitoring", "commune"), /Server\.ServerProxy\.AccessDenied/)
})
