// Opens the line of a site: the listener for its peers (TLS 1.3, both sides show certificates), and the face for its own systems.
import { hash, X509Certificate } from "node:crypto"
import { mkdirSync } from "node:fs"
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { createServer as createTlsServer } from "node:https"
import type { AddressInfo } from "node:net"
import type { TLSSocket } from "node:tls"
import { Pool } from "undici"
import type { Dialect } from "#engines/xroad"
import type { Sealer } from "#evidence"
import type { Site } from "#platform/site"
import { answering } from "./answering.ts"
import { type Asked, ask, type Told } from "./ask.ts"
import { readBody } from "./body.ts"
import { ProofCheck } from "./check-proof.ts"
import { answerClient, Crowd } from "./face.ts"
import type { Handlers } from "./handler.ts"
import {
  CONNECTIONS_TO_ONE_MAX,
  FACE_LIMITS,
  type FaceLimits,
  HEADERS_MAX_BYTES,
  HEADERS_WAIT_MAX_MS,
  KEEP_ALIVE_MS,
  REQUEST_WAIT_MAX_MS,
  STILL_MAX_MS,
} from "./limits.ts"
import type { Line, TlsKeys } from "./line.ts"
import { Operations, observed } from "./operations.ts"
import { refusal } from "./refusal.ts"
import type { Peer, Roads } from "./roads.ts"
import { Seen } from "./seen.ts"
import { take } from "./take.ts"

export interface LineOptions {
  readonly site: Site
  readonly instance: string
  readonly roads: Roads
  readonly tls: TlsKeys
  /** Where large bodies rest on their way. */
  readonly folder: string
  /** Services that the site provides itself: its registers. */
  readonly handlers?: Handlers
  /** Without one nothing is sealed, checked or kept: only to measure what that costs. */
  readonly sealer?: Sealer
  /** How the face spells error codes: as X-Road did up to 7.7 (the default), or as 7.8 does. */
  readonly errors?: Dialect
  readonly limits?: Partial<FaceLimits>
}

/** With which certificate and key the face speaks TLS, as PEM. */
export interface FaceTls {
  readonly certificate: string
  readonly key: string
}

export interface OpenLine {
  /** Posts JSON to a service of another site in the name of a subsystem of this one. */
  ask(asked: Asked): Promise<Told>
  /** Listens for peers. Port 0 takes a free one; gives the port. */
  listenToPeers(port: number, host: string): Promise<number>
  /** Listens for information systems of this site, over TLS when it is told with which keys. May be called for both. */
  listenToClients(port: number, host: string, tls?: FaceTls): Promise<number>
  /** New certificates from now on; connections that stand stay. */
  renew(tls: TlsKeys): void
  /** Takes nothing new, and ends when what is under way has ended. */
  close(): Promise<void>
}

/** Opens the line; it listens when it is told to. */
export function openLine(options: LineOptions): OpenLine {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const pools = new Pools(options.tls)
  const { site, instance, roads, folder, sealer, handlers = {} } = options
  const line: Line = {
    site,
    instance,
    roads,
    sealer,
    handlers,
    folder,
    dialect: options.errors ?? "classic",
    limits: { ...FACE_LIMITS, ...options.limits },
    operations: new Operations(),
    proofs: new ProofCheck(),
    seen: new Seen(site.clock().getTime() / 1_000),
    poolTo: (peer) => pools.to(peer),
    providerPool: (origin) => pools.provider(origin),
  }
  const peers = createTlsServer(
    { ...SERVER, ...tlsOf(options.tls), requestCert: true },
    (request, response) => void answerPeer(line, request, response),
  )
  peers.setTimeout(STILL_MAX_MS)
  const standing = new Standing(line, options.tls)
  const faces = new Faces(line, () => standing.fault())
  return {
    ask: (asked) => ask(line, asked),
    listenToPeers: (port, host) => listen(peers, port, host),
    listenToClients: (port, host, tls) => faces.listen(port, host, tls),
    renew: (tls) => {
      peers.setSecureContext(tlsOf(tls))
      pools.renew(tls)
      standing.tls = tls
    },
    close: async () => {
      await Promise.all([faces.close(), end(peers)])
      await pools.close()
    },
  }
}

const SERVER = {
  maxHeaderSize: HEADERS_MAX_BYTES,
  headersTimeout: HEADERS_WAIT_MAX_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
  requestTimeout: REQUEST_WAIT_MAX_MS,
}

/** The listeners for information systems. */
class Faces {
  private readonly servers: Server[] = []
  private readonly crowd = new Crowd()

  constructor(
    private readonly line: Line,
    private readonly health: () => string | undefined,
  ) {}

  listen(port: number, host: string, tls: FaceTls | undefined): Promise<number> {
    const answer = (request: IncomingMessage, response: ServerResponse) =>
      void answerClient(this.line, this.crowd, this.health, request, response)
    // Whose certificate it is counts, not who made it: `demandOf` knows each one.
    const asked = { requestCert: true, rejectUnauthorized: false, minVersion: "TLSv1.2" } as const
    const server = tls
      ? createTlsServer({ ...SERVER, ...asked, cert: tls.certificate, key: tls.key }, answer)
      : createHttpServer(SERVER, answer)
    server.setTimeout(STILL_MAX_MS)
    server.maxConnections = this.line.limits.connectionsMax
    this.servers.push(server)
    return listen(server, port, host)
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.map(end))
  }
}

/** Can this site carry anything just now? */
class Standing {
  constructor(
    private readonly line: Line,
    public tls: TlsKeys,
  ) {}

  /** In words for the operator; undefined when all is well. */
  fault(): string | undefined {
    const at = this.line.site.clock()
    if (!this.line.roads.isFresh(at)) return "The directory of the federation has expired."
    const until = new Date(new X509Certificate(this.tls.certificate).validTo)
    return until <= at ? "The certificate for the line has expired." : undefined
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
  await answering(line, request, response, "peer", async () => {
    const peer = line.roads.peerOf(thumbprintOn(request.socket as TLSSocket))
    if (!peer) throw refusal("consumer-not-authenticated", { reason: "the certificate is of no site in the directory" })
    const body = await readBody(request, line.folder, line.limits.bodyMaxBytes)
    try {
      const asked = { peer, method: request.method!, url: request.url!, headers: request.rawHeaders, body }
      return await observed(line, "Producer", asked, () => take(line, asked))
    } finally {
      body.drop()
    }
  })
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
