// SOAP messages as they come (PR-MESS 2): content type, parts, envelope, header and body, each refusal with its code.
import { createHash } from "node:crypto"
import { lastHeader } from "./headers.ts"
import { type MediaType, parseMediaType } from "./media-type.ts"
import { type Part, parseMultipart } from "./multipart.ts"
import { accept, type Reading, type Refused, refuse } from "./reading.ts"
import { readSoapHeader, type SoapHeader } from "./soap-header.ts"
import { SOAP_NS } from "./xml-text.ts"
import { childElement, childElements, NotXml, readXml, textOf, type XmlElement } from "./xml-tree.ts"

export interface SoapMessage {
  readonly header: SoapHeader
  /** The only element of the body. Its content is in the tree down to a limit; whoever needs all reads `text`. */
  readonly wrapper: XmlElement
  readonly envelope: XmlElement
  /** The SOAP part decoded, without a byte order mark; the places of elements are places in it. */
  readonly text: string
  /** The SOAP part byte by byte: what the request hash is of. */
  readonly soapBytes: Buffer
  /** As the Encoding Standard names it: `utf-8`, `iso-8859-1` as `windows-1252`. */
  readonly charset: string
  /** All parts of a multipart message, the SOAP part first; empty for a plain one. */
  readonly parts: readonly Part[]
}

export interface SoapFault {
  readonly code: string
  readonly message: string
  readonly actor?: string
  readonly detail?: string
}

export interface SoapCall {
  readonly method: string
  readonly contentType: string | undefined
  readonly soapAction: string | undefined
  readonly body: Buffer
}

/** Reads a client's request. The codes are those that X-Road gives with the place `Client`. */
export function parseSoapRequest({ method, contentType, soapAction, body }: SoapCall): Reading<SoapMessage> {
  if (method !== "POST") return refuse("InvalidHttpMethod", `Must use POST request method instead of ${method.slice(0, 20)}`)
  if (!isSoapAction(soapAction)) return refuse("InvalidSoapAction", "Malformed SOAPAction header")
  const read = parseSoap(contentType, body)
  if (!read.ok) return read
  if (!("header" in read.value)) return refuse("InvalidBody", "Client request must not be a fault")
  const { header, wrapper } = read.value
  if (wrapper.local !== header.service.service)
    return refuse("InconsistentHeaders", "Malformed SOAP message: service code does not match in header and body")
  return read as Reading<SoapMessage>
}

/** Reads an answer: a message whose wrapper ends with `Response`, or a fault. */
export function parseSoapResponse(contentType: string | undefined, body: Buffer): Reading<SoapMessage | SoapFault> {
  const read = parseSoap(contentType, body)
  if (!read.ok || !("header" in read.value)) return read
  const { header, wrapper } = read.value
  const named = wrapper.local === `${header.service.service}Response` || wrapper.local === header.service.service
  return named ? read : refuse("InvalidBody", `The body of the answer is '${wrapper.local}'`)
}

/** Missing, empty, `""`, or a URI reference in quotes (SOAP 1.1 section 6.1.1). */
export function isSoapAction(soapAction: string | undefined): boolean {
  const text = soapAction?.trim() ?? ""
  return text === "" || text === '""' || /^"(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+"$/.test(text)
}

/** Base64 of SHA-512 over the SOAP part: the value of `requestHash`. */
export const soapRequestHash = (soapBytes: Uint8Array): string => createHash("sha512").update(soapBytes).digest("base64")

function parseSoap(contentType: string | undefined, body: Buffer): Reading<SoapMessage | SoapFault> {
  const media = parseMediaType(contentType)
  if (media?.type === "text/xml") return readEnvelope(media, body, [])
  if (media?.type !== "multipart/related")
    return refuse("InvalidContentType", `Invalid content type: ${contentType?.slice(0, 200) ?? ""}`)
  const cut = parseMultipart(media.parameters.boundary, body)
  if (!cut.ok) return cut
  const soap = cut.value[0]
  if (!soap) return refuse("MissingSoap", "Request does not have SOAP message")
  const inner = soapPartType(soap, media)
  return "ok" in inner ? inner : readEnvelope(inner, soap.body, cut.value)
}

