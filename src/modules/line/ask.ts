// A request of the site itself to a service of another site: the same way as that of an information system, without the HTTP.
import type { Site } from "#platform/site"
import { bodyOf } from "./body.ts"
import type { Answer } from "./dispatch.ts"
import { PURPOSE_HEADER } from "./handler.ts"
import type { Line } from "./line.ts"
import { observed } from "./operations.ts"
import { Refusal } from "./refusal.ts"
import { isRoadClosed } from "./refused.ts"
import { send } from "./send.ts"

export interface Asked {
  /** `I/C/M/S` of this site. */
  readonly consumer: string
  /** `I/C/M/S/SERVICE`. */
  readonly service: string
  /** Below the service. */
  readonly path: string
  readonly purpose: string
  /** Names the exchange at both sites: a UUID that was never used. */
  readonly requestId: string
  /** Becomes the body, as JSON. */
  readonly json: unknown
  /** How long to wait; an answer that comes later is kept as evidence and given to nobody. */
  readonly waitMaxMs: number
}

/** `refused`: the road lets nobody through under this name, with X-Road's code. `silent`: no answer, or none in time. */
export type Told =
  | { readonly kind: "answer"; readonly status: number; readonly json: unknown }
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "silent"; readonly code: string }

/** Posts JSON to a service of another site. Never throws for what lies beyond this site. */
export const ask = (line: Line, asked: Asked): Promise<Told> => inTime(line.site, asked, () => post(line, asked))

/** What was told in time; a road that fails on the way is silent. */
export async function inTime(site: Site, asked: Asked, carry: () => Promise<Told>): Promise<Told> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Told>((resolve) => {
    timer = setTimeout(resolve, asked.waitMaxMs, { kind: "silent", code: "Timeout" })
  })
  const told = carry().catch((fault: unknown): Told => {
    if (!(fault instanceof Refusal)) {
      const { code } = fault as NodeJS.ErrnoException
      if (code === undefined) throw fault
      site.log.warn({ code, service: asked.service }, "the road did not carry a request")
      return { kind: "silent", code }
    }
    const code = `${fault.error.place}.${fault.error.code}`
    return { kind: isRoadClosed(code) ? "refused" : "silent", code }
  })
  return Promise.race([told, late]).finally(() => clearTimeout(timer))
}

async function post(line: Line, asked: Asked): Promise<Told> {
  const { requestId, waitMaxMs } = asked
  const about = { ...(await jsonRequest(asked, line.folder)), method: "POST", protocol: "rest", from: "here" } as const
  const request = { ...about, requestId, waitMaxMs, isLogged: true } as const
  return toldBy(await observed(line, "Client", request, () => send(line, request)))
}

/** The request as X-Road's REST protocol has it. */
export async function jsonRequest({ consumer, service, path, purpose, json }: Asked, folder: string) {
  const headers = ["X-Road-Client", consumer, "Content-Type", "application/json", PURPOSE_HEADER, purpose]
  return { url: `/r1/${service}${path}`, headers, body: await bodyOf(Buffer.from(JSON.stringify(json)), folder) }
}

/** What an answer tells; its body is dropped. */
export function toldBy(answer: Answer): Told {
  try {
    const error = headerOf(answer.headers, "x-road-error")
    if (error !== undefined) return { kind: isRoadClosed(error) ? "refused" : "silent", code: error }
    const content = answer.body.content()
    return {
      kind: "answer",
      status: answer.status,
      json: Buffer.isBuffer(content) ? parsed(content.toString("utf8")) : undefined,
    }
  } finally {
    answer.body.drop()
  }
}

function headerOf(headers: readonly string[], name: string): string | undefined {
  const at = headers.findIndex((part, i) => i % 2 === 0 && part.toLowerCase() === name)
  return at < 0 ? undefined : headers[at + 1]
}

/** What a text of JSON says; undefined for any other. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch {
    return undefined
  }
}
