// Bodies that are too large for a frame: they travel by themselves, a request's before it, an answer's when it is fetched.
import type { IncomingMessage } from "node:http"
import { type Body, IN_MEMORY_MAX, nothing, readBody } from "./body.ts"
import { type Answer, dispatch } from "./dispatch.ts"
import { ASIDE_WAIT_MAX_MS, ASIDES_OF_PEER_MAX } from "./limits.ts"
import { type Line, PEER_WAIT_MAX_MS } from "./line.ts"
import { refusal } from "./refusal.ts"
import type { Peer } from "./roads.ts"

/** Bodies at hand, by whose they are and which exchange they belong to. */
export class Asides {
  private readonly kept = new Map<string, Map<string, { readonly body: Body; readonly timer: NodeJS.Timeout }>>()

  /** Keeps a body until it is taken, or for ASIDE_WAIT_MAX_MS. Throws a Refusal where too many wait. */
  keep(peer: string, id: string, body: Body): void {
    const own = this.kept.get(peer) ?? new Map()
    if (own.size >= ASIDES_OF_PEER_MAX || own.has(id)) {
      body.drop()
      throw refusal("request-malformed", { reason: "Too many bodies wait" })
    }
    this.kept.set(peer, own)
    own.set(id, { body, timer: setTimeout(() => this.take(peer, id)?.drop(), ASIDE_WAIT_MAX_MS).unref() })
  }

  take(peer: string, id: string): Body | undefined {
    const found = this.kept.get(peer)?.get(id)
    if (!found) return undefined
    clearTimeout(found.timer)
    this.kept.get(peer)!.delete(id)
    return found.body
  }

  close(): void {
    for (const [peer, own] of this.kept) for (const id of own.keys()) this.take(peer, id)?.drop()
  }
}

const ADDRESS = /^\/bodies\/([A-Za-z0-9-]{1,100})$/
const addressOf = (id: string): string => `/bodies/${id}`

/** What the head of a message says of a body that travels by itself. */
export const isAside = ({ length }: Body): true | undefined => (length > IN_MEMORY_MAX ? true : undefined)

/** The bytes that travel with a message. */
export function withMessage(body: Body): Buffer {
  const content = body.length > IN_MEMORY_MAX ? null : body.content()
  return Buffer.isBuffer(content) ? content : NOTHING
}

const NOTHING = Buffer.alloc(0)

/** Brings the body of a request to a peer, before the request. Rejects as dispatch does, or with the peer's refusal. */
export async function sendAside(line: Line, peer: Peer, id: string, body: Body): Promise<void> {
  const headers = ["Content-Length", String(body.length)]
  const out = { method: "PUT", path: addressOf(id), headers, body, waitMaxMs: PEER_WAIT_MAX_MS }
  const answer = await dispatch(line.poolTo(peer), out, line.folder)
  answer.body.drop()
  if (answer.status !== 204) throw refusal("answer-without-signature")
}

/** Fetches the body of an answer. */
export async function fetchAside(line: Line, peer: Peer, id: string): Promise<Body> {
  const out = { method: "GET", path: addressOf(id), headers: [], body: nothing, waitMaxMs: PEER_WAIT_MAX_MS }
  const answer = await dispatch(line.poolTo(peer), out, line.folder)
  if (answer.status === 200) return answer.body
  answer.body.drop()
  throw refusal("answer-without-signature")
}

/** Takes the body of a peer's request, or gives that of an answer to it. Throws a Refusal. */
export async function answerAside(line: Line, peer: Peer, request: IncomingMessage): Promise<Answer> {
  const id = ADDRESS.exec(request.url!)?.[1]
  if (id === undefined) throw refusal("request-malformed", { reason: "Sites speak over a link" })
  if (request.method === "PUT") {
    line.asides.got.keep(peer.id, id, await readBody(request, line.folder, line.limits.bodyMaxBytes))
    return { status: 204, headers: [], body: nothing }
  }
  const body = line.asides.given.take(peer.id, id)
  if (!body) throw refusal("request-malformed", { reason: "There is no such body" })
  return { status: 200, headers: ["Content-Type", "application/octet-stream"], body }
}
