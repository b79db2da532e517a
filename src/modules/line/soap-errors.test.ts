// Every error of X-Road's table that a SOAP request can be told and configuration can provoke, over HTTP, in both spellings.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { answerTo, envelope, FIND_BODY, faultCode, headerOf, metadata, posted, soap } from "../../../test/line/envelopes.ts"
import { CLIENT, FAILED, NOBODY, openProvoking, type Row, SERVER } from "../../../test/line/provoking.ts"
import * as cast from "../../../test/line/two-sites.ts"

const { unsigned, unknownAuthority, plainService, both, close } = await openProvoking()
after(close)

const withHeader = (header: string) => posted(envelope(header, FIND_BODY))
const HEADER = headerOf({})
const answer =
  (body: (request: string) => string, status = 200, contentType = "text/xml"): NonNullable<Row["provide"]> =>
  (_request, asked, response) =>
    response.writeHead(status, { "Content-Type": contentType }).end(body(asked.toString()))

const soaps: readonly Row[] = [
  {
    what: "when the directory has expired",
    ask: soap(),
    place: CLIENT,
    code: "OutdatedGlobalConf",
    knobs: { expired: "commune" },
  },
  { what: "that is a GET", ask: { url: "/foo" }, place: "Client", code: "InvalidHttpMethod" },
  { what: "that is a PUT", ask: { ...soap(), method: "PUT" }, place: "Client", code: "InvalidHttpMethod" },
  {
    what: "in JSON",
    ask: { ...soap(), headers: ["Content-Type", "application/json"] },
    place: "Client",
    code: "InvalidContentType",
  },
  { what: "without a content type", ask: { ...soap(), headers: [] }, place: "Client", code: "InvalidContentType" },
  {
    what: "with an action that is no URI",
    ask: { ...soap(), headers: ["Content-Type", "text/xml", "SOAPAction", "find it"] },
    place: "Client",
    code: "InvalidSoapAction",
  },
  { what: "that is no XML", ask: posted("hello"), place: "Client", code: "InvalidXml" },
  { what: "that is another XML", ask: posted("<hello/>"), place: "Client", code: "InvalidSoap" },
  {
    what: "with no SOAP part",
    ask: { ...posted("--b--\r\n"), headers: ["Content-Type", "multipart/related; boundary=b"] },
    place: "Client",
    code: "MissingSoap",
  },
  {
    what: "whose parts never end",
    ask: { ...posted("--b\r\n\r\n<x/>"), headers: ["Content-Type", "multipart/related; boundary=b"] },
    place: "Client",
    code: "MimeParsingFailed",
  },
  {
    what: "without a header",
    ask: posted(envelope(HEADER, FIND_BODY).replace(/<s:Header>.*<\/s:Header>/, "")),
    place: "Client",
    code: "MissingHeader",
  },
  {
    what: "without an id",
    ask: withHeader(HEADER.replace(/<xroad:id>.*<\/xroad:id>/, "")),
    place: "Client",
    code: "MissingHeaderField",
  },
  { what: "with an id twice", ask: withHeader(`${HEADER}<xroad:id>b</xroad:id>`), place: "Client", code: "DuplicateHeaderField" },
  {
    what: "without a body",
    ask: posted(envelope(HEADER, "").replace("<s:Body></s:Body>", "")),
    place: "Client",
    code: "MissingBody",
  },
  { what: "with an empty body", ask: soap({ body: "" }), place: "Client", code: "InvalidBody" },
  { what: "whose body asks for something else", ask: soap({ body: "<x/>" }), place: "Client", code: "InconsistentHeaders" },
  { what: "of protocol version 3", ask: soap({ version: "3.1" }), place: "Client", code: "InvalidProtocolVersion" },
  { what: "of an unknown client", ask: soap({ client: cast.PROVIDER }), place: CLIENT, code: "UnknownMember" },
  {
    what: "in the clear where TLS is demanded",
    ask: soap(),
    place: CLIENT,
    code: "SslAuthenticationFailed",
    knobs: { demand: "tls" },
  },
  {
    what: "for a provider without a site",
    ask: soap({ service: "XX/GOV/nobody/at/findPerson" }),
    place: CLIENT,
    code: "UnknownMember",
  },
  {
    what: "for a site in maintenance",
    ask: soap(),
    place: CLIENT,
    code: "MaintenanceMode",
    knobs: { maintenance: "back at noon" },
  },
  { what: "when nobody listens there", ask: soap(), place: CLIENT, code: "NetworkError", knobs: { address: NOBODY } },
  { what: "when the answer has no seal", ask: soap(), place: CLIENT, code: "MissingSignature", knobs: { address: unsigned } },
  {
    what: "that is too large",
    ask: soap({ body: `<p:findPerson xmlns:p="urn:population">${"x".repeat(50_000)}</p:findPerson>` }),
    place: CLIENT,
    code: "LoggingFailed",
  },
  {
    what: "in a name that is not the site's",
    ask: soap(),
    place: SERVER,
    code: "SslAuthenticationFailed",
    knobs: { notOfPeer: true },
  },
  {
    what: "for an unknown service",
    ask: soap({ service: `${cast.PROVIDER}/other/v1`, body: "<other/>" }),
    place: SERVER,
    code: "UnknownService",
  },
  { what: "for another version", ask: soap({ service: `${cast.FIND_PERSON}/v2` }), place: SERVER, code: "UnknownService" },
  { what: "for a REST service", ask: soap({ service: cast.SERVICE, body: "<person/>" }), place: SERVER, code: "ServiceType" },
  { what: "that no contract covers", ask: soap({ client: cast.STRANGER }), place: SERVER, code: "AccessDenied" },
  {
    what: "for a disabled service",
    ask: soap(),
    place: SERVER,
    code: "ServiceDisabled",
    knobs: { offered: { disabled: "today" } },
  },
  {
    what: "for a service without address",
    ask: soap(),
    place: SERVER,
    code: "ServiceMissingUrl",
    knobs: { offered: { url: "" } },
  },
  {
    what: "for a service with a bad address",
    ask: soap(),
    place: SERVER,
    code: "ServiceMalformedUrl",
    knobs: { offered: { url: "nowhere" } },
  },
  {
    what: "for a service that is away",
    ask: soap(),
    place: FAILED,
    code: "NetworkError",
    knobs: { offered: { url: `http://${NOBODY}` } },
  },
  {
    what: "for a service on no known host",
    ask: soap(),
    place: FAILED,
    code: "UnknownHost",
    knobs: { offered: { url: "http://no-such-host.invalid/" } },
  },
  {
    what: "for a service with a certificate of nobody",
    ask: soap(),
    place: FAILED,
    code: "SslAuthenticationFailed",
    knobs: { offered: { url: `https://${unknownAuthority}/` } },
  },
  { what: "that the service answers with 404", ask: soap(), place: FAILED, code: "HttpError", provide: answer(answerTo, 404) },
  {
    what: "that the service answers with 500 and no fault",
    ask: soap(),
    place: FAILED,
    code: "HttpError",
    provide: answer(answerTo, 500),
  },
  {
    what: "answered with JSON",
    ask: soap(),
    place: FAILED,
    code: "InvalidContentType",
    provide: answer(() => "{}", 200, "application/json"),
  },
  {
    what: "answered without a content type",
    ask: soap(),
    place: FAILED,
    code: "InvalidContentType",
    knobs: { offered: { url: `http://${plainService}` } },
  },
  { what: "answered with other XML", ask: soap(), place: FAILED, code: "InvalidSoap", provide: answer(() => "<hello/>") },
  { what: "answered with no XML", ask: soap(), place: FAILED, code: "InvalidXml", provide: answer(() => "hello") },
  {
    what: "answered without a header",
    ask: soap(),
    place: FAILED,
    code: "MissingHeader",
    provide: answer((asked) => answerTo(asked).replace(/<s:Header>.*<\/s:Header>/s, "")),
  },
  {
    what: "answered without an id",
    ask: soap(),
    place: FAILED,
    code: "MissingHeaderField",
    provide: answer((asked) => answerTo(asked).replace(/<xroad:id>.*<\/xroad:id>/s, "")),
  },
  {
    what: "answered without a body",
    ask: soap(),
    place: FAILED,
    code: "MissingBody",
    provide: answer((asked) => answerTo(asked).replace(/<s:Body>.*<\/s:Body>/s, "")),
  },
  {
    what: "answered with another body",
    ask: soap(),
    place: FAILED,
    code: "InvalidBody",
    provide: answer((asked) => answerTo(asked, "<x/>")),
  },
  {
    what: "answered with another header",
    ask: soap(),
    place: FAILED,
    code: "InconsistentResponse",
    provide: answer((asked) => answerTo(asked).replace("soap-1", "soap-2")),
  },
  { what: "for the WSDL of nothing", ask: metadata("getWsdl"), place: SERVER, code: "InvalidRequest" },
  {
    what: "for the WSDL of an unknown service",
    ask: metadata("getWsdl", "<xroad:serviceCode>other</xroad:serviceCode>"),
    place: SERVER,
    code: "UnknownService",
  },
  {
    what: "for the WSDL of a REST service",
    ask: metadata("getWsdl", "<xroad:serviceCode>person</xroad:serviceCode>"),
    place: SERVER,
    code: "ServiceType",
  },
  {
    what: "for a WSDL that is none",
    ask: metadata("getWsdl", "<xroad:serviceCode>findPerson</xroad:serviceCode><xroad:serviceVersion>v1</xroad:serviceVersion>"),
    place: SERVER,
    code: "InternalError",
    provide: (_request, _body, response) => response.end("hello"),
  },
  { what: "for figures of no time", ask: metadata("getSecurityServerOperationalData"), place: SERVER, code: "InvalidRequest" },
]

for (const row of soaps) {
  test(`a SOAP request ${row.what} is ${row.place}.${row.code}`, async () => {
    const told = await both(row, ({ body }) => faultCode(body))
    assert.deepEqual(
      [told.status, told.headers["content-type"], told.headers.soapaction],
      [200, "text/xml; charset=utf-8", '""'],
      "faults come with 200",
    )
    assert.match(told.body.toString(), /<detail><faultDetail xmlns="">[0-9a-f-]{36}<\/faultDetail><\/detail>/)
  })
}
