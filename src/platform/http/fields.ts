// Fields of a form or a query: text in NFC, within its limits, and files streamed to the store as they come.
import { finished, PassThrough, type Readable } from "node:stream"
import type { MultipartFile, MultipartValue } from "@fastify/multipart"
import { FileTooLarge } from "#platform/files"
import { Problem } from "#platform/problem"
import type { Site } from "#platform/site"
import { badRequest, bodyTooLarge } from "./faults.ts"
import { FIELD_MAX_BYTES, FIELD_NAME_MAX_BYTES, FIELDS_MAX } from "./limits.ts"
import type { Fields, IncomingFile, UploadedFile } from "./request.ts"
import type { FileRules } from "./route.ts"

/** Fields from pairs in their order. Throws `body-too-large`, and `bad-request` for the NUL character. */
export function fieldsOf(pairs: Iterable<readonly [string, string]>): Fields {
  const lists = new Map<string, string[]>()
  let count = 0
  for (const [name, value] of pairs) {
    if (++count > FIELDS_MAX || Buffer.byteLength(name) > FIELD_NAME_MAX_BYTES || Buffer.byteLength(value) > FIELD_MAX_BYTES)
      throw bodyTooLarge()
    if (name.includes("\0") || value.includes("\0")) throw badRequest()
    const list = lists.get(name) ?? []
    lists.set(name, list)
    list.push(value.normalize("NFC"))
  }
  return {
    get: (name) => lists.get(name)?.[0] ?? "",
    all: (name) => lists.get(name) ?? [],
    has: (name) => lists.has(name),
    raw: Object.freeze(Object.fromEntries([...lists].map(([name, list]) => [name, list.length === 1 ? list[0]! : list]))),
  }
}

export const noFields: Fields = fieldsOf([])

/** Fields of `application/x-www-form-urlencoded` or a query string (URL Standard). */
export const fieldsOfText = (text: string): Fields => fieldsOf(new URLSearchParams(text))

export interface FormParts {
  readonly fields: Fields
  readonly files: readonly UploadedFile[]
}

/**
 * Reads a multipart form part by part. `mayTakeFiles` is asked with the fields so far before the first file is taken in,
 * so that nothing reaches the disk for a forged request. A file that its taker refuses becomes a refusal beside its field.
 */
export async function readParts(
  parts: AsyncIterable<MultipartFile | MultipartValue>,
  site: Site,
  rules: FileRules<unknown> | undefined,
  mayTakeFiles: (fields: Fields) => void,
): Promise<FormParts> {
  const pairs: [string, string][] = []
  const files: UploadedFile[] = []
  for await (const part of wellFormed(parts)) {
    if (part.type === "field") {
      if (part.fieldnameTruncated || part.valueTruncated) throw bodyTooLarge()
      pairs.push([part.fieldname, String(part.value)])
      continue
    }
    if (files.length === 0) mayTakeFiles(fieldsOf(pairs))
    if (part.filename === undefined || part.filename === "") part.file.resume()
    else files.push(await takeFile(part, site, rules, files.length))
  }
  return { fields: fieldsOf(pairs), files }
}

/** The parts; what their parser can't make out is the sender's fault, not ours. */
async function* wellFormed<Part>(parts: AsyncIterable<Part>): AsyncGenerator<Part> {
  try {
    yield* parts
  } catch (error) {
    throw error instanceof Problem || typeof (error as { statusCode?: unknown }).statusCode === "number" ? error : badRequest()
  }
}

async function takeFile(
  part: MultipartFile,
  site: Site,
  rules: FileRules<unknown> | undefined,
  before: number,
): Promise<UploadedFile> {
  const named = { field: part.fieldname, fileName: plainName(part.filename) }
  try {
    if (!rules || before >= rules.countMax) throw new Problem("files-too-many", 422)
    const file: IncomingFile = { ...named, declaredType: part.mimetype, stream: ownStream(part.file), bytesMax: rules.bytesMax }
    return { ...named, taken: await rules.take(site, file) }
  } catch (error) {
    if (error instanceof FileTooLarge) return { ...named, refused: "file-too-large" }
    if (error instanceof Problem) return { ...named, refused: error.code }
    // The file broke off on its way here.
    if (part.file.destroyed && !part.file.readableEnded) throw badRequest()
    throw error
  } finally {
    part.file.unpipe()
    part.file.resume()
  }
}

/**
 * A stream that its taker may end early: what is left of the file is then read past, so that the fields behind it still
 * count and the line is free for the next request.
 */
function ownStream(file: Readable): Readable {
  // Its reader hears of an error by reading; when nobody reads any more, nobody needs to hear.
  const own = new PassThrough().on("error", () => undefined)
  finished(file, (error) => void (error && own.destroy(error)))
  return file.pipe(own)
}

const FILE_NAME_MAX_CHARS = 120

/** A file's name without folders and control characters, in NFC, short. */
function plainName(name: string): string {
  const last = name.normalize("NFC").split(/[\\/]/).at(-1)!
  return last.replace(/\p{Cc}|\p{Cf}/gu, "").slice(-FILE_NAME_MAX_CHARS) || "file"
}
