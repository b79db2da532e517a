// SOAP messages of the two sites: the commune's desk asks the ministry's population register.
import { idParts, parseId, type XRoadId } from "#engines/xroad"
import { CONSUMER, FIND_PERSON, PROVIDER } from "./two-sites.ts"
import type { Ask } from "./two-worlds.ts"

const SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
const ID = "http://x-road.eu/xsd/identifiers"
const ELEMENTS = {
  MEMBER: ["xRoadInstance", "memberClass", "memberCode"],
  SUBSYSTEM: ["xRoadInstance", "memberClass", "memberCode", "subsystemCode"],
  SERVER: ["xRoadInstance", "memberClass", "memberCode", "serverCode"],
  SERVICE: ["xRoadInstance", "memberClass", "memberCode", "subsystemCode", "serviceCode", "serviceVersion"],
} as const

/** An identifier as an element of the header. */
export function idElement(name: string, type: keyof typeof ELEMENTS, text: string): string {
  const read = parseId(type, text)
  if (!read.ok) throw new Error(read.message)
  const id: XRoadId = read.value
  const parts = idParts(id)
  // A service of four parts is a member's own: it has no subsystem.
  const elements = ELEMENTS[type].filter((element) => !(type === "SERVICE" && parts.length === 4 && element === "subsystemCode"))
  const inside = parts.map((part, i) => `<id:${elements[i]}>${part}</id:${elements[i]}>`)
  return `<xroad:${name} id:objectType="${type}">${inside.join("")}</xroad:${name}>`
}

export interface Envelope {
  readonly client?: string
  readonly clientType?: "MEMBER" | "SUBSYSTEM"
  readonly service?: string
  /** Other elements of the header. */
  readonly more?: string
  readonly body?: string
  readonly id?: string
  readonly version?: string
}

/** The header of a request. */
export function headerOf({
  client = CONSUMER,
  clientType = "SUBSYSTEM",
  service,
  more = "",
  id = "soap-1",
  version = "4.0",
}: Envelope) {
  return (
    idElement("client", clientType, client) +
    idElement("service", "SERVICE", service ?? `${FIND_PERSON}/v1`) +
    `<xroad:id>${id}</xroad:id><xroad:userId>XX900</xroad:userId><xroad:protocolVersion>${version}</xroad:protocolVersion>${more}`
  )
}

export const FIND_BODY = '<p:findPerson xmlns:p="urn:population"><number>901196000123</number></p:findPerson>'

export const envelope = (header: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<s:Envelope xmlns:s="${SOAP}" xmlns:xroad="http://x-road.eu/xsd/xroad.xsd" xmlns:id="${ID}">` +
  `<s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`

/** A request as it is posted to a face. */
export const posted = (envelopeText: string, headers: readonly string[] = []): Ask => ({
  method: "POST",
  url: "/",
  headers: ["Content-Type", "text/xml; charset=UTF-8", "SOAPAction", '""', ...headers],
  body: envelopeText,
})

export const soap = (about: Envelope = {}): Ask => posted(envelope(headerOf(about), about.body ?? FIND_BODY))

/** A request for one of a provider's metadata services. */
export const metadata = (code: string, inside = "", about: Envelope = {}): Ask =>
  soap({ service: `${PROVIDER}/${code}`, body: `<xroad:${code}>${inside}</xroad:${code}>`, ...about })

/** The answer that a service gives to a request: the same header, and what it found. */
export const answerTo = (
  request: string,
  body = '<p:findPersonResponse xmlns:p="urn:population"><name>Lan</name></p:findPersonResponse>',
) => request.replace(/<s:Body>.*<\/s:Body>/s, `<s:Body>${body}</s:Body>`)

/** The code of a fault. */
export const faultCode = (xml: string | Buffer): string | undefined => /<faultcode>([^<]*)</.exec(xml.toString())?.[1]
