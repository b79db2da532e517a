// SOAP messages that arrive: what is accepted, and each refusal with the code that clients know.
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { test } from "node:test"
import fc from "fast-check"
import {
  buildMultipart,
  isSoapAction,
  parseSoapRequest,
  parseSoapResponse,
  printId,
  type SoapCall,
  soapRequestHash,
} from "./index.ts"
import { BODY, CLIENT, call, envelope, HEADER, ID, NAMESPACES, related, request, SERVICE, VERSION } from "./soap-of-tests.ts"

const codeOf = (message: SoapCall): string | undefined => {
  const read = parseSoapRequest(message)
  return read.ok ? undefined : read.code
}

test("a plain request is read with its header, wrapper and exact bytes", () => {
  const { header, wrapper, soapBytes, parts } = request(envelope())
  assert.equal(printId(header.client), "VN/GOV/900101/desk")
  assert.equal(printId(header.service), "VN/GOV/900100/population/person/v1")
  assert.deepEqual(
    [header.id, header.userId, header.issue, header.protocolVersion],
    ["411d6755", "VN901196000123", undefined, "4.0"],
  )
  assert.equal(wrapper.uri, "urn:population")
  assert.deepEqual(parts, [])
  assert.equal(soapRequestHash(soapBytes), createHash("sha512").update(envelope()).digest("base64"))
})

test("all header elements of the protocol and its extensions are read, whatever their prefixes and order", () => {
  const extensions =
    '<xro:securityServer iden:objectType="SERVER"><iden:xRoadInstance>VN</iden:xRoadInstance><iden:memberClass>GOV</iden:memberClass>' +
    "<iden:memberCode>900100</iden:memberCode><iden:serverCode>ss1</iden:serverCode></xro:securityServer>" +
    '<r:representedParty xmlns:r="http://x-road.eu/xsd/representation.xsd"><r:partyClass>COM</r:partyClass>' +
    "<r:partyCode>c1</r:partyCode></r:representedParty>" +
    '<securityToken xmlns="http://x-road.eu/xsd/security-token.xsd" tokenType="urn:jwt">abc</securityToken>' +
    "<xro:issue>HS-1</xro:issue><other xmlns='urn:other'>kept</other>"
  const { header } = request(envelope(`${VERSION.replace("4.0", " 4.x ")}${extensions}${ID}${SERVICE}${CLIENT}`))
  assert.equal(header.securityServer && printId(header.securityServer), "VN/GOV/900100/ss1")
  assert.deepEqual(header.representedParty, { partyClass: "COM", partyCode: "c1" })
  assert.deepEqual(header.securityToken, { tokenType: "urn:jwt", text: "abc" })
  assert.deepEqual([header.issue, header.userId, header.protocolVersion], ["HS-1", undefined, "4.x"])
})

test("a member without subsystem may ask, and userId may be missing", () => {
  const member = CLIENT.replace("SUBSYSTEM", "MEMBER").replace("<iden:subsystemCode>desk</iden:subsystemCode>", "")
  const { header } = request(envelope(`${member}${SERVICE}${ID}${VERSION}`))
  assert.equal(printId(header.client), "VN/GOV/900101")
})

