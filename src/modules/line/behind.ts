// A site behind an X-Road security server: its own requests go to the face of that server, and the server calls the site's services.
import { randomUUID, X509Certificate } from "node:crypto"
import { mkdirSync } from "node:fs"
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { createServer as createTlsServer } from "node:https"
import type { TLSSocket } from "node:tls"
import { Pool } from "undici"
import { errorFrom, lastHeader, parseSoapRequest, SKIPPED_HEADERS, type SoapMessage } from "#engines/xroad"
import type { SiteFile } from "#federation"
import { thumbprintOf } from "#federation"
import type { Site } from "#platform/site"
import { answering } from "./answering.ts"
import { Asides } from "./asides.ts"
import { type Asked, inTime, jsonRequest, type Told, toldBy } from "./ask.ts"
import { answerRegisterBySoap, postSoap } from "./behind-soap.ts"
import { bodyOf, readBody } from "./body.ts"
import { type Answer, dispatch } from "./dispatch.ts"
import { Figures } from "./figures.ts"
import type { Handlers } from "./handler.ts"
import { wsdlOf } from "./json-in-soap.ts"
import { CONNECTIONS_TO_ONE_MAX, FACE_LIMITS, HEADERS_MAX_BYTES, HEADERS_WAIT_MAX_MS, STILL_MAX_MS } from "./limits.ts"
import { type Line, PEER_WAIT_MAX_MS } from "./line.ts"
import { Links } from "./links.ts"
import { endServer, listenOn } from "./listening.ts"
import { Operations, observed } from "./operations.ts"
import { Refusal, refusal } from "./refusal.ts"
import { type RoadOfFile, roadsBehind, serverOf, VOUCHED } from "./roads-behind.ts"
import { Seen } from "./seen.ts"
import { roadHeaders } from "./soap-face.ts"
import type { SystemsLog } from "./system-calls.ts"
import { type PeerRequest, readArrived, take } from "./take.ts"
import { rightOf, soapUrl } from "./target.ts"
import { bytesOf } from "./whole-body.ts"

/** PEM texts: what the server shows, and what this site shows it. */
export interface BehindTls {
  /** The server's own certificate first; those that certify it may follow. */
  readonly server: string
  readonly certificate: string
  readonly key: string
}

export interface BehindOptions {
  readonly site: Site
  readonly file: SiteFile
  readonly road: RoadOfFile
  /** Without it both directions are in the clear: for a server on this machine. */
  readonly tls?: BehindTls | undefined
  /** Where large bodies rest on their way. */
  readonly folder: string
  readonly handlers?: Handlers
  /** Where calls of information systems are noted, for the log of the agencies. */
  readonly systems?: SystemsLog
}

export interface Behind {
  /** Is this service (`I/C/M/S/SERVICE`) reached over the server's road? */
  serves(service: string): boolean
  /** As the line's: posts JSON to a service in the name of a subsystem of this site. */
  ask(asked: Asked): Promise<Told>
  /** Listens for the server. Port 0 takes a free one; gives the port. */
  listen(port: number, host: string): Promise<number>
  close(): Promise<void>
}

const THIS_MACHINE = ["127.0.0.1", "::1"]

/** Opens both directions. */
export function openBehind(options: BehindOptions): Behind {
  const { site, road, tls, folder } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const server = new Pool(road.url, { connections: CONNECTIONS_TO_ONE_MAX, ...(tls && { connect: pinned(tls) }) })
  const providers = new Map<string, Pool>()
  const line = lineBehind(options, (origin) => {
    const pool = providers.get(origin) ?? new Pool(origin, { connections: CONNECTIONS_TO_ONE_MAX })
    providers.set(origin, pool)
    return pool
  })
  const listener = listenerOf(tls, (request, response) => void answerServer(line, options, request, response))
  const subsystems = new Set((road.agencies ?? []).map(({ subsystem }) => `${road.instance}/${subsystem}`))
  return {
    serves: (service) => subsystems.has(service.slice(0, service.lastIndexOf("/"))),
    ask: (asked) => inTime(site, asked, () => post(server, options, inInstance(road, asked))),
    listen: (port, host) => listenOn(listener, port, host),
    close: async () => {
      await endServer(listener)
      await Promise.all([server, ...providers.values()].map((pool) => pool.close()))
    },
  }
}

