// The provider's side: a peer's request, its seal checked and kept, given to the service, and the answer sealed and kept before it leaves.
import {
  type ClientId,
  errorFrom,
  joinServiceUrl,
  lastHeader,
  printId,
  providerHeaders,
  providerOf,
  type Reading,
  type RestTarget,
  readRequestHeaders,
  requestHash,
  responseHeaders,
} from "#engines/xroad"
import { parseProof, recordLeaf } from "#evidence"
import type { Body } from "./body.ts"
import { type Answer, dispatch } from "./dispatch.ts"
import { handleHere, PURPOSE_HEADER } from "./handler.ts"
import { type Line, PROVIDER_WAIT_MAX_MS, unwrapped, wrapped } from "./line.ts"
import {
  contentDigestOf,
  headersDigest,
  type RequestFacts,
  type ResponseFacts,
  readInput,
  readOff,
  requestBase,
  responseBase,
  responseInput,
} from "./message.ts"
import { answerMetaservice, type Metaservice, metaserviceOf } from "./metaservices.ts"
import { offeredAs } from "./offered-as.ts"
import { Refusal, refusal } from "./refusal.ts"
import type { Offered, Peer } from "./roads.ts"
import { FRESH_MAX_SECONDS } from "./seen.ts"
import { notStored, proofHeaders, receiptOf, sealed } from "./send.ts"
import { askSoapService } from "./soap-service.ts"
import { type Protocol, rightOf, targetOf } from "./target.ts"
import { unreachableService } from "./unreachable-service.ts"

export interface PeerRequest {
  /** Who speaks, by the certificate of the connection. */
  readonly peer: Peer
  readonly method: string
  readonly url: string
  readonly headers: readonly string[]
  readonly body: Body
}

/** A request as far as it was read. */
export interface Arrived {
  readonly protocol: Protocol
  readonly target: RestTarget
  readonly client: ClientId
  readonly id: string
  readonly userId?: string | undefined
  readonly issue?: string | undefined
  readonly headers: readonly string[]
  readonly own: ReadonlyMap<string, string>
  readonly requestId: string
}

/** Takes a request of a peer and gives the sealed answer. Throws a Refusal. */
export async function take(line: Line, request: PeerRequest): Promise<Answer> {
  const arrived = readArrived(request)
  const at = line.site.clock()
  const seal = line.sealer && checkSeal(line, request, arrived, at)
  const offered = authorise(line, request, arrived, at)
  if (!line.sealer || !seal) return provide(line, request, arrived, offered)
  const message = arrived.requestId
  await sealed(() => line.sealer!.seal({ kind: "got", message, text: seal.receipt })).stored.catch(notStored)
  const answer = await provide(line, request, arrived, offered)
  try {
    return await sealAnswer(line, arrived, answer, seal.leaf)
  } catch (fault) {
    answer.body.drop()
    throw fault
  }
}

function readArrived({ url, headers: raw }: PeerRequest): Arrived {
  const { headers, own } = unwrapped(raw)
  const protocol = own.get("x-motlan-protocol") === "soap" ? "soap" : "rest"
  const target = read(targetOf(url, protocol))
  const { client, id, userId, issue } = read(readRequestHeaders(headers))
  const requestId = lastHeader(headers, "x-road-request-id")
  if (!id || !requestId) throw refusal("request-malformed", { reason: "a request of a peer has an id and a request id" })
  return { protocol, target, client, id, userId, issue, headers, own, requestId }
}

function read<T>(reading: Reading<T>): T {
  if (reading.ok) return reading.value
  throw new Refusal(errorFrom("Server.ServerProxy", reading))
}

const notAuthentic = (reason: string): Refusal => refusal("consumer-not-authenticated", { reason })

interface Seal {
  /** To be kept. */
  readonly receipt: string
  /** Of the request, base64. */
  readonly leaf: string
}

/** Is this what the peer sealed, just now, and for the first time? */
function checkSeal(line: Line, { peer, method, body }: PeerRequest, arrived: Arrived, at: Date): Seal {
  const { protocol, target, headers, own, requestId, id, client } = arrived
  const proofText = own.get("x-motlan-proof")
  const proof = parseProof(proofText ?? "")
  const signed = readInput(own.get("signature-input"), protocol)
  if (!proof || !signed) throw notAuthentic("the request has no seal")
  const { stamp } = signed
  const now = at.getTime() / 1_000
  if (Math.abs(now - stamp.created) > FRESH_MAX_SECONDS)
    throw notAuthentic("the request was sealed too long ago, or a clock is wrong")
  if (stamp.nonce !== requestId) throw notAuthentic("the seal belongs to another request")
  const key = peer.sealingKey(stamp.keyId, at)
  if (!key) throw notAuthentic(`${peer.id} has no such key now`)
  const facts: RequestFacts = {
    ...readOff(method, target, headers, body),
    client: printId(client),
    id,
    requestId,
    contract: own.get("x-motlan-contract") ?? "-",
    protocol,
  }
  const base = requestBase(facts, signed.input)
  if (!line.proofs.holds(base, proof, stamp.keyId, key)) throw notAuthentic(`the seal of ${peer.id} does not cover this request`)
  if (!line.seen.add(requestId, now)) throw notAuthentic("the request was taken before")
  return { receipt: receiptOf(peer, at, base, proofText!), leaf: recordLeaf(base).toString("base64") }
}

