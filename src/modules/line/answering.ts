// Writes an answer, or the error of the road in the form that its reader understands.
import { randomUUID } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import { errorOf, type Place, type Rendered, renderRestError, renderSoapFault, type XRoadError } from "#engines/xroad"
import { BodyTooLarge } from "./body.ts"
import type { Answer } from "./dispatch.ts"
import { REFUSED_WAIT_MAX_MS } from "./limits.ts"
import type { Line } from "./line.ts"
import { Refusal } from "./refusal.ts"

/** Who reads: a REST or SOAP client in the dialect of its face, or another site, whose own face says it again. */
export type Reader = "rest" | "soap" | "peer"

/** Answers with what `act` gives; what it throws becomes an error of the road with a reference to the log. */
export async function answering(
  line: Line,
  request: IncomingMessage,
  response: ServerResponse,
  reader: Reader,
  act: () => Promise<Answer>,
): Promise<void> {
  response.sendDate = false
  try {
    write(response, await act())
  } catch (fault) {
    refuse(line, request, response, rendered(line, errorFor(line, fault, reader), reader, request.headers.accept))
  }
}

/** The error of the road that a reader is told, with a reference to the log. */
export function errorFor(line: Line, fault: unknown, reader: Reader): XRoadError {
  const error = roadError(fault, reader)
  const words = {
    road: `${error.place}.${error.code}`,
    reference: error.detail,
    ...(fault instanceof Refusal ? { cause: fault.cause } : { err: fault }),
  }
  line.site.log.warn(words, "the line refused a request")
  return error
}

function roadError(fault: unknown, reader: Reader): XRoadError {
  const detail = randomUUID()
  // An error of the provider's site keeps its reference: the operator there can find it.
  if (fault instanceof Refusal)
    return { ...fault.error, place: placeFor(reader, fault.error.place), detail: fault.error.detail || detail }
  if (!(fault instanceof BodyTooLarge)) return errorOf("request-malformed", { reason: "Internal error" }, detail)
  const error = errorOf("body-too-large", {}, detail)
  return reader === "soap" ? { ...error, code: "LoggingFailed", message: error.message.replace("LoggingFailed: ", "") } : error
}

/** What both sides look at in the same way is the provider's to say when it is the provider's side that has looked. */
const placeFor = (reader: Reader, place: Place): Place =>
  reader === "peer" && place === "Server.ClientProxy" ? "Server.ServerProxy" : place

function rendered({ dialect }: Line, error: XRoadError, reader: Reader, accept: string | undefined): Rendered {
  if (reader === "soap") return renderSoapFault(error, dialect)
  return reader === "peer" ? renderRestError(error, undefined) : renderRestError(error, accept, dialect)
}

/** Says what is wrong; a sender that still speaks is heard a moment longer, so that it can read the answer, and then cut off. */
export function refuse(
  line: Line,
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Rendered,
): void {
  if (response.headersSent || response.destroyed) return void response.destroy()
  const isHeard = request.complete || !hasBody(request)
  const ends = isHeard ? [] : ["Connection", "close"]
  const date = line.site.clock().toUTCString()
  response.writeHead(status, [...headers, "Content-Length", String(body.length), "Date", date, ...ends])
  response.end(body)
  if (isHeard) return
  request.resume()
  const cut = setTimeout(() => request.destroy(), REFUSED_WAIT_MAX_MS).unref()
  request.once("close", () => clearTimeout(cut))
}

/** A request without a body is not yet complete in the moment in which its headers are. */
const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0

function write(response: ServerResponse, { status, headers, body }: Answer): void {
  const length = status === 204 || status === 304 ? [] : ["Content-Length", String(body.length)]
  response.writeHead(status, [...headers, ...length])
  const content = body.content()
  if (content === null || Buffer.isBuffer(content)) {
    response.end(content)
    body.drop()
    return
  }
  content.on("error", () => response.destroy())
  response.on("close", () => body.drop())
  content.pipe(response)
}