/** A line without peers and seals: the server seals. */
const lineBehind = (
  { site, file, road, folder, handlers = {}, systems }: BehindOptions,
  providerPool: Line["providerPool"],
): Line => ({
  ...{
    site,
    folder,
    handlers,
    systems,
    providerPool,
    instance: road.instance,
    roads: roadsBehind(file, road),
    sealer: undefined,
  },
  ...{ dialect: "classic", limits: FACE_LIMITS, operations: new Operations(), figures: new Figures() },
  ...{ seen: new Seen(site.clock().getTime() / 1_000), asides: { got: new Asides(), given: new Asides() } },
  links: new Links(noPeer),
  poolTo: noPeer,
  refused: (refused) => site.log.warn(refused, "a request was refused"),
})

function noPeer(): never {
  throw new Error("a site behind a security server has no peers on this road")
}

/** The server alone: its certificate is compared, byte for byte. */
const pinned = ({ server, certificate, key }: BehindTls) => ({
  ...{ ca: [server], cert: certificate, key, minVersion: "TLSv1.2" as const },
  checkServerIdentity: (_host: string, { raw }: { raw: Buffer }) =>
    thumbprintOf(raw) === thumbprintOf(new X509Certificate(server).raw)
      ? undefined
      : Object.assign(new Error("this is not the security server"), { code: "ERR_TLS_STRANGER" }),
})

function listenerOf(tls: BehindTls | undefined, answer: (request: IncomingMessage, response: ServerResponse) => void): Server {
  const about = { maxHeaderSize: HEADERS_MAX_BYTES, headersTimeout: HEADERS_WAIT_MAX_MS }
  const asked = { requestCert: true, rejectUnauthorized: false, minVersion: "TLSv1.2" } as const
  const listener = tls
    ? createTlsServer({ ...about, ...asked, cert: tls.certificate, key: tls.key }, answer)
    : createHttpServer(about, answer)
  return listener.setTimeout(STILL_MAX_MS)
}

/** In that X-Road the consumer is of its instance. */
const inInstance = ({ instance }: RoadOfFile, asked: Asked): Asked => ({
  ...asked,
  consumer: [instance, ...asked.consumer.split("/").slice(1)].join("/"),
})

/** Over X-Road's REST or SOAP protocol; the id of the exchange is its message id. */
async function post(server: Pool, { road, folder }: BehindOptions, asked: Asked): Promise<Told> {
  if (road.speaks === "soap") return postSoap(server, folder, asked)
  const { url, headers, body } = await jsonRequest(asked, folder)
  const named = [...headers, "X-Road-Id", asked.requestId]
  const out = { method: "POST", path: url, headers: named, body, waitMaxMs: Math.min(asked.waitMaxMs, PEER_WAIT_MAX_MS) }
  return toldBy(await dispatch(server, out, folder))
}

async function answerServer(line: Line, options: BehindOptions, request: IncomingMessage, response: ServerResponse) {
  const described = request.method === "GET" && WSDL_OF.exec(request.url!)?.[1]
  if (described) return answering(line, request, response, "rest", () => describe(line, options, request, described))
  const isRest = request.url!.startsWith("/r1/")
  await answering(line, request, response, isRest ? "rest" : "soap", async () => {
    admitServer(options, request)
    const body = await readBody(request, line.folder, isRest ? line.limits.bodyMaxBytes : line.limits.soapMaxBytes)
    try {
      return isRest ? await answerOf(line, restOf(options, request, body)) : await answerSoap(line, options, request, body)
    } finally {
      body.drop()
    }
  })
}

