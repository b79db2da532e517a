// XML that strangers send, read within limits into a small tree that remembers where things stood in the text.
import { SaxesParser, type SaxesTagNS } from "saxes"

export interface XmlElement {
  readonly prefix: string
  readonly local: string
  readonly uri: string
  readonly attributes: readonly { readonly name: string; readonly local: string; readonly uri: string; readonly value: string }[]
  /** Namespaces that this very element declares, by prefix. */
  readonly declared: Readonly<Record<string, string>>
  readonly children: readonly (XmlElement | string)[]
  /** Where the opening tag begins, where it ends, where the closing tag begins (at `openEnd` for `<a/>`), and where all ends. */
  readonly start: number
  readonly openEnd: number
  readonly closeStart: number
  readonly end: number
}

export interface XmlLimits {
  readonly textLengthMax: number
  readonly depthMax: number
  readonly elementsMax: number
  readonly attributesMax: number
}

export const XML_LIMITS: XmlLimits = {
  textLengthMax: 64 * 1024 * 1024,
  depthMax: 100,
  elementsMax: 1_000_000,
  attributesMax: 100,
}

/** Children are kept down to where `keep` says no; below that, and beyond this many, only the element itself is known. */
const KEPT_ELEMENTS_MAX = 20_000
/** Text beyond this many characters is read but not kept: what is asked for by name stands before it, or counts as missing. */
const KEPT_TEXT_MAX = 4 * 1024 * 1024

export class NotXml extends Error {}

type Open = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: (XmlElement | string)[]; kept: boolean }

/**
 * Reads well-formed XML 1.0 with namespaces. Throws NotXml for everything else: document types, hence entities; processing
 * instructions that matter to nobody are skipped. `keep` says of an element, known by its path of local names, whether its content is
 * wanted in the tree.
 */
export function readXml(text: string, keep: (path: readonly string[]) => boolean = () => true, limits = XML_LIMITS): XmlElement {
  if (text.length > limits.textLengthMax) throw new NotXml("the XML is too large")
  const parser = new SaxesParser({ xmlns: true, position: false })
  const open: Open[] = []
  const path: string[] = []
  let root: XmlElement | undefined
  let count = 0
  let textLength = 0
  parser.on("error", (error) => {
    throw new NotXml(error.message)
  })
  parser.on("doctype", () => {
    throw new NotXml("a document type is not allowed")
  })
  parser.on("opentag", (tag) => {
    if (++count > limits.elementsMax) throw new NotXml("too many elements")
    if (open.length >= limits.depthMax) throw new NotXml("nested too deep")
    path.push(tag.local)
    const kept = (open.at(-1)?.kept ?? true) && count <= KEPT_ELEMENTS_MAX && keep(path)
    open.push(elementOf(tag, text, parser.position, kept, limits))
  })
  const onText = (piece: string) => {
    const element = open.at(-1)
    if (element?.kept && textLength + piece.length <= KEPT_TEXT_MAX) {
      element.children.push(piece)
      textLength += piece.length
    }
  }
  parser.on("text", onText)
  parser.on("cdata", onText)
  parser.on("closetag", (tag) => {
    const { kept: _, ...element } = open.pop()!
    path.pop()
    element.end = parser.position
    element.closeStart = tag.isSelfClosing ? element.openEnd : text.lastIndexOf("<", parser.position - 1)
    const parent = open.at(-1)
    if (!parent) root = element
    else if (parent.kept) parent.children.push(element)
  })
  try {
    parser.write(text).close()
  } catch (error) {
    throw error instanceof NotXml ? error : new NotXml(error instanceof Error ? error.message : "not XML")
  }
  if (!root) throw new NotXml("there is no element")
  return root
}

function elementOf(tag: SaxesTagNS, text: string, position: number, kept: boolean, limits: XmlLimits): Open {
  const attributes = Object.values(tag.attributes)
  if (attributes.length > limits.attributesMax) throw new NotXml("too many attributes")
  return {
    prefix: tag.prefix,
    local: tag.local,
    uri: tag.uri,
    attributes: attributes.map(({ name, local, uri, value }) => ({ name, local, uri, value })),
    declared: { ...tag.ns },
    children: [],
    start: text.lastIndexOf("<", position - 1),
    openEnd: position,
    closeStart: position,
    end: position,
    kept,
  }
}

/** The elements right below, of that namespace and name. */
export const childElements = (parent: XmlElement, uri?: string, local?: string): XmlElement[] =>
  parent.children.filter(
    (child): child is XmlElement =>
      typeof child !== "string" && (uri === undefined || child.uri === uri) && (local === undefined || child.local === local),
  )

/** The first of them. */
export const childElement = (parent: XmlElement, uri: string, local: string): XmlElement | undefined =>
  childElements(parent, uri, local)[0]

/** The text right inside, without white space at its ends; undefined when there is an element inside. */
export function textOf(element: XmlElement): string | undefined {
  return element.children.every((child) => typeof child === "string") ? element.children.join("").trim() : undefined
}
