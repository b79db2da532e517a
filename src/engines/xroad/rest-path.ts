// Addresses of the REST protocol: which face a request is for, what /r1/... names, and where it goes at the provider.
import { parseId, type ServiceId } from "./identifiers.ts"
import { accept, type Reading, refuse } from "./reading.ts"

export interface RestTarget {
  readonly service: ServiceId
  /** What follows the service code, raw: empty, `/`, or `/pets/1%2F2`. */
  readonly path: string
  /** What follows the question mark, raw; absent when there is none, empty after a bare `?`. */
  readonly query?: string
  /** The whole path of the request, raw: it goes into the request hash. */
  readonly requestPath: string
}

/** The verbs that X-Road takes; others are refused with InternalError. */
export const REST_METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"] as const

export const URL_LENGTH_MAX = 16_384
const PARTS_BEFORE_PATH = 7 // "", r1, instance, class, member, subsystem, service

export type Face = "rest" | "listClients" | "asic" | "verificationconf" | "soap"

/** Who answers: REST for everything below /r1/, three metadata handlers for GET, SOAP for all the rest, so that `GET /foo` gets a fault. */
export function faceOf(method: string, url: string): Face {
  if (url.startsWith("/r1/")) return "rest"
  const path = url.split("?", 1)[0]!
  if (method !== "GET") return "soap"
  if (path === "/listClients") return "listClients"
  if (path === "/asic") return "asic"
  return path === "/verificationconf" ? "verificationconf" : "soap"
}

/**
 * Reads `/r1/INSTANCE/CLASS/MEMBER/SUBSYSTEM/SERVICE[/path][?query]` from the request line. Identifiers are decoded, path and query kept
 * as they came. Refuses with InternalError: another version than r1, fewer parts, characters that no request line holds.
 */
export function parseRestTarget(url: string): Reading<RestTarget> {
  if (url.length > URL_LENGTH_MAX) return refuse("InternalError", "Invalid request URI: too long")
  if (!/^[\x21-\x7e]+$/.test(url) || /[#<>"`{}|^\\]/.test(url)) return refuse("InternalError", "Invalid request URI")
  const mark = url.indexOf("?")
  const requestPath = mark < 0 ? url : url.slice(0, mark)
  const parts = requestPath.split("/")
  if (parts[0] !== "" || parts[1] !== "r1") return refuse("InternalError", "Invalid protocol version")
  if (parts.length < PARTS_BEFORE_PATH) return refuse("InternalError", "Invalid request URI")
  const service = parseId("SERVICE", parts.slice(2, PARTS_BEFORE_PATH).join("/"))
  if (!service.ok) return service
  const path = parts.length === PARTS_BEFORE_PATH ? "" : `/${parts.slice(PARTS_BEFORE_PATH).join("/")}`
  const query = mark < 0 ? {} : { query: url.slice(mark + 1) }
  return accept({ service: service.value, path, ...query, requestPath }, service.warnings)
}

/**
 * Where a request goes at the provider: `path` is appended to the service's address without doubling the slash, both raw, so that no
 * reader of URLs may tidy them on the way. Throws a TypeError for an address that is not http(s), or has a query, fragment or password.
 */
export function joinServiceUrl(base: string, path: string, query?: string): { origin: string; path: string } {
  const url = new URL(base)
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new TypeError("a service has an http or https address")
  if (url.search || url.hash || url.username || url.password)
    throw new TypeError("a service's address has no query, fragment or password")
  const head = path.startsWith("/") ? url.pathname.replace(/\/+$/, "") : url.pathname
  return { origin: url.origin, path: `${head}${path}${query === undefined ? "" : `?${query}`}` }
}
