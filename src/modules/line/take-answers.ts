// The consumer's side of answers: one seal checked and one receipt kept for all that came together, each given to the exchange it answers.

import { SKIPPED_HEADERS } from "#engines/xroad"
import { type GotMessage, printReceipt } from "#evidence"
import { fetchAside } from "./asides.ts"
import { type Body, smallBody } from "./body.ts"
import type { ByExchange } from "./by-exchange.ts"
import type { Answer } from "./dispatch.ts"
import type { Line } from "./line.ts"
import type { Waiting } from "./links.ts"
import { answerBase, type SignedAnswer, signedOf } from "./message.ts"
import { type Opened, openSeal } from "./message-seal.ts"
import { refusal } from "./refusal.ts"
import type { Peer } from "./roads.ts"
import { sealed } from "./sealed.ts"
import { FRESH_MAX_SECONDS } from "./seen.ts"
import type { Announcement, AnswerHead, Frame, Seal } from "./wire.ts"

export interface TakenAnswer {
  readonly answer: Answer
  /** When the receipt is on disk. */
  readonly stored: Promise<void>
}

/** What was signed of an answer that is to come, and its receipt's way to the disk. */
export interface Announced {
  readonly head: Announcement
  readonly stored: Promise<void>
}

interface Arrived {
  readonly head: AnswerHead
  readonly answer: Answer
}

/** Checks and keeps what a peer has signed of answers that are to come. */
export function takeAnnounced(
  line: Line,
  peer: Peer,
  { seal, announced }: Pick<Frame, "seal" | "announced">,
  waiting: ByExchange<Waiting>,
): void {
  try {
    const signed = announced.map((head) => ({ place: head.place, signed: head }))
    const stored = line.sealer ? keep(line, peer, seal, signed) : Promise.resolve()
    for (const head of announced) {
      const one = waiting.get(head.id)
      if (one?.leaf === head.request) one.announced = { head, stored }
      else one?.reject(refusal("answer-differs", { reason: "it answers another request" }))
    }
  } catch (fault) {
    for (const { id } of announced) waiting.get(id)?.reject(fault)
  }
}

/** Gives each exchange its answer, or the refusal of an answer that is not what it should be. */
export async function takeAnswers(
  line: Line,
  peer: Peer,
  { seal, answers }: Pick<Frame, "seal" | "answers">,
  waiting: ByExchange<Waiting>,
): Promise<void> {
  const bodies: Body[] = []
  try {
    for (const { head, body } of answers) bodies.push(head.isAside ? await fetchAside(line, peer, head.id) : smallBody(body))
    const arrived = answers.map(({ head }, i) => ({ head, answer: answerOf(head, bodies[i]!) }))
    const stored =
      line.sealer && (seal || !arrived.every((one) => isAnnounced(one, waiting)))
        ? keep(line, peer, seal, arrived.map(placedOf))
        : undefined
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

const placedOf = ({ head, answer }: Arrived): Placed => ({ place: head.place, signed: signedOf(head, answer) })

/** Is it what was signed before it came? Throws a Refusal where it is something else. */
function isAnnounced({ head, answer }: Arrived, waiting: ByExchange<Waiting>): boolean {
  const signed = waiting.get(head.id)?.announced?.head
  if (!signed) return false
  const { status, request } = head
  const { headers, content } = signedOf(head, answer)
  if (signed.status === status && signed.request === request && signed.headers === headers && signed.content === content)
    return true
  throw refusal("answer-signature-wrong", { reason: "what was signed is another answer" })
}

function give(head: AnswerHead, answer: Answer, stored: Promise<void> | undefined, one: Waiting | undefined): void {
  if (one?.leaf === head.request) one.resolve({ answer, stored: stored ?? one.announced?.stored ?? Promise.resolve() })
  else {
    answer.body.drop()
    one?.reject(refusal("answer-differs", { reason: "it answers another request" }))
  }
}

/** An answer of a frame: what must have been signed of it, and where it stands in its batch. */
interface Placed {
  readonly place: number
  readonly signed: SignedAnswer
}

/** Checks what the peer has sealed and puts the receipt into the log. Throws a Refusal. */
function keep(line: Line, peer: Peer, seal: Seal | undefined, answers: readonly Placed[]): Promise<void> {
  if (!seal) throw refusal("answer-without-signature")
  const at = line.site.clock()
  const key = peer.sealingKey(seal.keyId, at)
  if (!key) throw refusal("answer-certificate-wrong", { reason: `${peer.id} has no such key now` })
  const opened = openSeal(
    seal,
    answers.map((one) => messageOf(seal, one)),
    key,
  )
  if (!opened)
    throw refusal("answer-signature-wrong", { reason: `the seal of ${peer.id} does not cover this answer to this request` })
  const now = at.getTime() / 1_000
  if (answers.some(({ signed }) => Math.abs(now - signed.created) > FRESH_MAX_SECONDS))
    throw refusal("answer-differs", { reason: "too old" })
  return receipt(line, peer, at, opened)
}

/** The message that the peer must have signed. */
function messageOf({ keyId }: Seal, { place, signed }: Placed): GotMessage {
  const filled = answerBase(signed, keyId)
  return { message: signed.id, place, text: filled.text, filled }
}

/** Puts the receipt of a peer's batch into the log. With `mayWait` it goes with the next record. */
export function receipt(line: Line, peer: Peer, at: Date, { of, batch }: Opened, mayWait = false): Promise<void> {
  const record = { kind: "got", message: "", text: printReceipt(peer.id, at, batch), of } as const
  return sealed(() => line.sealer!.seal(record, { mayWait })).stored
}
