// Reads a JPEG (ITU-T T.81) segment by segment and keeps only what draws the picture: no EXIF, no place, no thumbnail, no comment.
import { refuse } from "./refusal.ts"

export interface CleanPicture {
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
  /** What stood behind the picture's end and was left out. */
  readonly rest: Buffer
}

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const APP1 = 0xe1
const APP2 = 0xe2
const APP14 = 0xee
const APP15 = 0xef
const COMMENT = 0xfe
const SEGMENTS_MAX = 2_000
const ORIENTATION = 0x0112

/** The picture without metadata; how it is to be turned is kept. Throws `upload-broken` when it does not end as a JPEG must. */
export function cleanJpeg(file: Buffer): CleanPicture {
  const kept: Buffer[] = [file.subarray(0, 2)]
  let [at, width, height, orientation] = [2, 0, 0, 1]
  for (let count = 0; count < SEGMENTS_MAX; count++) {
    while (file[at] === 0xff && file[at + 1] === 0xff) at++
    const marker = file[at + 1]
    if (file[at] !== 0xff || marker === undefined || marker === SOI) throw refuse("upload-broken")
    if (marker === EOI) {
      if (width === 0 || height === 0) throw refuse("upload-broken")
      kept.push(file.subarray(at, at + 2))
      const head = kept.shift()!
      return { bytes: Buffer.concat([head, turned(orientation), ...kept]), width, height, rest: file.subarray(at + 2) }
    }
    const length = at + 4 <= file.length ? file.readUInt16BE(at + 2) : 0
    const end = at + 2 + length
    if (length < 2 || end > file.length) throw refuse("upload-broken")
    const segment = file.subarray(at, end)
    if (isFrame(marker)) [height, width] = [segment.readUInt16BE(5), segment.readUInt16BE(7)]
    if (marker === APP1) orientation = orientationOf(segment) ?? orientation
    if (draws(marker, segment)) kept.push(segment)
    at = end
    if (marker === SOS) {
      const scanEnd = endOfScan(file, end)
      kept.push(file.subarray(end, scanEnd))
      at = scanEnd
    }
  }
  throw refuse("upload-broken")
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which share the range. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Tables, frames and scans draw; of the application segments only JFIF, the colour profile and Adobe's colour transform do. */
function draws(marker: number, segment: Buffer): boolean {
  const starts = (text: string) => segment.toString("latin1", 4, 4 + text.length) === text
  if (marker === APP0) return starts("JFIF\0")
  if (marker === APP2) return starts("ICC_PROFILE\0")
  if (marker === APP14) return starts("Adobe")
  return !(marker >= APP0 && marker <= APP15) && marker !== COMMENT
}

/** Entropy-coded data run until a marker that is neither a stuffed zero nor a restart. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1]
    if (next === undefined) break
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  throw refuse("upload-broken")
}

/** Tag 0x0112 of the first directory of EXIF (TIFF 6.0); 1 to 8. */
function orientationOf(segment: Buffer): number | undefined {
  if (segment.toString("latin1", 4, 10) !== "Exif\0\0" || segment.length < 18) return undefined
  const tiff = segment.subarray(10)
  const little = tiff.toString("latin1", 0, 2) === "II"
  const short = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let i = 0; i < Math.min(short(directory), 200); i++) {
    const entry = directory + 2 + i * 12
    const value = short(entry + 8)
    if (short(entry) === ORIENTATION) return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}

/** An EXIF segment that says how to turn the picture and nothing else; empty when it stands upright. */
function turned(orientation: number): Buffer {
  if (orientation === 1) return Buffer.alloc(0)
  const segment = Buffer.from(
    "ffe10022457869660000" + "4d4d002a00000008" + "0001" + "011200030000000100000000" + "00000000",
    "hex",
  )
  segment.writeUInt16BE(orientation, 28)
  return segment
}
