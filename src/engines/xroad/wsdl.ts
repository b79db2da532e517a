// getWsdl: which service is asked for, and its WSDL without the addresses of the provider's systems (PR-META 4).
import { accept, type Reading, refuse } from "./reading.ts"
import { type SoapAnswer, soapAnswer } from "./soap-answer.ts"
import { type SoapMessage, soapRequestHash } from "./soap-message.ts"
import { escapeXml, XROAD_NS } from "./xml-text.ts"
import { childElement, childElements, NotXml, readXml, textOf, type XmlElement } from "./xml-tree.ts"

export const HIDDEN_ENDPOINT = "http://example.org/xroad-endpoint"

const ADDRESS_NAMESPACES = new Set([
  "http://schemas.xmlsoap.org/wsdl/soap/",
  "http://schemas.xmlsoap.org/wsdl/soap12/",
  "http://schemas.xmlsoap.org/wsdl/http/",
])
const WSDL_LENGTH_MAX = 5 * 1024 * 1024

export interface WsdlQuery {
  readonly serviceCode: string
  readonly serviceVersion?: string
}

/** Reads the body of a getWsdl request. Refuses with InvalidRequest when there is no service code. */
export function readWsdlQuery(request: SoapMessage): Reading<WsdlQuery> {
  const [serviceCode, serviceVersion] = ["serviceCode", "serviceVersion"].map((name) => {
    const element = childElement(request.wrapper, XROAD_NS, name)
    return element && textOf(element)
  })
  if (!serviceCode) return refuse("InvalidRequest", "Missing serviceCode in message body")
  return accept(serviceVersion ? { serviceCode, serviceVersion } : { serviceCode })
}

/** The WSDL with every address of a port replaced, all else as it was. Refuses with InternalError what is no WSDL. */
export function hideAddresses(wsdl: string): Reading<string> {
  const text = wsdl.replace(/^\ufeff/, "")
  if (text.length > WSDL_LENGTH_MAX) return refuse("InternalError", "The WSDL is too large")
  let root: XmlElement
  try {
    root = readXml(text, isOnTheWay)
  } catch (error) {
    if (!(error instanceof NotXml)) throw error
    return refuse("InternalError", `Failed reading WSDL: ${error.message}`)
  }
  if (root.local !== "definitions") return refuse("InternalError", "Failed reading WSDL: it has no definitions")
  const ports = childElements(root, root.uri, "service").flatMap((service) => childElements(service, root.uri, "port"))
  const addresses = ports
    .flatMap((port) => childElements(port))
    .filter((e) => e.local === "address" && ADDRESS_NAMESPACES.has(e.uri))
  let shown = ""
  let from = 0
  for (const { start, openEnd } of addresses) {
    const tag = text.slice(start, openEnd).replace(/(\slocation\s*=\s*)(?:"[^"]*"|'[^']*')/, `$1"${HIDDEN_ENDPOINT}"`)
    shown += text.slice(from, start) + tag
    from = openEnd
  }
  return accept(shown + text.slice(from))
}

/** Types and messages of a WSDL can be large: only what leads to the ports is kept. */
const isOnTheWay = (path: readonly string[]): boolean =>
  path.length === 1 || (path[1] === "service" && (path.length === 2 || (path[2] === "port" && path.length < 5)))

/** The answer to getWsdl: the query repeated, the WSDL attached. */
export function wsdlAnswer(request: SoapMessage, query: WsdlQuery, wsdl: string, boundary: string): SoapAnswer {
  const version =
    query.serviceVersion === undefined ? "" : `<xroad:serviceVersion>${escapeXml(query.serviceVersion)}</xroad:serviceVersion>`
  const body =
    `<xroad:getWsdlResponse xmlns:xroad="${XROAD_NS}"><xroad:serviceCode>${escapeXml(query.serviceCode)}</xroad:serviceCode>` +
    `${version}</xroad:getWsdlResponse>`
  return soapAnswer(request, body, soapRequestHash(request.soapBytes), {
    boundary,
    parts: [{ contentType: "text/xml", contentId: "wsdl", bytes: Buffer.from(wsdl) }],
  })
}