const answerOf = (line: Line, asked: PeerRequest): Promise<Answer> =>
  observed(line, "Producer", asked, () => take(line, asked, readArrived(asked), Promise.resolve()))

/** Where a security server reads what a register speaks over SOAP: `/wsdl/I/C/M/S/SERVICE`. */
const WSDL_OF = /^\/wsdl\/([^?]+)$/

async function describe(line: Line, options: BehindOptions, request: IncomingMessage, service: string): Promise<Answer> {
  admitServer(options, request)
  if (line.roads.offered(service)?.type !== "REGISTER") throw refusal("service-unknown", { service })
  const scheme = options.tls ? "https" : "http"
  const wsdl = wsdlOf(service.slice(service.lastIndexOf("/") + 1), `${scheme}://${request.headers.host ?? "localhost"}/`)
  return { status: 200, headers: ["Content-Type", "text/xml; charset=utf-8"], body: await bodyOf(Buffer.from(wsdl), line.folder) }
}

/** A register of this site hears JSON, whatever it came in. */
async function answerSoap(line: Line, options: BehindOptions, request: IncomingMessage, body: Body): Promise<Answer> {
  const { message, ...asked } = await soapOf(options, request, body)
  const isRegister = line.roads.offered(rightOf(message.header.service))?.type === "REGISTER"
  return isRegister ? answerRegisterBySoap(line, message, asked, (rest) => answerOf(line, rest)) : answerOf(line, asked)
}

/** What headers say of the consumer counts from the server alone. Throws a Refusal for everybody else. */
function admitServer({ road, tls }: BehindOptions, { socket }: IncomingMessage): void {
  const address = (socket.remoteAddress ?? "").replace(/^::ffff:/, "")
  const from = road.from ?? (tls ? undefined : THIS_MACHINE)
  const isAddress = from === undefined || from.includes(address)
  const shown = tls && (socket as TLSSocket).getPeerX509Certificate()
  const isServer = !tls || (shown !== undefined && thumbprintOf(shown.raw) === thumbprintOf(new X509Certificate(tls.server).raw))
  if (!isAddress || !isServer)
    throw refusal("consumer-not-authenticated", { reason: "only the security server of this site is heard here" })
}

type Body = PeerRequest["body"]

function restOf({ road }: BehindOptions, request: IncomingMessage, body: Body): PeerRequest {
  const headers = request.rawHeaders.flatMap((name, i, all) =>
    i % 2 === 1 || SKIPPED_HEADERS.has(name.toLowerCase()) ? [] : [name, all[i + 1]!],
  )
  const about = { method: request.method!, url: request.url!, headers, body, protocol: "rest", contract: VOUCHED } as const
  return { ...about, peer: serverOf(road), requestId: lastHeader(headers, "x-road-request-id") ?? "" }
}

/** The envelope says who asks whom; a server that gives no request id gets one. */
async function soapOf(
  { road }: BehindOptions,
  request: IncomingMessage,
  body: Body,
): Promise<PeerRequest & { readonly message: SoapMessage }> {
  const [contentType, soapAction] = ["content-type", "soapaction"].map((name) => lastHeader(request.rawHeaders, name))
  const read = parseSoapRequest({ method: request.method!, contentType, soapAction, body: await bytesOf(body) })
  if (!read.ok) throw new Refusal(errorFrom("Client", read))
  const requestId = lastHeader(request.rawHeaders, "x-road-request-id") ?? randomUUID()
  const headers = [...roadHeaders(read.value, { contentType, soapAction }), "x-road-request-id", requestId]
  const about = { method: "POST", url: soapUrl(read.value.header.service), headers, body, contract: VOUCHED } as const
  return { ...about, protocol: "soap", peer: serverOf(road), requestId, message: read.value }
}
