// The face of the line for information systems of this site: X-Road's REST and SOAP protocols, its list of clients, its health.
import type { X509Certificate } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import { TLSSocket } from "node:tls"
import { type Face, faceOf, REST_METHODS, type Rendered, renderListClients } from "#engines/xroad"
import { thumbprintOf } from "#federation"
import { newId } from "#platform/ids"
import type { Connection } from "./admit.ts"
import { answering, type Reader, refuse } from "./answering.ts"
import { bodyOf, readBody } from "./body.ts"
import { containerOf, plain } from "./containers.ts"
import type { Answer } from "./dispatch.ts"
import type { Line } from "./line.ts"
import { observed } from "./operations.ts"
import { Refusal, refusal } from "./refusal.ts"
import { send } from "./send.ts"
import { carrySoap } from "./soap-face.ts"

/** What the face remembers between requests. */
export class Crowd {
  underWay = 0
  private second = 0
  private readonly counts = new Map<string, number>()

  /** Is this one request of its address too many? `now` in milliseconds. */
  isTooMany(address: string, now: number, perSecondMax: number): boolean {
    const second = Math.floor(now / 1_000)
    if (second !== this.second) this.counts.clear()
    this.second = second
    const count = (this.counts.get(address) ?? 0) + 1
    this.counts.set(address, count)
    return count > perSecondMax
  }
}

/** Answers one request of an information system. `health` gives the reason why this site can't carry anything. */
export async function answerClient(
  line: Line,
  crowd: Crowd,
  health: () => string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [method, url] = [request.method!, request.url!]
  const path = url.split("?", 1)[0]
  if (path === "/healthz" && (method === "GET" || method === "HEAD")) return refuse(line, request, response, healthOf(health()))
  const face = faceOf(method, url)
  if (face === "asic" || face === "verificationconf") return giveContainer(line, crowd, face, request, response)
  const reader: Reader = face === "soap" ? "soap" : "rest"
  crowd.underWay++
  try {
    await answering(line, request, response, reader, () => {
      const now = line.site.clock().getTime()
      const isTooMany = crowd.isTooMany(request.socket.remoteAddress ?? "", now, line.limits.perSecondMax)
      if (isTooMany || crowd.underWay > line.limits.underWayMax) throw tooMany()
      return act(line, request, face)
    })
  } finally {
    crowd.underWay--
  }
}

async function giveContainer(
  line: Line,
  crowd: Crowd,
  face: "asic" | "verificationconf",
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const now = line.site.clock().getTime()
  if (crowd.isTooMany(request.socket.remoteAddress ?? "", now, line.limits.perSecondMax))
    return refuse(line, request, response, plain(503, "Too many requests at once: try again in a moment"))
  const given = containerOf(line, line.evidence, face, request.url!, connectionOf(request))
  const told = await given.catch((err: Error) => {
    line.site.log.error({ err }, "evidence could not be exported")
    return plain(500, "The evidence could not be exported")
  })
  refuse(line, request, response, told)
}

function act(line: Line, request: IncomingMessage, face: Face): Promise<Answer> {
  if (face === "soap") return carrySoap(line, request, connectionOf(request))
  return face === "listClients" ? listClients(line, request) : carryRest(line, request)
}

const tooMany = (): Refusal =>
  new Refusal({ place: "Server.ClientProxy", code: "InternalError", message: "Too many requests at once: try again in a moment" })

async function carryRest(line: Line, request: IncomingMessage): Promise<Answer> {
  const method = request.method!
  if (!(REST_METHODS as readonly string[]).includes(method))
    throw refusal("request-malformed", { reason: `Unsupported REST method: ${method}` })
  const body = await readBody(request, line.folder, line.limits.bodyMaxBytes)
  const from = connectionOf(request)
  const [url, headers, requestId] = [request.url!, request.rawHeaders, newId(line.site.clock())]
  const asked = { method, url, headers, body, protocol: "rest", from, requestId } as const
  try {
    return await observed(line, "Client", asked, () => send(line, asked))
  } finally {
    body.drop()
  }
}

const connections = new WeakMap<TLSSocket, Connection>()
const IN_THE_CLEAR: Connection = { isTls: false }

/** Read once for a connection. */
function connectionOf({ socket }: IncomingMessage): Connection {
  if (!(socket instanceof TLSSocket)) return IN_THE_CLEAR
  const certificate: X509Certificate | undefined = socket.getPeerX509Certificate()
  const known = connections.get(socket) ?? {
    isTls: true,
    ...(certificate && { thumbprint: thumbprintOf(certificate.raw), until: new Date(certificate.validTo) }),
  }
  connections.set(socket, known)
  return known
}

async function listClients(line: Line, request: IncomingMessage): Promise<Answer> {
  if (!line.roads.isFresh(line.site.clock())) throw refusal("configuration-expired")
  const mark = request.url!.indexOf("?")
  const asked = mark < 0 ? null : new URLSearchParams(request.url!.slice(mark)).get("xRoadInstance")
  const instance = asked ?? line.instance
  const clients = line.roads.clients(instance)
  if (!clients) throw refusal("request-malformed", { reason: `Invalid instance identifier: ${instance.slice(0, 100)}` })
  const { status, headers, body } = renderListClients(clients, request.headers.accept)
  return { status, headers: [...headers, "Date", line.site.clock().toUTCString()], body: await bodyOf(body, line.folder) }
}

const healthOf = (reason: string | undefined): Rendered => (reason === undefined ? plain(200, "") : plain(500, reason))
