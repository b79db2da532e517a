// Why the line has refused a request, as a problem code: for the log, the book, and words that an administrator understands.
import { lastHeader, parseClientId, printId } from "#engines/xroad"
import { type ProblemCode, problems } from "#problems"
import { PURPOSE_HEADER } from "./handler.ts"
import type { Line } from "./line.ts"
import { Refusal } from "./refusal.ts"
import type { Peer } from "./roads.ts"
import { type Protocol, rightOf, targetOf } from "./target.ts"

/** One refusal, without anything of the request's content. */
export interface Refused {
  /** Which side of the line this site was. */
  readonly side: "consumer" | "provider"
  readonly code: ProblemCode
  /** As the other side was told: `Server.ServerProxy.AccessDenied`. */
  readonly road: string
  /** The site at the other end, by its certificate. */
  readonly peer?: string | undefined
  /** `I/C/M/S`, where the directory knows it. */
  readonly consumer?: string | undefined
  /** `I/C/M/S/CODE`, where its provider is known. */
  readonly service?: string | undefined
  /** The request's id, as it claims. */
  readonly message?: string | undefined
}

/** What is known of a request that was refused. */
export interface RefusedRequest {
  readonly peer?: Peer
  readonly method: string
  readonly url: string
  readonly headers: readonly string[]
  readonly protocol?: Protocol
}

/** What a peer has told without saying why. */
const BY_ROAD: Readonly<Record<string, ProblemCode>> = {
  "Server.ServerProxy.OutdatedGlobalConf": "directory-expired",
  "Server.ServerProxy.SslAuthenticationFailed": "peer-unknown",
  "Server.ServerProxy.UnknownMember": "service-unknown",
  "Server.ServerProxy.UnknownService": "service-unknown",
}

/** What a road says when it knows the caller and the service, and no contract covers the call. */
const NOT_ALLOWED = /AccessDenied|UnknownMember|UnknownService/

/** Does this code of the road say that nobody is let through, and not that something failed? */
export const isRoadClosed = (road: string): boolean => NOT_ALLOWED.test(road)

/** Notes what was refused; any other fault is not its own. */
export function noteRefusal(line: Line, side: Refused["side"], request: RefusedRequest, fault: unknown): void {
  const refused = fault instanceof Refusal ? refusedFor(line, side, request, fault) : undefined
  if (refused) line.refused(refused)
}

/** Undefined for what failed and was not refused: a service that is away, a log that can't be written. */
function refusedFor(line: Line, side: Refused["side"], request: RefusedRequest, { error, why }: Refusal): Refused | undefined {
  const road = `${error.place}.${error.code}`
  const parties = partiesOf(request)
  const code = why ?? (road === "Server.ServerProxy.AccessDenied" ? notPermitted(line, parties) : BY_ROAD[road])
  if (code === undefined) return undefined
  const { consumer, service, message } = parties
  const known = {
    consumer: isListed(line, consumer) ? consumer : undefined,
    service: isListed(line, service) ? service : undefined,
  }
  return { side, code, road, peer: request.peer?.id, ...known, message }
}

interface Parties {
  readonly consumer: string | undefined
  readonly service: string | undefined
  readonly message: string | undefined
  readonly method: string
  readonly path: string
  readonly purpose: string | undefined
}

const MESSAGE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function partiesOf({ method, url, headers, protocol = "rest" }: RefusedRequest): Parties {
  const client = parseClientId(lastHeader(headers, "x-road-client") ?? "")
  const target = targetOf(url, protocol)
  const message = lastHeader(headers, "x-road-request-id")
  return {
    consumer: client.ok ? printId(client.value) : undefined,
    service: target.ok ? rightOf(target.value.service) : undefined,
    message: message !== undefined && MESSAGE.test(message) ? message : undefined,
    method,
    path: target.ok ? target.value.path : "",
    purpose: lastHeader(headers, PURPOSE_HEADER),
  }
}

/** Only names of the directory go into the book: nobody writes there what they like. */
const isListed = ({ roads }: Line, id: string | undefined): boolean => id !== undefined && roads.servers(id).length > 0

/** What the access list of this site says of the call; both sides hold the same contracts. */
function notPermitted({ roads, site }: Line, { consumer, service, ...call }: Parties): ProblemCode {
  if (consumer === undefined || service === undefined) return "call-not-allowed"
  const permission = roads.mayCall({ consumer, service, ...call, at: site.clock() })
  return "refused" in permission && Object.hasOwn(problems, permission.refused)
    ? (permission.refused as ProblemCode)
    : "call-not-allowed"
}
