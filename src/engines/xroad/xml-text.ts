// XML that is written as text: names of the protocol, escaping, and identifiers as elements.
import type { IdType, XRoadId } from "./identifiers.ts"

export const SOAP_NS = "http://schemas.xmlsoap.org/soap/envelope/"
export const XROAD_NS = "http://x-road.eu/xsd/xroad.xsd"
export const ID_NS = "http://x-road.eu/xsd/identifiers"
export const REPRESENTATION_NS = "http://x-road.eu/xsd/representation.xsd"
export const TOKEN_NS = "http://x-road.eu/xsd/security-token.xsd"
export const MONITORING_NS = "http://x-road.eu/xsd/op-monitoring.xsd"
export const ENVIRONMENT_NS = "http://x-road.eu/xsd/monitoring"

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" }

/** Text for an element or an attribute; characters that XML 1.0 can't hold become U+FFFD. */
export function escapeXml(text: string): string {
  return (
    text
      .replace(/\p{Surrogate}/gu, "\ufffd")
      .replace(/[&<>"']/g, (character) => ENTITIES[character]!)
      .replace(/\r/g, "&#13;")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no other control characters than tab, line feed and return
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
  )
}

/** Parts of identifiers as elements, in the order of the schema (PR-MESS annex A). */
export const idElements = [
  ["xRoadInstance", "instance"],
  ["memberClass", "memberClass"],
  ["memberCode", "memberCode"],
  ["subsystemCode", "subsystem"],
  ["groupCode", "group"],
  ["serviceCode", "service"],
  ["serviceVersion", "version"],
  ["serverCode", "server"],
] as const

export const objectTypes: readonly IdType[] = ["MEMBER", "SUBSYSTEM", "SERVER", "GLOBALGROUP", "LOCALGROUP", "SERVICE"]

/** An identifier as the element `name`; the prefix `id` must be bound to the identifiers' namespace. */
export function idXml(name: string, id: XRoadId): string {
  const values: Record<string, string | undefined> = { ...id }
  const parts = idElements
    .filter(([, field]) => values[field] !== undefined)
    .map(([element, field]) => `<id:${element}>${escapeXml(values[field]!)}</id:${element}>`)
  return `<${name} id:objectType="${id.type}">${parts.join("")}</${name}>`
}
