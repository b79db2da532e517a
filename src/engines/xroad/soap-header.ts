// Header elements of the SOAP protocol 4.0 (PR-MESS 2.2 and its three extensions), read from the envelope's header.

import { MESSAGE_ID_LENGTH_MAX, type RepresentedParty } from "./headers.ts"
import { type ClientId, ID_PART_LENGTH_MAX, type ServerId, type ServiceId, suspicions, type XRoadId } from "./identifiers.ts"
import { accept, type Reading, type Refused, refuse, type Warning } from "./reading.ts"
import { ID_NS, idElements, objectTypes, REPRESENTATION_NS, TOKEN_NS, XROAD_NS } from "./xml-text.ts"
import { childElement, childElements, textOf, type XmlElement } from "./xml-tree.ts"

export interface SoapHeader {
  readonly client: ClientId
  readonly service: ServiceId
  readonly id: string
  readonly userId?: string
  readonly issue?: string
  readonly protocolVersion: string
  readonly securityServer?: ServerId
  readonly representedParty?: RepresentedParty
  readonly securityToken?: { readonly tokenType?: string; readonly text: string }
  /** Only answers have it. */
  readonly requestHash?: { readonly algorithm: string; readonly value: string }
}

const NOTE_LENGTH_MAX = 1_024
const TOKEN_LENGTH_MAX = 65_536
type Fields = { -readonly [K in keyof SoapHeader]?: SoapHeader[K] }

/**
 * Reads the header. DuplicateHeaderField: an element twice, whichever; MissingHeaderField: client, service, id or protocolVersion, or a
 * part of them; InvalidProtocolVersion: not 4.x; InvalidXml: an identifier of another type than its place wants. Other elements are let be.
 */
export function readSoapHeader(header: XmlElement): Reading<SoapHeader> {
  const twice = duplicateOf(childElements(header))
  if (twice) return refuse("DuplicateHeaderField", `SOAP header contains duplicate field '{${twice.uri}}${twice.local}'`)
  const warnings: Warning[] = []
  const fields: Fields = {}
  for (const read of [readIds, readTexts, readExtensions]) {
    const refused = read(header, fields, warnings)
    if (refused) return refused
  }
  const missing = (["client", "service", "id", "protocolVersion"] as const).find((name) => fields[name] === undefined)
  if (missing) return refuse("MissingHeaderField", `Required field '${missing}' is missing`)
  if (!/^4(?:\.|$)/.test(fields.protocolVersion!))
    return refuse("InvalidProtocolVersion", `Unsupported protocol version '${fields.protocolVersion}', must match '4.X'`)
  return accept(fields as SoapHeader, warnings)
}

/** An identifier that is an element, of one of the types its place allows. */
export function readIdElement<T extends XRoadId>(element: XmlElement, types: readonly T["type"][]): Reading<T> {
  const type = element.attributes.find((a) => a.uri === ID_NS && a.local === "objectType")?.value.trim()
  const known = objectTypes.find((t) => t === type)
  if (!known || !types.includes(known))
    return refuse("InvalidXml", `Field '${element.local}' has the object type '${type ?? ""}'`)
  const id: Record<string, string> = { type: known }
  const warnings: Warning[] = []
  for (const [name, field] of idElements) {
    const part = childElement(element, ID_NS, name)
    if (!part) continue
    const text = textOf(part)
    if (text === undefined || text.length > ID_PART_LENGTH_MAX) return refuse("InvalidXml", `Field '${name}' can't be read`)
    if (text === "") continue
    id[field] = text
    warnings.push(...suspicions(`${element.local}.${field}`, text))
  }
  const missing = REQUIRED[known].find((field) => id[field] === undefined)
  if (missing) return refuse("MissingHeaderField", `Required field '${missing}' of '${element.local}' is missing`)
  const foreign = Object.keys(id).find(
    (field) => field !== "type" && ![...REQUIRED[known], ...(OPTIONAL[known] ?? [])].includes(field),
  )
  if (foreign) return refuse("InvalidXml", `Field '${element.local}' of type ${known} has no ${foreign}`)
  return accept(id as unknown as T, warnings)
}

