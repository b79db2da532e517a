// SOAP answers: headers copied, hash put in, WSDL and operational data attached.
import assert from "node:assert/strict"
import { test } from "node:test"
import { gunzipSync } from "node:zlib"
import {
  answerDifferences,
  buildMultipart,
  HIDDEN_ENDPOINT,
  hideAddresses,
  listMethodsXml,
  type OperationalRecord,
  operationalAnswer,
  parseMultipart,
  parseSoapResponse,
  type Reading,
  readOperationalQuery,
  readWsdlQuery,
  SHA512_ALGORITHM,
  type SoapMessage,
  soapAnswer,
  soapRequestHash,
  withRequestHash,
  wsdlAnswer,
} from "./index.ts"
import { CLIENT, envelope, HEADER, ID, related, request, SERVICE, serviceElement, VERSION } from "./soap-of-tests.ts"

const taken = <T>(reading: Reading<T>): T => {
  assert.ok(reading.ok, reading.ok ? "" : reading.message)
  return reading.value
}
const codeOf = (reading: Reading<unknown>): string | undefined => (reading.ok ? undefined : reading.code)
const message = (contentType: string, body: Buffer): SoapMessage => {
  const read = taken(parseSoapResponse(contentType, body))
  assert.ok("header" in read)
  return read
}
const HASH = soapRequestHash(Buffer.from("the request"))

test("an answer of the node has all header elements of the request in their order, and the hash after them", () => {
  const asked = request(
    envelope(
      `<o:other xmlns:o="urn:o"><o:deep a="é">x</o:deep></o:other>${HEADER}`.replaceAll("person", "listMethods"),
      "<x:listMethods xmlns:x='urn:x'/>",
    ),
  )
  const answer = soapAnswer(asked, listMethodsXml("listMethods", [asked.header.service]), HASH)
  assert.equal(answer.contentType, "text/xml; charset=utf-8")
  const read = message(answer.contentType, answer.body)
  assert.deepEqual(answerDifferences(asked.header, read.header, HASH), [])
  assert.deepEqual(read.header.requestHash, { algorithm: SHA512_ALGORITHM, value: HASH })
  assert.equal(read.wrapper.local, "listMethodsResponse")
  assert.match(answer.body.toString(), /<o:other xmlns:o="urn:o"><o:deep a="é">x<\/o:deep><\/o:other>/)
  const order = [...answer.body.toString().matchAll(/<(?:o:other|xro:client|xro:service|xro:id|xroad:requestHash)[ >]/g)].map(
    (m) => m[0].trim(),
  )
  assert.deepEqual(order.slice(0, 4), ["<o:other", "<xro:client", "<xro:service", "<xro:id>"])
})

test("an envelope without prefix, with its names declared in odd places, is answered in kind", () => {
  const xml =
    '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Header>' +
    '<client xmlns="http://x-road.eu/xsd/xroad.xsd" xmlns:i="http://x-road.eu/xsd/identifiers" i:objectType="MEMBER">' +
    "<i:xRoadInstance>VN</i:xRoadInstance><i:memberClass>GOV</i:memberClass><i:memberCode>1</i:memberCode></client>" +
    '<service xmlns="http://x-road.eu/xsd/xroad.xsd" xmlns:i="http://x-road.eu/xsd/identifiers" i:objectType="SERVICE">' +
    "<i:xRoadInstance>VN</i:xRoadInstance><i:memberClass>GOV</i:memberClass><i:memberCode>2</i:memberCode>" +
    '<i:serviceCode>a</i:serviceCode></service><id xmlns="http://x-road.eu/xsd/xroad.xsd">1</id>' +
    '<protocolVersion xmlns="http://x-road.eu/xsd/xroad.xsd">4.0</protocolVersion></Header><Body><a/></Body></Envelope>'
  const asked = request(xml)
  const answer = soapAnswer(asked, "<aResponse xmlns=''/>", HASH)
  assert.deepEqual(answerDifferences(asked.header, message(answer.contentType, answer.body).header, HASH), [])
})

const responseXml = (header = HEADER) => envelope(header, "<personResponse>Lê Thị Lan</personResponse>")

test("the hash is put into a provider's answer and every other byte stays", () => {
  const bytes = Buffer.from(responseXml())
  const done = taken(withRequestHash(message("text/xml", bytes), bytes, HASH))
  const again = message("text/xml", done)
  assert.equal(again.header.requestHash?.value, HASH)
  assert.equal(done.toString().replace(/<xroad:requestHash.*<\/xroad:requestHash>/, ""), bytes.toString())
})

