// Ids are UUIDs of version 7, made by the program: unique without asking the database, and in order of time on disk.
import { randomUUID } from "node:crypto"

/** A new UUIDv7 (RFC 9562): 48 bits of Unix milliseconds of `now`, the rest random. */
export function newId(now: Date): string {
  const time = now.getTime().toString(16).padStart(12, "0")
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

/** True for any UUID in its canonical spelling; check ids from a URL with it before they reach a statement. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** When an id of version 7 was made; undefined for another, which doesn't tell. */
export const timeOfId = (id: string): Date | undefined =>
  id[14] === "7" ? new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)) : undefined

/** No id that newId makes from then on comes before it. */
export const lowestId = (from: Date): string => newId(from).replace(/7.{3}-.{4}-.{12}$/, "0000-0000-000000000000")
