// Opens the line of a site: the listener for its peers (TLS 1.3, both sides show certificates), and the face for its own systems.
import { hash, randomUUID, X509Certificate } from "node:crypto"
import { mkdirSync } from "node:fs"
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { createServer as createTlsServer } from "node:https"
import type { AddressInfo } from "node:net"
import type { TLSSocket } from "node:tls"
import { Pool } from "undici"
import { errorOf, faceOf, renderRestError, type XRoadError } from "#engines/xroad"
import type { Sealer } from "#evidence"
import type { Site } from "#platform/site"
import { readBody } from "./body.ts"
import { ProofCheck } from "./check-proof.ts"
import type { Answer } from "./dispatch.ts"
import type { Line, TlsKeys } from "./line.ts"
import { Refusal, refusal } from "./refusal.ts"
import type { Peer, Roads } from "./roads.ts"
import { Seen } from "./seen.ts"
import { send } from "./send.ts"
import { take } from "./take.ts"

export interface LineOptions {
  readonly site: Site
  readonly instance: string
  readonly roads: Roads
  readonly tls: TlsKeys
  /** Where large bodies rest on their way. */
  readonly folder: string
  /** Without one nothing is sealed, checked or kept: only to measure what that costs. */
  readonly sealer?: Sealer
}

export interface OpenLine {
  /** Listens for peers. Port 0 takes a free one; gives the port. */
  listenToPeers(port: number, host: string): Promise<number>
  /** Listens for information systems of this site. */
  listenToClients(port: number, host: string): Promise<number>
  /** New certificates from now on; connections that stand stay. */
  renew(tls: TlsKeys): void
  /** Takes nothing new, and ends when what is under way has ended. */
  close(): Promise<void>
}

const CONNECTIONS_TO_ONE_MAX = 128
const HEADERS_MAX_BYTES = 64 * 1024
const HEADERS_WAIT_MAX_MS = 20_000
const KEEP_ALIVE_MS = 60_000

/** Opens the line; it listens when it is told to. */
export function openLine(options: LineOptions): OpenLine {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const pools = new Pools(options.tls)
  const { site, instance, roads, folder, sealer } = options
  const line: Line = {
    site,
    instance,
    roads,
    sealer,
    folder,
    proofs: new ProofCheck(),
    seen: new Seen(site.clock().getTime() / 1_000),
    poolTo: (peer) => pools.to(peer),
    providerPool: (origin) => pools.provider(origin),
  }
  const limits = { maxHeaderSize: HEADERS_MAX_BYTES, headersTimeout: HEADERS_WAIT_MAX_MS, keepAliveTimeout: KEEP_ALIVE_MS }
  const peers = createTlsServer(
    { ...limits, ...tlsOf(options.tls), requestCert: true },
    (request, response) => void answerPeer(line, request, response),
  )
  const clients = createHttpServer(limits, (request, response) => void answerClient(line, request, response))
  for (const server of [peers, clients]) server.requestTimeout = 0
  return {
    listenToPeers: (port, host) => listen(peers, port, host),
    listenToClients: (port, host) => listen(clients, port, host),
    renew: (tls) => {
      peers.setSecureContext(tlsOf(tls))
      pools.renew(tls)
    },
    close: async () => {
      await Promise.all([end(clients), end(peers)])
      await pools.close()
    },
  }
}

const tlsOf = ({ certificate, key, anchors }: TlsKeys) => ({
  cert: certificate,
  key: typeof key === "string" ? key : key.export({ type: "pkcs8", format: "pem" }),
  ca: [...anchors],
  minVersion: "TLSv1.3" as const,
  rejectUnauthorized: true,
})

/** Connections to peers and to providers, kept open. */
class Pools {
  private toPeers = new Map<string, Pool>()
  private readonly toProviders = new Map<string, Pool>()

  constructor(private tls: TlsKeys) {}

  to(peer: Peer): Pool {
    const name = `${peer.id} ${peer.address}`
    const known = this.toPeers.get(name)
    if (known) return known
    const pool = new Pool(`https://${peer.address}`, {
      connections: CONNECTIONS_TO_ONE_MAX,
      connect: {
        ...tlsOf(this.tls),
        checkServerIdentity: (_host: string, { raw }: { raw: Buffer }) =>
          peer.hasAuth(thumbprintOf(raw)) ? undefined : stranger(peer),
      },
    })
    this.toPeers.set(name, pool)
    return pool
  }