test("a hash that the provider has put in is replaced", () => {
  const forged = '<xro:requestHash algorithmId="urn:none">\n forged </xro:requestHash>'
  const bytes = Buffer.from(responseXml(`${CLIENT}${forged}${SERVICE}${ID}${VERSION}`))
  const done = taken(withRequestHash(message("text/xml", bytes), bytes, HASH))
  assert.doesNotMatch(done.toString(), /forged|urn:none/)
  assert.equal(message("text/xml", done).header.requestHash?.value, HASH)
})

test("the hash finds its place after a byte order mark, in other charsets, and in the first of many parts", () => {
  const plain = (bytes: Buffer) =>
    bytes.toString("latin1").replace(/<xroad:requestHash.*<\/xroad:requestHash>(?=\s*<\/soapenv:Header>)/, "")
  const put = (type: string, bytes: Buffer) => {
    const done = taken(withRequestHash(message(type, bytes), bytes, HASH))
    assert.equal(message(type, done).header.requestHash?.value, HASH)
    assert.ok(done.includes("</xroad:requestHash></soapenv:Header>"))
    assert.equal(plain(done), bytes.toString("latin1"))
  }
  const tight = (text: string) => responseXml(HEADER.replace("VN90", text)).replace(/\s+<\/soapenv:Header>/, "</soapenv:Header>")
  put("text/xml", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(tight("Đỗ𝟘"))]))
  put("text/xml; charset=ISO-8859-1", Buffer.from(tight("éà").replace("Lê Thị Lan", "é"), "latin1"))
  const wide = Buffer.from(responseXml(), "utf16le")
  assert.equal(codeOf(withRequestHash(message("text/xml; charset=utf-16", wide), wide, HASH)), "InvalidContentType")
  const whole = buildMultipart("=_cut", [
    { headers: ["Content-Type", "text/xml"], body: Buffer.from(responseXml()) },
    { headers: ["Content-ID", "<a>"], body: Buffer.from([1, 2, 3]) },
  ])
  const done = taken(withRequestHash(message(related(), whole), whole, HASH))
  assert.equal(message(related(), done).header.requestHash?.value, HASH)
  assert.deepEqual([...taken(parseMultipart("=_cut", done))[1]!.body], [1, 2, 3])
})

test("an answer that is not its request's copy is found out, field by field", () => {
  const asked = request(envelope()).header
  const answered = (header: string) => message("text/xml", Buffer.from(responseXml(header))).header
  assert.deepEqual(answerDifferences(asked, answered(HEADER)), [])
  assert.deepEqual(answerDifferences(asked, answered(HEADER.replace("900101", "900102"))), ["client"])
  assert.deepEqual(answerDifferences(asked, answered(HEADER.replace("900100", "900102").replace(">v1<", ">v2<"))), ["service"])
  assert.deepEqual(answerDifferences(asked, answered(HEADER.replace("411d", "512e"))), ["id"])
  assert.deepEqual(answerDifferences(asked, answered(HEADER.replace("<xro:userId>VN901196000123</xro:userId>", ""))), ["userId"])
  assert.deepEqual(answerDifferences(asked, answered(HEADER.replace("4.0", "4.1"))), ["protocolVersion"])
  assert.deepEqual(answerDifferences(asked, answered(HEADER), HASH), ["requestHash"])
})

const ask = (code: string, body: string) => request(envelope([CLIENT, serviceElement(code), ID, VERSION].join(""), body))

test("getWsdl is asked with a service code and answered with the WSDL attached", () => {
  const asked = ask(
    "getWsdl",
    "<xro:getWsdl><xro:serviceCode>person</xro:serviceCode><xro:serviceVersion>v1</xro:serviceVersion></xro:getWsdl>",
  )
  const query = taken(readWsdlQuery(asked))
  assert.deepEqual(query, { serviceCode: "person", serviceVersion: "v1" })
  assert.equal(codeOf(readWsdlQuery(ask("getWsdl", "<xro:getWsdl/>"))), "InvalidRequest")
  const answer = wsdlAnswer(asked, query, "<definitions/>", "=_wsdl")
  const read = message(answer.contentType, answer.body)
  assert.equal(read.wrapper.local, "getWsdlResponse")
  assert.equal(read.header.requestHash?.value, soapRequestHash(asked.soapBytes))
  assert.equal(read.parts[1]?.body.toString(), "<definitions/>")
  assert.ok(read.parts[1]?.headers.includes("text/xml"))
})