/** The service that is asked for, when this consumer may ask. In the order in which X-Road checks. */
function authorise(line: Line, { peer, method }: PeerRequest, arrived: Arrived, at: Date): Offered | Metaservice {
  const { protocol, target, client, own } = arrived
  if (!line.roads.isFresh(at)) throw refusal("configuration-expired")
  const consumer = printId(client)
  if (!line.roads.belongsTo(consumer, peer)) throw notAuthentic(`${consumer} is not a client of ${peer.id}`)
  const provider = printId(providerOf(target.service))
  if (!line.roads.hosts(provider)) throw refusal("provider-unknown", { provider })
  const metaservice = metaserviceOf(protocol, method, target.service)
  if (metaservice) return metaservice
  const service = rightOf(target.service)
  const offered = offeredAs(line.roads, target.service, protocol)
  const permission = line.roads.mayCall({
    ...{ consumer, service, method, path: target.path, at },
    purpose: lastHeader(arrived.headers, PURPOSE_HEADER),
  })
  if ("refused" in permission || permission.contract !== own.get("x-motlan-contract")) throw refusal("not-permitted", { service })
  if (offered.disabled !== undefined) throw refusal("service-disabled", { service, notice: offered.disabled })
  return offered
}

/** Asks the service itself. What it answers is passed on, whatever its status. */
async function provide(line: Line, request: PeerRequest, arrived: Arrived, offered: Offered | Metaservice): Promise<Answer> {
  if (typeof offered === "string") return answerMetaservice(line, request, arrived, offered)
  if (offered.type === "SOAP") return askSoapService(line, request, arrived, offered)
  const { target, client, id, requestId } = arrived
  const answer = await (offered.type === "REGISTER"
    ? answerHere(line, request, arrived)
    : askProvider(line, request, arrived, offered))
  const { requestPath, query } = target
  const asked = { method: request.method, requestPath, query, headers: arrived.headers }
  const hash = requestHash(asked, request.body.length > 0 ? request.body.sha512() : undefined)
  const date = line.site.clock().toUTCString()
  const about = { id, client, service: target.service, requestId, requestHash: hash, date }
  return { ...answer, headers: responseHeaders(answer.headers, about) }
}

/** A register of this site; a fault in it is the road's for the consumer, and whole in the log. */
async function answerHere(line: Line, request: PeerRequest, arrived: Arrived): Promise<Answer> {
  const service = printId(arrived.target.service)
  const handler = line.handlers.REGISTER
  if (!handler) throw refusal("service-without-url", { service })
  return handleHere(line, handler, request, arrived).catch((fault: unknown) => {
    throw refusal("service-unreachable", { reason: `${service}: it has failed` }, fault)
  })
}

/** The system behind a service. */
async function askProvider(line: Line, request: PeerRequest, arrived: Arrived, offered: Offered): Promise<Answer> {
  const { target, client, id, userId, issue, requestId } = arrived
  const service = printId(target.service)
  if (offered.url === "") throw refusal("service-without-url", { service })
  const where = addressOf(offered.url, target, service)
  const out = {
    method: request.method,
    path: where.path,
    headers: providerHeaders(arrived.headers, { id, client, requestId, userId, issue }),
    body: request.body,
    waitMaxMs: PROVIDER_WAIT_MAX_MS,
  }
  return dispatch(line.providerPool(where.origin), out, line.folder).catch((fault: NodeJS.ErrnoException) => {
    throw unreachableService(service, fault, "rest")
  })
}

function addressOf(url: string, { path, query }: RestTarget, service: string) {
  try {
    return joinServiceUrl(url, path, query)
  } catch (fault) {
    throw refusal("service-url-malformed", { service }, fault)
  }
}

async function sealAnswer(line: Line, arrived: Arrived, answer: Answer, leaf: string): Promise<Answer> {
  const sealer = line.sealer!
  const created = Math.floor(line.site.clock().getTime() / 1_000)
  const input = responseInput({ created, keyId: sealer.keyId, nonce: arrived.requestId })
  const facts: ResponseFacts = {
    status: answer.status,
    contentDigest: contentDigestOf(answer.body.sha256),
    headers: headersDigest(answer.headers),
    request: leaf,
  }
  const sent = sealed(() => sealer.seal({ kind: "sent", message: arrived.requestId, text: responseBase(facts, input) }))
  const [proof] = await Promise.all([sent.signed, sent.stored]).catch(notStored)
  const own = [
    "content-digest",
    facts.contentDigest,
    "x-motlan-headers",
    facts.headers,
    "x-motlan-request",
    leaf,
    ...proofHeaders(input, proof),
  ]
  return { ...answer, headers: [...wrapped(answer.headers), ...own] }
}
