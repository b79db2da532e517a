// SOAP messages for the tests: the commune's desk asks the population register for Lan.
import { type Accepted, parseSoapRequest, type SoapCall, type SoapMessage } from "./index.ts"

export const NAMESPACES =
  'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xro="http://x-road.eu/xsd/xroad.xsd" ' +
  'xmlns:iden="http://x-road.eu/xsd/identifiers"'

export const CLIENT =
  '<xro:client iden:objectType="SUBSYSTEM"><iden:xRoadInstance>VN</iden:xRoadInstance><iden:memberClass>GOV</iden:memberClass>' +
  "<iden:memberCode>900101</iden:memberCode><iden:subsystemCode>desk</iden:subsystemCode></xro:client>"

export const serviceElement = (code = "person") =>
  '<xro:service iden:objectType="SERVICE"><iden:xRoadInstance>VN</iden:xRoadInstance><iden:memberClass>GOV</iden:memberClass>' +
  "<iden:memberCode>900100</iden:memberCode><iden:subsystemCode>population</iden:subsystemCode>" +
  `<iden:serviceCode>${code}</iden:serviceCode><iden:serviceVersion>v1</iden:serviceVersion></xro:service>`

export const SERVICE = serviceElement()
export const ID = "<xro:id>411d6755</xro:id>"
export const VERSION = "<xro:protocolVersion>4.0</xro:protocolVersion>"
export const HEADER = [CLIENT, SERVICE, ID, "<xro:userId>VN901196000123</xro:userId>", VERSION].join("\n    ")
export const BODY = '<p:person xmlns:p="urn:population"><number>901196000123</number></p:person>'

/** An envelope; either part can be left out by giving undefined. */
export function envelope(header: string | undefined = HEADER, body: string | undefined = BODY): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope ${NAMESPACES}>\n` +
    `  <soapenv:Header>\n    ${header}\n  </soapenv:Header>\n  <soapenv:Body>${body}</soapenv:Body>\n</soapenv:Envelope>`
  )
}

export const call = (xml: string | Buffer, change: Partial<SoapCall> = {}): SoapCall => ({
  method: "POST",
  contentType: "text/xml; charset=UTF-8",
  soapAction: '""',
  body: Buffer.from(xml),
  ...change,
})

/** A request that is known to be right. */
export function request(xml: string | Buffer, change: Partial<SoapCall> = {}): SoapMessage {
  const read = parseSoapRequest(call(xml, change))
  if (!read.ok) throw new Error(`${read.code}: ${read.message}`)
  return (read satisfies Accepted<SoapMessage>).value
}

export const related = (type = "text/xml") => `multipart/related; type="${type}"; boundary="=_cut"; start="<soap>"`
