// Reads a PNG (W3C, third edition) chunk by chunk and keeps only what draws the picture: no EXIF, no text, no time.
import { crc32 } from "./crc32.ts"
import type { CleanPicture } from "./jpeg.ts"
import { refuse } from "./refusal.ts"

const SIGNATURE_BYTES = 8
const CHUNKS_MAX = 50_000
const DRAWING = new Set(["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs"])

/** The picture without metadata. Throws `upload-broken` when a chunk's checksum is wrong or its end is missing. */
export function cleanPng(file: Buffer): CleanPicture {
  const kept: Buffer[] = [file.subarray(0, SIGNATURE_BYTES)]
  let at = SIGNATURE_BYTES
  let hasData = false
  for (let count = 0; count < CHUNKS_MAX && at + 12 <= file.length; count++) {
    const length = file.readUInt32BE(at)
    const end = at + 12 + length
    if (end > file.length) break
    const chunk = file.subarray(at, end)
    const type = chunk.toString("latin1", 4, 8)
    const isFirst = at === SIGNATURE_BYTES
    if (isFirst !== (type === "IHDR") || (isFirst && length !== 13)) break
    if (crc32(chunk.subarray(4, 8 + length)) !== chunk.readUInt32BE(8 + length)) break
    if (DRAWING.has(type)) kept.push(chunk)
    hasData ||= type === "IDAT"
    at = end
    if (type === "IEND" && hasData) {
      const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)]
      if (width === 0 || height === 0) break
      return { bytes: Buffer.concat(kept), width, height, rest: file.subarray(at) }
    }
  }
  throw refuse("upload-broken")
}
