// Operational monitoring (PR-OPMON): the last exchanges of this site, in memory, and who may see which of them.
import {
  type ClientId,
  errorType,
  lastHeader,
  type OperationalQuery,
  type OperationalRecord,
  parseClientId,
  parseRepresentedParty,
  printId,
  providerOf,
  type ServiceId,
  sameId,
  type XRoadError,
} from "#engines/xroad"
import type { Answer } from "./dispatch.ts"
import { OPERATIONS_MAX, OPERATIONS_PER_ANSWER_MAX } from "./limits.ts"
import type { Line } from "./line.ts"
import { Refusal } from "./refusal.ts"
import { isRoadClosed, noteRefusal } from "./refused.ts"
import type { Peer } from "./roads.ts"
import { type Ending, noteSystemCall } from "./system-calls.ts"
import { type Protocol, rightOf, targetOf } from "./target.ts"

type Side = OperationalRecord["securityServerType"]

/** What an exchange is remembered by; it is read when somebody asks. */
export interface Operation {
  readonly side: Side
  /** Milliseconds. */
  readonly from: number
  readonly until: number
  readonly method: string
  readonly url: string
  readonly protocol: Protocol
  readonly noted: Noted
  readonly requestBytes: number
  readonly answer?: { readonly status: number; readonly bytes: number; readonly requestId: string | undefined } | undefined
  readonly error?: XRoadError | undefined
}

interface Request {
  readonly method: string
  readonly url: string
  readonly headers: readonly string[]
  readonly protocol?: Protocol
  /** Who speaks, at the provider's side. */
  readonly peer?: Peer
  readonly body: { readonly length: number }
  /** The id of the exchange, where it is known before. */
  readonly requestId?: string
  /** The exchange itself writes the row of this call. */
  readonly isLogged?: true
}

/** Does an exchange and remembers how it went. */
export async function observed(line: Line, side: Side, request: Request, act: () => Promise<Answer>): Promise<Answer> {
  const from = line.site.clock().getTime()
  const answer = await act().catch(async (fault: unknown) => {
    const row = note(line, side, request, from, fault instanceof Refusal ? { error: fault.error } : { error: UNKNOWN })
    noteRefusal(line, side === "Client" ? "consumer" : "provider", request, fault)
    await row
    throw fault
  })
  const requestId = lastHeader(answer.headers, "x-road-request-id")
  const row = note(line, side, request, from, { answer: { status: answer.status, bytes: answer.body.length, requestId } })
  if (row)
    await row.catch((fault: unknown) => {
      answer.body.drop()
      throw fault
    })
  return answer
}

const UNKNOWN: XRoadError = { place: "Server.ClientProxy", code: "InternalError", message: "Internal error" }

/** Remembers and counts it; gives what is to be waited for. */
function note(
  line: Line,
  side: Side,
  request: Request,
  from: number,
  end: Pick<Operation, "answer" | "error">,
): Promise<void> | undefined {
  const noted = notedOf(request.headers)
  const until = line.site.clock().getTime()
  const protocol = request.protocol ?? noted.protocol ?? "rest"
  const requestBytes = request.body.length
  const url = bounded(request.url)
  const { answer, error } = end
  line.operations.add({ side, from, until, method: request.method, url, protocol, noted, requestBytes, answer, error })
  const { client } = noted
  const ours = side === "Client" ? "consumer" : "provider"
  const responseBytes = answer?.bytes ?? 0
  line.figures.count({ side: ours, client, url, protocol, from, until, requestBytes, responseBytes, failure: failureOf(end) })
  if (request.isLogged) return undefined
  return noteSystemCall(line, request, { side: ours, client, protocol, at: from, ending: endingOf(end) })
}

function endingOf({ answer, error }: Pick<Operation, "answer" | "error">): Ending {
  if (error) return isRoadClosed(`${error.place}.${error.code}`) ? "refused" : "silent"
  return answer?.status === 404 ? "empty" : "answered"
}

/** The code under which a failure is counted. */
function failureOf({ answer, error }: Pick<Operation, "answer" | "error">): string | undefined {
  if (error) return `${error.place}.${error.code}`
  return answer && answer.status >= 400 ? `http.${answer.status}` : undefined
}

interface Noted {
  client: string | undefined
  id: string | undefined
  userId: string | undefined
  issue: string | undefined
  party: string | undefined
  requestId: string | undefined
  protocol: Protocol | undefined
}

/** All of one shape: objects that grow field by field are slow to make. */
const nothingNoted = (): Noted => ({
  client: undefined,
  id: undefined,
  userId: undefined,
  issue: undefined,
  party: undefined,
  requestId: undefined,
  protocol: undefined,
})

/** One walk over the headers: this is done for every exchange. */
function notedOf(headers: readonly string[]): Noted {
  const noted = nothingNoted()
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i]!
    if (name.charCodeAt(0) !== 88 && name.charCodeAt(0) !== 120) continue
    const field = FIELDS.get(name.length)?.find(([header]) => header === name.toLowerCase())?.[1]
    if (field === "protocol") noted.protocol = "soap"
    else if (field) noted[field] = bounded(headers[i + 1]!)
  }
  return noted
}

const NOTE_LENGTH_MAX = 1_024

/** A copy of what is too long: a slice would keep the whole in memory. */
const bounded = (text: string): string =>
  text.length <= NOTE_LENGTH_MAX ? text : Buffer.from(text.slice(0, NOTE_LENGTH_MAX)).toString()

