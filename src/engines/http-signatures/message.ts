// The messages that are signed, as node:http has them, and how the values of their fields become lines of a signature base.
import { SignatureError } from "./signature-error.ts"
import { bytesText } from "./structured-field.ts"

/** Header fields: a record by lower-case name (an array where a field came in several lines), or node's `rawHeaders`. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>> | readonly string[]

export interface RequestMessage {
  readonly method: string
  /** As it stands on the request line: node's `req.url`. */
  readonly target: string
  /** Host and port; an absolute `target` overrides it, and without either the Host field tells. */
  readonly authority?: string | undefined
  /** "https" unless said otherwise. */
  readonly scheme?: "http" | "https" | undefined
  readonly fields: Fields
  readonly trailers?: Fields | undefined
}

export interface ResponseMessage {
  readonly status: number
  readonly fields: Fields
  readonly trailers?: Fields | undefined
  /** The request that it answers, for components with `req`. */
  readonly request?: RequestMessage | undefined
}

export type Message = RequestMessage | ResponseMessage

export const isResponse = (message: Message): message is ResponseMessage => "status" in message

/** Names to places, for one walk over raw headers. */
export type FieldPlaces = ReadonlyMap<string, number>

type Value = string | readonly string[] | undefined
const NONE: readonly Value[] = []

/** The values of the wanted fields, each at its place. */
export function pickFields(fields: Fields | undefined, places: FieldPlaces): readonly Value[] {
  if (fields === undefined || places.size === 0) return NONE
  const picked = new Array<Value>(places.size)
  if (isRaw(fields)) pickRaw(fields, places, picked)
  else
    for (const [name, place] of places) {
      const value = fields[name]
      // An inherited name such as "constructor" is no field.
      if (typeof value === "string" || Array.isArray(value)) picked[place] = value
    }
  return picked
}

const isRaw = (fields: Fields): fields is readonly string[] => Array.isArray(fields)

function pickRaw(raw: readonly string[], places: FieldPlaces, picked: Value[]): void {
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] as string
    const place = places.get(name) ?? places.get(name.toLowerCase())
    if (place === undefined) continue
    const value = raw[i + 1] as string
    const before = picked[place]
    if (before === undefined) picked[place] = value
    else picked[place] = typeof before === "string" ? [before, value] : [...before, value]
  }
}

/** All values of a field as one: trimmed, unfolded, joined by ", " (RFC 9421 section 2.1). Throws "field-syntax" beyond ASCII. */
export function joinedValue(value: string | readonly string[]): string {
  if (typeof value === "string") return plainLine(value)
  let joined = ""
  for (let i = 0; i < value.length; i++) joined += (i === 0 ? "" : ", ") + plainLine(value[i] as string)
  return joined
}

/** Each value as a byte sequence (section 2.1.3). Characters are bytes, as node reads headers (latin1). */
export function wrappedValue(value: string | readonly string[]): string {
  const lines = typeof value === "string" ? [value] : value
  return lines.map((line) => bytesText(Buffer.from(unfold(line), "latin1"))).join(", ")
}

const CLEAN = /^(?:[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?)?$/

function plainLine(line: string): string {
  if (CLEAN.test(line)) return line
  const unfolded = unfold(line)
  if (!CLEAN.test(unfolded))
    throw new SignatureError("field-syntax", `a value that can't be signed as text: ${line.slice(0, 64)}`)
  return unfolded
}

/** Without blanks around it, obsolete folds as one space. A line break that folds nothing, or NUL, is an attack: "field-syntax". */
function unfold(line: string): string {
  const unfolded = line.replace(/[ \t]*\r?\n[ \t]+/g, " ").replace(/^[ \t]+|[ \t]+$/g, "")
  if (/[\r\n\0]/.test(unfolded)) throw new SignatureError("field-syntax", "a line break within a value")
  for (let i = 0; i < unfolded.length; i++)
    if (unfolded.charCodeAt(i) > 255) throw new SignatureError("field-syntax", "a value beyond bytes")
  return unfolded
}
