// A paper handed in as a file, already stored by the caller; or the note that an agency holds it.
import type { Field } from "../form.ts"
import { FILE_BYTES_MAX, FILE_PAGES_MAX } from "../limits.ts"
import type { Json, UploadedFile } from "../values.ts"
import { type Element, reading, right, wrong } from "./element.ts"

const mediaTypes: Readonly<Record<string, string>> = { pdf: "application/pdf", jpg: "image/jpeg", png: "image/png" }
const hash = /^[0-9a-f]{64}$/

/** `{ held: { register, record } }`: an agency has it, nobody need hand it in. */
interface Held {
  readonly held: { readonly register: string; readonly record: string }
}

export const file: Element = {
  type: "file",
  boxes: [""],
  takes: ["accept", "maxBytes", "maxPages"],
  missing: "required-file",
  fits: (value) => isHeld(value) || isUpload(value),
  read: ({ raw, context, current }, field) => {
    const given = raw("")
    if (given === undefined || typeof given === "string" || Array.isArray(given))
      return current === undefined ? {} : { value: current }
    const { sha256, name, bytes, type, pages } = given as UploadedFile
    const value = {
      sha256,
      name: typeof name === "string" ? name.normalize("NFC") : "",
      bytes,
      type,
      ...(pages !== undefined && { pages }),
    }
    return isUpload(value) ? reading(value, file.check(value, field, context)) : { mistakes: wrong("value-form") }
  },
  check: (value, field) => {
    if (isHeld(value)) return wrong("required-file")
    const { bytes, type, pages = 1 } = value as unknown as UploadedFile
    const accept = acceptOf(field)
    const [maxBytes, maxPages] = [field.maxBytes ?? FILE_BYTES_MAX, field.maxPages ?? FILE_PAGES_MAX]
    if (bytes === 0) return wrong("file-empty")
    if (bytes > maxBytes) return wrong("file-too-large", { max: maxBytes })
    if (!accept.some((kind) => mediaTypes[kind] === type)) return wrong("file-type", { accept: accept.join(", ").toUpperCase() })
    return pages > maxPages ? wrong("file-pages", { max: maxPages }) : right
  },
  write: () => ({}),
  show: (value) => (isHeld(value) ? value.held.register : (value as unknown as UploadedFile).name),
  schema: (field) => ({
    type: "object",
    properties: {
      sha256: { type: "string", pattern: hash.source },
      name: { type: "string", minLength: 1, maxLength: 255 },
      bytes: { type: "integer", minimum: 1, maximum: field.maxBytes ?? FILE_BYTES_MAX },
      type: { enum: acceptOf(field).map((kind) => mediaTypes[kind]) },
      pages: { type: "integer", minimum: 1, maximum: field.maxPages ?? FILE_PAGES_MAX },
    },
    required: ["sha256", "name", "bytes", "type"],
    additionalProperties: false,
  }),
  feel: (value) => value,
}

/** The kinds of files that a field takes. */
const acceptOf = (field: Field): readonly string[] => field.accept ?? ["pdf", "jpg", "png"]

const isHeld = (value: Json): value is Json & Held =>
  typeof value === "object" && value !== null && typeof (value as Partial<Held>).held?.register === "string"

function isUpload(value: Json): boolean {
  const given = value as Partial<UploadedFile> | null
  if (typeof given !== "object" || given === null) return false
  const { sha256, name, bytes, type, pages = 1 } = given
  const counts = Number.isSafeInteger(bytes) && bytes! >= 0 && Number.isSafeInteger(pages) && pages >= 1
  return counts && typeof type === "string" && typeof sha256 === "string" && hash.test(sha256) && isFileName(name)
}

const isFileName = (name: unknown) => typeof name === "string" && name.length >= 1 && name.length <= 255
