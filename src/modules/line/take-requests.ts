// The provider's side of a link: one seal checked and one receipt kept for all requests that came together; each answered when it is ready.
import { printId } from "#engines/xroad"
import type { GotMessage, Sealed, Sealer } from "#evidence"
import { errorFor } from "./answering.ts"
import { isAside, withMessage } from "./asides.ts"
import { type Body, IN_MEMORY_MAX, smallBody } from "./body.ts"
import type { Answer } from "./dispatch.ts"
import { IN_HAND_OF_LINK_MAX } from "./limits.ts"
import type { Line } from "./line.ts"
import type { Link } from "./link.ts"
import { answerBase, factsOf, requestBase, type SignedAnswer, signedOf } from "./message.ts"
import { openSeal } from "./message-seal.ts"
import { observed } from "./operations.ts"
import { notAuthentic, Refusal, refusal } from "./refusal.ts"
import type { Peer } from "./roads.ts"
import { notStored, sealed } from "./sealed.ts"
import { FRESH_MAX_SECONDS } from "./seen.ts"
import { type Arrived, isSafe, type PeerRequest, readArrived, take } from "./take.ts"
import { receipt } from "./take-answers.ts"
import type { AnswerHead, Frame, RequestHead, Seal } from "./wire.ts"

/** A request of a frame. */
interface Taken {
  readonly head: RequestHead
  readonly request: PeerRequest
}

/** Takes what came over a link, and answers or refuses each request on it. */
export function takeRequests(line: Line, link: Link, peer: Peer, { seal, requests }: Pick<Frame, "seal" | "requests">): void {
  const taken = requests.map(({ head, body }): Taken => {
    const { id: requestId, method, url, headers, protocol, contract } = head
    return { head, request: { peer, method, url, headers, protocol, requestId, contract, body: bodyFor(line, peer, head, body) } }
  })
  const known: Known = { read: reading(line, peer, seal, taken), left: taken.length }
  for (const { head, request } of taken) {
    link.hold()
    void answer(line, link, head, request, known).finally(() => {
      request.body.drop()
      link.release()
    })
  }
}

function bodyFor(line: Line, peer: Peer, { id, isAside }: RequestHead, body: Buffer): Body {
  return (isAside ? line.asides.got.take(peer.id, id) : undefined) ?? smallBody(body)
}

/** The requests of a frame: what is known of them, and how many are still with their service. */
interface Known {
  readonly read: Read
  left: number
}

/** What a request says, its leaf, and the receipt for all. Throws a Refusal for each alike. */
type Read = (request: PeerRequest) => { readonly arrived: Arrived; readonly leaf: string; readonly kept: Promise<void> }

function reading(line: Line, peer: Peer, seal: Seal | undefined, taken: readonly Taken[]): Read {
  if (!line.sealer) return (request) => ({ arrived: readArrived(request), leaf: "", kept: Promise.resolve() })
  try {
    const at = line.site.clock()
    if (!seal) throw notAuthentic("seal-missing", "the request has no seal")
    const key = peer.sealingKey(seal.keyId, at)
    if (!key) throw notAuthentic("seal-key-unknown", `${peer.id} has no such key now`)
    const arrived = new Map(taken.map(({ request }) => [request, readArrived(request)]))
    const messages = taken.map(({ head, request }) => signedBy(seal, head, request, arrived.get(request)!))
    const opened = openSeal(seal, messages, key)
    if (!opened) throw notAuthentic("seal-broken", `the seal of ${peer.id} does not cover this request`)
    const kept = receipt(
      line,
      peer,
      at,
      opened,
      taken.every(({ request }) => isSafe(request)),
    )
    const leaves = new Map(messages.map(({ message, place }) => [message, opened.batch.leaves[place]!.toString("base64")]))
    return (request) => ({ arrived: arrived.get(request)!, leaf: leaves.get(request.requestId)!, kept })
  } catch (fault) {
    return () => {
      throw fault
    }
  }
}

/** What the peer must have signed for this request. */
function signedBy({ keyId }: Seal, head: RequestHead, { method, body }: PeerRequest, arrived: Arrived): GotMessage {
  const { target, headers, client, id, requestId, contract, protocol } = arrived
  const facts = factsOf({ method, target, headers, body, client: printId(client), id, requestId, contract, protocol })
  const filled = requestBase(facts, { created: head.created, keyId, nonce: requestId })
  return { message: requestId, place: head.place, text: filled.text, filled }
}

async function answer(line: Line, link: Link, head: RequestHead, request: PeerRequest, known: Known): Promise<void> {
  try {
    let leaf = ""
    let kept = Promise.resolve()
    const answer = await observed(line, "Producer", request, async () => {
      const read = known.read(request)
      ;({ leaf, kept } = read)
      if (line.sealer) checkOnce(line, head)
      if (link.held > IN_HAND_OF_LINK_MAX) throw refusal("request-malformed", { reason: "Too many requests at once" })
      return take(line, request, read.arrived, read.kept)
    }).finally(() => known.left--)
    await reply(line, link, request, answer, { leaf, kept, gathers: known.left > 0 })
  } catch (fault) {
    link.refuse({ id: head.id, error: errorFor(line, fault, "peer"), why: fault instanceof Refusal ? fault.why : undefined })
  }
}

/** Was it made just now, and is it here for the first time? */
function checkOnce(line: Line, { id, created }: RequestHead): void {
  const now = line.site.clock().getTime() / 1_000
  if (Math.abs(now - created) > FRESH_MAX_SECONDS)
    throw notAuthentic("seal-stale", "the request was sealed too long ago, or a clock is wrong")
  if (!line.seen.add(id, now)) throw notAuthentic("request-repeated", "the request was taken before")
}

/** Seals the answer and sends it when it and the receipt of its request are on disk. */
async function reply(
  line: Line,
  link: Link,
  { peer, requestId }: PeerRequest,
  answer: Answer,
  { leaf, kept, gathers }: { readonly leaf: string; readonly kept: Promise<void>; readonly gathers: boolean },
): Promise<void> {
  const created = Math.floor(line.site.clock().getTime() / 1_000)
  try {
    const about = { id: requestId, created, request: leaf }
    const of = line.sealer && signedOf(about, answer)
    const mine = of && sealAnswer(line.sealer!, of, gathers)
    const place = mine?.place ?? 0
    const batch = await mine?.signed.catch(notStored)
    // Its content follows when the record is on disk; the consumer's site can check and keep what is signed meanwhile.
    if (of && batch) link.announce({ ...of, place }, batch)
    await stored(mine, kept).catch(notStored)
    link.answer({ head: headOf(answer, about, place), body: withMessage(answer.body) })
    if (answer.body.length > IN_MEMORY_MAX) line.asides.given.keep(peer.id, requestId, answer.body)
    else answer.body.drop()
  } catch (fault) {
    answer.body.drop()
    throw fault
  }
}

/** When an answer and the receipt of its request are on disk; one after the other, because they mostly are together. */
async function stored(mine: Sealed | undefined, kept: Promise<void>): Promise<void> {
  await mine?.stored
  await kept
}

function sealAnswer(sealer: Sealer, of: SignedAnswer, gathers: boolean): Sealed {
  const filled = answerBase(of, sealer.keyId)
  return sealed(() => sealer.seal({ kind: "sent", message: of.id, text: filled.text, filled }, { gathers }))
}

type About = Pick<SignedAnswer, "id" | "created" | "request">

const headOf = ({ status, headers, body }: Answer, { id, created, request }: About, place: number): AnswerHead => ({
  id,
  status,
  headers: [...headers],
  request,
  created,
  place,
  length: body.length,
  isAside: isAside(body),
})
