// Identifiers of the X-Road (PR-REST 4.2, PR-MESS 2.1): members, subsystems, servers, services and groups, in slash and colon form.
import { accept, type Reading, refuse, type Warning } from "./reading.ts"

export interface MemberId {
  readonly type: "MEMBER"
  readonly instance: string
  readonly memberClass: string
  readonly memberCode: string
}

export interface SubsystemId {
  readonly type: "SUBSYSTEM"
  readonly instance: string
  readonly memberClass: string
  readonly memberCode: string
  readonly subsystem: string
}

export interface ServerId {
  readonly type: "SERVER"
  readonly instance: string
  readonly memberClass: string
  readonly memberCode: string
  readonly server: string
}

/** REST services have a subsystem and no version; SOAP knows services of a member itself, and versions. */
export interface ServiceId {
  readonly type: "SERVICE"
  readonly instance: string
  readonly memberClass: string
  readonly memberCode: string
  readonly subsystem?: string
  readonly service: string
  readonly version?: string
}

export interface GlobalGroupId {
  readonly type: "GLOBALGROUP"
  readonly instance: string
  readonly group: string
}

export interface LocalGroupId {
  readonly type: "LOCALGROUP"
  readonly group: string
}

/** Who may call: a member, or one of its subsystems. */
export type ClientId = MemberId | SubsystemId
export type XRoadId = ClientId | ServerId | ServiceId | GlobalGroupId | LocalGroupId
export type IdType = XRoadId["type"]
type IdOf<T extends IdType> = Extract<XRoadId, { type: T }>

/** Between the parts: `/` in messages, `:` in the administration interface of X-Road. */
export type Separator = "/" | ":"

export const ID_PART_LENGTH_MAX = 255
const ID_LENGTH_MAX = 4_096

const FIELDS = {
  MEMBER: ["instance", "memberClass", "memberCode"],
  SUBSYSTEM: ["instance", "memberClass", "memberCode", "subsystem"],
  SERVER: ["instance", "memberClass", "memberCode", "server"],
  SERVICE: ["instance", "memberClass", "memberCode", "subsystem", "service", "version"],
  GLOBALGROUP: ["instance", "group"],
  LOCALGROUP: ["group"],
} as const satisfies Record<IdType, readonly string[]>

/**
 * Reads an identifier of a known type. Each part is percent-encoded UTF-8 by itself. A service has 4 parts (of a member), 5 (of a
 * subsystem) or 6 (with a version; an empty fourth part then stands for no subsystem). Characters that X-Road's documents forbid are
 * accepted with a warning, as X-Road does; an empty or overlong part, a broken encoding and U+0000 are refused with InternalError.
 */
export function parseId<T extends IdType>(type: T, text: string, separator: Separator = "/"): Reading<IdOf<T>> {
  const name = `${type}${separator}${text}`
  const known = readings.get(name) as Reading<IdOf<T>> | undefined
  if (known) return known
  if (readings.size >= READINGS_MAX) readings.clear()
  const reading = readId(type, text, separator)
  if (reading.ok) readings.set(name, reading)
  return reading
}

/** What was read lately: the same few names come with every message. */
const readings = new Map<string, Reading<XRoadId>>()
const READINGS_MAX = 10_000

function readId<T extends IdType>(type: T, text: string, separator: Separator): Reading<IdOf<T>> {
  if (text.length > ID_LENGTH_MAX) return refuse("InternalError", `Invalid ${type} identifier: too long`)
  const parts = text.split(separator, FIELDS[type].length + 1)
  const fields = fieldsOf(type, parts)
  if (!fields) return refuse("InternalError", `Invalid ${type} identifier: ${parts.length} parts`)
  const id: Record<string, string> = { type }
  const warnings: Warning[] = []
  for (const [i, field] of fields.entries()) {
    if (type === "SERVICE" && parts.length === 6 && field === "subsystem" && parts[i] === "") continue
    const part = decodePart(parts[i]!)
    if (part === undefined) return refuse("InternalError", `Invalid ${type} identifier: ${field} can't be read`)
    id[field] = part
    warnings.push(...suspicions(field, part))
  }
  return accept(id as unknown as IdOf<T>, warnings)
}