test("a WSDL loses the addresses of its ports and nothing else", () => {
  const wsdl = (...addresses: string[]) =>
    '<?xml version="1.0"?>\n<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" ' +
    'xmlns:s12="http://schemas.xmlsoap.org/wsdl/soap12/"><!-- address location="kept" --><w:types><address location="kept"/></w:types>' +
    `<w:service name="a"><w:port name="b">${addresses[0]}</w:port><w:port name="c">${addresses[1]}<x:address xmlns:x="urn:x" location="kept"/></w:port></w:service></w:definitions>\n`
  const text = wsdl(
    '<s:address location="http://10.0.0.5:8080/a?b=c"/>',
    "<s12:address\n  location = 'https://pets.internal/'></s12:address>",
  )
  const hidden = wsdl(
    `<s:address location="${HIDDEN_ENDPOINT}"/>`,
    `<s12:address\n  location = "${HIDDEN_ENDPOINT}"></s12:address>`,
  )
  assert.equal(taken(hideAddresses(text)), hidden)
  for (const bad of [
    "",
    "<a/>",
    '<!DOCTYPE a><w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/"/>',
    "x".repeat(6 * 1024 * 1024),
  ])
    assert.equal(codeOf(hideAddresses(bad)), "InternalError", bad.slice(0, 30))
})

const monitoring = (inside: string) =>
  ask(
    "getSecurityServerOperationalData",
    `<om:getSecurityServerOperationalData xmlns:om="http://x-road.eu/xsd/op-monitoring.xsd">${inside}</om:getSecurityServerOperationalData>`,
  )
const times = "<om:recordsFrom>1480512828</om:recordsFrom><om:recordsTo>1480512832</om:recordsTo>"

test("operational data is asked for by time, client and fields", () => {
  const client = CLIENT.replaceAll("xro:client", "om:client")
  const fields = "<om:outputSpec><om:outputField>messageId</om:outputField></om:outputSpec>"
  const query = taken(readOperationalQuery(monitoring(`<om:searchCriteria>${times}${client}</om:searchCriteria>${fields}`)))
  assert.deepEqual([query.recordsFrom, query.recordsTo, query.outputFields], [1480512828, 1480512832, ["messageId"]])
  assert.equal(query.client?.memberCode, "900101")
  for (const bad of [
    "",
    "<om:searchCriteria/>",
    `<om:searchCriteria>${times.replace("1480512828", "-1")}</om:searchCriteria>`,
    `<om:searchCriteria>${times.replace("1480512828", "1480512833")}</om:searchCriteria>`,
  ])
    assert.equal(codeOf(readOperationalQuery(monitoring(bad))), "InvalidRequest", bad)
})

test("operational data is answered with a count and the records packed beside it", () => {
  const records: OperationalRecord[] = [
    { monitoringDataTs: 1, securityServerType: "Client", requestInTs: 1_000, messageId: "m-1", succeeded: true },
    { monitoringDataTs: 2, securityServerType: "Producer", requestInTs: 2_000, restPath: "/a", succeeded: false },
  ]
  const asked = monitoring(`<om:searchCriteria>${times}</om:searchCriteria>`)
  const answer = operationalAnswer(asked, records, {
    boundary: "=_om",
    outputFields: ["messageId", "succeeded"],
    nextRecordsFrom: 3,
  })
  const read = message(answer.contentType, answer.body)
  assert.match(
    read.text,
    /<om:recordsCount>2<\/om:recordsCount><om:records>cid:operational-monitoring-data.json.gz<\/om:records><om:nextRecordsFrom>3</,
  )
  assert.ok(read.parts[1]?.headers.includes("<operational-monitoring-data.json.gz>"))
  assert.deepEqual(JSON.parse(gunzipSync(read.parts[1]!.body).toString()), {
    records: [{ messageId: "m-1", succeeded: true }, { succeeded: false }],
  })
  const all = operationalAnswer(asked, records, { boundary: "=_om", outputFields: [] })
  assert.doesNotMatch(all.body.toString(), /nextRecordsFrom/)
  assert.deepEqual(JSON.parse(gunzipSync(message(all.contentType, all.body).parts[1]!.body).toString()), { records })
})
