// XML of models, read within limits into elements without their namespaces; document types, hence entities, are refused.
import { SaxesParser } from "saxes"
import { DmnError } from "./dmn-error.ts"
import { XML_DEPTH_MAX, XML_ELEMENTS_MAX, XML_LENGTH_MAX, XML_MARKS_MAX } from "./limits.ts"

export interface Element {
  readonly name: string
  readonly uri: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly Element[]
  readonly text: string
}

type Open = { name: string; uri: string; attributes: Map<string, string>; children: Element[]; text: string }

/** The root of a well-formed text. Throws DmnError `not-xml` or `too-large`. */
export function readXml(text: string): Element {
  if (text.length > XML_LENGTH_MAX) throw new DmnError("too-large", "", `more than ${XML_LENGTH_MAX} characters`)
  if (has(text, "<", XML_ELEMENTS_MAX * 2)) throw new DmnError("too-large", "", "too many elements")
  if (["=", "&"].some((mark) => has(text, mark, XML_MARKS_MAX)))
    throw new DmnError("too-large", "", "too many attributes or entities")
  const parser = new SaxesParser({ xmlns: true, position: false })
  const open: Open[] = []
  let root: Element | undefined
  let count = 0
  parser.on("error", (error) => {
    throw new DmnError("not-xml", "", error.message)
  })
  parser.on("doctype", () => {
    throw new DmnError("not-xml", "", "a document type is not allowed")
  })
  parser.on("opentag", (tag) => {
    if (++count > XML_ELEMENTS_MAX || open.length >= XML_DEPTH_MAX)
      throw new DmnError("too-large", tag.local, "too many elements")
    const attributes = new Map(
      Object.values(tag.attributes).map(({ local, prefix, value }) => [prefix === "xmlns" ? `xmlns:${local}` : local, value]),
    )
    open.push({ name: tag.local, uri: tag.uri, attributes, children: [], text: "" })
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
    if (parent) parent.children.push(element)
    else root = element
  })
  try {
    parser.write(text.replace(/^\uFEFF/, "")).close()
  } catch (error) {
    throw error instanceof DmnError ? error : new DmnError("not-xml", "", error instanceof Error ? error.message : "")
  }
  if (!root) throw new DmnError("not-xml", "", "there is no element")
  return root
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
  childrenOf(element, ...names)[0]

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
