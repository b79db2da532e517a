// Bodies that have to be read as a whole: envelopes, descriptions, errors.
import { buffer } from "node:stream/consumers"
import type { Body } from "./body.ts"

/** All bytes of a body; the caller has looked at its length. */
export async function bytesOf(body: Body): Promise<Buffer> {
  const content = body.content()
  return content === null ? Buffer.alloc(0) : Buffer.isBuffer(content) ? content : buffer(content)
}