test("each broken request has its code", () => {
  const withHeader = (header: string) => call(envelope(header))
  const withBody = (body: string) => call(envelope(HEADER, body))
  const bare = (inside: string) => call(`<soapenv:Envelope ${NAMESPACES}>${inside}</soapenv:Envelope>`)
  const rows: [string, string, SoapCall][] = [
    ["InvalidHttpMethod", "GET", call("", { method: "GET" })],
    ["InvalidHttpMethod", "PUT", call(envelope(), { method: "PUT" })],
    ["InvalidContentType", "none", call(envelope(), { contentType: undefined })],
    ["InvalidContentType", "JSON", call("{}", { contentType: "application/json" })],
    ["InvalidContentType", "SOAP 1.2", call(envelope(), { contentType: "application/soap+xml" })],
    ["InvalidContentType", "charset", call(envelope(), { contentType: "text/xml; charset=klingon" })],
    ["InvalidContentType", "no boundary", call("", { contentType: "multipart/related" })],
    ["InvalidSoapAction", "unquoted", call(envelope(), { soapAction: "urn:person" })],
    ["InvalidSoapAction", "no URI", call(envelope(), { soapAction: '"a b"' })],
    ["InvalidXml", "empty", call("")],
    ["InvalidXml", "unfinished", call(envelope().slice(0, -3))],
    ["InvalidXml", "not UTF-8", call(Buffer.from([0x3c, 0xff, 0x3e]))],
    ["InvalidXml", "unbound prefix", bare("<x:y/>")],
    ["InvalidXml", "wrong object type", withHeader(HEADER.replace('"SUBSYSTEM"', '"SERVICE"'))],
    ["InvalidXml", "no object type", withHeader(HEADER.replace(' iden:objectType="SUBSYSTEM"', ""))],
    ["InvalidXml", "a member with a subsystem", withHeader(HEADER.replace('"SUBSYSTEM"', '"MEMBER"'))],
    ["InvalidSoap", "no envelope", call("<person/>")],
    [
      "InvalidSoap",
      "SOAP 1.2 envelope",
      call(envelope().replaceAll("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope")),
    ],
    ["InvalidSoap", "two bodies", bare("<soapenv:Body/><soapenv:Body/>")],
    ["MissingBody", "no body", bare(`<soapenv:Header>${HEADER}</soapenv:Header>`)],
    ["MissingHeader", "no header", bare(`<soapenv:Body>${BODY}</soapenv:Body>`)],
    ["InvalidBody", "two elements", withBody(BODY + BODY)],
    ["InvalidBody", "no element", withBody("")],
    ["InvalidBody", "a fault", withBody("<soapenv:Fault><faultcode>a</faultcode></soapenv:Fault>")],
    ["InconsistentHeaders", "another service", withBody("<car/>")],
    ["DuplicateHeaderField", "two ids", withHeader(HEADER + ID)],
    ["DuplicateHeaderField", "two of others", withHeader(`${HEADER}<a xmlns="urn:o"/><b:a xmlns:b="urn:o"/>`)],
    ["InvalidProtocolVersion", "3.0", withHeader(HEADER.replace("4.0", "3.0"))],
    ["InvalidProtocolVersion", "40", withHeader(HEADER.replace("4.0", "40"))],
    [
      "MissingHeaderField",
      "representedParty",
      withHeader(`${HEADER}<r:representedParty xmlns:r="http://x-road.eu/xsd/representation.xsd"/>`),
    ],
    ["MissingHeaderField", "memberCode", withHeader(HEADER.replace("<iden:memberCode>900101</iden:memberCode>", ""))],
    ["MissingHeaderField", "empty id", withHeader(HEADER.replace("411d6755", " "))],
  ]
  for (const field of [CLIENT, SERVICE, ID, VERSION])
    rows.push(["MissingHeaderField", field.slice(0, 30), withHeader(HEADER.replace(field, ""))])
  for (const [code, name, message] of rows) assert.equal(codeOf(message), code, `${code}: ${name}`)
})

test("document types and entities are refused, whatever they would bring", () => {
  const rows = [
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a SYSTEM "http://attacker.example/a.dtd">',
    '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    "<!DOCTYPE a>",
  ]
  for (const doctype of rows) assert.equal(codeOf(call(envelope().replace("?>\n", `?>\n${doctype}`))), "InvalidXml", doctype)
  assert.equal(codeOf(call(envelope(HEADER, "<person>&x;</person>"))), "InvalidXml")
})

test("a byte order mark, other charsets, comments, CDATA and processing instructions are tolerated", () => {
  assert.equal(request(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(envelope())])).header.id, "411d6755")
  const latin = Buffer.from(envelope(HEADER.replace("VN901196000123", "Đ").replace("Đ", "é")), "latin1")
  assert.equal(request(latin, { contentType: "text/xml;charset=ISO-8859-1" }).header.userId, "é")
  const odd = HEADER.replace("411d6755", "<![CDATA[411d]]><!-- c -->6755").replace("VN901196000123", "&#x56;&amp;")
  const { header } = request(`\ufeff${envelope(`<!-- a --><?b c?>${odd}`)}`)
  assert.deepEqual([header.id, header.userId], ["411d6755", "V&"])
})

