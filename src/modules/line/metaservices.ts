// Metadata services of the provider's side: what there is, what the caller may use of it, and how it is described. Open to every client.
import { randomUUID } from "node:crypto"
import {
  errorFrom,
  healthAnswer,
  hideAddresses,
  hideServers,
  type ListedService,
  listMethodsJson,
  listMethodsXml,
  metricsAnswer,
  operationalAnswer,
  parseId,
  permittedServices,
  printId,
  providerOf,
  type Reading,
  readHealthQuery,
  readMetricsQuery,
  readOperationalQuery,
  readWsdlQuery,
  requestHash,
  responseHeaders,
  type ServiceId,
  type SoapAnswer,
  type SoapMessage,
  soapAnswer,
  soapRequestHash,
  WHOLE_SERVICE,
  wsdlAnswer,
} from "#engines/xroad"
import { bodyOf } from "./body.ts"
import type { Answer } from "./dispatch.ts"
import { fetchDescription } from "./fetch-description.ts"
import { healthOf, metricsOf } from "./health.ts"
import type { Line } from "./line.ts"
import { operationalRecords } from "./operations.ts"
import { Refusal, refusal } from "./refusal.ts"
import { envelopeOf, soapAnswerHeaders } from "./soap-service.ts"
import type { Arrived, PeerRequest } from "./take.ts"
import { type Protocol, rightOf } from "./target.ts"

const OF_REST = ["listMethods", "allowedMethods", "getOpenAPI"] as const
const OF_SOAP = [
  "listMethods",
  "allowedMethods",
  "getWsdl",
  "getSecurityServerOperationalData",
  "getSecurityServerHealthData",
  "getSecurityServerMetrics",
] as const
export type Metaservice = (typeof OF_REST | typeof OF_SOAP)[number]

/** The metadata service that is asked for, by its code; over REST they are read with GET. */
export function metaserviceOf(protocol: Protocol, method: string, { service }: ServiceId): Metaservice | undefined {
  const codes: readonly Metaservice[] = protocol === "soap" ? OF_SOAP : method === "GET" ? OF_REST : []
  return codes.find((code) => code === service)
}

/** Answers it, as a service would. Throws a Refusal. */
export async function answerMetaservice(line: Line, request: PeerRequest, arrived: Arrived, code: Metaservice): Promise<Answer> {
  if (arrived.protocol === "soap") {
    const asked = await envelopeOf(line, request, arrived)
    const { contentType, body } = await soapAnswerOf(line, asked, arrived, code)
    const headers = soapAnswerHeaders(line, contentType, arrived.requestId)
    return { status: 200, headers, body: await bodyOf(body, line.folder) }
  }
  const { contentType, text } = await restAnswerOf(line, arrived, code)
  const { target, client, id, requestId } = arrived
  const { requestPath, query } = target
  const hash = requestHash({ method: request.method, requestPath, query, headers: arrived.headers })
  const date = line.site.clock().toUTCString()
  const about = { id, client, service: target.service, requestId, requestHash: hash, date }
  const headers = responseHeaders(["Content-Type", contentType], about)
  return { status: 200, headers, body: await bodyOf(Buffer.from(text), line.folder) }
}

async function restAnswerOf(line: Line, arrived: Arrived, code: Metaservice): Promise<{ contentType: string; text: string }> {
  if (code === "getOpenAPI") return openApiOf(line, arrived)
  const listed = restServices(line, arrived, code === "allowedMethods")
  return { contentType: "application/json", text: JSON.stringify(listMethodsJson(listed)) }
}

const providerIn = ({ target }: Arrived): string => printId(providerOf(target.service))

function restServices({ roads, site }: Line, arrived: Arrived, isAllowedOnly: boolean): ListedService[] {
  const consumer = printId(arrived.client)
  return roads.services(providerIn(arrived)).flatMap((name): ListedService[] => {
    const offered = roads.offered(name)
    const service = parseId("SERVICE", name)
    if (!offered || offered.type === "SOAP" || !service.ok) return []
    const endpoints = isAllowedOnly ? roads.permitted(consumer, name, site.clock()) : (offered.endpoints ?? [WHOLE_SERVICE])
    if (isAllowedOnly && endpoints.length === 0) return []
    return [{ service: service.value, serviceType: offered.type === "OPENAPI" ? "OPENAPI" : "REST", endpoints }]
  })
}

