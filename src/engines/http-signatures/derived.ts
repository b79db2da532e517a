// Derived components (RFC 9421 section 2.2): what a message is besides its fields.
import { joinedValue, pickFields, type RequestMessage, type ResponseMessage } from "./message.ts"
import { SignatureError } from "./signature-error.ts"

const hostPlace = new Map([["host", 0]])

/** The derived components of requests, `@query-param` apart. */
export const requestValues: Readonly<Record<string, (request: RequestMessage) => string>> = {
  "@method": ({ method }) => (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method) ? method : unfit("@method", method)),
  "@target-uri": targetUri,
  "@authority": authorityOf,
  "@scheme": (request) => absoluteParts(request)?.scheme ?? schemeOf(request),
  "@request-target": targetOf,
  "@path": pathOf,
  "@query": (request) => {
    const target = targetOf(request)
    const mark = target.indexOf("?")
    return mark < 0 ? "?" : target.slice(mark)
  },
}

/** `@status`: three digits. */
export function statusOf({ status }: ResponseMessage): string {
  return Number.isInteger(status) && status >= 100 && status <= 999 ? String(status) : unfit("@status", String(status))
}

/**
 * The value of one query parameter, decoded as forms are and encoded again (section 2.2.8). `name` is encoded the same way. Throws
 * "component-missing" without such a parameter, "component-duplicate" when it stands there more than once.
 */
export function queryParam(request: RequestMessage, name: string): string {
  const target = targetOf(request)
  const mark = target.indexOf("?")
  let found: string | undefined
  for (const [key, value] of new URLSearchParams(mark < 0 ? "" : target.slice(mark + 1))) {
    if (formEncoded(key) !== name) continue
    if (found !== undefined) throw new SignatureError("component-duplicate", `@query-param ${name}`)
    found = value
  }
  if (found === undefined) throw new SignatureError("component-missing", `@query-param ${name}`)
  return formEncoded(found)
}

/** Everything but letters, digits, `*`, `-`, `.` and `_` in percent, a space too (WHATWG URL, application/x-www-form-urlencoded). */
const formEncoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

function targetOf({ target }: RequestMessage): string {
  return /^[\x21-\x7e]+$/.test(target) ? target : unfit("@request-target", target)
}

const schemeOf = ({ scheme = "https" }: RequestMessage): string => scheme

function absoluteParts({ target }: RequestMessage): { scheme: string; authority: string; rest: string } | undefined {
  if (target.startsWith("/")) return undefined
  const parts = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)(.*)$/.exec(target)
  return parts ? { scheme: parts[1]!.toLowerCase(), authority: parts[2]!, rest: parts[3]! } : undefined
}

/** Host in lower case, without the scheme's own port (RFC 9110 section 4.2.3). */
function authorityOf(request: RequestMessage): string {
  const absolute = absoluteParts(request)
  // An absolute target overrides the Host field (RFC 9112 section 3.2.2), and whatever the caller took from there.
  const given = absolute?.authority ?? request.authority ?? authorityTarget(request) ?? hostField(request)
  const authority = given?.toLowerCase() ?? ""
  if (!/^[\x21-\x7e]+$/.test(authority) || /[/?#@\\,]/.test(authority)) return unfit("@authority", authority)
  const ownPort = (absolute?.scheme ?? schemeOf(request)) === "http" ? ":80" : ":443"
  if (authority.endsWith(ownPort)) return authority.slice(0, -ownPort.length)
  return authority.endsWith(":") ? authority.slice(0, -1) : authority
}

/** The target of CONNECT is an authority. */
const authorityTarget = ({ method, target }: RequestMessage): string | undefined => (method === "CONNECT" ? target : undefined)

function hostField({ fields }: RequestMessage): string | undefined {
  const value = pickFields(fields, hostPlace)[0]
  return value === undefined ? undefined : joinedValue(value)
}

/** Scheme, authority, path and query; `*` and the target of CONNECT have no path (RFC 9110 section 7.1). */
function targetUri(request: RequestMessage): string {
  const target = targetOf(request)
  if (absoluteParts(request)) return target
  return `${schemeOf(request)}://${authorityOf(request)}${target.startsWith("/") ? target : ""}`
}

/** Without the query; an empty path is `/`. Percent-encoded octets stay as they are. */
function pathOf(request: RequestMessage): string {
  const target = targetOf(request)
  const whole = target.startsWith("/") ? target : (absoluteParts(request)?.rest ?? "")
  const mark = whole.indexOf("?")
  return (mark < 0 ? whole : whole.slice(0, mark)) || "/"
}

function unfit(name: string, value: string): never {
  throw new SignatureError("component-missing", `${name}: ${value.slice(0, 64)}`)
}
