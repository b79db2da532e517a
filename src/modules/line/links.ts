// The consumer's side of links: one to each peer, opened when it is needed, and the exchanges that wait on it for their answers.
import type { IncomingMessage } from "node:http"
import { request as httpsRequest, type RequestOptions } from "node:https"
import type { TLSSocket } from "node:tls"
import { readBody } from "./body.ts"
import { ByExchange } from "./by-exchange.ts"
import { CONNECT_WAIT_MAX_MS, LINK_AGE_MAX_MS } from "./limits.ts"
import type { Line } from "./line.ts"
import { Link, type Outgoing, PROTOCOL } from "./link.ts"
import { ERROR_MAX_BYTES, errorOfPeer } from "./peer-error.ts"
import { Refusal, refusal } from "./refusal.ts"
import type { Peer } from "./roads.ts"
import { type Announced, type TakenAnswer, takeAnnounced, takeAnswers } from "./take-answers.ts"
import type { Frame, RefusalHead } from "./wire.ts"

/** What comes of a request on the line. */
export type Outcome = TakenAnswer | Pick<RefusalHead, "error" | "why">

/** An exchange that waits for its answer. */
export interface Waiting {
  /** Leaf of the request, base64; empty where nothing is sealed. */
  readonly leaf: string
  /** What was signed of the answer that is to come. */
  announced?: Announced
  resolve(outcome: Outcome): void
  reject(fault: unknown): void
}

/** A request to be sent. */
export interface Carried {
  readonly message: Outgoing
  /** Of the request, base64; empty where nothing is sealed. */
  readonly leaf: string
  readonly waitMaxMs: number
}

/** The link to a peer and the exchanges under way on it, by request id. */
interface Road {
  /** As the directory has it now. */
  peer: Peer
  readonly link: Promise<Link>
  readonly since: number
  readonly waiting: ByExchange<Waiting>
}

export class Links {
  private readonly roads = new Map<string, Road>()
  private isClosing = false

  /** `tlsTo` tells how to connect to a peer. */
  constructor(private readonly tlsTo: (peer: Peer) => RequestOptions) {}

  /** Sends a request and gives what comes of it. Rejects with a fault whose code tells why there is no answer, or with a Refusal. */
  async carry(line: Line, peer: Peer, { message, leaf, waitMaxMs }: Carried): Promise<Outcome> {
    const road = this.roadTo(line, peer)
    const link = await road.link
    const { id } = message.head
    link.hold()
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise<Outcome>((resolve, reject) => {
        road.waiting.set(id, { leaf, resolve, reject })
        timer = setTimeout(() => reject(faultOf("ETIMEDOUT", `${peer.id} does not answer`)), waitMaxMs)
        link.request(message)
      })
    } finally {
      clearTimeout(timer)
      road.waiting.delete(id)
      link.release()
    }
  }

  /** New connections from now on; what is under way ends on the old ones. */
  renew(): void {
    for (const road of this.roads.values()) end(road)
    this.roads.clear()
  }

  /** Ends every link when nothing is under way on it. */
  close(): void {
    this.isClosing = true
    this.renew()
  }

  /** The link that stands, unless it is old: certificates are looked at when a link is opened. */
  private roadTo(line: Line, peer: Peer): Road {
    const name = `${peer.id} ${peer.address}`
    const known = this.roads.get(name)
    if (known && performance.now() - known.since < LINK_AGE_MAX_MS) {
      known.peer = peer
      return known
    }
    if (known) end(known)
    if (this.isClosing) throw faultOf("ECONNREFUSED", "the line is closing")
    const road = this.open(line, name, peer)
    this.roads.set(name, road)
    return road
  }

  private open(line: Line, name: string, peer: Peer): Road {
    const waiting = new ByExchange<Waiting>()
    const forget = () => {
      if (this.roads.get(name) === road) this.roads.delete(name)
    }
    const ended = () => {
      forget()
      for (const one of waiting.values()) one.reject(faultOf("ECONNRESET", `${peer.id} broke off`))
    }
    const take = ({ seal, announced, answers, refusals }: Frame) => {
      for (const { id, error, why } of refusals) waiting.get(id)?.resolve({ error, why })
      if (announced.length > 0) takeAnnounced(line, road.peer, { seal, announced }, waiting)
      if (answers.length > 0) void takeAnswers(line, road.peer, { seal, answers }, waiting)
    }
    const link = this.connect(line, peer).then(({ socket, head }) => new Link(socket, head, take, ended))
    link.catch(forget)
    const road: Road = { peer, link, waiting, since: performance.now() }
    return road
  }

  private connect(line: Line, peer: Peer): Promise<{ readonly socket: TLSSocket; readonly head: Buffer }> {
    return new Promise((resolve, reject) => {
      const headers = { Connection: "Upgrade", Upgrade: PROTOCOL }
      const asked = httpsRequest(`https://${peer.address}/`, { ...this.tlsTo(peer), headers, agent: false })
      const timer = setTimeout(() => asked.destroy(faultOf("ETIMEDOUT", `${peer.id} takes no connection`)), CONNECT_WAIT_MAX_MS)
      asked.once("upgrade", (_, socket, head) => {
        clearTimeout(timer)
        resolve({ socket: socket as TLSSocket, head })
      })
      asked.once("response", (told) => {
        clearTimeout(timer)
        refusedWith(line, told).then(reject, reject)
      })
      asked.once("error", (fault) => {
        clearTimeout(timer)
        reject(fault)
      })
      asked.end()
    })
  }
}

function end({ link }: Road): void {
  link.then(
    (one) => one.end(),
    () => undefined,
  )
}

/** Why a peer takes no link, in its own words. */
async function refusedWith(line: Line, told: IncomingMessage): Promise<Refusal> {
  const body = await readBody(told, line.folder, ERROR_MAX_BYTES)
  const error = await errorOfPeer({ status: told.statusCode!, headers: told.rawHeaders, body })
  return error ? new Refusal(error) : refusal("answer-without-signature")
}

const faultOf = (code: string, message: string): Error => Object.assign(new Error(message), { code })