async function openApiOf(line: Line, arrived: Arrived): Promise<{ contentType: string; text: string }> {
  const codes = new URLSearchParams(arrived.target.query ?? "").getAll("serviceCode")
  const code = codes.at(-1)
  if (!code) throw refusal("openapi-service-missing")
  const service = printId({ ...arrived.target.service, service: code })
  const offered = line.roads.offered(service)
  if (!offered) throw refusal("openapi-service-unknown", { service })
  if (offered.type !== "OPENAPI" || offered.description === undefined) throw refusal("openapi-not-openapi", { service })
  const described = await fetchDescription(line, offered.description)
  const { format, text } = read(hideServers(described.text))
  return { contentType: described.contentType ?? (format === "json" ? "application/json" : "application/yaml"), text }
}

function read<T>(reading: Reading<T>): T {
  if (reading.ok) return reading.value
  throw new Refusal(errorFrom("Server.ServerProxy", reading))
}

async function soapAnswerOf(line: Line, asked: SoapMessage, arrived: Arrived, code: Metaservice): Promise<SoapAnswer> {
  if (code === "getWsdl") return wsdlOf(line, asked, arrived)
  if (code === "getSecurityServerOperationalData") return operationsOf(line, asked, arrived)
  if (code === "getSecurityServerHealthData") {
    const { client } = read(readHealthQuery(asked))
    return healthAnswer(asked, healthOf(line, arrived.client, client))
  }
  if (code === "getSecurityServerMetrics") return metricsFor(line, asked, arrived)
  const all = soapServices(line, arrived)
  const method = code === "allowedMethods" ? "allowedMethods" : "listMethods"
  const listed = method === "listMethods" ? all : permittedServices(all, permittedOf(line, arrived, all))
  return soapAnswer(asked, listMethodsXml(method, listed), soapRequestHash(asked.soapBytes))
}

function soapServices({ roads }: Line, arrived: Arrived): ServiceId[] {
  return roads.services(providerIn(arrived)).flatMap((name): ServiceId[] => {
    const offered = roads.offered(name)
    const service = parseId("SERVICE", name)
    if (offered?.type !== "SOAP" || !service.ok) return []
    return [offered.version === undefined ? service.value : { ...service.value, version: offered.version }]
  })
}

const permittedOf = ({ roads, site }: Line, { client }: Arrived, services: readonly ServiceId[]): ServiceId[] =>
  services.filter((service) => roads.permitted(printId(client), rightOf(service), site.clock()).length > 0)

async function wsdlOf(line: Line, asked: SoapMessage, { target }: Arrived): Promise<SoapAnswer> {
  const query = read(readWsdlQuery(asked))
  const { version: _, ...provider } = target.service
  const service = printId({ ...provider, service: query.serviceCode })
  const offered = line.roads.offered(service)
  if (offered && offered.type !== "SOAP") throw refusal("service-of-other-type", { actual: offered.type, wanted: "SOAP" })
  const isThere = offered !== undefined && (offered.version === undefined || offered.version === query.serviceVersion)
  if (!isThere || offered.description === undefined) throw refusal("service-unknown", { service })
  const { text } = await fetchDescription(line, offered.description)
  return wsdlAnswer(asked, query, read(hideAddresses(text)), newBoundary())
}

/** The owner of the site alone is shown them. */
function metricsFor(line: Line, asked: SoapMessage, { client, target }: Arrived): SoapAnswer {
  if (printId(client) !== line.roads.owner) throw refusal("not-permitted", { service: printId(target.service) })
  const server = line.roads.servers(line.roads.owner)[0]?.server ?? line.roads.owner
  return metricsAnswer(asked, server, metricsOf(line), read(readMetricsQuery(asked)))
}

function operationsOf(line: Line, asked: SoapMessage, { client }: Arrived): SoapAnswer {
  const query = read(readOperationalQuery(asked))
  const { records, ...next } = operationalRecords(line, client, query)
  return operationalAnswer(asked, records, { boundary: newBoundary(), outputFields: query.outputFields, ...next })
}

const newBoundary = (): string => `motlan-${randomUUID()}`
