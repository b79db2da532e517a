// The error that a peer's line tells instead of an answer, read so that each face can say it in its own spelling.
import { type ErrorCode, errorCodes, lastHeader, places, type XRoadError } from "#engines/xroad"
import type { Answer } from "./dispatch.ts"
import { bytesOf } from "./whole-body.ts"

export const ERROR_MAX_BYTES = 64 * 1024

/** Undefined when it is no error of a line. */
export async function errorOfPeer({ headers, body }: Answer): Promise<XRoadError | undefined> {
  const type = lastHeader(headers, "x-road-error")
  const place = PLACES.find((one) => type?.startsWith(`${one}.`))
  const code = type?.slice((place?.length ?? 0) + 1)
  if (!place || !code || !Object.hasOwn(errorCodes, code) || body.length > ERROR_MAX_BYTES) return undefined
  const told = read(await bytesOf(body))
  return { place, code: code as ErrorCode, message: text(told.message), detail: text(told.detail) }
}

/** The longest first: one begins with the other. */
const PLACES = [...places].sort((a, b) => b.length - a.length)

function read(bytes: Buffer): Record<string, unknown> {
  try {
    const told: unknown = JSON.parse(bytes.toString())
    return typeof told === "object" && told !== null ? { ...told } : {}
  } catch {
    return {}
  }
}

const text = (value: unknown): string => (typeof value === "string" ? value : "")
