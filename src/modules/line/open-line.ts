// Opens the line of a site: the listener for its peers (TLS 1.3, both sides show certificates), and the face for its own systems.
import { X509Certificate } from "node:crypto"
import { mkdirSync } from "node:fs"
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { createServer as createTlsServer, Server as TlsServer } from "node:https"
import type { Dialect } from "#engines/xroad"
import type { Sealer } from "#evidence"
import { thumbprintOf } from "#federation"
import type { Site } from "#platform/site"
import { Asides } from "./asides.ts"
import { type Asked, ask, type Told } from "./ask.ts"
import type { Consents } from "./consent.ts"
import type { EvidenceSource } from "./containers.ts"
import { type Description, type DescriptionWish, describeService } from "./describe-service.ts"
import { answerClient, Crowd } from "./face.ts"
import { Figures } from "./figures.ts"
import type { Handlers } from "./handler.ts"
import {
  FACE_LIMITS,
  type FaceLimits,
  HEADERS_MAX_BYTES,
  HEADERS_WAIT_MAX_MS,
  KEEP_ALIVE_MS,
  REQUEST_WAIT_MAX_MS,
  STILL_MAX_MS,
} from "./limits.ts"
import type { Line, TlsKeys } from "./line.ts"
import { Links } from "./links.ts"
import { endServer, listenOn } from "./listening.ts"
import { Operations } from "./operations.ts"
import { PeerListener } from "./peer-listener.ts"
import { Pools } from "./pools.ts"
import type { Refused } from "./refused.ts"
import type { Roads } from "./roads.ts"
import { Seen } from "./seen.ts"
import type { SystemsLog } from "./system-calls.ts"
import { type Trial, type TrialOutcome, tryService } from "./try-service.ts"

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
  /** Where the evidence of an exchange is exported from, for those who were part of it. */
  readonly evidence?: EvidenceSource
  /** Knows what people have agreed to; without it nothing goes under a contract that rests on their consent. */
  readonly consents?: Consents
  /** Where calls of information systems are noted, for the log of the agencies. */
  readonly systems?: SystemsLog
  /** Hears of each request that was refused, on either side. */
  readonly onRefused?: (refused: Refused) => void
  /** Where it is counted what passes; its own when left out. */
  readonly figures?: Figures
}

/** With which certificate and key the face speaks TLS, as PEM. */
export interface FaceTls {
  readonly certificate: string
  readonly key: string
}

export interface OpenLine {
  /** Posts JSON to a service of another site in the name of a subsystem of this one. */
  ask(asked: Asked): Promise<Told>
  /** Tries a service of another site, under a test mark. */
  tryService(trial: Trial): Promise<TrialOutcome>
  /** The OpenAPI or WSDL document of a service, here or at another site. */
  describe(wish: DescriptionWish): Promise<Description>
  /** Listens for peers. Port 0 takes a free one; gives the port. */
  listenToPeers(port: number, host: string): Promise<number>
  /** Listens for information systems of this site, over TLS when it is told with which keys. May be called for both. */
  listenToClients(port: number, host: string, tls?: FaceTls): Promise<number>
  /** New certificates from now on, of a face over TLS too; connections that stand stay. */
  renew(tls: TlsKeys, face?: FaceTls): void
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
    evidence: options.evidence,
    consents: options.consents,
    systems: options.systems,
    refused: (refused) => {
      site.log.warn(refused, "a request was refused")
      options.onRefused?.(refused)
    },
    figures: options.figures ?? new Figures(),
    asides: { got: new Asides(), given: new Asides() },
    links: new Links((peer) => pools.tlsTo(peer)),
    seen: new Seen(site.clock().getTime() / 1_000),
    poolTo: (peer) => pools.to(peer),
    providerPool: (origin) => pools.provider(origin),
  }
  const peers = new PeerListener(line, SERVER, options.tls)
  const standing = new Standing(line, options.tls)
  const faces = new Faces(line, () => standing.fault())
  return {
    ask: (asked) => ask(line, asked),
    tryService: (trial) => tryService(line, trial),
    describe: (wish) => describeService(line, wish),
    listenToPeers: (port, host) => peers.listen(port, host),
    listenToClients: (port, host, tls) => faces.listen(port, host, tls),
    renew: (tls, face) => {
      if (face) faces.renew(face)
      peers.renew(tls)
      pools.renew(tls)
      line.links.renew()
      standing.tls = tls
    },
    close: async () => {
      await Promise.all([faces.close(), peers.close()])
      line.links.close()
      line.asides.got.close()
      line.asides.given.close()
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
  private readonly tlsServers: TlsServer[] = []
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
    if (server instanceof TlsServer) this.tlsServers.push(server)
    return listenOn(server, port, host)
  }

  renew({ certificate, key }: FaceTls): void {
    for (const server of this.tlsServers) server.setSecureContext({ cert: certificate, key, minVersion: "TLSv1.2" })
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.map(endServer))
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

/** The thumbprint of a certificate in PEM. */
export const certificateThumbprint = (pem: string): string => thumbprintOf(new X509Certificate(pem).raw)
