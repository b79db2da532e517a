// Ids are UUIDs of version 7, made by the program: unique without asking the database, and in order of time on disk.
import { randomBytes } from "node:crypto"

/** A new UUIDv7 (RFC 9562): 48 bits of Unix milliseconds of `now`, the rest random. */
export function newId(now: Date): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now.getTime(), 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString("hex")
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** True for any UUID in its canonical spelling; check ids from a URL with it before they reach a statement. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
