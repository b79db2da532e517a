// What a PDF says outside its pictures: the plain structure, and the streams that hold more of it, unpacked within limits.
import { inflateSync } from "node:zlib"

/** Limits of one look: streams unpacked, bytes of each, bytes of all. */
const STREAMS_MAX = 2_000
const STREAM_BYTES_MAX = 4 * 1024 * 1024
/** How far before its stream a dictionary is looked for. */
const DICTIONARY_MAX = 4_096
const TOTAL_BYTES_MAX = 24 * 1024 * 1024

export interface PdfText {
  /** Everything outside streams, names with their escapes undone (`/J#53` is `/JS`). */
  readonly structure: string
  /** Unpacked object streams, escapes undone too. */
  readonly objects: string
  /** Unpacked metadata. */
  readonly metadata: string
  /** True when a limit was met: something was left unseen. */
  readonly cut: boolean
}

/** Reads the structure of a PDF without trusting its cross-reference table. */
export function pdfText(pdf: Buffer): PdfText {
  const text = pdf.toString("latin1")
  const outside: string[] = []
  const objects: string[] = []
  const metadata: string[] = []
  let [at, streams, total, cut] = [0, 0, 0, false]
  for (;;) {
    const found = nextStream(text, at)
    if (!found) break
    outside.push(text.slice(at, found.start))
    if (isTextual(found.dictionary)) {
      const room = Math.min(STREAM_BYTES_MAX, TOTAL_BYTES_MAX - total)
      const unpacked =
        ++streams > STREAMS_MAX || room <= 0 ? undefined : unpack(pdf.subarray(found.start, found.end), found.dictionary, room)
      if (unpacked === undefined) cut = true
      else (/\/ObjStm\b/.test(found.dictionary) ? objects : metadata).push(unpacked)
      total += unpacked?.length ?? 0
    }
    at = found.end
  }
  outside.push(text.slice(at))
  const [structure, inside] = [outside, objects].map((parts) => unescapeNames(parts.join("\n"))) as [string, string]
  return { structure, objects: inside, metadata: metadata.join("\n"), cut }
}

function nextStream(text: string, from: number): { start: number; end: number; dictionary: string } | undefined {
  for (let at = from; ; ) {
    const keyword = text.indexOf("stream", at)
    if (keyword < 0) return undefined
    const before = text.slice(Math.max(0, keyword - 4), keyword)
    const line = /^stream(\r\n|\n|\r)/.exec(text.slice(keyword, keyword + 8))
    if (line && />>\s*$/.test(before)) {
      const start = keyword + line[0].length
      const end = text.indexOf("endstream", start)
      const near = text.slice(Math.max(from, keyword - DICTIONARY_MAX), keyword)
      const dictionary = unescapeNames(near.slice(Math.max(0, near.lastIndexOf(" obj"))))
      return { start, end: end < 0 ? text.length : end, dictionary }
    }
    at = keyword + 6
  }
}

/** Streams that can hold objects or metadata; pages' contents, fonts and images cannot act. */
const isTextual = (dictionary: string): boolean => /\/(ObjStm|Metadata|XML)\b/.test(dictionary)

function unpack(bytes: Buffer, dictionary: string, room: number): string | undefined {
  if (!/\/Filter\b/.test(dictionary)) return bytes.length <= room ? bytes.toString("latin1") : undefined
  if (!/\/Filter\s*\[?\s*\/(FlateDecode|Fl)\s*\]?/.test(dictionary)) return undefined
  try {
    return inflateSync(bytes, { maxOutputLength: room }).toString("latin1")
  } catch {
    return undefined
  }
}

/** ISO 32000-1, 7.3.5: `#41` inside a name is the letter A. */
const unescapeNames = (text: string): string =>
  text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
