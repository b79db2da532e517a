// The operation that a source names in an OpenAPI 3 description: where it is, and which parameters it wants.
import { readFileSync, statSync } from "node:fs"
import { resolve } from "node:path"
import { parse } from "yaml"
import type { Endpoint } from "./ask-rest.ts"
import { DESCRIPTION_BYTES_MAX } from "./limits.ts"

interface Described extends Endpoint {
  /** Parameters of path, query and JSON body that the operation can't do without. */
  readonly required: readonly string[]
  /** All that it knows. */
  readonly known: readonly string[]
}

export type OpenApiFault = "description-unreadable" | "operation-unknown" | "operation-writes"

type Node = Readonly<Record<string, unknown>>

/** Finds the operation in the description `file`, served at `server`. */
export function findOperation(folder: string, file: string, operation: string, server: string): Described | OpenApiFault {
  const document = read(resolve(folder, file))
  if (!document) return "description-unreadable"
  for (const [path, item] of Object.entries(node(document.paths)))
    for (const [method, one] of Object.entries(node(item))) {
      if (node(one).operationId !== operation) continue
      if (method !== "get" && method !== "post") return "operation-writes"
      const url = `${server.replace(/\/$/, "")}${path}`
      return { url, method: method === "get" ? "GET" : "POST", ...parametersOf(document, node(item), node(one)) }
    }
  return "operation-unknown"
}

function read(path: string): Node | undefined {
  try {
    if (statSync(path).size > DESCRIPTION_BYTES_MAX) return undefined
    const document = node(parse(readFileSync(path, "utf8"), { maxAliasCount: 100 }))
    return typeof document.openapi === "string" && document.openapi.startsWith("3.") ? document : undefined
  } catch {
    return undefined
  }
}

const node = (value: unknown): Node =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Node) : {}
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Follows a reference within the document, once. */
function resolved(document: Node, value: unknown): Node {
  const { $ref } = node(value)
  if (typeof $ref !== "string" || !$ref.startsWith("#/")) return node(value)
  const parts = $ref.slice(2).split("/")
  return node(parts.reduce<unknown>((here, part) => node(here)[part.replaceAll("~1", "/").replaceAll("~0", "~")], document))
}

function parametersOf(document: Node, item: Node, operation: Node): Pick<Described, "required" | "known"> {
  const parameters = [...list(item.parameters), ...list(operation.parameters)]
    .map((one) => resolved(document, one))
    .filter((one) => one.in === "path" || one.in === "query")
  const content = node(node(resolved(document, operation.requestBody).content)["application/json"])
  const body = resolved(document, content.schema)
  return {
    required: [
      ...parameters.filter((one) => one.required === true).map((one) => String(one.name)),
      ...list(body.required).map(String),
    ],
    known: [...parameters.map((one) => String(one.name)), ...Object.keys(node(body.properties))],
  }
}