  provider(origin: string): Pool {
    const known = this.toProviders.get(origin) ?? new Pool(origin, { connections: CONNECTIONS_TO_ONE_MAX })
    this.toProviders.set(origin, known)
    return known
  }

  renew(tls: TlsKeys): void {
    this.tls = tls
    for (const pool of this.toPeers.values()) void pool.close()
    this.toPeers = new Map()
  }

  async close(): Promise<void> {
    await Promise.all([...this.toPeers.values(), ...this.toProviders.values()].map((pool) => pool.close()))
  }
}

const stranger = ({ id }: Peer): Error =>
  Object.assign(new Error(`the certificate is not one of ${id}`), { code: "ERR_TLS_STRANGER" })

/** SHA-256 of a certificate, base64url: `x5t#S256`. */
const thumbprintOf = (der: Buffer): string => hash("sha256", der, "base64url")

/** The thumbprint of a certificate in PEM. */
export const certificateThumbprint = (pem: string): string => thumbprintOf(new X509Certificate(pem).raw)

const thumbprints = new WeakMap<TLSSocket, string>()

function thumbprintOn(socket: TLSSocket): string {
  const known = thumbprints.get(socket) ?? thumbprintOf(socket.getPeerCertificate().raw)
  thumbprints.set(socket, known)
  return known
}

async function answerPeer(line: Line, request: IncomingMessage, response: ServerResponse): Promise<void> {
  await answering(line, request, response, async () => {
    const peer = line.roads.peerOf(thumbprintOn(request.socket as TLSSocket))
    if (!peer) throw refusal("consumer-not-authenticated", { reason: "the certificate is of no site in the directory" })
    const body = await readBody(request, line.folder)
    try {
      return await take(line, { peer, method: request.method!, url: request.url!, headers: request.rawHeaders, body })
    } finally {
      body.drop()
    }
  })
}

async function answerClient(line: Line, request: IncomingMessage, response: ServerResponse): Promise<void> {
  await answering(line, request, response, async () => {
    if (faceOf(request.method!, request.url!) !== "rest") throw refusal("request-malformed", { reason: "Invalid request URI" })
    const body = await readBody(request, line.folder)
    try {
      return await send(line, { method: request.method!, url: request.url!, headers: request.rawHeaders, body })
    } finally {
      body.drop()
    }
  })
}

/** Writes an answer, or the error of the road. */
async function answering(
  line: Line,
  request: IncomingMessage,
  response: ServerResponse,
  act: () => Promise<Answer>,
): Promise<void> {
  response.sendDate = false
  try {
    const answer = await act()
    write(response, answer)
  } catch (fault) {
    request.resume()
    const detail = randomUUID()
    const error = errorFor(fault, detail)
    const words = {
      road: `${error.place}.${error.code}`,
      reference: detail,
      ...(fault instanceof Refusal ? { cause: fault.cause } : { err: fault }),
    }
    line.site.log.warn(words, "the line refused a request")
    const { status, headers, body } = renderRestError(error, request.headers.accept)
    if (response.headersSent) return void response.destroy()
    response.writeHead(status, [...headers, "Content-Length", String(body.length), "Date", line.site.clock().toUTCString()])
    response.end(body)
  }
}

function errorFor(fault: unknown, detail: string): XRoadError {
  if (fault instanceof Refusal) return { ...fault.error, detail }
  return errorOf("request-malformed", { reason: "Internal error" }, detail)
}

function write(response: ServerResponse, { status, headers, body }: Answer): void {
  const length = status === 204 || status === 304 ? [] : ["Content-Length", String(body.length)]
  response.writeHead(status, [...headers, ...length])
  const content = body.content()
  if (content === null || Buffer.isBuffer(content)) {
    response.end(content)
    body.drop()
    return
  }
  content.on("error", () => response.destroy())
  response.on("close", () => body.drop())
  content.pipe(response)
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, host, () => {
      server.off("error", reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function end(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve()
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}
