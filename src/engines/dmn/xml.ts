// XML of models, read within limits into elements without their namespaces; document types, hence entities, are refused.
import { SaxesParser } from "saxes"
import { DmnError } from "./dmn-error.ts"
import { XML_DEPTH_MAX, XML_ELEMENTS_MAX, XML_LENGTH_MAX, XML_MARKS_MAX } from "./limits.ts"

export interface Element {
  /** Without its prefix. */
  readonly name: string
  /** By their names without prefixes. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly Element[]
  readonly text: string
}

interface Open {
  readonly name: string
  attributes: Map<string, string>
  children: Element[]
  text: string
  /** Namespaces that it declares, by prefix. */
  spaces?: Map<string, string>
}

/** Most elements have no attributes or no children: these are shared until there is one. */
const [BARE, CHILDLESS]: [Map<string, string>, Element[]] = [new Map(), []]

/** The root of a well-formed text with its namespace. Throws DmnError `not-xml` or `too-large`. */
export function readXml(text: string): { readonly root: Element; readonly namespace: string } {
  if (text.length > XML_LENGTH_MAX) throw new DmnError("too-large", "", `more than ${XML_LENGTH_MAX} characters`)
  if (has(text, "<", XML_ELEMENTS_MAX * 2)) throw new DmnError("too-large", "", "too many elements")
  if (["=", "&"].some((mark) => has(text, mark, XML_MARKS_MAX)))
    throw new DmnError("too-large", "", "too many attributes or entities")
  // Namespaces are resolved here, and only where a prefix stands: the parser's own way takes as long as all the rest.
  const parser = new SaxesParser({ xmlns: false, position: false })
  const open: Open[] = []
  let read: { root: Element; namespace: string } | undefined
  let count = 0
  parser.on("error", (error) => {
    throw new DmnError("not-xml", "", error.message)
  })
  parser.on("doctype", () => {
    throw new DmnError("not-xml", "", "a document type is not allowed")
  })
  parser.on("opentag", ({ name, attributes }) => {
    if (++count > XML_ELEMENTS_MAX || open.length >= XML_DEPTH_MAX) throw new DmnError("too-large", name, "too many elements")
    const element: Open = { name: localOf(name), attributes: BARE, children: CHILDLESS, text: "" }
    open.push(element)
    takeAttributes(element, attributes, open)
    bound(name, open)
    read ??= { root: element, namespace: namespaceOf(prefixOf(name), open) ?? "" }
  })
  const onText = (piece: string) => {
    const at = open.at(-1)
    if (at) at.text += piece
  }
  parser.on("text", onText)
  parser.on("cdata", onText)
  parser.on("closetag", () => {
    const element = open.pop()!
    const parent = open.at(-1)
    if (parent?.children === CHILDLESS) parent.children = [element]
    else parent?.children.push(element)
  })
  try {
    parser.write(text.replace(/^\uFEFF/, "")).close()
  } catch (error) {
    throw error instanceof DmnError ? error : new DmnError("not-xml", "", error instanceof Error ? error.message : "")
  }
  if (!read) throw new DmnError("not-xml", "", "there is no element")
  return read
}

const prefixOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf(":")))
const localOf = (name: string): string => (name.includes(":") ? name.slice(name.indexOf(":") + 1) : name)

function takeAttributes(element: Open, attributes: Readonly<Record<string, string>>, open: readonly Open[]): void {
  const prefixed: string[] = []
  for (const key in attributes) {
    if (key === "xmlns" || key.startsWith("xmlns:")) {
      element.spaces ??= new Map()
      element.spaces.set(key.slice("xmlns:".length), attributes[key]!)
    } else if (key.includes(":")) prefixed.push(key)
    else put(element, key, attributes[key]!)
  }
  // Only now are the namespaces known that the element itself declares; a name without a prefix goes before the same with one.
  for (const key of prefixed) {
    const name = bound(key, open)
    if (!element.attributes.has(name)) put(element, name, attributes[key]!)
  }
}

function put(element: Open, name: string, value: string): void {
  if (element.attributes === BARE) element.attributes = new Map()
  element.attributes.set(name, value)
}

function namespaceOf(prefix: string, open: readonly Open[]): string | undefined {
  for (let at = open.length - 1; at >= 0; at--) {
    const uri = open[at]!.spaces?.get(prefix)
    if (uri !== undefined) return uri
  }
  return undefined
}

/** A name without its prefix, which must be declared. */
function bound(name: string, open: readonly Open[]): string {
  if (!name.includes(":")) return name
  const prefix = prefixOf(name)
  if (prefix !== "xml" && !namespaceOf(prefix, open)) throw new DmnError("not-xml", "", `unbound namespace prefix: ${prefix}`)
  return localOf(name)
}

/** Whether a mark stands in the text more often than that. */
function has(text: string, mark: string, max: number): boolean {
  let count = 0
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) if (++count > max) return true
  return false
}

export const childrenOf = (element: Element | undefined, ...names: readonly string[]): Element[] =>
  element ? element.children.filter(({ name }) => names.includes(name)) : []

export const childOf = (element: Element | undefined, ...names: readonly string[]): Element | undefined =>
  element?.children.find(({ name }) => names.includes(name))

/** The text of the `text` element inside; null where there is none. */
export const innerText = (element: Element | undefined): string | null => childOf(element, "text")?.text ?? null

const marks: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
  "\r": "&#13;",
}

export const escapedText = (text: string): string => text.replace(/[&<>\r]/g, (mark) => marks[mark]!)
export const escapedAttribute = (text: string): string => text.replace(/[&<>"\n\t\r]/g, (mark) => marks[mark]!)
