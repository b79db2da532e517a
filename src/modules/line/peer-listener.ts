// Where peers connect: TLS 1.3, both sides show certificates; links for messages, and single requests for bodies that travel by themselves.
import type { IncomingMessage, ServerOptions, ServerResponse } from "node:http"
import { createServer } from "node:https"
import type { TLSSocket } from "node:tls"
import { renderRestError } from "#engines/xroad"
import { thumbprintOf } from "#federation"
import { answering, errorFor } from "./answering.ts"
import { answerAside } from "./asides.ts"
import { STILL_MAX_MS } from "./limits.ts"
import type { Line, TlsKeys } from "./line.ts"
import { Link, PROTOCOL } from "./link.ts"
import { endServer, listenOn } from "./listening.ts"
import { tlsOf } from "./pools.ts"
import { notAuthentic, refusal } from "./refusal.ts"
import { noteRefusal } from "./refused.ts"
import type { Peer } from "./roads.ts"
import { takeRequests } from "./take-requests.ts"

export class PeerListener {
  private readonly server
  private readonly links = new Set<Link>()

  constructor(
    private readonly line: Line,
    options: ServerOptions,
    tls: TlsKeys,
  ) {
    const answer = (request: IncomingMessage, response: ServerResponse) => void answerPeer(line, request, response)
    this.server = createServer({ ...options, ...tlsOf(tls), requestCert: true }, answer)
    this.server.setTimeout(STILL_MAX_MS)
    this.server.on("tlsClientError", (_, socket) => refuseStranger(line, socket))
    this.server.on("upgrade", (request, socket, head) => this.open(request, socket as TLSSocket, head))
  }

  listen(port: number, host: string): Promise<number> {
    return listenOn(this.server, port, host)
  }

  /** For connections from now on. */
  renew(tls: TlsKeys): void {
    this.server.setSecureContext(tlsOf(tls))
  }

  async close(): Promise<void> {
    for (const link of this.links) link.end()
    await endServer(this.server)
  }

  private open(request: IncomingMessage, socket: TLSSocket, head: Buffer): void {
    const { line } = this
    try {
      peerOn(line, request, socket)
      if (request.headers.upgrade !== PROTOCOL) throw refusal("request-malformed", { reason: "Another protocol is asked for" })
    } catch (fault) {
      const { headers, body } = renderRestError(errorFor(line, fault, "peer"), undefined)
      const lines = headers.map((part, i) => (i % 2 === 0 ? `${part}: ` : `${part}\r\n`)).join("")
      return void socket.end(
        `HTTP/1.1 403 Forbidden\r\n${lines}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      )
    }
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${PROTOCOL}\r\n\r\n`)
    const link: Link = new Link(
      socket,
      head,
      // The directory may have changed since the link was opened.
      ({ seal, requests }) => takeRequests(line, link, peerOn(line, request, socket), { seal, requests }),
      () => this.links.delete(link),
    )
    this.links.add(link)
  }
}

/** Who speaks on a connection, by its certificate. Throws a Refusal. */
function peerOn(line: Line, request: IncomingMessage, socket: TLSSocket): Peer {
  const peer = line.roads.peerOf(thumbprintOn(socket))
  if (peer) return peer
  const fault = notAuthentic("peer-unknown", "the certificate is of no site in the directory")
  noteRefusal(line, "provider", { method: request.method!, url: request.url!, headers: request.rawHeaders }, fault)
  throw fault
}

const thumbprints = new WeakMap<TLSSocket, string>()

function thumbprintOn(socket: TLSSocket): string {
  const known = thumbprints.get(socket) ?? thumbprintOf(socket.getPeerCertificate().raw)
  thumbprints.set(socket, known)
  return known
}

/** A connection that showed a certificate and was ended for it; what never showed one is the noise of any network. */
function refuseStranger(line: Line, socket: TLSSocket): void {
  if (!socket.authorizationError) return
  line.refused({ side: "provider", code: "peer-certificate-refused", road: String(socket.authorizationError) })
}

function answerPeer(line: Line, request: IncomingMessage, response: ServerResponse): Promise<void> {
  return answering(line, request, response, "peer", async () =>
    answerAside(line, peerOn(line, request, request.socket as TLSSocket), request),
  )
}
