// Answers of the SOAP protocol: the request's header copied, the request hash put in, the header of an answer compared with its request's.
import { isDeepStrictEqual } from "node:util"
import type { RawHeaders } from "./headers.ts"
import { buildMultipart } from "./multipart.ts"
import { accept, type Reading, refuse } from "./reading.ts"
import type { SoapHeader } from "./soap-header.ts"
import type { SoapMessage } from "./soap-message.ts"
import { escapeXml, SOAP_NS, XML_DECLARATION, XROAD_NS } from "./xml-text.ts"
import { childElement } from "./xml-tree.ts"

export const SHA512_ALGORITHM = "http://www.w3.org/2001/04/xmlenc#sha512"

/** What is written back: content type and bytes, always with status 200. */
export interface SoapAnswer {
  readonly contentType: string
  readonly body: Buffer
}

export interface Attachment {
  readonly contentType: string
  readonly contentId: string
  readonly bytes: Uint8Array
}

/**
 * The answer of a service that the node itself gives: all header elements of the request in their order and spelling, `requestHash`
 * after them, and `bodyXml` (which declares its own namespaces) as the body. With attachments it is multipart/related.
 */
export function soapAnswer(
  request: SoapMessage,
  bodyXml: string,
  hash: string,
  attachments?: { boundary: string; parts: readonly Attachment[] },
): SoapAnswer {
  const { text, envelope } = request
  const header = childElement(envelope, SOAP_NS, "Header")!
  const old = childElement(header, XROAD_NS, "requestHash")
  const head = old
    ? text.slice(envelope.start, old.start) + text.slice(old.end, header.closeStart)
    : text.slice(envelope.start, header.closeStart)
  const name = (local: string) => (envelope.prefix === "" ? local : `${envelope.prefix}:${local}`)
  const xml =
    `${XML_DECLARATION}${head}${hashXml(hash)}${text.slice(header.closeStart, header.end)}` +
    `<${name("Body")}>${bodyXml}</${name("Body")}></${name("Envelope")}>`
  if (!attachments) return { contentType: "text/xml; charset=utf-8", body: Buffer.from(xml) }
  return {
    contentType: `multipart/related; type="text/xml"; charset=UTF-8; boundary=${attachments.boundary}`,
    body: buildMultipart(attachments.boundary, [
      { headers: ["Content-Type", "text/xml; charset=UTF-8", "Content-Transfer-Encoding", "8bit"], body: Buffer.from(xml) },
      ...attachments.parts.map((part) => ({ headers: attachmentHeaders(part), body: part.bytes })),
    ]),
  }
}

/**
 * A provider's answer with the request hash in its header, one of its own replaced, every other byte as it came; `whole` is the body that
 * `answer` was read from. Refuses with InvalidContentType a charset in which the place can't be found, such as UTF-16.
 */
export function withRequestHash(answer: SoapMessage, whole: Buffer, hash: string): Reading<Buffer> {
  const header = childElement(answer.envelope, SOAP_NS, "Header")!
  const old = childElement(header, XROAD_NS, "requestHash")
  const [from, to] = old ? [old.start, old.end] : [header.closeStart, header.closeStart]
  const [first, behind] = [byteAt(answer, from), byteAt(answer, to)]
  if (first === undefined || behind === undefined) return refuse("InvalidContentType", `Unsupported charset: ${answer.charset}`)
  const offset = answer.parts[0]?.start ?? 0
  return accept(Buffer.concat([whole.subarray(0, offset + first), Buffer.from(hashXml(hash)), whole.subarray(offset + behind)]))
}

/** The fields in which the header of an answer is not the copy of its request's that it must be; with a hash, that one too. */
export function answerDifferences(request: SoapHeader, answer: SoapHeader, hash?: string): string[] {
  const fields = ["client", "service", "id", "userId", "issue", "representedParty", "protocolVersion"] as const
  const differing: string[] = fields.filter((field) => !isDeepStrictEqual(request[field], answer[field]))
  if (hash !== undefined && (answer.requestHash?.value !== hash || answer.requestHash.algorithm !== SHA512_ALGORITHM))
    differing.push("requestHash")
  return differing
}

const hashXml = (hash: string): string =>
  `<xroad:requestHash xmlns:xroad="${XROAD_NS}" algorithmId="${SHA512_ALGORITHM}">${escapeXml(hash)}</xroad:requestHash>`

const attachmentHeaders = ({ contentType, contentId }: Attachment): RawHeaders => [
  ...["Content-Type", contentType],
  ...["Content-Transfer-Encoding", "binary"],
  ...["Content-ID", `<${contentId}>`],
]

/** Where a place in the text is among the bytes, in the charsets in which what is put in is written the same. */
function byteAt({ text, soapBytes, charset }: SoapMessage, place: number): number | undefined {
  if (charset === "utf-8") {
    const mark = soapBytes[0] === 0xef && soapBytes[1] === 0xbb && soapBytes[2] === 0xbf ? 3 : 0
    return mark + Buffer.byteLength(text.slice(0, place))
  }
  return /^(?:windows-\d|iso-8859-|koi8-|ibm866|macintosh)/.test(charset) ? place : undefined
}
