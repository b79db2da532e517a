// The provider's side of SOAP: the envelope read again, the service asked with its exact bytes, the answer checked and given its request hash.
import {
  answerDifferences,
  type ErrorCode,
  errorFrom,
  lastHeader,
  type Place,
  parseSoapRequest,
  parseSoapResponse,
  printId,
  type SoapMessage,
  soapRequestHash,
  withRequestHash,
} from "#engines/xroad"
import { bodyOf } from "./body.ts"
import { type Answer, dispatch, type Outgoing } from "./dispatch.ts"
import { type Line, PROVIDER_WAIT_MAX_MS } from "./line.ts"
import { Refusal, refusal } from "./refusal.ts"
import type { Offered } from "./roads.ts"
import type { Arrived, PeerRequest } from "./take.ts"
import { unreachableService } from "./unreachable-service.ts"
import { bytesOf } from "./whole-body.ts"

const BEYOND = "Server.ServerProxy.ServiceFailed" satisfies Place

/** Asks a SOAP service. A fault of its own is an answer; every other mistake of it a Refusal. */
export async function askSoapService(line: Line, request: PeerRequest, arrived: Arrived, offered: Offered): Promise<Answer> {
  const asked = await envelopeOf(line, request, arrived)
  const service = printId(arrived.target.service)
  if (offered.url === "") throw refusal("service-without-url", { service })
  const where = addressOf(offered.url, service)
  const action = lastHeader(arrived.headers, "soapaction")
  const out: Outgoing = {
    method: "POST",
    path: where.pathname + where.search,
    headers: ["Content-Type", contentTypeOf(arrived.headers)!, ...(action === undefined ? [] : ["SOAPAction", action])],
    body: request.body,
    waitMaxMs: PROVIDER_WAIT_MAX_MS,
  }
  const answer = await dispatch(line.providerPool(where.origin), out, line.folder).catch((fault: NodeJS.ErrnoException) => {
    throw unreachableService(service, fault, "soap")
  })
  try {
    return await checked(line, asked, answer, arrived.requestId)
  } finally {
    answer.body.drop()
  }
}

/** The envelope of a request, which must say what the line has checked: who asks whom for what. */
export async function envelopeOf(
  line: Line,
  { body }: PeerRequest,
  { target, client, id, headers }: Arrived,
): Promise<SoapMessage> {
  if (body.length > line.limits.soapMaxBytes) throw refusal("request-malformed", { reason: "The message is too large" })
  const contentType = contentTypeOf(headers)
  const soapAction = lastHeader(headers, "soapaction")
  const read = parseSoapRequest({ method: "POST", contentType, soapAction, body: await bytesOf(body) })
  if (!read.ok) throw new Refusal(errorFrom("Server.ServerProxy", read))
  const { header } = read.value
  const isSame =
    printId(header.client) === printId(client) &&
    printId(header.service) === printId(target.service) &&
    roadText(header.id) === id
  if (!isSame) throw refusal("consumer-not-authenticated", { reason: "the envelope says other than the request that carries it" })
  return read.value
}

/** Text of an envelope as a header of the line. */
export const roadText = (text: string): string => (/^[!-~](?:[ -~]*[!-~])?$/.test(text) ? text : encodeURIComponent(text))

/** What the line tells of an answer in SOAP; only the content type goes further. */
export const soapAnswerHeaders = (line: Line, contentType: string, requestId: string): string[] => [
  "Content-Type",
  contentType,
  "Date",
  line.site.clock().toUTCString(),
  "x-road-request-id",
  requestId,
]

const contentTypeOf = (headers: readonly string[]) => lastHeader(headers, "content-type")

function addressOf(url: string, service: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (address?.protocol === "http:" || address?.protocol === "https:") return address
  throw refusal("service-url-malformed", { service })
}

/** SOAP 1.1 faults come with 500; any other status but 200 is an error of the service's server. */
async function checked(line: Line, asked: SoapMessage, answer: Answer, requestId: string): Promise<Answer> {
  const { status } = answer
  const refused = (code: ErrorCode, message: string) => new Refusal({ place: BEYOND, code, message })
  if (status !== 200 && status !== 500) throw refusal("soap-service-status", { status: String(status), reason: "no SOAP answer" })
  if (answer.body.length > line.limits.soapMaxBytes) throw refused("IOError", "The answer is too large")
  const contentType = contentTypeOf(answer.headers)
  const bytes = await bytesOf(answer.body)
  const read = parseSoapResponse(contentType, bytes)
  const isFault = read.ok && !("header" in read.value)
  if (status === 500 && !isFault) throw refusal("soap-service-status", { status: "500", reason: "no SOAP fault" })
  if (!read.ok) throw new Refusal(errorFrom(BEYOND, read))
  const headers = soapAnswerHeaders(line, contentType!, requestId)
  if (!("header" in read.value)) return { status: 200, headers, body: await bodyOf(bytes, line.folder) }
  const differing = answerDifferences(asked.header, read.value.header)
  if (differing.length > 0)
    throw refusal("soap-answer-differs", { reason: `The header of the answer differs in ${differing.join(", ")}` })
  const hashed = withRequestHash(read.value, bytes, soapRequestHash(asked.soapBytes))
  if (!hashed.ok) throw new Refusal(errorFrom(BEYOND, hashed))
  return { status: 200, headers, body: await bodyOf(hashed.value, line.folder) }
}
