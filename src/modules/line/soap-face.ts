// The consumer's side of SOAP: an envelope put on the sealed road, and what comes back compared with it.
import type { IncomingMessage } from "node:http"
import {
  answerDifferences,
  errorFrom,
  lastHeader,
  parseSoapRequest,
  parseSoapResponse,
  printId,
  type Reading,
  type SoapMessage,
  soapRequestHash,
} from "#engines/xroad"
import { newId } from "#platform/ids"
import type { Connection } from "./admit.ts"
import { readBody } from "./body.ts"
import { CONSENT_HEADER } from "./consent.ts"
import type { Answer } from "./dispatch.ts"
import type { Line } from "./line.ts"
import { observed } from "./operations.ts"
import { Refusal, refusal } from "./refusal.ts"
import { send } from "./send.ts"
import { roadText } from "./soap-service.ts"
import { SUBJECT_HEADER } from "./system-calls.ts"
import { soapUrl } from "./target.ts"
import { bytesOf } from "./whole-body.ts"

/** Carries a SOAP message of an information system. Throws a Refusal; a fault of the service itself is an Answer. */
export async function carrySoap(line: Line, request: IncomingMessage, from: Connection): Promise<Answer> {
  if (!line.roads.isFresh(line.site.clock())) throw refusal("configuration-expired")
  const { method, headers } = request
  const call = {
    method: method!,
    contentType: headers["content-type"],
    soapAction: header(headers.soapaction),
    stated: STATED.flatMap((name) => [header(headers[name])].flatMap((value) => (value === undefined ? [] : [name, value]))),
  }
  // What is no POST is refused without its body.
  if (method !== "POST") throw new Refusal(errorFrom("Client", refusedOf(parseSoapRequest({ ...call, body: Buffer.alloc(0) }))))
  const body = await readBody(request, line.folder, line.limits.soapMaxBytes)
  try {
    const read = parseSoapRequest({ ...call, body: await bytesOf(body) })
    if (!read.ok) throw new Refusal(errorFrom("Client", read))
    const asked = { method: "POST", url: soapUrl(read.value.header.service), headers: roadHeaders(read.value, call), body, from }
    const message = { ...asked, protocol: "soap", requestId: newId(line.site.clock()) } as const
    const answer = await observed(line, "Client", message, () => send(line, message))
    return await checked(read.value, answer)
  } finally {
    body.drop()
  }
}

/** What an information system states beside the envelope. */
const STATED = [CONSENT_HEADER, SUBJECT_HEADER] as const

const header = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value.at(-1) : value)

function refusedOf<T>(reading: Reading<T>) {
  if (reading.ok) throw new Error("a message without a body was read")
  return reading
}

/** What the envelope says, as the line wants it; no other header of the client is carried. */
export function roadHeaders(
  { header }: SoapMessage,
  call: { contentType: string | undefined; soapAction: string | undefined; stated?: readonly string[] },
): string[] {
  const { userId, issue, representedParty: party, securityServer } = header
  const headers = ["Content-Type", call.contentType!]
  if (call.soapAction !== undefined) headers.push("SOAPAction", call.soapAction)
  headers.push(...(call.stated ?? []))
  headers.push("X-Road-Client", printId(header.client), "X-Road-Id", roadText(header.id))
  if (userId) headers.push("X-Road-UserId", roadText(userId))
  if (issue) headers.push("X-Road-Issue", roadText(issue))
  if (securityServer) headers.push("X-Road-Security-Server", printId(securityServer))
  if (party) headers.push("X-Road-Represented-Party", [party.partyClass, party.partyCode].flatMap(encoded).join("/"))
  return headers
}

const encoded = (part: string | undefined): string[] => (part === undefined ? [] : [encodeURIComponent(part)])

/** Does the answer repeat the request's header, with the hash of the very bytes that were sent? */
async function checked(asked: SoapMessage, answer: Answer): Promise<Answer> {
  const contentType = lastHeader(answer.headers, "content-type")
  const headers = ["Content-Type", contentType ?? "text/xml", "Date", lastHeader(answer.headers, "date") ?? ""]
  const read = parseSoapResponse(contentType, await bytesOf(answer.body))
  if (!read.ok) throw new Refusal(errorFrom("Server.ClientProxy.ServiceFailed", read))
  if ("header" in read.value) {
    const differing = answerDifferences(asked.header, read.value.header, soapRequestHash(asked.soapBytes))
    if (differing.length > 0) throw refusal("answer-differs", { reason: differing.join(", ") })
  }
  return { ...answer, headers }
}
