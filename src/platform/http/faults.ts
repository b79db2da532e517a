// Turns whatever was thrown into a problem: known ones keep their code, the rest become a reference number.
import { randomBytes } from "node:crypto"
import { Problem } from "#platform/problem"

export const notFound = () => new Problem("not-found", 404)
export const notSignedIn = () => new Problem("not-signed-in", 401)
export const notAllowed = () => new Problem("not-allowed", 403)
export const badRequest = () => new Problem("bad-request", 400)
export const wrongMethod = () => new Problem("wrong-method", 405)
export const csrfStale = () => new Problem("csrf-stale", 403)
export const bodyTooLarge = () => new Problem("body-too-large", 413)
export const wrongMediaType = () => new Problem("unsupported-media-type", 415)
export const tooManyRequests = (seconds: number) => new Problem("too-many-requests", 429, { seconds })

export interface Fault {
  readonly problem: Problem
  /** Set for the unknown: the number that a user may quote and an operator finds in the log. */
  readonly reference: string | undefined
}

/** Says which problem an error is. An unknown error never shows its message. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Problem) return { problem: error, reference: undefined }
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown }
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return known(bodyTooLarge())
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return known(wrongMediaType())
  if (statusCode === 413) return known(bodyTooLarge())
  if (typeof statusCode === "number" && statusCode >= 400 && statusCode < 500) return known(badRequest())
  const lost = typeof code === "string" && DATABASE_GONE.has(code)
  const problem = lost ? new Problem("not-ready", 503) : new Problem("internal-fault", 500)
  return { problem, reference: newReference() }
}

const known = (problem: Problem): Fault => ({ problem, reference: undefined })

/** The database is away or starting; trying again later helps (SQLSTATE classes 08 and 57P, and sockets). */
const DATABASE_GONE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "08000",
  "08001",
  "08003",
  "08006",
  "57P01",
  "57P02",
  "57P03",
  "53300",
])

const LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

/** Eight letters and digits that are easily read out: "K7QM-2XTA". */
function newReference(): string {
  const letters = [...randomBytes(8)].map((b) => LETTERS[b % LETTERS.length])
  return `${letters.slice(0, 4).join("")}-${letters.slice(4).join("")}`
}
