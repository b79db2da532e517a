// The RFC 9421 signature bases of the line's messages: fixed components in a fixed order, so that nothing is parsed to make one.
import { hash } from "node:crypto"
import type { RestTarget } from "#engines/xroad"
import { type Filled, fill } from "#evidence"
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

/** An answer as both sides have it: what is signed of it, and what is said of it where it is announced. */
export interface SignedAnswer {
  /** Of the exchange. */
  readonly id: string
  /** Seconds since 1970. */
  readonly created: number
  readonly status: number
  /** Leaf of the request that is answered. */
  readonly request: string
  /** SHA-256 of headers and body, base64. */
  readonly headers: string
  readonly content: string
}

/** What is signed of an answer that is at hand. */
export const signedOf = (
  { id, created, request }: Pick<SignedAnswer, "id" | "created" | "request">,
  {
    status,
    headers,
    body,
  }: { readonly status: number; readonly headers: readonly string[]; readonly body: Pick<Body, "sha256"> },
): SignedAnswer => ({ id, created, status, request, headers: headersDigest(headers), content: body.sha256 })

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

/** The lines of a base, cut where values stand; the last line tells when and by which key it is signed. */
const patternOf = (names: readonly string[], covered: string): readonly string[] => [
  ...names.map((name, i) => `${i === 0 ? "" : "\n"}"${name}": `),
  `\n"@signature-params": ${covered};created=`,
  ';keyid="',
  '";nonce="',
  '";alg="ecdsa-p256-sha256"',
]

const REQUEST_NAMES = REQUEST.slice(2, -2).split('" "')
const PATTERNS = {
  rest: patternOf(REQUEST_NAMES, REQUEST),
  soap: patternOf([...REQUEST_NAMES, "x-motlan-protocol"], SOAP_REQUEST),
  response: patternOf(RESPONSE.slice(2, -2).split('" "'), RESPONSE),
}

/** The RFC 9421 signature base of a request. */
export function requestBase(f: RequestFacts, { created, keyId, nonce }: Stamp): Filled {
  const values = [f.method, f.path, f.query || "?", f.contentDigest, f.headers, f.client, f.id, f.requestId, f.contract]
  if (f.protocol === "soap") values.push("soap")
  values.push(String(created), keyId, nonce)
  return fill(PATTERNS[f.protocol], values)
}

/** The RFC 9421 signature base of an answer. */
export const responseBase = (f: ResponseFacts, { created, keyId, nonce }: Stamp): Filled =>
  fill(PATTERNS.response, [String(f.status), f.contentDigest, f.headers, f.request, String(created), keyId, nonce])

/** The same of what is signed of it. */
export const answerBase = ({ id, created, status, request, headers, content }: SignedAnswer, keyId: string): Filled =>
  responseBase({ status, contentDigest: contentDigestOf(content), headers, request }, { created, keyId, nonce: id })

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
