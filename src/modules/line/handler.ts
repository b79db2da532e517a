// A service that the site provides itself: the request goes to a function instead of over HTTP.

import { type ClientId, lastHeader, printId, type RestTarget } from "#engines/xroad"
import { type Body, bodyOf } from "./body.ts"
import { consentIn, type SignedConsent } from "./consent.ts"
import type { Answer } from "./dispatch.ts"
import type { Line } from "./line.ts"
import type { PeerRequest } from "./take.ts"

/** A request that was authorised, as the function sees it. */
export interface HandlerRequest {
  /** `I/C/M/S` of the subsystem that asks; its site and seal were checked. */
  readonly consumer: string
  /** `I/C/M/S/SERVICE`. */
  readonly service: string
  readonly method: string
  /** Below the service; at least "/". */
  readonly path: string
  /** The purpose that the contract was chosen by, where the request names one. */
  readonly purpose?: string | undefined
  /** Names the exchange at both sites. */
  readonly requestId: string
  readonly body: Buffer
  /** The consent of the person that came with the request of an information system; not proven yet. */
  readonly consent?: SignedConsent | undefined
}

export interface HandlerAnswer {
  readonly status: number
  /** Becomes the body, as JSON. */
  readonly json: unknown
}

/** Answers a request. What it throws becomes "service unreachable" for the consumer, with nothing of the reason. */
export type Handler = (request: HandlerRequest) => Promise<HandlerAnswer>

/** Handlers by the type of service. */
export type Handlers = Readonly<Partial<Record<"REGISTER", Handler>>>

/** Header by which a consumer says what it asks for, where its contract has several purposes. */
export const PURPOSE_HEADER = "motlan-purpose"

const TOO_LARGE: HandlerAnswer = { status: 413, json: { error: "the body is too large" } }

interface Arrived {
  readonly target: RestTarget
  readonly client: ClientId
  readonly requestId: string
  readonly headers: readonly string[]
}

/** Asks the function; gives its answer as the service's. */
export async function handleHere(line: Line, handler: Handler, request: PeerRequest, arrived: Arrived): Promise<Answer> {
  const { target, client, requestId, headers } = arrived
  const content = request.body.content()
  const isWhole = content === null || Buffer.isBuffer(content)
  const { status, json } = isWhole
    ? await handler({
        ...{ consumer: printId(client), service: printId(target.service), method: request.method, path: target.path },
        ...{ purpose: lastHeader(headers, PURPOSE_HEADER), requestId, body: content ?? Buffer.alloc(0) },
        consent: consentIn(headers),
      })
    : TOO_LARGE
  if (!isWhole) content.destroy()
  const body: Body = await bodyOf(Buffer.from(JSON.stringify(json)), line.folder)
  return { status, headers: ["Content-Type", "application/json; charset=utf-8"], body }
}
