// A first look at a BPMN document, within limits: nothing grows without bound, no document type, no name that objects have of their own.
import { SaxesParser } from "saxes"
import { type Finding, GraphFaults } from "./graph.ts"
import { DOCUMENT_DEPTH_MAX, DOCUMENT_ELEMENTS_MAX, DOCUMENT_LENGTH_MAX, DOCUMENT_MARKS_MAX, GRAPH_NODES_MAX } from "./limits.ts"

const RESERVED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype))
const DRAWN = /(?:Shape|Edge|Bounds|waypoint|Label|incoming|outgoing)$/

const refuse = (code: Finding["code"], at: string, params: Finding["params"] = {}): never => {
  throw new GraphFaults([{ code, at, params }])
}

/** Whether a mark stands in the text more often than that. */
function has(text: string, mark: string, max: number): boolean {
  let count = 0
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) if (++count > max) return true
  return false
}

/**
 * Refuses a document that is too long, too deep or has too many elements, that is not well-formed, has a document type (hence entities of
 * its own making) or an id such as `__proto__`. Throws GraphFaults `too-large`, `not-xml`, `id-reserved`. Gives the scripts of global
 * script tasks by their ids, which bpmn-moddle takes for attributes and passes over.
 */
export function checkBounds(xml: string): Map<string, string> {
  if (xml.length > DOCUMENT_LENGTH_MAX) refuse("too-large", "", { max: DOCUMENT_LENGTH_MAX })
  if (has(xml, "<", DOCUMENT_ELEMENTS_MAX * 2)) refuse("too-large", "", { max: DOCUMENT_ELEMENTS_MAX })
  if (["=", "&"].some((mark) => has(xml, mark, DOCUMENT_MARKS_MAX))) refuse("too-large", "", { max: DOCUMENT_MARKS_MAX })
  const parser = new SaxesParser({ xmlns: true, position: false })
  const ids = new Set<string>()
  const scripts = new Map<string, string>()
  let global: string | undefined
  let elements = 0
  let parts = 0
  let depth = 0
  parser.on("error", (error) => refuse("not-xml", "", { reason: error.message.slice(0, 200) }))
  parser.on("doctype", () => refuse("not-xml", "", { reason: "a document type is not allowed" }))
  parser.on("opentag", ({ local, attributes }) => {
    if (++elements > DOCUMENT_ELEMENTS_MAX) refuse("too-large", local, { max: DOCUMENT_ELEMENTS_MAX })
    const id = attributes.id?.value
    if (id !== undefined && !DRAWN.test(local) && ++parts > GRAPH_NODES_MAX * 1.5)
      refuse("too-large", local, { max: GRAPH_NODES_MAX })
    if (++depth > DOCUMENT_DEPTH_MAX) refuse("too-large", local, { depth: DOCUMENT_DEPTH_MAX })
    if (id !== undefined && ids.size === ids.add(id).size) refuse("not-bpmn", id, { reason: "double-id" })
    if (id !== undefined && RESERVED.has(id)) refuse("id-reserved", id)
    if (local === "globalScriptTask") global = id
  })
  parser.on("text", (text) => {
    if (global !== undefined) scripts.set(global, (scripts.get(global) ?? "") + text)
  })
  parser.on("closetag", ({ local }) => {
    depth--
    if (local === "globalScriptTask") global = undefined
  })
  parser.write(xml.replace(/^\uFEFF/, "")).close()
  if (elements === 0) refuse("not-xml", "", { reason: "there is no element" })
  return scripts
}
