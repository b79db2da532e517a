// A request of the SOAP protocol as this side writes it (PR-MESS 2.2): the header that the protocol asks for, and one element as the body.
import type { ClientId, ServiceId } from "./identifiers.ts"
import { escapeXml, ID_NS, idXml, SOAP_NS, XML_DECLARATION, XROAD_NS } from "./xml-text.ts"

export interface SoapRequest {
  readonly client: ClientId
  readonly service: ServiceId
  /** Names the exchange. */
  readonly id: string
  /** The only element of the body, named as the service; it declares its own namespaces. */
  readonly bodyXml: string
}

/** The content type of what `soapRequest` gives. */
export const SOAP_CONTENT_TYPE = "text/xml; charset=utf-8"

/** The envelope in UTF-8, for a POST with SOAP_CONTENT_TYPE. */
export function soapRequest({ client, service, id, bodyXml }: SoapRequest): Buffer {
  const header =
    idXml("xroad:client", client) +
    idXml("xroad:service", service) +
    `<xroad:id>${escapeXml(id)}</xroad:id><xroad:protocolVersion>4.0</xroad:protocolVersion>`
  return Buffer.from(
    `${XML_DECLARATION}<soap:Envelope xmlns:soap="${SOAP_NS}" xmlns:xroad="${XROAD_NS}" xmlns:id="${ID_NS}">` +
      `<soap:Header>${header}</soap:Header><soap:Body>${bodyXml}</soap:Body></soap:Envelope>`,
  )
}
