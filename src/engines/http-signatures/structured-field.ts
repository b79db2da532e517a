// Structured field values (RFC 9651): what they are, and how they are written.
import { SignatureError } from "./signature-error.ts"

/** An item without its parameters. Dates are seconds since 1970; a decimal has three digits after the point at most. */
export type BareItem =
  | { readonly kind: "integer"; readonly value: number }
  | { readonly kind: "decimal"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "token"; readonly value: string }
  | { readonly kind: "bytes"; readonly value: Uint8Array }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "date"; readonly value: number }
  | { readonly kind: "display"; readonly value: string }

export type Parameters = ReadonlyMap<string, BareItem>

export interface Item {
  readonly bare: BareItem
  readonly parameters: Parameters
}

export interface InnerList {
  readonly items: readonly Item[]
  readonly parameters: Parameters
}

export type Member = Item | InnerList
export type Dictionary = ReadonlyMap<string, Member>

export const INTEGER_MAX = 999_999_999_999_999
const KEY = /^[a-z*][a-z0-9_\-.*]*$/
const TOKEN = /^[A-Za-z*][A-Za-z0-9!#$%&'*+\-.^_`|~:/]*$/
const NO_PARAMETERS: Parameters = new Map()

/** The usual way to an item. */
export const itemOf = (bare: BareItem, parameters: Parameters = NO_PARAMETERS): Item => ({ bare, parameters })
export const isInnerList = (member: Member): member is InnerList => "items" in member

/** The canonical text of a dictionary (section 4.1.2). Throws SignatureError "field-syntax" for what has no text. */
export function dictionaryText(dictionary: Dictionary): string {
  return [...dictionary]
    .map(([key, member]) => {
      const isTrue = !isInnerList(member) && member.bare.kind === "boolean" && member.bare.value
      return keyText(key) + (isTrue ? parametersText(member.parameters) : `=${memberText(member)}`)
    })
    .join(", ")
}

/** The canonical text of a list (section 4.1.1). */
export const listText = (list: readonly Member[]): string => list.map(memberText).join(", ")

/** The canonical text of an item or an inner list with its parameters (sections 4.1.1.1 and 4.1.3). */
export function memberText(member: Member): string {
  if (!isInnerList(member)) return bareItemText(member.bare) + parametersText(member.parameters)
  return `(${member.items.map(memberText).join(" ")})${parametersText(member.parameters)}`
}

/** `;a=1;b`, in their order (section 4.1.1.2). */
export function parametersText(parameters: Parameters): string {
  let text = ""
  for (const [key, bare] of parameters) {
    text += `;${keyText(key)}`
    if (bare.kind !== "boolean" || !bare.value) text += `=${bareItemText(bare)}`
  }
  return text
}

/** The canonical text of a bare item (section 4.1.3.1). Throws SignatureError "field-syntax" for what has none. */
export function bareItemText(bare: BareItem): string {
  switch (bare.kind) {
    case "integer":
      return integerText(bare.value)
    case "decimal":
      return decimalText(bare.value)
    case "string":
      return stringText(bare.value)
    case "token":
      return TOKEN.test(bare.value) ? bare.value : unwritable("token", bare.value)
    case "bytes":
      return bytesText(bare.value)
    case "boolean":
      return bare.value ? "?1" : "?0"
    case "date":
      return `@${integerText(bare.value)}`
    case "display":
      return displayText(bare.value)
  }
}

/** A byte sequence: base64 between colons. */
export function bytesText(bytes: Uint8Array): string {
  return `:${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64")}:`
}

/** A string between quotes, with `"` and `\` escaped; printable ASCII only. */
export function stringText(value: string): string {
  if (!/^[\x20-\x7e]*$/.test(value)) return unwritable("string", value)
  return `"${value.replace(/["\\]/g, "\\$&")}"`
}

export function integerText(value: number): string {
  if (!Number.isInteger(value) || Math.abs(value) > INTEGER_MAX) return unwritable("integer", String(value))
  return String(value === 0 ? 0 : value)
}

function decimalText(value: number): string {
  // Section 4.1.5 rounds to the even neighbour; parsed decimals have three digits already.
  const thousandths = roundToEven(value * 1000)
  if (!Number.isFinite(value) || Math.abs(thousandths) > INTEGER_MAX) return unwritable("decimal", String(value))
  const digits = String(Math.abs(thousandths)).padStart(4, "0")
  const fraction = digits.slice(-3).replace(/0{1,2}$/, "")
  return `${thousandths < 0 ? "-" : ""}${digits.slice(0, -3)}.${fraction}`
}

/** Half goes to the even neighbour; fifteen digits are what a double of this size really holds. */
function roundToEven(value: number): number {
  const exact = Number(value.toPrecision(15))
  const below = Math.floor(exact)
  if (exact - below !== 0.5) return Math.round(exact)
  return below % 2 === 0 ? below : below + 1
}

function displayText(value: string): string {
  const bytes = Buffer.from(value, "utf8")
  if (bytes.toString("utf8") !== value) return unwritable("display string", value)
  let text = ""
  for (const byte of bytes) {
    const isPlain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25 && byte !== 0x22
    text += isPlain ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, "0")}`
  }
  return `%"${text}"`
}

function keyText(key: string): string {
  return KEY.test(key) ? key : unwritable("key", key)
}

function unwritable(what: string, value: string): never {
  throw new SignatureError("field-syntax", `no ${what}: ${value.slice(0, 64)}`)
}
