// Canonical JSON (RFC 8785, JCS): the same content always gives the same bytes, so that a hash names it.
import { createHash } from "node:crypto"

const DEPTH_MAX = 64

/**
 * The canonical JSON text of a value (RFC 8785): members sorted by UTF-16 code units, no white space, numbers and strings as ECMAScript
 * writes them. Members that are undefined are left out. Throws for what JSON can't hold and for half surrogates.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > DEPTH_MAX) throw new Error("too deep for canonical JSON")
  if (value === null || typeof value === "boolean") return String(value)
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new Error("not a number of JSON")
    return JSON.stringify(value)
  }
  if (typeof value === "string") {
    if (/\p{Surrogate}/u.test(value)) throw new Error("a string with half a surrogate")
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(",")}]`
  if (typeof value !== "object") throw new Error(`not JSON: ${typeof value}`)
  const members = Object.entries(value).filter(([, item]) => item !== undefined)
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, item]) => `${canonicalJson(key)}:${canonicalJson(item, depth + 1)}`).join(",")}}`
}

/** SHA-256 of a text's UTF-8 bytes, 64 hex digits. */
export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex")
