// The consumer's side of answers: one seal checked and one receipt kept for all that came together, each given to the exchange it answers.

import { SKIPPED_HEADERS } from "#engines/xroad"
import { type GotMessage, printReceipt } from "#evidence"
import { fetchAside } from "./asides.ts"
import { type Body, smallBody } from "./body.ts"
import type { Answer } from "./dispatch.ts"
import type { Line } from "./line.ts"
import type { Waiting } from "./links.ts"
import { contentDigestOf, headersDigest, responseBase } from "./message.ts"
import { type Opened, openSeal } from "./message-seal.ts"
import { refusal } from "./refusal.ts"
import type { Peer } from "./roads.ts"
import { sealed } from "./sealed.ts"
import { FRESH_MAX_SECONDS } from "./seen.ts"
import type { AnswerHead, Frame, Seal } from "./wire.ts"

export interface TakenAnswer {
  readonly answer: Answer
  /** When the receipt is on disk. */
  readonly stored: Promise<void>
}

interface Arrived {
  readonly head: AnswerHead
  readonly answer: Answer
}

/** Gives each exchange its answer, or the refusal of an answer that is not what it should be. */
export async function takeAnswers(
  line: Line,
  peer: Peer,
  { seal, answers }: Pick<Frame, "seal" | "answers">,
  waiting: ReadonlyMap<string, Waiting>,
): Promise<void> {
  const bodies: Body[] = []
  try {
    for (const { head, body } of answers) bodies.push(head.isAside ? await fetchAside(line, peer, head.id) : smallBody(body))
    const arrived = answers.map(({ head }, i) => ({ head, answer: answerOf(head, bodies[i]!) }))
    const stored = line.sealer ? keep(line, peer, seal, arrived) : Promise.resolve()
    for (const { head, answer } of arrived) give(head, answer, stored, waiting.get(head.id))
  } catch (fault) {
    for (const body of bodies) body.drop()
    for (const { head } of answers) waiting.get(head.id)?.reject(fault)
  }
}

function answerOf({ status, headers }: AnswerHead, body: Body): Answer {
  for (let i = 0; i < headers.length; i += 2)
    if (SKIPPED_HEADERS.has(headers[i]!.toLowerCase())) throw refusal("answer-differs", { reason: "a header of the connection" })
  return { status, headers, body }
}

function give(head: AnswerHead, answer: Answer, stored: Promise<void>, one: Waiting | undefined): void {
  if (one?.leaf === head.request) one.resolve({ answer, stored })
  else {
    answer.body.drop()
    one?.reject(refusal("answer-differs", { reason: "it answers another request" }))
  }
}

/** Checks what the peer has sealed and puts the receipt into the log. Throws a Refusal. */
function keep(line: Line, peer: Peer, seal: Seal | undefined, arrived: readonly Arrived[]): Promise<void> {
  if (!seal) throw refusal("answer-without-signature")
  const at = line.site.clock()
  const key = peer.sealingKey(seal.keyId, at)
  if (!key) throw refusal("answer-certificate-wrong", { reason: `${peer.id} has no such key now` })
  const opened = openSeal(
    seal,
    arrived.map((one) => signedBy(seal, one)),
    key,
  )
  if (!opened)
    throw refusal("answer-signature-wrong", { reason: `the seal of ${peer.id} does not cover this answer to this request` })
  const now = at.getTime() / 1_000
  if (arrived.some(({ head }) => Math.abs(now - head.created) > FRESH_MAX_SECONDS))
    throw refusal("answer-differs", { reason: "too old" })
  return receipt(line, peer, at, opened)
}

/** What the peer must have signed for this answer. */
function signedBy({ keyId }: Seal, { head, answer }: Arrived): GotMessage {
  const facts = {
    status: head.status,
    contentDigest: contentDigestOf(answer.body.sha256),
    headers: headersDigest(head.headers),
    request: head.request,
  }
  const filled = responseBase(facts, { created: head.created, keyId, nonce: head.id })
  return { message: head.id, place: head.place, text: filled.text, filled }
}

/** Puts the receipt of a peer's batch into the log. With `mayWait` it goes with the next record. */
export function receipt(line: Line, peer: Peer, at: Date, { of, batch }: Opened, mayWait = false): Promise<void> {
  const record = { kind: "got", message: "", text: printReceipt(peer.id, at, batch), of } as const
  return sealed(() => line.sealer!.seal(record, { mayWait })).stored
}
