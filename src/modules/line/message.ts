// The RFC 9421 signature bases of the line's messages: fixed components in a fixed order, so that nothing is parsed to make one.
import { hash } from "node:crypto"
import type { RestTarget } from "#engines/xroad"
import type { Body } from "./body.ts"
import type { Protocol } from "./target.ts"

/** What the sender of a request signs. */
export interface RequestFacts {
  readonly method: string
  /** As sent, percent-encoding kept, without the query. */
  readonly path: string
  /** With its question mark; empty when there is none. */
  readonly query: string
  readonly contentDigest: string
  /** SHA-256 over all headers that are passed on, in their order. */
  readonly headers: string
  readonly client: string
  readonly id: string
  readonly requestId: string
  readonly contract: string
  readonly protocol: Protocol
}

/** A request as both sides have it: the one that seals it, and the one that checks the seal. */
export interface SealedRequest extends Pick<RequestFacts, "method" | "client" | "id" | "requestId" | "contract" | "protocol"> {
  readonly target: Pick<RestTarget, "requestPath" | "query">
  readonly headers: readonly string[]
  readonly body: Pick<Body, "sha256">
}

/** What is signed of a request. */
export const factsOf = (r: SealedRequest): RequestFacts => ({
  method: r.method,
  path: r.target.requestPath,
  query: r.target.query === undefined ? "" : `?${r.target.query}`,
  contentDigest: contentDigestOf(r.body.sha256),
  headers: headersDigest(r.headers),
  client: r.client,
  id: r.id,
  requestId: r.requestId,
  contract: r.contract,
  protocol: r.protocol,
})

/** What the provider's site signs. */
export interface ResponseFacts {
  readonly status: number
  readonly contentDigest: string
  /** SHA-256 over all headers that are passed on, in their order. */
  readonly headers: string
  /** Leaf of the request that is answered: binds the answer to exactly what was asked. */
  readonly request: string
}

/** When, by which key, and once: the nonce of a message is its request id. */
export interface Stamp {
  /** Seconds since 1970. */
  readonly created: number
  readonly keyId: string
  readonly nonce: string
}

const REQUEST =
  '("@method" "@path" "@query" "content-digest" "x-motlan-headers" "x-road-client" "x-road-id" "x-road-request-id" "x-motlan-contract")'
/** A SOAP message says so, under the seal: nobody can make a REST call of it on the way, or the reverse. */
const SOAP_REQUEST = `${REQUEST.slice(0, -1)} "x-motlan-protocol")`
const RESPONSE = '("@status" "content-digest" "x-motlan-headers" "x-motlan-request")'

/** The name of the signature in `Signature-Input` and `Signature`. */
export const LABEL = "motlan"

/** `Signature-Input` of a request or response, without its label. */
export const requestInput = (stamp: Stamp, protocol: Protocol): string =>
  (protocol === "soap" ? SOAP_REQUEST : REQUEST) + stampOf(stamp)
export const responseInput = (stamp: Stamp): string => RESPONSE + stampOf(stamp)

const stampOf = ({ created, keyId, nonce }: Stamp): string =>
  `;created=${created};keyid="${keyId}";nonce="${nonce}";alg="ecdsa-p256-sha256"`

export const requestBase = (f: RequestFacts, input: string): string =>
  `"@method": ${f.method}\n"@path": ${f.path}\n"@query": ${f.query || "?"}\n"content-digest": ${f.contentDigest}\n` +
  `"x-motlan-headers": ${f.headers}\n"x-road-client": ${f.client}\n"x-road-id": ${f.id}\n` +
  `"x-road-request-id": ${f.requestId}\n"x-motlan-contract": ${f.contract}\n` +
  `${f.protocol === "soap" ? '"x-motlan-protocol": soap\n' : ""}"@signature-params": ${input}`

export const responseBase = (f: ResponseFacts, input: string): string =>
  `"@status": ${f.status}\n"content-digest": ${f.contentDigest}\n"x-motlan-headers": ${f.headers}\n` +
  `"x-motlan-request": ${f.request}\n"@signature-params": ${input}`

const INPUT =
  /^motlan=(\("[a-z@" -]{1,400}\));created=(\d{1,12});keyid="([A-Za-z0-9_-]{1,100})";nonce="([A-Za-z0-9-]{1,100})";alg="ecdsa-p256-sha256"$/

const COVERED = { rest: REQUEST, soap: SOAP_REQUEST, response: RESPONSE }

/** Reads a `Signature-Input` that covers exactly what messages of this kind cover; undefined for any other. */
export function readInput(header: string | undefined, kind: Protocol | "response"): { input: string; stamp: Stamp } | undefined {
  const found = INPUT.exec(header ?? "")
  if (!found || found[1] !== COVERED[kind]) return undefined
  return { input: header!.slice(LABEL.length + 1), stamp: { created: Number(found[2]), keyId: found[3]!, nonce: found[4]! } }
}

/** The `Content-Digest` (RFC 9530) of a body whose SHA-256 is known. */
export const contentDigestOf = (sha256: string): string => `sha-256=:${sha256}:`

/** SHA-256 of headers as they are passed on, base64. */
export const headersDigest = (headers: readonly string[]): string => hash("sha256", headerLines(headers), "base64")

/** `name:value` lines, as they are digested. */
function headerLines(headers: readonly string[]): string {
  let lines = ""
  for (let i = 0; i < headers.length; i += 2) lines += `${headers[i]}:${headers[i + 1]}\r\n`
  return lines
}
