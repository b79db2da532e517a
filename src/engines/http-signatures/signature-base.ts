// The signature base (RFC 9421 section 2.5): compiled once for a list of components, then filled from message after message.
import { type Component, component, hasFlag, identityOf, textParameter } from "./component.ts"
import { queryParam, requestValues, statusOf } from "./derived.ts"
import { isResponse, joinedValue, type Message, pickFields, type RequestMessage, wrappedValue } from "./message.ts"
import { parseDictionary, parseItem, parseList } from "./parse-field.ts"
import { SignatureError } from "./signature-error.ts"
import { type ParametersOfSignature, signatureParametersText } from "./signature-parameters.ts"
import { dictionaryText, listText, memberText } from "./structured-field.ts"

export const COMPONENTS_MAX = 64

/** What kind of structured field a field is: `sf` and `key` need to know. */
export type FieldKind = "dictionary" | "list" | "item"
export type FieldKinds = Readonly<Record<string, FieldKind>>

/** The structured fields of RFC 9421 and RFC 9530. */
const ownKinds: FieldKinds = {
  "content-digest": "dictionary",
  "repr-digest": "dictionary",
  "want-content-digest": "dictionary",
  "want-repr-digest": "dictionary",
  signature: "dictionary",
  "signature-input": "dictionary",
  "accept-signature": "dictionary",
}

/** A compiled list of components. */
export interface CompiledBase {
  /**
   * The signature base of a message. `parameters` may be given as text, `;created=1;keyid="a"`, as it stood in a parsed Signature-Input.
   * Throws SignatureError "component-missing", "component-duplicate" (a query parameter), "component-unknown" (`req` of a request,
   * `@status` of one), "field-syntax".
   */
  (message: Message, parameters: ParametersOfSignature | string): string
  readonly components: readonly Component[]
  /** The components as they stand in Signature-Input: `("@method" "@path")`. */
  readonly covered: string
}

type Picked = readonly (string | readonly string[] | undefined)[]

/** The fields of one message, looked up once for all lines. */
interface View {
  readonly message: Message
  readonly own: Picked
  readonly trailers: Picked
  readonly asked: Picked
  readonly askedTrailers: Picked
}

type Line = (view: View) => string

class Places {
  readonly own = new Map<string, number>()
  readonly trailers = new Map<string, number>()
  readonly asked = new Map<string, number>()
  readonly askedTrailers = new Map<string, number>()

  view(message: Message): View {
    const request = isResponse(message) ? message.request : undefined
    return {
      message,
      own: pickFields(message.fields, this.own),
      trailers: pickFields(message.trailers, this.trailers),
      asked: pickFields(request?.fields, this.asked),
      askedTrailers: pickFields(request?.trailers, this.askedTrailers),
    }
  }
}

/**
 * Compiles a list of components, each as `component` reads it: no name or parameter is parsed again per message. Throws SignatureError
 * "component-unknown", "component-duplicate", "field-syntax", "field-too-long" (more than 64).
 */
export function compileBase(components: readonly (string | Component)[], kinds: FieldKinds = {}): CompiledBase {
  if (components.length > COMPONENTS_MAX) throw new SignatureError("field-too-long", `more than ${COMPONENTS_MAX} components`)
  const list = components.map((each) => (typeof each === "string" ? component(each) : each))
  const seen = new Set<string>()
  for (const each of list) {
    if (seen.has(identityOf(each))) throw new SignatureError("component-duplicate", each.text)
    seen.add(identityOf(each))
  }
  const places = new Places()
  const lines = list.map((each) => ({ head: `${each.text}: `, value: lineOf(each, places, { ...ownKinds, ...kinds }) }))
  const covered = `(${list.map(({ text }) => text).join(" ")})`
  const foot = `"@signature-params": ${covered}`

  const base = (message: Message, parameters: ParametersOfSignature | string): string => {
    const view = places.view(message)
    let text = ""
    for (const { head, value } of lines) text += `${head}${value(view)}\n`
    return text + foot + (typeof parameters === "string" ? parameters : signatureParametersText(parameters))
  }
  return Object.assign(base, { components: list, covered })
}

function lineOf(each: Component, places: Places, kinds: FieldKinds): Line {
  return each.name.startsWith("@") ? derivedLine(each) : fieldLine(each, places, kinds)
}

function derivedLine(each: Component): Line {
  if (each.name === "@status") {
    return ({ message }) => (isResponse(message) ? statusOf(message) : unknown(each))
  }
  const ofRequest = requestValues[each.name]
  const name = textParameter(each, "name") ?? ""
  const value = ofRequest ?? ((request: RequestMessage) => queryParam(request, name))
  if (hasFlag(each, "req")) return ({ message }) => value(answeredBy(message, each))
  return ({ message }) => value(isResponse(message) ? unknown(each) : message)
}

/** The request that a response answers; `req` in the signature of a request is an error (section 2.4). */
function answeredBy(message: Message, each: Component): RequestMessage {
  if (!isResponse(message)) return unknown(each)
  return message.request ?? missing(each)
}

function fieldLine(each: Component, places: Places, kinds: FieldKinds): Line {
  const side = hasFlag(each, "req") ? (hasFlag(each, "tr") ? "askedTrailers" : "asked") : hasFlag(each, "tr") ? "trailers" : "own"
  const place = placeOf(places[side], each.name)
  const shape = shapeOf(each, kinds)
  const isOfRequest = hasFlag(each, "req")
  return (view) => {
    if (isOfRequest) answeredBy(view.message, each)
    const value = view[side][place]
    return value === undefined ? missing(each) : shape(value)
  }
}

function placeOf(places: Map<string, number>, name: string): number {
  const place = places.get(name) ?? places.size
  places.set(name, place)
  return place
}

type Shape = (value: string | readonly string[]) => string

function shapeOf(each: Component, kinds: FieldKinds): Shape {
  if (hasFlag(each, "bs")) return wrappedValue
  const kind = Object.hasOwn(kinds, each.name) ? kinds[each.name] : undefined
  const key = textParameter(each, "key")
  if (key !== undefined) {
    if (kind !== "dictionary") return unknown(each)
    return (value) => {
      const member = parseDictionary(joinedValue(value)).get(key)
      return member === undefined ? missing(each) : memberText(member)
    }
  }
  if (!hasFlag(each, "sf")) return joinedValue
  if (kind === "dictionary") return (value) => dictionaryText(parseDictionary(joinedValue(value)))
  if (kind === "list") return (value) => listText(parseList(joinedValue(value)))
  return kind === "item" ? (value) => memberText(parseItem(joinedValue(value))) : unknown(each)
}

function unknown(each: Component): never {
  throw new SignatureError("component-unknown", each.text)
}

function missing(each: Component): never {
  throw new SignatureError("component-missing", each.text)
}
