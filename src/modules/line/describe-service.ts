// What the owner of a service says of it: its OpenAPI or WSDL document, read where it is kept, or asked for over the road.
import { errorFrom, hideAddresses, hideServers, lastHeader, type Reading } from "#engines/xroad"
import { bodyOf } from "./body.ts"
import { fetchDescription } from "./fetch-description.ts"
import { DESCRIPTION_MAX_BYTES } from "./limits.ts"
import type { Line } from "./line.ts"
import { observed } from "./operations.ts"
import { Refusal } from "./refusal.ts"
import { send } from "./send.ts"
import { bytesOf } from "./whole-body.ts"

export interface DescriptionWish {
  /** `I/C/M/S/SERVICE`. */
  readonly service: string
  readonly type: string
  /** `I/C/M/S` of this site, in whose name another site is asked. */
  readonly consumer: string | undefined
  /** Names the exchange, if there is one: a UUID that was never used. */
  readonly requestId: string
  readonly waitMaxMs: number
}

/** none: it has no document. elsewhere: only the site that offers it shows it. */
export type Description =
  | { readonly kind: "document"; readonly text: string; readonly contentType: string }
  | { readonly kind: "none" | "elsewhere" }
  | { readonly kind: "refused"; readonly code: string }

/** The document without the addresses of the provider's systems, as getOpenAPI and getWsdl give it. Never throws for what lies beyond. */
export async function describeService(line: Line, wish: DescriptionWish): Promise<Description> {
  const offered = line.roads.offered(wish.service)
  try {
    if (!offered) return await askedFor(line, wish)
    const { type, description } = offered
    if (description === undefined || (type !== "OPENAPI" && type !== "SOAP")) return { kind: "none" }
    const { text, contentType } = await fetchDescription(line, description)
    if (type === "SOAP") return { kind: "document", text: readingOf(hideAddresses(text)), contentType: "text/xml" }
    const hidden = readingOf(hideServers(text))
    const told = hidden.format === "json" ? "application/json" : "application/yaml"
    return { kind: "document", text: hidden.text, contentType: contentType ?? told }
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault
    return { kind: "refused", code: `${fault.error.place}.${fault.error.code}` }
  }
}

function readingOf<T>(reading: Reading<T>): T {
  if (reading.ok) return reading.value
  throw new Refusal(errorFrom("Server.ServerProxy", reading))
}

/** getOpenAPI of the provider's site; every registered client may ask it. */
async function askedFor(line: Line, { service, type, consumer, requestId, waitMaxMs }: DescriptionWish): Promise<Description> {
  if (type !== "OPENAPI") return { kind: type === "SOAP" ? "elsewhere" : "none" }
  if (consumer === undefined) return { kind: "elsewhere" }
  const [, subsystem, code] = /^(.*)\/([^/]*)$/.exec(service)!
  const url = `/r1/${subsystem}/getOpenAPI?serviceCode=${encodeURIComponent(code!)}`
  const body = await bodyOf(Buffer.alloc(0), line.folder)
  const headers = ["X-Road-Client", consumer]
  const request = { method: "GET", url, headers, body, protocol: "rest", from: "here", requestId, waitMaxMs } as const
  const answer = await observed(line, "Client", request, () => send(line, request))
  try {
    if (answer.status !== 200) return { kind: "refused", code: `http.${answer.status}` }
    if (answer.body.length > DESCRIPTION_MAX_BYTES) return { kind: "refused", code: "InternalError" }
    const text = (await bytesOf(answer.body)).toString()
    return { kind: "document", text, contentType: lastHeader(answer.headers, "content-type") ?? "application/yaml" }
  } finally {
    answer.body.drop()
  }
}
