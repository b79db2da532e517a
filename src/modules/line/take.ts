// The provider's side: a peer's request, authorised and given to the service.
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
import type { Body } from "./body.ts"
import { proveConsent } from "./consent.ts"
import { type Answer, dispatch } from "./dispatch.ts"
import { handleHere, PURPOSE_HEADER } from "./handler.ts"
import { type Line, PROVIDER_WAIT_MAX_MS } from "./line.ts"
import { answerMetaservice, type Metaservice, metaserviceOf } from "./metaservices.ts"
import { offeredAs } from "./offered-as.ts"
import { notAuthentic, Refusal, refusal } from "./refusal.ts"
import type { Offered, Peer } from "./roads.ts"
import { notStored } from "./sealed.ts"
import { askSoapService } from "./soap-service.ts"
import { demandSubject } from "./system-calls.ts"
import { type Protocol, rightOf, targetOf } from "./target.ts"
import { unreachableService } from "./unreachable-service.ts"

export interface PeerRequest {
  /** Who speaks, by the certificate of the connection. */
  readonly peer: Peer
  readonly method: string
  readonly url: string
  readonly headers: readonly string[]
  readonly protocol: Protocol
  readonly requestId: string
  readonly contract: string
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
  readonly requestId: string
  /** Under which the consumer's site has sent it. */
  readonly contract: string
}

/** Reads what a peer asks. Throws a Refusal. */
export function readArrived({ url, headers, protocol, contract, requestId }: PeerRequest): Arrived {
  const target = read(targetOf(url, protocol))
  const { client, id, userId, issue } = read(readRequestHeaders(headers))
  if (!id || lastHeader(headers, "x-road-request-id") === undefined)
    throw refusal("request-malformed", { reason: "a request of a peer has an id and a request id" })
  if (lastHeader(headers, "x-road-request-id") !== requestId)
    throw notAuthentic("seal-broken", "the request goes under the id of another")
  return { protocol, target, client, id, userId, issue, headers, requestId, contract }
}

function read<T>(reading: Reading<T>): T {
  if (reading.ok) return reading.value
  throw new Refusal(errorFrom("Server.ServerProxy", reading))
}

/** Does what a peer's request asks for; its seal was checked and `kept` is its receipt's way to the disk. Throws a Refusal. */
export async function take(line: Line, request: PeerRequest, arrived: Arrived, kept: Promise<void>): Promise<Answer> {
  const offered = authorise(line, request, arrived, line.site.clock())
  if (typeof offered !== "string" && offered.type !== "REGISTER") {
    const service = rightOf(arrived.target.service)
    demandSubject(line, request.peer, service, arrived)
    await proveConsent(line, service, arrived)
  }
  // What is asked again changes nothing, and its answer waits for both records; everything else waits for its own first.
  if (!isSafe(request)) await kept.catch(notStored)
  return provide(line, request, arrived, offered)
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS", "TRACE"])

/** Does it change nothing at the provider (RFC 9110 section 9.2.1)? */
export const isSafe = ({ method }: { readonly method: string }): boolean => SAFE.has(method)

/** The service that is asked for, when this consumer may ask. In the order in which X-Road checks. */
function authorise(line: Line, { peer, method }: PeerRequest, arrived: Arrived, at: Date): Offered | Metaservice {
  const { protocol, target, client, contract } = arrived
  if (!line.roads.isFresh(at)) throw refusal("configuration-expired")
  const consumer = printId(client)
  if (!line.roads.belongsTo(consumer, peer))
    throw notAuthentic("consumer-not-of-peer", `${consumer} is not a client of ${peer.id}`)
  const provider = printId(providerOf(target.service))
  if (!line.roads.hosts(provider)) throw refusal("provider-unknown", { provider })
  const metaservice = metaserviceOf(protocol, method, target.service)
  if (metaservice) return metaservice
  const service = rightOf(target.service)
  const offered = offeredAs(line.roads, target.service, protocol)
  const purpose = lastHeader(arrived.headers, PURPOSE_HEADER)
  const permission = line.roads.mayCall({ consumer, service, method, path: target.path, at, purpose, contract })
  if ("refused" in permission || permission.contract !== contract) throw refusal("not-permitted", { service })
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
  return { status: answer.status, headers: responseHeaders(answer.headers, about), body: answer.body }
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