const NOTED = [
  ["x-road-client", "client"],
  ["x-road-id", "id"],
  ["x-road-userid", "userId"],
  ["x-road-issue", "issue"],
  ["x-road-represented-party", "party"],
  ["x-road-request-id", "requestId"],
  ["x-motlan-protocol", "protocol"],
] as const satisfies readonly (readonly [string, keyof Noted])[]
const FIELDS = new Map<number, (typeof NOTED)[number][]>()
for (const row of NOTED) FIELDS.set(row[0].length, [...(FIELDS.get(row[0].length) ?? []), row])

/** The last exchanges, as a ring: the oldest is overwritten. */
export class Operations {
  private readonly ring: Operation[] = []
  private next = 0

  add(operation: Operation): void {
    this.ring[this.next] = operation
    this.next = (this.next + 1) % OPERATIONS_MAX
  }

  /** Oldest first. */
  all(): Operation[] {
    return [...this.ring.slice(this.next), ...this.ring.slice(0, this.next)]
  }
}

/**
 * What of a time the caller may see: the owner of the site everything, others what they have asked or answered. With more than one answer
 * holds, the second from which to go on.
 */
export function operationalRecords(line: Line, caller: ClientId, query: OperationalQuery) {
  const isOwner = printId(caller) === line.roads.owner
  const { recordsFrom, recordsTo } = query
  const found = line.operations
    .all()
    .filter(({ until }) => secondsOf(until) >= recordsFrom && secondsOf(until) <= recordsTo)
    .map((operation) => ({ operation, ...partiesOf(operation) }))
    .filter((one) => isOwner || isOf(caller, one))
    .filter((one) => query.client === undefined || isOf(query.client, one))
    .sort((a, b) => a.operation.until - b.operation.until)
  const cut = found.length > OPERATIONS_PER_ANSWER_MAX ? secondsOf(found[OPERATIONS_PER_ANSWER_MAX]!.operation.until) : undefined
  const whole = cut === undefined ? found : found.filter(({ operation }) => secondsOf(operation.until) < cut)
  const records = (whole.length > 0 ? whole : found).map((one) => recordOf(line, one))
  return { records, ...(cut !== undefined && whole.length > 0 && { nextRecordsFrom: cut }) }
}

/** The X-Road-Request-Id of the last exchange with this X-Road-Id, while it is remembered. */
export function requestIdOf({ operations }: Line, id: string): string | undefined {
  const found = operations.all().findLast(({ noted }) => noted.id === id)
  return found && (found.answer?.requestId ?? found.noted.requestId)
}

interface Parties {
  readonly operation: Operation
  readonly client: ClientId | undefined
  readonly service: ServiceId | undefined
}

const secondsOf = (ms: number): number => Math.floor(ms / 1_000)

/** Who asked for what, as the request named them. */
export function partiesOf({ noted, url, protocol }: Operation) {
  const client = noted.client === undefined ? undefined : parseClientId(noted.client)
  const target = targetOf(url, protocol)
  return { client: client?.ok ? client.value : undefined, service: target.ok ? target.value.service : undefined }
}

const isOf = (id: ClientId, { client, service }: Parties): boolean =>
  (client !== undefined && sameId(id, client)) || (service !== undefined && sameId(id, providerOf(service)))

function recordOf(line: Line, { operation, client, service }: Parties): OperationalRecord {
  const { side, noted, answer, error, protocol } = operation
  const target = targetOf(operation.url, protocol)
  const party = noted.party === undefined ? undefined : parseRepresentedParty(noted.party)
  const offered = service && line.roads.offered(rightOf(service))
  return {
    monitoringDataTs: secondsOf(operation.until),
    securityServerType: side,
    requestInTs: operation.from,
    responseOutTs: operation.until,
    ...idFields("client", client),
    ...idFields("service", service),
    ...(protocol === "rest" && { restMethod: operation.method }),
    ...(protocol === "rest" && side === "Producer" && target.ok && { restPath: target.value.path }),
    ...(party?.ok && { representedPartyClass: party.value.partyClass, representedPartyCode: party.value.partyCode }),
    ...(noted.id !== undefined && { messageId: noted.id }),
    ...(noted.userId !== undefined && { messageUserId: noted.userId }),
    ...(noted.issue !== undefined && { messageIssue: noted.issue }),
    messageProtocolVersion: protocol === "soap" ? "4.0" : "1",
    requestSize: operation.requestBytes,
    ...(answer && { responseSize: answer.bytes, statusCode: answer.status }),
    succeeded: answer !== undefined && answer.status < 400,
    serviceType: protocol === "soap" ? "WSDL" : offered?.type === "OPENAPI" ? "OPENAPI3" : "REST",
    ...(error && { faultCode: errorType(error.place, error.code, line.dialect), faultString: error.message }),
    ...requestIdField(side === "Client" ? answer?.requestId : noted.requestId),
  }
}

const requestIdField = (requestId: string | undefined) => (requestId === undefined ? {} : { xRequestId: requestId })

function idFields(of: "client" | "service", id: ClientId | ServiceId | undefined): Partial<OperationalRecord> {
  if (!id) return {}
  const subsystem = "subsystem" in id ? id.subsystem : undefined
  const fields: Record<string, string | undefined> = {
    [`${of}XRoadInstance`]: id.instance,
    [`${of}MemberClass`]: id.memberClass,
    [`${of}MemberCode`]: id.memberCode,
    [`${of}SubsystemCode`]: subsystem,
    ...(id.type === "SERVICE" && { serviceCode: id.service, serviceVersion: id.version }),
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
