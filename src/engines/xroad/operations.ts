// What a description of a service lists: the operations of an OpenAPI 3 document or of a WSDL 1.1, to be shown to people.
import { isMap, parseDocument } from "yaml"
import { accept, type Reading, refuse } from "./reading.ts"
import { childElements, NotXml, readXml, type XmlElement } from "./xml-tree.ts"

export interface DescribedOperation {
  /** Of OpenAPI: `GET`. */
  readonly method?: string
  /** Of OpenAPI its path, of WSDL its name. */
  readonly name: string
  readonly summary?: string
}

export interface DescribedService {
  readonly title?: string
  readonly version?: string
  readonly operations: readonly DescribedOperation[]
}

/** Operations that are listed; the document itself has them all. */
export const OPERATIONS_MAX = 500
const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
const WORDS_MAX = 500

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
const words = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, WORDS_MAX) : undefined

/** Reads title, version and operations of an OpenAPI 3 document in JSON or YAML. Refuses with InternalError what is none. */
export function operationsOfOpenApi(text: string): Reading<DescribedService> {
  try {
    const document = parseDocument(text, { uniqueKeys: false, logLevel: "silent" })
    const root: unknown = isMap(document.contents) ? document.toJS({ maxAliasCount: 100 }) : undefined
    if (!isRecord(root) || !isRecord(root.paths)) return refuse("InternalError", "It is not OpenAPI 3")
    const info = isRecord(root.info) ? root.info : {}
    const operations = Object.entries(root.paths).flatMap(([name, item]) =>
      METHODS.flatMap((method): DescribedOperation[] => {
        const operation = isRecord(item) ? item[method] : undefined
        if (!isRecord(operation)) return []
        const summary = words(operation.summary) ?? words(operation.description) ?? words(operation.operationId)
        return [{ method: method.toUpperCase(), name, ...(summary && { summary }) }]
      }),
    )
    const [title, version] = [words(info.title), words(info.version)]
    return accept({ ...(title && { title }), ...(version && { version }), operations: operations.slice(0, OPERATIONS_MAX) })
  } catch {
    // Aliases without end, nesting without end.
    return refuse("InternalError", "It is not OpenAPI 3")
  }
}

/** Reads the operations of the port types of a WSDL 1.1, with their documentation. Refuses with InternalError what is none. */
export function operationsOfWsdl(text: string): Reading<DescribedService> {
  let root: XmlElement
  try {
    root = readXml(text.replace(/^\ufeff/, ""), ([, part]) => part === undefined || part === "portType" || part === "service")
  } catch (error) {
    if (!(error instanceof NotXml)) throw error
    return refuse("InternalError", error.message)
  }
  if (root.local !== "definitions") return refuse("InternalError", "It is not WSDL 1.1")
  const named = (element: XmlElement | undefined) => element?.attributes.find(({ name }) => name === "name")?.value
  const operations = childElements(root, root.uri, "portType")
    .flatMap((port) => childElements(port, root.uri, "operation"))
    .map((operation): DescribedOperation => {
      const told = childElements(operation, root.uri, "documentation")[0]?.children.filter((child) => typeof child === "string")
      const summary = words(told?.join(" ").replace(/\s+/g, " "))
      return { name: named(operation) ?? "", ...(summary && { summary }) }
    })
  const title = words(named(childElements(root, root.uri, "service")[0]) ?? named(root))
  return accept({ ...(title && { title }), operations: operations.slice(0, OPERATIONS_MAX) })
}
