// The consumer's side: a request of one of our clients, sealed, sent to the provider's site, its answer checked and kept before it is given.
import {
  errorFrom,
  lastHeader,
  messageHeaders,
  newMessageId,
  printId,
  providerOf,
  type Reading,
  type RestTarget,
  readRequestHeaders,
} from "#engines/xroad"
import type { Sealed, Sealer, SignedBatch } from "#evidence"
import { admit, type Connection } from "./admit.ts"
import { isAside, sendAside, withMessage } from "./asides.ts"
import { type Body, IN_MEMORY_MAX } from "./body.ts"
import { choosePeer } from "./choose-peer.ts"
import { bringConsent } from "./consent.ts"
import type { Answer } from "./dispatch.ts"
import { PURPOSE_HEADER } from "./handler.ts"
import { type Line, PEER_WAIT_MAX_MS } from "./line.ts"
import type { Outgoing } from "./link.ts"
import { factsOf, requestBase } from "./message.ts"
import { Refusal, refusal } from "./refusal.ts"
import type { Peer } from "./roads.ts"
import { notStored, sealed } from "./sealed.ts"
import { demandSubject } from "./system-calls.ts"
import { type Protocol, rightOf, targetOf } from "./target.ts"
import type { RefusalHead } from "./wire.ts"

export interface ClientRequest {
  readonly method: string
  /** The request line's target, raw. */
  readonly url: string
  /** Names and values in turn, as they came. */
  readonly headers: readonly string[]
  readonly body: Body
  /** A SOAP message goes as a POST to the name of its service. */
  readonly protocol: Protocol
  /** How the information system came; the site itself needs no certificate. */
  readonly from: Connection | "here"
  /** The id of the exchange. */
  readonly requestId: string
  /** Milliseconds to wait for the peer; PEER_WAIT_MAX_MS when left out. */
  readonly waitMaxMs?: number
}

/** One exchange under way. */
interface Exchange {
  readonly peer: Peer
  readonly target: RestTarget
  readonly client: string
  readonly id: string
  readonly requestId: string
  readonly contract: string
  /** Headers of the message as they are hashed. */
  readonly headers: string[]
}

/** Carries a request of one of our clients. Throws a Refusal; what the provider says, mistakes included, is an Answer. */
export async function send(line: Line, request: ClientRequest): Promise<Answer> {
  const prepared = prepare(line, request)
  const service = rightOf(prepared.target.service)
  demandSubject(line, request.from, service, prepared)
  const exchange = await bringConsent(line, request.from, service, prepared)
  const { sealer } = line
  const { peer, requestId } = exchange
  try {
    if (request.body.length > IN_MEMORY_MAX) await sendAside(line, peer, requestId, request.body)
    const created = Math.floor(line.site.clock().getTime() / 1_000)
    const mine = sealer && sealed(() => sealRequest(sealer, exchange, request, created))
    const batch = await mine?.signed.catch(notStored)
    const leaf = mine ? mine.leaf.toString("base64") : ""
    const message = messageOf(exchange, request, { created, place: mine?.place ?? 0, batch })
    const outcome = await line.links.carry(line, peer, { message, leaf, waitMaxMs: request.waitMaxMs ?? PEER_WAIT_MAX_MS })
    if ("error" in outcome) throw await refusedBy(line, exchange, outcome, mine?.stored)
    try {
      await mine?.stored
      await outcome.stored
    } catch (fault) {
      outcome.answer.body.drop()
      notStored(fault)
    }
    return outcome.answer
  } catch (fault) {
    throw fault instanceof Refusal ? fault : unreachable(peer, fault as NodeJS.ErrnoException)
  }
}

function sealRequest(sealer: Sealer, exchange: Exchange, { method, body, protocol }: ClientRequest, created: number): Sealed {
  const { target, headers, client, id, requestId, contract } = exchange
  const facts = factsOf({ method, target, headers, body, client, id, requestId, contract, protocol })
  const filled = requestBase(facts, { created, keyId: sealer.keyId, nonce: requestId })
  return sealer.seal({ kind: "sent", message: requestId, text: filled.text, filled }, { gathers: true, isStoredLater: true })
}

/** The request as it goes over the link. */
function messageOf(
  exchange: Exchange,
  request: ClientRequest,
  { created, place, batch }: { readonly created: number; readonly place: number; readonly batch: SignedBatch | undefined },
): Outgoing {
  const { method, url, protocol, body } = request
  const { requestId: id, contract, headers } = exchange
  const about = { id, method, url, protocol, contract, created, place, headers, length: body.length, isAside: isAside(body) }
  return { head: about, body: withMessage(body), batch }
}

/** Everything that can be refused before anything leaves the house. */
function prepare(line: Line, request: ClientRequest): Exchange {
  const { method, url, headers: raw, protocol, requestId } = request
  const at = line.site.clock()
  if (!line.roads.isFresh(at)) throw refusal("configuration-expired")
  const target = read(targetOf(url, protocol))
  const asked = read(readRequestHeaders(raw))
  const client = printId(asked.client)
  if (!line.roads.hosts(client)) throw refusal("client-unknown", { client })
  if (request.from !== "here") admit(line.roads, client, request.from, at)
  const peer = choosePeer(line.roads, printId(providerOf(target.service)), asked.securityServer)
  const purpose = lastHeader(raw, PURPOSE_HEADER)
  const service = rightOf(target.service)
  const permission = line.roads.mayCall({ consumer: client, service, method, path: target.path, at, purpose })
  const id = asked.id ?? newMessageId(line.instance, requestId)
  const headers = messageHeaders(raw, { id: asked.id === undefined ? id : undefined, requestId })
  // Our own side refuses what no contract covers; a service that the provider does not know is for the provider to say.
  const contract = "contract" in permission ? permission.contract : "-"
  return { peer, target, client, id, requestId, contract, headers }
}

function read<T>(reading: Reading<T>): T {
  if (reading.ok) return reading.value
  throw new Refusal(errorFrom("Server.ClientProxy", reading))
}

function unreachable({ id, address }: Peer, fault: NodeJS.ErrnoException): Refusal {
  const { code = "" } = fault
  if (/CERT|TLS|SSL|STRANGER/.test(code)) return refusal("peer-not-authenticated", { reason: `${id}: ${code}` }, fault)
  if (code === "UND_ERR_SOCKET" || code === "ECONNRESET") return refusal("peer-broke-off", { reason: `${id} broke off` }, fault)
  return refusal("peer-unreachable", { host: address }, fault)
}

/** The peer's error instead of an answer, once it is in the log. */
async function refusedBy(
  line: Line,
  { peer, requestId }: Exchange,
  { error, why }: Pick<RefusalHead, "error" | "why">,
  stored: Promise<void> | undefined,
): Promise<Refusal> {
  if (line.sealer && stored) {
    const text = JSON.stringify({ peer: peer.id, at: line.site.clock().toISOString(), error: `${error.place}.${error.code}` })
    const noted = sealed(() => line.sealer!.seal({ kind: "refused", message: requestId, text }))
    await Promise.all([stored, noted.stored]).catch(notStored)
  }
  return new Refusal(error, { why })
}
