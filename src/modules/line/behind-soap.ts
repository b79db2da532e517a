// A site behind a security server that carries SOAP alone: its own requests as envelopes, and envelopes for its registers as requests.
import type { Dispatcher } from "undici"
import {
  answerDifferences,
  errorFrom,
  lastHeader,
  parseClientId,
  parseId,
  parseSoapRequest,
  parseSoapResponse,
  printId,
  type Reading,
  SOAP_CONTENT_TYPE,
  type SoapMessage,
  soapAnswer,
  soapRequest,
  soapRequestHash,
} from "#engines/xroad"
import { isId } from "#platform/ids"
import { type Asked, parsed, type Told } from "./ask.ts"
import { bodyOf } from "./body.ts"
import { type Answer, dispatch } from "./dispatch.ts"
import { PURPOSE_HEADER } from "./handler.ts"
import { answerXml, readAnswer, readRequest, requestXml } from "./json-in-soap.ts"
import { FACE_LIMITS } from "./limits.ts"
import { type Line, PEER_WAIT_MAX_MS } from "./line.ts"
import { Refusal, refusal } from "./refusal.ts"
import { isRoadClosed } from "./refused.ts"
import { soapAnswerHeaders } from "./soap-service.ts"
import type { PeerRequest } from "./take.ts"
import { bytesOf } from "./whole-body.ts"

/** As `ask` of the line, in an envelope to the server's face. */
export async function postSoap(server: Dispatcher, folder: string, asked: Asked): Promise<Told> {
  const { consumer, service, requestId: id, path, purpose } = asked
  const [client, named] = [must(parseClientId(consumer)), must(parseId("SERVICE", service))]
  const bodyXml = requestXml(named.service, { path, purpose, json: JSON.stringify(asked.json) })
  const bytes = soapRequest({ client, service: named, id, bodyXml })
  const mine = must(parseSoapRequest({ method: "POST", contentType: SOAP_CONTENT_TYPE, soapAction: '""', body: bytes }))
  const headers = ["Content-Type", SOAP_CONTENT_TYPE, "SOAPAction", '""']
  const waitMaxMs = Math.min(asked.waitMaxMs, PEER_WAIT_MAX_MS)
  const answer = await dispatch(
    server,
    { method: "POST", path: "/", headers, body: await bodyOf(bytes, folder), waitMaxMs },
    folder,
  )
  try {
    return await toldBy(mine, answer)
  } finally {
    answer.body.drop()
  }
}

/** The names come from the directory and the file of the site. */
function must<T>(read: Reading<T>): T {
  if (!read.ok) throw new Error(read.message)
  return read.value
}

const silent = (code: string): Told => ({ kind: "silent", code })

/** An answer counts when it is to this very envelope; attachments are none of ours. */
async function toldBy(mine: SoapMessage, answer: Answer): Promise<Told> {
  if (answer.body.length > FACE_LIMITS.soapMaxBytes) return silent("TooLarge")
  const read = parseSoapResponse(lastHeader(answer.headers, "content-type"), await bytesOf(answer.body))
  if (!read.ok) return silent(read.code)
  if (!("header" in read.value)) {
    const { code } = read.value
    return isRoadClosed(code) ? { kind: "refused", code } : silent(code)
  }
  if (read.value.parts.length > 1) return silent("AttachmentsNotTaken")
  const differing = answerDifferences(mine.header, read.value.header, soapRequestHash(mine.soapBytes))
  if (differing.length > 0) return silent("InconsistentResponse")
  const told = readAnswer(read.value)
  return told ? { kind: "answer", status: told.status, json: parsed(told.json) } : silent("InvalidBody")
}

/** Answers an envelope for a register: what it says is asked as a REST request would be, `answer` being the way. Throws a Refusal. */
export async function answerRegisterBySoap(
  line: Line,
  message: SoapMessage,
  asked: PeerRequest,
  answer: (asked: PeerRequest) => Promise<Answer>,
): Promise<Answer> {
  const { service, id } = message.header
  if (message.parts.length > 1) throw refusal("request-malformed", { reason: "A register takes no attachments" })
  const said = readRequest(message)
  if (!said)
    throw new Refusal(errorFrom("Server.ServerProxy", { ok: false, code: "InvalidBody", message: "The body can't be read" }))
  // Both sites write the exchange down under the id that the consumer's has given it.
  const requestId = isId(id) ? id : asked.requestId
  const { version: _, ...plain } = service
  const about = { ...asked, method: "POST", url: `/r1/${printId(plain)}${said.path}`, protocol: "rest", requestId } as const
  const headers = [...restHeaders(asked.headers, requestId), PURPOSE_HEADER, said.purpose, "Content-Type", "application/json"]
  const body = await bodyOf(Buffer.from(said.json), line.folder)
  const given = await answer({ ...about, headers, body })
  try {
    const json = (await bytesOf(given.body)).toString()
    const told = soapAnswer(message, answerXml(service.service, given.status, json), soapRequestHash(message.soapBytes))
    return {
      status: 200,
      headers: soapAnswerHeaders(line, told.contentType, requestId),
      body: await bodyOf(told.body, line.folder),
    }
  } finally {
    given.body.drop()
  }
}

/** What the envelope says of the road, without what only SOAP has. */
function restHeaders(headers: readonly string[], requestId: string): string[] {
  const others = ["content-type", "soapaction", "x-road-request-id"]
  const kept = headers.flatMap((name, i) => (i % 2 === 0 && !others.includes(name.toLowerCase()) ? [name, headers[i + 1]!] : []))
  return [...kept, "x-road-request-id", requestId]
}