/** Reads `INSTANCE/CLASS/MEMBER` or `INSTANCE/CLASS/MEMBER/SUBSYSTEM`, as the header X-Road-Client has it. */
export function parseClientId(text: string, separator: Separator = "/"): Reading<ClientId> {
  return parseId(text.split(separator, 5).length === 3 ? "MEMBER" : "SUBSYSTEM", text, separator)
}

/** Writes an identifier so that `parseId` reads it back. Throws a URIError for a lone surrogate. */
export function printId(id: XRoadId, separator: Separator = "/"): string {
  if (separator === ":") return idParts(id).map(encodePart).join(separator)
  const printed = prints.get(id) ?? idParts(id).map(encodePart).join(separator)
  prints.set(id, printed)
  return printed
}

const prints = new WeakMap<XRoadId, string>()

/** The parts in order, not encoded: `["VN", "GOV", "900100", "population", "person"]`. */
export function idParts(id: XRoadId): string[] {
  const values: Record<string, string | undefined> = { ...id }
  if (id.type !== "SERVICE") return FIELDS[id.type].map((field) => values[field]!)
  const owner = [id.instance, id.memberClass, id.memberCode]
  if (id.version !== undefined) return [...owner, id.subsystem ?? "", id.service, id.version]
  return id.subsystem === undefined ? [...owner, id.service] : [...owner, id.subsystem, id.service]
}

/** Do both name the same thing? Versions of services don't count (PR-MESS 3.1: rights are given to a service, not to its version). */
export function sameId(a: XRoadId, b: XRoadId): boolean {
  const plain = (id: XRoadId): string[] => {
    if (id.type !== "SERVICE") return idParts(id)
    const { version: _, ...rest } = id
    return idParts(rest)
  }
  return a.type === b.type && plain(a).join("\0") === plain(b).join("\0")
}

/** The member or subsystem that offers a service. */
export function providerOf({ instance, memberClass, memberCode, subsystem }: ServiceId): ClientId {
  const member = { instance, memberClass, memberCode }
  return subsystem === undefined ? { type: "MEMBER", ...member } : { type: "SUBSYSTEM", ...member, subsystem }
}

/** One part of an identifier, encoded for a path or a header; what RFC 3986 allows in a segment stays readable. */
export const encodePart = (part: string): string =>
  encodeURIComponent(part).replace(/%2[BC]|%3D/g, (code) => ({ "%2B": "+", "%2C": ",", "%3D": "=" })[code]!)

/** Undefined when it is empty, too long, not UTF-8 in percent-encoding, or holds U+0000. */
export function decodePart(text: string): string | undefined {
  try {
    const part = decodeURIComponent(text)
    return part === "" || part.length > ID_PART_LENGTH_MAX || part.includes("\0") ? undefined : part
  } catch {
    return undefined
  }
}

/** Control characters, `% : ; / \`, U+200B and U+FEFF: X-Road takes them and writes a warning. */
export function suspicions(part: string, text: string): Warning[] {
  if (text === "." || text === "..") return [{ part, reason: "dot-segment" }]
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const found = new Set(text.match(/[\u0000-\u001f\u007f-\u009f%:;/\\\u200b\ufeff]/g))
  return [...found].map((character) => ({
    part,
    reason: "suspicious-character",
    character: `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
  }))
}

function fieldsOf(type: IdType, parts: readonly string[]): readonly string[] | undefined {
  if (type !== "SERVICE") return parts.length === FIELDS[type].length ? FIELDS[type] : undefined
  if (parts.length === 4) return ["instance", "memberClass", "memberCode", "service"]
  return parts.length === 5 || parts.length === 6 ? FIELDS.SERVICE.slice(0, parts.length) : undefined
}
