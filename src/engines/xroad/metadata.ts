// Metadata services (PR-META, PR-MREST): who is on the road, what a provider offers, and what of it the caller may use.

import type { Endpoint } from "./endpoints.ts"
import type { Rendered } from "./errors.ts"
import { type ClientId, type ServiceId, sameId, type XRoadId } from "./identifiers.ts"
import { escapeXml, ID_NS, idElements, idXml, XML_DECLARATION, XROAD_NS } from "./xml-text.ts"

export interface ListedClient {
  readonly id: ClientId
  /** Of the member. */
  readonly name?: string
  readonly subsystemName?: string
}

export interface ListedService {
  readonly service: ServiceId
  readonly serviceType: "REST" | "OPENAPI"
  readonly endpoints: readonly Endpoint[]
}

/** Their codes name no service of a provider: every registered client may call them. */
export const METASERVICES: ReadonlySet<string> = new Set(["listMethods", "allowedMethods", "getOpenAPI", "getWsdl"])

/** Answers /listClients: JSON when Accept names application/json, else XML. */
export function renderListClients(clients: readonly ListedClient[], accept: string | undefined): Rendered {
  const json = /application\/json/i.test(accept ?? "")
  return {
    status: 200,
    headers: ["Content-Type", json ? "application/json; charset=utf-8" : "text/xml; charset=UTF-8"],
    body: Buffer.from(json ? JSON.stringify(listClientsJson(clients)) : listClientsXml(clients)),
  }
}

/** `{"member": [{"id": ..., "name": ..., "subsystem_name": ...}]}`, without what is not known. */
export function listClientsJson(clients: readonly ListedClient[]): { member: Record<string, unknown>[] } {
  return {
    member: clients.map(({ id, name, subsystemName }) => ({
      id: { object_type: id.type, ...snakeParts(id) },
      ...(name !== undefined && { name }),
      ...(subsystemName !== undefined && { subsystem_name: subsystemName }),
    })),
  }
}

/** The element `clientList` of PR-META annex A. */
export function listClientsXml(clients: readonly ListedClient[]): string {
  const members = clients.map(({ id, name, subsystemName }) => {
    const names = [
      name === undefined ? "" : `<xroad:name>${escapeXml(name)}</xroad:name>`,
      subsystemName === undefined ? "" : `<xroad:subsystemName>${escapeXml(subsystemName)}</xroad:subsystemName>`,
    ]
    return `<xroad:member>${idXml("xroad:id", id)}${names.join("")}</xroad:member>`
  })
  return `${XML_DECLARATION}<xroad:clientList ${NAMESPACES}>${members.join("")}</xroad:clientList>`
}

/** The answer to REST listMethods and allowedMethods, as PR-MREST annex B shows it; the metadata services themselves are not listed. */
export function listMethodsJson(services: readonly ListedService[]): { service: Record<string, unknown>[] } {
  return {
    service: services
      .filter(({ service }) => !METASERVICES.has(service.service))
      .map(({ service, serviceType, endpoints }) => ({
        ...snakeParts(service),
        object_type: service.type,
        service_type: serviceType,
        endpoint_list: endpoints.map(({ method, path }) => ({ method, path })),
      })),
  }
}

/** The body of the answer to SOAP listMethods and allowedMethods: SOAP services alone, with their versions. */
export function listMethodsXml(method: "listMethods" | "allowedMethods", services: readonly ServiceId[]): string {
  const listed = services.filter(({ service }) => !METASERVICES.has(service)).map((id) => idXml("xroad:service", id))
  return `<xroad:${method}Response ${NAMESPACES}>${listed.join("")}</xroad:${method}Response>`
}

/** The services of a list that are among those permitted; versions don't count. */
export const permittedServices = (services: readonly ServiceId[], permitted: readonly ServiceId[]): ServiceId[] =>
  services.filter((service) => permitted.some((right) => sameId(service, right)))

const NAMESPACES = `xmlns:xroad="${XROAD_NS}" xmlns:id="${ID_NS}"`

const SNAKE: Record<(typeof idElements)[number][0], string> = {
  xRoadInstance: "xroad_instance",
  memberClass: "member_class",
  memberCode: "member_code",
  subsystemCode: "subsystem_code",
  groupCode: "group_code",
  serviceCode: "service_code",
  serviceVersion: "service_version",
  serverCode: "server_code",
}

function snakeParts(id: XRoadId): Record<string, string> {
  const values: Record<string, string | undefined> = { ...id }
  const known = idElements.filter(([, field]) => values[field] !== undefined)
  return Object.fromEntries(known.map(([element, field]) => [SNAKE[element], values[field]!]))
}
