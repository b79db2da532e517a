// Reading structured field values (RFC 9651 section 4.2): strict, within limits, and never further than the text.
import { SignatureError } from "./signature-error.ts"
import type { BareItem, Dictionary, InnerList, Item, Member, Parameters } from "./structured-field.ts"

/** The longest field value read, in characters, after several lines are joined. */
export const FIELD_LENGTH_MAX = 65_536
/** RFC 9651 asks for these at least. */
export const MEMBERS_MAX = 1024
export const INNER_ITEMS_MAX = 256
export const PARAMETERS_MAX = 256

// One object each: a literal in a function would be made anew at every call. `take` sets where they start.
const BOOLEAN = /\?[01]/y
const TOKEN = /[A-Za-z*][A-Za-z0-9!#$%&'*+\-.^_`|~:/]*/y
const KEY = /[a-z*][a-z0-9_\-.*]*/y
const NUMBER = /-?[0-9]+(?:\.[0-9]*)?/y
const STRING = /"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"/y
const BYTES = /:[A-Za-z0-9+/=]*:/y
const DISPLAY = /%"(?:[\x20\x21\x23\x24\x26-\x7e]|%[0-9a-f]{2})*"/y

export interface Strictness {
  /** Refuse a key or parameter that stands twice; RFC 9651 lets the last one win. */
  readonly unique?: boolean
}

interface Cursor {
  readonly text: string
  readonly unique: boolean
  at: number
}

/**
 * Reads a dictionary. Throws SignatureError "field-syntax", "field-too-long", and with `unique` "field-duplicate".
 * An empty text is an empty dictionary.
 */
export function parseDictionary(text: string, strictness: Strictness = {}): Dictionary {
  const cursor = startOf(text, strictness)
  const members = new Map<string, Member>()
  eachMember(cursor, () => {
    const key = readKey(cursor)
    if (cursor.unique && members.has(key)) throw new SignatureError("field-duplicate", key)
    if (peek(cursor) === "=") {
      cursor.at++
      members.set(key, readMember(cursor))
    } else members.set(key, { bare: { kind: "boolean", value: true }, parameters: readParameters(cursor) })
  })
  return members
}

/** Reads a list. Throws as parseDictionary. */
export function parseList(text: string, strictness: Strictness = {}): readonly Member[] {
  const cursor = startOf(text, strictness)
  const members: Member[] = []
  eachMember(cursor, () => members.push(readMember(cursor)))
  return members
}

/** Reads an item. Throws as parseDictionary. */
export function parseItem(text: string, strictness: Strictness = {}): Item {
  const cursor = startOf(text, strictness)
  const item = readItem(cursor)
  skipSpaces(cursor)
  if (cursor.at < cursor.text.length) fail(cursor, "the end")
  return item
}

function startOf(text: string, { unique = false }: Strictness): Cursor {
  if (text.length > FIELD_LENGTH_MAX) throw new SignatureError("field-too-long", `${text.length} characters`)
  const cursor = { text, unique, at: 0 }
  skipSpaces(cursor)
  return cursor
}

/** Members between commas, to the end of the text; a comma at the end is an error. */
function eachMember(cursor: Cursor, read: () => void): void {
  for (let count = 1; cursor.at < cursor.text.length; count++) {
    if (count > MEMBERS_MAX) throw new SignatureError("field-too-long", `more than ${MEMBERS_MAX} members`)
    read()
    skipBlanks(cursor)
    if (cursor.at === cursor.text.length) return
    if (cursor.text[cursor.at++] !== ",") fail(cursor, "a comma")
    skipBlanks(cursor)
    if (cursor.at === cursor.text.length) fail(cursor, "a member")
  }
}

const readMember = (cursor: Cursor): Member => (peek(cursor) === "(" ? readInnerList(cursor) : readItem(cursor))

function readInnerList(cursor: Cursor): InnerList {
  cursor.at++
  const items: Item[] = []
  for (;;) {
    skipSpaces(cursor)
    if (peek(cursor) === ")") {
      cursor.at++
      return { items, parameters: readParameters(cursor) }
    }
    if (items.length === INNER_ITEMS_MAX) throw new SignatureError("field-too-long", `more than ${INNER_ITEMS_MAX} items`)
    items.push(readItem(cursor))
    if (peek(cursor) !== " " && peek(cursor) !== ")") fail(cursor, "a space or )")
  }
}

const readItem = (cursor: Cursor): Item => ({ bare: readBareItem(cursor), parameters: readParameters(cursor) })

function readParameters(cursor: Cursor): Parameters {
  const parameters = new Map<string, BareItem>()
  while (peek(cursor) === ";") {
    cursor.at++
    skipSpaces(cursor)
    const key = readKey(cursor)
    if (cursor.unique && parameters.has(key)) throw new SignatureError("field-duplicate", key)
    if (peek(cursor) === "=") {
      cursor.at++
      parameters.set(key, readBareItem(cursor))
    } else parameters.set(key, { kind: "boolean", value: true })
    if (parameters.size > PARAMETERS_MAX) throw new SignatureError("field-too-long", `more than ${PARAMETERS_MAX} parameters`)
  }
  return parameters
}

function readBareItem(cursor: Cursor): BareItem {
  const first = peek(cursor)
  if (first === '"') return readString(cursor)
  if (first === ":") return readBytes(cursor)
  if (first === "?") return { kind: "boolean", value: take(cursor, BOOLEAN, "a boolean") === "?1" }
  if (first === "@") return readDate(cursor)
  if (first === "%") return readDisplay(cursor)
  if (first === "-" || (first >= "0" && first <= "9")) return readNumber(cursor)
  return { kind: "token", value: take(cursor, TOKEN, "an item") }
}

const readKey = (cursor: Cursor): string => take(cursor, KEY, "a key")

function readNumber(cursor: Cursor): BareItem {
  const text = take(cursor, NUMBER, "a number")
  const [whole = "", fraction] = text.replace("-", "").split(".")
  if (fraction === undefined) {
    if (whole.length > 15) fail(cursor, "at most 15 digits")
    return { kind: "integer", value: Number(text) + 0 }
  }
  if (whole.length > 12 || fraction.length < 1 || fraction.length > 3) fail(cursor, "a decimal of 12 and 3 digits")
  return { kind: "decimal", value: Number(text) }
}

function readDate(cursor: Cursor): BareItem {
  cursor.at++
  const number = readNumber(cursor)
  if (number.kind !== "integer") return fail(cursor, "whole seconds")
  return { kind: "date", value: number.value }
}

function readString(cursor: Cursor): BareItem {
  const text = take(cursor, STRING, "a string")
  const inside = text.slice(1, -1)
  return { kind: "string", value: inside.includes("\\") ? inside.replace(/\\(["\\])/g, "$1") : inside }
}

/** The base64 must be the one spelling of its bytes: what we write again is then what came. */
function readBytes(cursor: Cursor): BareItem {
  const text = take(cursor, BYTES, "a byte sequence").slice(1, -1)
  const value = Buffer.from(text, "base64")
  if (value.toString("base64") !== text) fail(cursor, "canonical base64")
  return { kind: "bytes", value }
}

function readDisplay(cursor: Cursor): BareItem {
  const text = take(cursor, DISPLAY, "a display string").slice(2, -1)
  try {
    return { kind: "display", value: decodeURIComponent(text) }
  } catch {
    return fail(cursor, "UTF-8")
  }
}

const peek = (cursor: Cursor): string => cursor.text[cursor.at] ?? ""

function take(cursor: Cursor, sticky: RegExp, what: string): string {
  sticky.lastIndex = cursor.at
  const found = sticky.exec(cursor.text)?.[0]
  if (found === undefined) return fail(cursor, what)
  cursor.at += found.length
  return found
}

function skipSpaces(cursor: Cursor): void {
  while (peek(cursor) === " ") cursor.at++
}

function skipBlanks(cursor: Cursor): void {
  while (peek(cursor) === " " || peek(cursor) === "\t") cursor.at++
}

function fail(cursor: Cursor, expected: string): never {
  throw new SignatureError("field-syntax", `expected ${expected} at ${cursor.at + 1}`)
}
