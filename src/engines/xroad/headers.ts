// Headers of the REST protocol on their way through two nodes (PR-REST 4.3): read, passed, dropped, added. Raw lists as node has them.
import { type ClientId, decodePart, parseClientId, parseId, printId, type ServerId, type ServiceId } from "./identifiers.ts"
import { accept, type Reading, refuse, type Warning } from "./reading.ts"

/** Names and values in turn, in order of arrival, doubles kept. */
export type RawHeaders = readonly string[]

/** Never passed, in either direction: they belong to one connection, or are made anew. */
export const SKIPPED_HEADERS: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "host",
  "user-agent",
  "server",
  "expect",
  "content-length",
])

/** A client can't choose these: the node makes them for each exchange. */
const DROPPED_OF_CLIENT: ReadonlySet<string> = new Set(["x-road-request-id", "x-road-request-hash"])

/** Set by the provider's node, whatever the provider says. X-Road-Error too: by it a client knows whose error it is. */
const DROPPED_OF_PROVIDER: ReadonlySet<string> = new Set([
  "x-road-id",
  "x-road-client",
  "x-road-service",
  "x-road-request-id",
  "x-road-request-hash",
  "x-road-error",
])

/** Sent to the provider once, in the form of this side. */
const OWN_TO_PROVIDER: ReadonlySet<string> = new Set([
  "x-road-id",
  "x-road-client",
  "x-road-request-id",
  "x-road-userid",
  "x-road-issue",
])

export const MESSAGE_ID_LENGTH_MAX = 255
const NOTE_LENGTH_MAX = 1_024

export interface RepresentedParty {
  readonly partyClass?: string
  readonly partyCode: string
}

/** What the consumer's node reads of a request. */
export interface RequestHeaders {
  readonly client: ClientId
  readonly id?: string
  readonly userId?: string
  readonly issue?: string
  readonly representedParty?: RepresentedParty
  /** The server of the provider that must answer. */
  readonly securityServer?: ServerId
}

/** The value of the last header of that name, trimmed; names compare without case. */
export function lastHeader(raw: RawHeaders, name: string): string | undefined {
  for (let i = raw.length - 2; i >= 0; i -= 2) if (raw[i]!.toLowerCase() === name) return raw[i + 1]!.trim()
  return undefined
}

/**
 * Reads what the protocol puts into headers; of several X-Road-Client the last one counts. Refuses a missing client with
 * InvalidClientIdentifier, everything malformed with InternalError.
 */
export function readRequestHeaders(raw: RawHeaders): Reading<RequestHeaders> {
  const clientText = lastHeader(raw, "x-road-client")
  if (clientText === undefined || clientText === "") return refuse("InvalidClientIdentifier", "Client identifier is missing")
  const client = parseClientId(clientText)
  if (!client.ok) return client
  const warnings: Warning[] = [...client.warnings]
  const notes = readNotes(raw)
  if (!notes.ok) return notes
  const serverText = lastHeader(raw, "x-road-security-server")
  const server = serverText === undefined ? undefined : parseId("SERVER", serverText)
  if (server?.ok === false) return server
  warnings.push(...(server?.warnings ?? []))
  const partyText = lastHeader(raw, "x-road-represented-party")
  const party = partyText === undefined ? undefined : parseRepresentedParty(partyText)
  if (party?.ok === false) return party
  return accept(
    {
      client: client.value,
      ...notes.value,
      ...(party && { representedParty: party.value }),
      ...(server && { securityServer: server.value }),
    },
    warnings,
  )
}

/** `[CLASS/]CODE`, each part percent-encoded. More than two parts are refused with InternalError. */
export function parseRepresentedParty(text: string): Reading<RepresentedParty> {
  const parts = text.split("/", 3).map(decodePart)
  if (parts.length > 2 || parts.includes(undefined)) return refuse("InternalError", "Invalid RepresentedParty Id")
  const [first, second] = parts as [string, string?]
  return accept(second === undefined ? { partyCode: first } : { partyClass: first, partyCode: second })
}

/** The id of a message whose client gave none. */
export const newMessageId = (instance: string, uuid: string): string => `${instance}-${uuid}`

/**
 * The client's headers as they travel, are signed and hashed: what belongs to the connection and what a client can't choose is taken out,
 * x-road-id follows when the node has made it, x-road-request-id is always last.
 */
export function messageHeaders(raw: RawHeaders, made: { id?: string | undefined; requestId: string }): string[] {
  const kept = without(raw, (name) => SKIPPED_HEADERS.has(name) || DROPPED_OF_CLIENT.has(name))
  if (made.id !== undefined) kept.push("x-road-id", made.id)
  kept.push("x-road-request-id", made.requestId)
  return kept
}

/** The headers for the provider's system, from those of the message. */
export function providerHeaders(
  message: RawHeaders,
  exchange: { id: string; client: ClientId; requestId: string; userId?: string | undefined; issue?: string | undefined },
): string[] {
  const kept = without(message, (name) => SKIPPED_HEADERS.has(name) || OWN_TO_PROVIDER.has(name) || DROPPED_OF_CLIENT.has(name))
  kept.push("x-road-id", exchange.id, "x-road-client", printId(exchange.client), "x-road-request-id", exchange.requestId)
  if (exchange.userId !== undefined) kept.push("x-road-userid", exchange.userId)
  if (exchange.issue !== undefined) kept.push("x-road-issue", exchange.issue)
  return kept
}

/**
 * The headers of the answer, from those of the provider's system. There is exactly one Date: the provider's first one, or `date`
 * (an HTTP date) when it sent none.
 */
export function responseHeaders(
  provider: RawHeaders,
  exchange: { id: string; client: ClientId; service: ServiceId; requestId: string; requestHash: string; date: string },
): string[] {
  let dated = false
  const kept = without(provider, (name) => {
    if (name !== "date") return SKIPPED_HEADERS.has(name) || DROPPED_OF_PROVIDER.has(name)
    const again = dated
    dated = true
    return again
  })
  if (!dated) kept.push("Date", exchange.date)
  kept.push("x-road-id", exchange.id, "x-road-client", printId(exchange.client), "x-road-service", printId(exchange.service))
  kept.push("x-road-request-id", exchange.requestId, "x-road-request-hash", exchange.requestHash)
  return kept
}

function readNotes(raw: RawHeaders): Reading<{ id?: string; userId?: string; issue?: string }> {
  const notes: Record<string, string> = {}
  for (const [name, header, max] of [
    ["id", "x-road-id", MESSAGE_ID_LENGTH_MAX],
    ["userId", "x-road-userid", NOTE_LENGTH_MAX],
    ["issue", "x-road-issue", NOTE_LENGTH_MAX],
  ] as const) {
    const value = lastHeader(raw, header)
    if (value === undefined || (name === "id" && value === "")) continue
    if (value.length > max) return refuse("InternalError", `Invalid ${header}: longer than ${max}`)
    notes[name] = value
  }
  return accept(notes)
}

function without(raw: RawHeaders, dropped: (lowerName: string) => boolean): string[] {
  const kept: string[] = []
  for (let i = 0; i + 1 < raw.length; i += 2) if (!dropped(raw[i]!.toLowerCase())) kept.push(raw[i]!, raw[i + 1]!)
  return kept
}