const OWNER = ["instance", "memberClass", "memberCode"]
const REQUIRED: Record<XRoadId["type"], readonly string[]> = {
  MEMBER: OWNER,
  SUBSYSTEM: [...OWNER, "subsystem"],
  SERVER: [...OWNER, "server"],
  SERVICE: [...OWNER, "service"],
  GLOBALGROUP: ["instance", "group"],
  LOCALGROUP: ["group"],
}
const OPTIONAL: Partial<Record<XRoadId["type"], readonly string[]>> = { SERVICE: ["subsystem", "version"] }

function readIds(header: XmlElement, fields: Fields, warnings: Warning[]): Refused | undefined {
  const client = childElement(header, XROAD_NS, "client")
  if (client) {
    const read = readIdElement<ClientId>(client, ["MEMBER", "SUBSYSTEM"])
    if (!read.ok) return read
    fields.client = read.value
    warnings.push(...read.warnings)
  }
  const service = childElement(header, XROAD_NS, "service")
  if (service) {
    const read = readIdElement<ServiceId>(service, ["SERVICE"])
    if (!read.ok) return read
    fields.service = read.value
    warnings.push(...read.warnings)
  }
  const server = childElement(header, XROAD_NS, "securityServer")
  if (server) {
    const read = readIdElement<ServerId>(server, ["SERVER"])
    if (!read.ok) return read
    fields.securityServer = read.value
    warnings.push(...read.warnings)
  }
  return undefined
}

function readTexts(header: XmlElement, fields: Fields): Refused | undefined {
  for (const [name, max] of [
    ["id", MESSAGE_ID_LENGTH_MAX],
    ["userId", NOTE_LENGTH_MAX],
    ["issue", NOTE_LENGTH_MAX],
    ["protocolVersion", 20],
  ] as const) {
    const element = childElement(header, XROAD_NS, name)
    if (!element) continue
    const text = textOf(element)
    if (text === undefined || text.length > max) return refuse("InvalidXml", `Field '${name}' can't be read`)
    if (text !== "" || name === "userId" || name === "issue") fields[name] = text
  }
  const hash = childElement(header, XROAD_NS, "requestHash")
  if (hash) {
    const algorithm = hash.attributes.find((a) => a.local === "algorithmId")?.value.trim() ?? ""
    fields.requestHash = { algorithm, value: (textOf(hash) ?? "").replace(/\s+/g, "") }
  }
  return undefined
}

function readExtensions(header: XmlElement, fields: Fields): Refused | undefined {
  const party = childElement(header, REPRESENTATION_NS, "representedParty")
  if (party) {
    const [partyClass, partyCode] = ["partyClass", "partyCode"].map((name) => {
      const element = childElement(party, REPRESENTATION_NS, name)
      return element && textOf(element)
    })
    if (!partyCode) return refuse("MissingHeaderField", "Required field 'partyCode' is missing")
    if (partyCode.length > ID_PART_LENGTH_MAX || (partyClass?.length ?? 0) > ID_PART_LENGTH_MAX)
      return refuse("InvalidXml", "Field 'representedParty' can't be read")
    fields.representedParty = partyClass ? { partyClass, partyCode } : { partyCode }
  }
  const token = childElement(header, TOKEN_NS, "securityToken")
  if (token) {
    const tokenType = token.attributes.find((a) => a.local === "tokenType")?.value
    const text = textOf(token)
    if (text === undefined || text.length > TOKEN_LENGTH_MAX) return refuse("InvalidXml", "Field 'securityToken' can't be read")
    fields.securityToken = { ...(tokenType !== undefined && { tokenType }), text }
  }
  return undefined
}

function duplicateOf(elements: readonly XmlElement[]): XmlElement | undefined {
  const seen = new Set<string>()
  return elements.find(({ uri, local }) => {
    const name = `${uri} ${local}`
    return seen.has(name) || !seen.add(name)
  })
}
