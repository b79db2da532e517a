// What a request on the line is for: REST names it in its path; SOAP in its envelope, and then the path repeats the name and nothing else.
import { parseId, parseRestTarget, printId, type Reading, type RestTarget, type ServiceId } from "#engines/xroad"

export type Protocol = "rest" | "soap"

const PREFIX = "/r1/"

/** The target on the line of a SOAP message. */
export const soapUrl = (service: ServiceId): string => PREFIX + printId(service)

/** Reads the target of a request. SOAP services may be a member's own, and have versions. */
export function targetOf(url: string, protocol: Protocol): Reading<RestTarget> {
  if (protocol === "rest" || !url.startsWith(PREFIX)) return parseRestTarget(url)
  const service = parseId("SERVICE", url.slice(PREFIX.length))
  return service.ok ? { ...service, value: { service: service.value, path: "", requestPath: url } } : service
}

/** The service that rights are given to: versions don't count. */
export function rightOf(service: ServiceId): string {
  if (service.version === undefined) return printId(service)
  const { version: _, ...plain } = service
  return printId(plain)
}
