// One request to a peer or provider, over a pool of connections; nothing is followed, decoded or retried.
import type { Dispatcher } from "undici"
import { type Body, Intake } from "./body.ts"

export interface Outgoing {
  readonly method: string
  /** With the query. */
  readonly path: string
  /** Names and values in turn. */
  readonly headers: readonly string[]
  readonly body: Body
  /** Milliseconds until the head of the answer, and between its chunks. */
  readonly waitMaxMs: number
}

export interface Answer {
  readonly status: number
  /** Names and values in turn, in their order. */
  readonly headers: readonly string[]
  readonly body: Body
}

/** Sends a request and takes the whole answer. Rejects with what undici says of a peer that is away, slow or out of its mind. */
export function dispatch(pool: Dispatcher, out: Outgoing, folder: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let status = 0
    let headers: string[] = []
    let intake: Intake | undefined
    pool.dispatch(
      {
        method: out.method as Dispatcher.HttpMethod,
        path: out.path,
        headers: out.headers as string[],
        body: out.body.content(),
        headersTimeout: out.waitMaxMs,
        bodyTimeout: out.waitMaxMs,
      },
      {
        onRequestStart: () => undefined,
        onResponseStart: (controller, code) => {
          if (code < 200) return
          status = code
          headers = asText(controller.rawHeaders as Buffer[])
          intake = new Intake(folder, () => controller.resume())
        },
        onResponseData: (controller, chunk) => {
          if (!intake?.push(chunk)) controller.pause()
        },
        onResponseEnd: () => {
          intake!.end().then((body) => resolve({ status, headers, body }), reject)
        },
        onResponseError: (_, fault) => {
          intake?.abandon()
          reject(fault)
        },
      },
    )
  })
}

const asText = (raw: readonly (Buffer | string)[]): string[] =>
  raw.map((part) => (typeof part === "string" ? part : part.toString("latin1")))
