// Component identifiers (RFC 9421 section 2): which part of a message a line of the signature base is about.
import { parseItem } from "./parse-field.ts"
import { SignatureError } from "./signature-error.ts"
import { type BareItem, type Item, type Parameters, parametersText, stringText } from "./structured-field.ts"

export interface Component {
  /** A field name in lower case, or a derived component such as `@method`. */
  readonly name: string
  /** In the order in which they are written. */
  readonly parameters: Parameters
  /** As it stands in the signature base and in Signature-Input: `"content-digest";req`. */
  readonly text: string
}

/** The components of this RFC that belong to requests; `@status` belongs to responses. */
const ofRequests = new Set([
  "@method",
  "@target-uri",
  "@authority",
  "@scheme",
  "@request-target",
  "@path",
  "@query",
  "@query-param",
])
const flags = new Set(["sf", "bs", "req", "tr"])
const FIELD_NAME = /^[a-z0-9!#$%&'*+\-.^_`|~]+$/
export const NAME_LENGTH_MAX = 256

/**
 * A component as one writes it down: `@method`, `content-digest;req`, `@query-param;name="Pet"`, with or without quotes round the name.
 * Throws SignatureError "component-unknown" for what no message can have, "field-syntax" for what can't be read.
 */
export function component(written: string): Component {
  if (written.startsWith('"')) return componentOf(parseItem(written, { unique: true }))
  const end = written.indexOf(";")
  const name = end < 0 ? written : written.slice(0, end)
  return componentOf(parseItem(stringText(name) + (end < 0 ? "" : written.slice(end)), { unique: true }))
}

/** The component that an item of a covered list names. Throws as component. */
export function componentOf({ bare, parameters }: Item): Component {
  if (bare.kind !== "string" || bare.value.length > NAME_LENGTH_MAX)
    throw new SignatureError("component-unknown", "a component has a name between quotes")
  const found = { name: bare.value, parameters, text: stringText(bare.value) + parametersText(parameters) }
  if (bare.value.startsWith("@")) checkDerived(found)
  else checkField(found)
  return found
}

export const hasFlag = (component: Component, name: string): boolean => component.parameters.has(name)

/** The text of `key` or `name`; undefined without it. */
export function textParameter({ parameters }: Component, name: string): string | undefined {
  const bare = parameters.get(name)
  return bare?.kind === "string" ? bare.value : undefined
}

/** The same for two identifiers that differ in the order of their parameters alone. */
export function identityOf({ name, parameters }: Component): string {
  return name + parametersText(new Map([...parameters].sort(([a], [b]) => (a < b ? -1 : 1))))
}

function checkDerived(component: Component): void {
  const { name, parameters, text } = component
  const isKnown = name === "@status" || ofRequests.has(name)
  const fits = [...parameters].every(([key, bare]) => {
    if (key === "req") return name !== "@status" && isTrue(bare)
    return key === "name" && name === "@query-param" && bare.kind === "string"
  })
  const isNamed = name !== "@query-param" || parameters.has("name")
  if (!(isKnown && fits && isNamed)) throw new SignatureError("component-unknown", text)
}

function checkField(component: Component): void {
  const { name, parameters, text } = component
  const fits = [...parameters].every(([key, bare]) => (flags.has(key) ? isTrue(bare) : key === "key" && bare.kind === "string"))
  // `bs` wants the values as they came, `sf` and `key` what they mean (section 2.1).
  const excludes = parameters.has("bs") && (parameters.has("sf") || parameters.has("key"))
  if (!FIELD_NAME.test(name) || !fits || excludes) throw new SignatureError("component-unknown", text)
}

const isTrue = (bare: BareItem): boolean => bare.kind === "boolean" && bare.value
