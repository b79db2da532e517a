// The service that a request names, when it is there and speaks the request's protocol.
import { printId, type ServiceId } from "#engines/xroad"
import { refusal } from "./refusal.ts"
import type { Offered, Roads } from "./roads.ts"
import { type Protocol, rightOf } from "./target.ts"

/** Throws UnknownService, then ServiceType: the order in which X-Road checks. */
export function offeredAs(roads: Roads, service: ServiceId, protocol: Protocol): Offered {
  const offered = roads.offered(rightOf(service))
  if (!offered || (protocol === "soap" && offered.version !== undefined && offered.version !== service.version))
    throw refusal("service-unknown", { service: printId(service) })
  if ((offered.type === "SOAP") !== (protocol === "soap"))
    throw refusal("service-of-other-type", { actual: offered.type, wanted: protocol.toUpperCase() })
  return offered
}
