// Errors made by the road itself, as REST and SOAP clients expect them; a provider's own errors never come through here.
import { type Dialect, type ErrorCode, errorType, type Place } from "./error-codes.ts"
import type { RawHeaders } from "./headers.ts"
import type { Refused } from "./reading.ts"
import { type SituationName, situations } from "./situations.ts"
import { escapeXml, SOAP_NS, XML_DECLARATION } from "./xml-text.ts"

export interface XRoadError {
  readonly place: Place
  readonly code: ErrorCode
  readonly message: string
  /** A UUID that the operator finds in the log. */
  readonly detail?: string
}

/** An answer ready to be written: raw headers in order, without Content-Length and Date. */
export interface Rendered {
  readonly status: number
  readonly headers: RawHeaders
  readonly body: Buffer
}

const MESSAGE_LENGTH_MAX = 4_096

/** The error of a known situation; `params` fill the message, what is not given stays empty. */
export function errorOf(situation: SituationName, params: Readonly<Record<string, string>> = {}, detail?: string): XRoadError {
  const { place, code, message } = situations[situation]
  const text = message.replace(/\{(\w+)\}/g, (_, name: string) => (Object.hasOwn(params, name) ? params[name]! : ""))
  return { place, code, message: text, ...(detail !== undefined && { detail }) }
}

/** The error for what a reader refused: `Client` for a broken SOAP request, `Server.ClientProxy` for a broken REST one, and so on. */
export function errorFrom(place: Place, refused: Refused, detail?: string): XRoadError {
  return { place, code: refused.code, message: refused.message, ...(detail !== undefined && { detail }) }
}

/** 500 when the type begins with `Server.`, in either spelling, else 400. */
export const restStatus = (type: string): 400 | 500 => (/^server\./i.test(type) ? 500 : 400)

/** The error for a REST client, in JSON or XML by its Accept header, with X-Road-Error (PR-REST 4.7). */
export function renderRestError(error: XRoadError, accept: string | undefined, dialect: Dialect = "classic"): Rendered {
  const type = errorType(error.place, error.code, dialect)
  const contentType = errorContentType(accept)
  const members = { type, message: error.message.slice(0, MESSAGE_LENGTH_MAX), detail: error.detail ?? "" }
  const body = contentType === "application/json" ? JSON.stringify(members) : xmlOf(members)
  return {
    status: restStatus(type),
    headers: ["Content-Type", contentType, "X-Road-Error", type],
    body: Buffer.from(body),
  }
}

/** `text/xml`, `application/xml` or `text/*` (then text/xml), whichever Accept names first, else JSON; q-values don't count. */
export function errorContentType(accept: string | undefined): string {
  for (const range of (accept ?? "").split(",", 100)) {
    const type = range.split(";", 1)[0]!.trim().toLowerCase()
    if (type === "text/xml" || type === "text/*") return "text/xml;charset=utf-8"
    if (type === "application/xml") return "application/xml;charset=utf-8"
  }
  return "application/json"
}

/** The error for a SOAP client: a fault with status 200, as X-Road answers (PR-MESS annex D.1). */
export function renderSoapFault(error: XRoadError, dialect: Dialect = "classic", actor?: string): Rendered {
  const type = errorType(error.place, error.code, dialect)
  const fault = [
    `<faultcode>${escapeXml(type)}</faultcode>`,
    `<faultstring>${escapeXml(error.message.slice(0, MESSAGE_LENGTH_MAX))}</faultstring>`,
    actor === undefined ? "" : `<faultactor>${escapeXml(actor)}</faultactor>`,
    `<detail><faultDetail xmlns="">${escapeXml(error.detail ?? "")}</faultDetail></detail>`,
  ].join("")
  const envelope =
    `${XML_DECLARATION}<SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP_NS}"><SOAP-ENV:Body>` +
    `<SOAP-ENV:Fault>${fault}</SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>`
  return {
    status: 200,
    headers: ["Content-Type", "text/xml; charset=utf-8", "SOAPAction", '""'],
    body: Buffer.from(envelope),
  }
}

const xmlOf = (members: { type: string; message: string; detail: string }): string =>
  `<error>${Object.entries(members)
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join("")}</error>`
