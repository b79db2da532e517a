// The hash that binds an answer to its request: SHA-512 over what was asked, headers and body apart so that a body can stream by.
import { createHash, type Hash } from "node:crypto"
import type { RawHeaders } from "./headers.ts"

/** A request as it travels: headers of `messageHeaders`, so that x-road-request-id is the last one. */
export interface HashedRequest {
  readonly method: string
  /** Of the request line, raw: `/r1/...`. */
  readonly requestPath: string
  readonly query?: string | undefined
  readonly headers: RawHeaders
}

/** Method, path with query, then each header as `name:value`, every line ended by CRLF, in UTF-8. */
export function requestHeadBytes({ method, requestPath, query, headers }: HashedRequest): Buffer {
  const lines = [method, query === undefined ? requestPath : `${requestPath}?${query}`]
  for (let i = 0; i + 1 < headers.length; i += 2) lines.push(`${headers[i]}:${headers[i + 1]}`)
  return Buffer.from(`${lines.join("\r\n")}\r\n`)
}

/** Takes a body piece by piece; `digest()` goes into `requestHash`. */
export const newBodyDigest = (): Hash => createHash("sha512")

/**
 * The value of X-Road-Request-Hash: base64 of SHA-512 over (SHA-512 of the head, SHA-512 of the body), or without a body of SHA-512 of
 * the head alone. `bodyDigest` is the SHA-512 of the body's bytes. Throws a RangeError when it is not 64 bytes.
 */
export function requestHash(request: HashedRequest, bodyDigest?: Uint8Array): string {
  const head = createHash("sha512").update(requestHeadBytes(request)).digest()
  if (!bodyDigest) return head.toString("base64")
  if (bodyDigest.length !== 64) throw new RangeError("a SHA-512 digest has 64 bytes")
  return createHash("sha512").update(head).update(bodyDigest).digest("base64")
}
