// Operational monitoring (PR-OPMON): which records are asked for, and the answer with the records packed beside it.
import { gzipSync } from "node:zlib"
import type { ClientId } from "./identifiers.ts"
import { accept, type Reading, refuse } from "./reading.ts"
import { type SoapAnswer, soapAnswer } from "./soap-answer.ts"
import { readIdElement } from "./soap-header.ts"
import { type SoapMessage, soapRequestHash } from "./soap-message.ts"
import { MONITORING_NS } from "./xml-text.ts"
import { childElement, childElements, textOf } from "./xml-tree.ts"

/** One exchange as one side saw it; times in milliseconds but `monitoringDataTs`, sizes in bytes. What is not known is left out. */
export interface OperationalRecord {
  /** Seconds. */
  readonly monitoringDataTs: number
  readonly securityServerInternalIp?: string
  readonly securityServerType: "Client" | "Producer"
  readonly requestInTs: number
  readonly requestOutTs?: number
  readonly responseInTs?: number
  readonly responseOutTs?: number
  readonly clientXRoadInstance?: string
  readonly clientMemberClass?: string
  readonly clientMemberCode?: string
  readonly clientSubsystemCode?: string
  readonly serviceXRoadInstance?: string
  readonly serviceMemberClass?: string
  readonly serviceMemberCode?: string
  readonly serviceSubsystemCode?: string
  readonly serviceCode?: string
  readonly serviceVersion?: string
  readonly restMethod?: string
  /** The provider's side alone. */
  readonly restPath?: string
  readonly representedPartyClass?: string
  readonly representedPartyCode?: string
  readonly messageId?: string
  readonly messageUserId?: string
  readonly messageIssue?: string
  readonly messageProtocolVersion?: string
  readonly clientSecurityServerAddress?: string
  readonly serviceSecurityServerAddress?: string
  readonly requestSize?: number
  readonly requestMimeSize?: number
  readonly requestAttachmentCount?: number
  readonly responseSize?: number
  readonly responseMimeSize?: number
  readonly responseAttachmentCount?: number
  readonly succeeded: boolean
  readonly serviceType?: "WSDL" | "REST" | "OPENAPI3"
  readonly faultCode?: string
  readonly faultString?: string
  readonly statusCode?: number
  readonly xRequestId?: string
  readonly xRoadVersion?: string
}

export interface OperationalQuery {
  /** Seconds since 1970, both inclusive. */
  readonly recordsFrom: number
  readonly recordsTo: number
  readonly client?: ClientId
  /** The fields wanted; all when there are none. */
  readonly outputFields: readonly string[]
}

export const OUTPUT_FIELDS_MAX = 100
const ATTACHMENT_ID = "operational-monitoring-data.json.gz"

/** Reads the search criteria of getSecurityServerOperationalData. Refuses with InvalidRequest what is missing or no time. */
export function readOperationalQuery(request: SoapMessage): Reading<OperationalQuery> {
  const criteria = childElement(request.wrapper, MONITORING_NS, "searchCriteria")
  if (!criteria) return refuse("InvalidRequest", "Missing search criteria")
  const [recordsFrom, recordsTo] = ["recordsFrom", "recordsTo"].map((name) => {
    const element = childElement(criteria, MONITORING_NS, name)
    const text = element && textOf(element)
    return text && /^\d{1,12}$/.test(text) ? Number(text) : undefined
  })
  if (recordsFrom === undefined || recordsTo === undefined || recordsFrom > recordsTo)
    return refuse("InvalidRequest", "recordsFrom and recordsTo must be seconds, the first not after the second")
  const element = childElement(criteria, MONITORING_NS, "client")
  const client = element && readIdElement<ClientId>(element, ["MEMBER", "SUBSYSTEM"])
  if (client?.ok === false) return client
  const output = childElement(request.wrapper, MONITORING_NS, "outputSpec")
  const fields = output ? childElements(output, MONITORING_NS, "outputField").map((field) => textOf(field) ?? "") : []
  if (fields.length > OUTPUT_FIELDS_MAX) return refuse("InvalidRequest", "Too many output fields")
  return accept({ recordsFrom, recordsTo, ...(client && { client: client.value }), outputFields: fields })
}

/** The answer: a count in the body, the records as gzipped JSON attached (swaRef). `nextRecordsFrom` in seconds when there are more. */
export function operationalAnswer(
  request: SoapMessage,
  records: readonly OperationalRecord[],
  answer: { boundary: string; outputFields: readonly string[]; nextRecordsFrom?: number },
): SoapAnswer {
  const wanted = new Set(answer.outputFields)
  const shown =
    wanted.size === 0 ? records : records.map((r) => Object.fromEntries(Object.entries(r).filter(([name]) => wanted.has(name))))
  const next = answer.nextRecordsFrom === undefined ? "" : `<om:nextRecordsFrom>${answer.nextRecordsFrom}</om:nextRecordsFrom>`
  const body =
    `<om:getSecurityServerOperationalDataResponse xmlns:om="${MONITORING_NS}"><om:recordsCount>${records.length}</om:recordsCount>` +
    `<om:records>cid:${ATTACHMENT_ID}</om:records>${next}</om:getSecurityServerOperationalDataResponse>`
  const bytes = gzipSync(JSON.stringify({ records: shown }))
  return soapAnswer(request, body, soapRequestHash(request.soapBytes), {
    boundary: answer.boundary,
    parts: [{ contentType: "application/gzip", contentId: ATTACHMENT_ID, bytes }],
  })
}