/** The SOAP part is text/xml, or application/xop+xml when attachments are MTOM; it is not encoded for transfer. */
function soapPartType(part: Part, whole: MediaType): MediaType | Refused {
  const media = parseMediaType(lastHeader(part.headers, "content-type") ?? "text/xml")
  if (media?.type !== "text/xml" && media?.type !== "application/xop+xml")
    return refuse("InvalidContentType", `Invalid content type of the SOAP part: ${media?.type ?? ""}`)
  const encoding = (lastHeader(part.headers, "content-transfer-encoding") ?? "8bit").toLowerCase()
  if (!["7bit", "8bit", "binary"].includes(encoding))
    return refuse("InvalidContentType", `The SOAP part is encoded as ${encoding.slice(0, 40)}`)
  return media.parameters.charset === undefined && whole.parameters.charset !== undefined
    ? { type: media.type, parameters: { charset: whole.parameters.charset } }
    : media
}

function readEnvelope(media: MediaType, soapBytes: Buffer, parts: readonly Part[]): Reading<SoapMessage | SoapFault> {
  const decoded = decode(soapBytes, media.parameters.charset ?? "utf-8")
  if (!decoded.ok) return decoded
  const { text, charset } = decoded.value
  let envelope: XmlElement
  try {
    envelope = readXml(text)
  } catch (error) {
    if (!(error instanceof NotXml)) throw error
    return refuse("InvalidXml", `Malformed XML: ${error.message}`)
  }
  if (envelope.uri !== SOAP_NS || envelope.local !== "Envelope")
    return refuse("InvalidSoap", "Malformed SOAP message: envelope missing")
  const [header, body] = [childElements(envelope, SOAP_NS, "Header"), childElements(envelope, SOAP_NS, "Body")]
  if (header.length > 1 || body.length > 1) return refuse("InvalidSoap", "Malformed SOAP message: more than one header or body")
  if (!body[0]) return refuse("MissingBody", "Malformed SOAP message: body missing")
  const fault = childElement(body[0], SOAP_NS, "Fault")
  if (fault) return accept(faultOf(fault))
  if (!header[0]) return refuse("MissingHeader", "Malformed SOAP message: header missing")
  const fields = readSoapHeader(header[0])
  if (!fields.ok) return fields
  const [wrapper, ...others] = childElements(body[0])
  if (!wrapper || others.length > 0)
    return refuse("InvalidBody", "Malformed SOAP message: body must have exactly one child element")
  return accept({ header: fields.value, wrapper, envelope, text, soapBytes, charset, parts }, fields.warnings)
}

function decode(bytes: Buffer, label: string): Reading<{ text: string; charset: string }> {
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(label.trim(), { fatal: true })
  } catch {
    return refuse("InvalidContentType", `Unknown charset: ${label.slice(0, 40)}`)
  }
  try {
    return accept({ text: decoder.decode(bytes), charset: decoder.encoding })
  } catch {
    return refuse("InvalidXml", `Malformed XML: not in ${decoder.encoding}`)
  }
}

/** SOAP 1.1 faults have unqualified children; some stacks qualify them all the same. */
function faultOf(fault: XmlElement): SoapFault {
  const child = (local: string) => childElements(fault).find((element) => element.local === local)
  const text = (element: XmlElement | undefined): string | undefined => element && (textOf(element) ?? undefined)
  const detail = child("detail")
  const [actor, about] = [text(child("faultactor")), text(detail && (childElements(detail)[0] ?? detail))]
  return {
    code: text(child("faultcode")) ?? "",
    message: text(child("faultstring")) ?? "",
    ...(actor && { actor }),
    ...(about && { detail: about }),
  }
}
