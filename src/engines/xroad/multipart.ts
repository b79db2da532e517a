// multipart/related messages (RFC 2046, RFC 2387): a SOAP envelope with its attachments, cut at the boundaries without copying.
import type { RawHeaders } from "./headers.ts"
import { accept, type Reading, refuse } from "./reading.ts"

export interface Part {
  readonly headers: RawHeaders
  readonly body: Buffer
  /** Where the body stands in the whole message. */
  readonly start: number
  readonly end: number
}

export const PARTS_MAX = 100
export const PART_HEADERS_LENGTH_MAX = 16_384
const BOUNDARY_LENGTH_MAX = 200
const HEADERS_PER_PART_MAX = 50
const [LF, CR, DASH] = [10, 13, 45]

/**
 * Cuts a multipart body. Lines may end with LF alone; what stands before the first and after the last boundary is left out. Refuses with
 * InvalidContentType a boundary that can't be one, with MimeParsingFailed a body that is broken, unfinished or beyond its limits.
 */
export function parseMultipart(boundary: string | undefined, bytes: Buffer): Reading<Part[]> {
  if (!boundary || boundary.length > BOUNDARY_LENGTH_MAX || !/^[ -~]*[!-~]$/.test(boundary))
    return refuse("InvalidContentType", "Could not get boundary from content type")
  const parts: Part[] = []
  let from = nextBoundary(bytes, boundary, 0)
  if (!from) return refuse("MimeParsingFailed", "There is no part")
  while (!from.last) {
    const to = nextBoundary(bytes, boundary, from.after)
    if (!to) return refuse("MimeParsingFailed", "The last boundary is missing")
    if (parts.length >= PARTS_MAX) return refuse("MimeParsingFailed", `There are more than ${PARTS_MAX} parts`)
    const part = partOf(bytes, from.after, Math.max(from.after, to.before))
    if (!part) return refuse("MimeParsingFailed", "The headers of a part can't be read")
    parts.push(part)
    from = to
  }
  return accept(parts)
}

/** The first part as soon as it is whole: undefined while bytes are missing, so that a large message can be passed on while it arrives. */
export function firstPart(boundary: string | undefined, soFar: Buffer): Reading<Part> | undefined {
  if (!boundary) return refuse("InvalidContentType", "Could not get boundary from content type")
  const from = nextBoundary(soFar, boundary, 0)
  if (!from) return undefined
  if (from.last) return refuse("MimeParsingFailed", "There is no part")
  const to = nextBoundary(soFar, boundary, from.after)
  if (!to) return undefined
  const part = partOf(soFar, from.after, Math.max(from.after, to.before))
  return part ? accept(part) : refuse("MimeParsingFailed", "The headers of a part can't be read")
}

/** Puts parts together. Throws a RangeError when the boundary stands inside a part. */
export function buildMultipart(boundary: string, parts: readonly { headers: RawHeaders; body: Uint8Array }[]): Buffer {
  const delimiter = `--${boundary}`
  const pieces: Uint8Array[] = []
  for (const { headers, body } of parts) {
    if (Buffer.from(body.buffer, body.byteOffset, body.byteLength).includes(delimiter))
      throw new RangeError("the boundary stands inside a part")
    const lines: string[] = []
    for (let i = 0; i + 1 < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}\r\n`)
    pieces.push(Buffer.from(`${delimiter}\r\n${lines.join("")}\r\n`), body, Buffer.from("\r\n"))
  }
  return Buffer.concat([...pieces, Buffer.from(`${delimiter}--\r\n`)])
}

interface Boundary {
  /** Where the part before it ends, its line end not counted. */
  readonly before: number
  /** Where the next part begins. */
  readonly after: number
  readonly last: boolean
}

function nextBoundary(bytes: Buffer, boundary: string, from: number): Boundary | undefined {
  const delimiter = Buffer.from(`--${boundary}`)
  for (let at = bytes.indexOf(delimiter, from); at >= 0; at = bytes.indexOf(delimiter, at + 1)) {
    // A part may be empty: its boundary then follows the line of the one before.
    if (at > from && bytes[at - 1] !== LF) continue
    let after = at + delimiter.length
    const last = bytes[after] === DASH && bytes[after + 1] === DASH
    if (last) after += 2
    while (bytes[after] === 32 || bytes[after] === 9) after++
    if (bytes[after] === CR && bytes[after + 1] === LF) after += 2
    else if (bytes[after] === LF) after += 1
    else if (!(last && after === bytes.length)) continue
    const before = at > from ? at - (bytes[at - 2] === CR && at - 2 >= from ? 2 : 1) : at
    return { before, after, last }
  }
  return undefined
}

function partOf(bytes: Buffer, from: number, to: number): Part | undefined {
  const window = bytes.subarray(from, Math.min(to, from + PART_HEADERS_LENGTH_MAX))
  const found = bodyStart(window)
  if (found === undefined) return undefined
  const headers = headersOf(window.subarray(0, found).toString("latin1"))
  const start = Math.min(from + found, to)
  return headers && { headers, body: bytes.subarray(start, to), start, end: to }
}

/** Behind the first empty line; a part without headers begins with it. */
function bodyStart(window: Buffer): number | undefined {
  for (let line = 0; line < window.length; ) {
    const end = window.indexOf(LF, line)
    if (end < 0) return undefined
    if (end === line || (end === line + 1 && window[line] === CR)) return end + 1
    line = end + 1
  }
  return undefined
}

function headersOf(text: string): string[] | undefined {
  const lines = text
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .filter((line) => line !== "")
  if (lines.length > HEADERS_PER_PART_MAX) return undefined
  const headers: string[] = []
  for (const line of lines) {
    const colon = line.indexOf(":")
    if (colon < 1) return undefined
    headers.push(line.slice(0, colon).trim(), line.slice(colon + 1).trim())
  }
  return headers
}