test("SOAPAction may be missing, empty, two quotes, or a URI in quotes", () => {
  for (const action of [undefined, "", '""', '"urn:person"', '"http://a/b#c"', '"person"'])
    assert.ok(isSoapAction(action), action)
  for (const action of ["person", '"', '"a', 'a"', '"a b"', '"a"b"', '"%zz"', '"\u00e9"'])
    assert.ok(!isSoapAction(action), action)
})

const attachment = {
  headers: ["Content-Type", "image/png", "Content-ID", "<photo>"],
  body: Buffer.from([0, 13, 10, 45, 45, 255]),
}
const soapPart = (type: string, ...more: string[]) => ({
  headers: ["Content-Type", type, "Content-ID", "<soap>", ...more],
  body: Buffer.from(envelope()),
})

test("a request with attachments is read; its hash is of the SOAP part alone", () => {
  const body = buildMultipart("=_cut", [soapPart("text/xml; charset=UTF-8", "Content-Transfer-Encoding", "8bit"), attachment])
  const read = request(body, { contentType: related() })
  assert.equal(read.parts.length, 2)
  assert.deepEqual(read.parts[1]?.body, attachment.body)
  assert.equal(soapRequestHash(read.soapBytes), soapRequestHash(Buffer.from(envelope())))
  const mtom = buildMultipart("=_cut", [soapPart('application/xop+xml; type="text/xml"'), attachment])
  assert.equal(request(mtom, { contentType: related("application/xop+xml") }).header.id, "411d6755")
})

test("attachments without a SOAP part, or with one of another kind, are refused", () => {
  const sent = (parts: Parameters<typeof buildMultipart>[1]) => call(buildMultipart("=_cut", parts), { contentType: related() })
  assert.equal(codeOf(sent([attachment])), "InvalidContentType")
  assert.equal(codeOf(sent([soapPart("text/xml", "Content-Transfer-Encoding", "base64")])), "InvalidContentType")
  assert.equal(codeOf(sent([])), "MissingSoap")
  assert.equal(codeOf(call("--=_cut\r\n\r\nunfinished", { contentType: related() })), "MimeParsingFailed")
})

test("an answer is a message or a fault", () => {
  const answer = parseSoapResponse("text/xml", Buffer.from(envelope(HEADER, "<personResponse/>")))
  assert.ok(answer.ok && "header" in answer.value)
  const wrong = parseSoapResponse("text/xml", Buffer.from(envelope(HEADER, "<carResponse/>")))
  assert.equal(wrong.ok ? "" : wrong.code, "InvalidBody")
  const xml =
    `<soapenv:Envelope ${NAMESPACES}><soapenv:Body><soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>down &amp; out` +
    "</faultstring><faultactor>a</faultactor><detail><faultDetail>d-1</faultDetail></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>"
  const fault = parseSoapResponse("text/xml", Buffer.from(xml))
  assert.deepEqual(fault.ok && fault.value, { code: "soapenv:Server", message: "down & out", actor: "a", detail: "d-1" })
})

test("depth, elements and attributes have limits", () => {
  const deep = "<a>".repeat(200) + "</a>".repeat(200)
  assert.equal(codeOf(call(envelope(HEADER, `<person>${deep}</person>`))), "InvalidXml")
  const attributes = Array.from({ length: 101 }, (_, i) => `a${i}=""`).join(" ")
  assert.equal(codeOf(call(envelope(HEADER, `<person ${attributes}/>`))), "InvalidXml")
  assert.equal(codeOf(call(envelope(HEADER.replace("411d6755", "i".repeat(256))))), "InvalidXml")
})

test("random bytes never crash the reader of SOAP, nor does a request with a few of them changed", () => {
  const contentType = fc.constantFrom("text/xml", "text/xml; charset=utf-16le", related(), "multipart/related; boundary=a")
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), contentType, (bytes, type) => {
      const read = parseSoapRequest(call(Buffer.from(bytes), { contentType: type }))
      if (!read.ok) assert.ok(read.message)
    }),
  )
  const whole = buildMultipart("=_cut", [soapPart("text/xml"), attachment])
  const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const bytes = Buffer.from(whole)
      for (const [at, byte] of changes) bytes[at] = byte
      parseSoapRequest(call(bytes, { contentType: related() }))
      parseSoapRequest(call(bytes))
      parseSoapResponse(related(), bytes)
    }),
    { numRuns: 300 },
  )
})
