// The files of a draft as they come and go: chosen files taken in as text, their names, and what stands in their place when none came.
import { isDrawing, type ServiceTexts, serviceFiles } from "#country"
import { FileTooLarge } from "#platform/files"
import type { Fields, FileRules, IncomingFile, UploadedFile } from "#platform/http"

export type FileName = (typeof serviceFiles)[number]

/** Bytes of one file that is chosen for a draft. */
export const DRAFT_FILE_BYTES_MAX = 256 * 1024
/** Bytes of a file that is edited on the page itself, with its line ends as a browser sends them; a field holds little more. */
export const EDITED_FILE_BYTES_MAX = 60 * 1024

/** A chosen file; without a text where it is empty or no text in UTF-8. */
export interface ChosenFile {
  readonly text?: string
}

export const draftFiles: FileRules<ChosenFile> = {
  bytesMax: DRAFT_FILE_BYTES_MAX,
  countMax: serviceFiles.length,
  take: (_site, file) => chosenFile(file),
}

async function chosenFile({ stream, bytesMax }: IncomingFile): Promise<ChosenFile> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of stream as AsyncIterable<Buffer>) {
    size += part.length
    if (size > bytesMax) throw new FileTooLarge()
    parts.push(part)
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts)).replaceAll("\r\n", "\n").normalize("NFC")
    return text.trim() === "" || text.includes("\0") ? {} : { text }
  } catch {
    return {}
  }
}

/** The name of the input that chooses the file `name`. */
export const inputOf = (name: FileName): string => `choose-${name}`

/** What was typed, where a chosen file takes the place of the text that stood in its box. */
export function typedWith(typed: Fields, files: readonly UploadedFile<ChosenFile>[]): Fields {
  const chosen = new Map<string, string>()
  for (const name of serviceFiles) {
    const text = files.find(({ field }) => field === inputOf(name))?.taken?.text
    if (text !== undefined) chosen.set(name, text)
  }
  return {
    ...typed,
    get: (name) => chosen.get(name) ?? typed.get(name),
    has: (name) => chosen.has(name) || typed.has(name),
  }
}

/** The files as typed; those that came neither as text nor as a file stay as they are kept. */
export const textsIn = (typed: Fields, kept: ServiceTexts): ServiceTexts =>
  Object.fromEntries(
    serviceFiles.map((name) => [name, typed.has(name) ? typed.get(name).replaceAll("\r\n", "\n") : (kept[name] ?? "")]),
  )

/** The media type of a file (RFC 9512 for YAML). */
export const typeOf = (text: string): string => (isDrawing(text) ? "application/xml" : "application/yaml")

/** Can it be edited on the page? What is longer is chosen as a file. */
export const isEdited = (text: string): boolean => Buffer.byteLength(text.replaceAll("\n", "\r\n")) <= EDITED_FILE_BYTES_MAX
