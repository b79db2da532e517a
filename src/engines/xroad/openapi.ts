// getOpenAPI: the provider's description without the addresses of its systems (PR-MREST 5), in the format in which it came.
import { type Document, isAlias, isMap, isScalar, isSeq, parseDocument, visit, type YAMLMap } from "yaml"
import { accept, type Reading, refuse } from "./reading.ts"

export const DESCRIPTION_LENGTH_MAX = 5 * 1024 * 1024

export interface OpenApiDescription {
  readonly format: "json" | "yaml"
  readonly text: string
}

/**
 * Takes scheme, host and port out of every `servers[].url`, at the top, in paths, in operations and behind aliases:
 * `https://10.0.0.5:8443/v2` becomes `/v2`. Variables that only the host used go with it. Comments and order of YAML stay. Refuses with
 * InternalError what is no OpenAPI 3.
 */
export function hideServers(text: string): Reading<OpenApiDescription> {
  if (text.length > DESCRIPTION_LENGTH_MAX) return refuse("InternalError", "The description is too large")
  const format = /^\s*\{/.test(text) ? "json" : "yaml"
  try {
    const document = parseDocument(text, { uniqueKeys: false, logLevel: "silent" })
    const root = document.contents
    if (document.errors.length > 0 || !isMap(root) || !/^3\./.test(String(root.get("openapi") ?? ""))) return notOpenApi
    visit(document, {
      Pair: (_, { key, value }) => {
        const name = isScalar(key) ? key.value : key
        // What an example shows is data, not an address.
        if (name === "example" || name === "examples") return visit.SKIP
        if (name === "servers") hideIn(document, value)
        return undefined
      },
    })
    const shown = format === "yaml" ? document.toString({ lineWidth: 0 }) : JSON.stringify(document.toJS({ maxAliasCount: 0 }))
    return accept({ format, text: shown })
  } catch {
    // An alias to nothing, nesting without end: the reader of YAML throws only when it is asked for the whole.
    return notOpenApi
  }
}

const notOpenApi = refuse("InternalError", "Failed reading service description: it is not OpenAPI 3")

function hideIn(document: Document, value: unknown): void {
  const servers = target(document, value)
  if (!isSeq(servers)) return
  for (const item of servers.items) {
    const server = target(document, item)
    if (!isMap(server)) continue
    const variables = target(document, server.get("variables", true))
    const given = target(document, server.get("url", true))
    const url = withoutHost(isScalar(given) ? String(given.value) : "", (name) => defaultOf(document, variables, name))
    if (isScalar(given)) given.value = url
    else server.set("url", url)
    if (isMap(variables)) forget(server, variables, url)
  }
}

/** The variables that are no longer in the address: their values named the host. */
function forget(server: YAMLMap, variables: YAMLMap, url: string): void {
  for (const { key } of [...variables.items]) {
    const name = String(isScalar(key) ? key.value : key)
    if (!url.includes(`{${name}}`)) variables.delete(key)
  }
  if (variables.items.length === 0) server.delete("variables")
}

/** A variable in the first place may hold scheme and host: its default value is then what is shortened. */
function withoutHost(url: string, defaultValue: (name: string) => string | undefined): string {
  const filled = url.replace(/^\{([^{}]+)\}/, (whole, name: string) => {
    const value = defaultValue(name)
    return value?.includes("//") ? value : whole
  })
  return filled.replace(/^(?:[^/?#]*:)?\/\/[^/?#]*/, "") || "/"
}

function defaultOf(document: Document, variables: unknown, name: string): string | undefined {
  const variable = isMap(variables) ? target(document, variables.get(name, true)) : undefined
  const value = isMap(variable) ? target(document, variable.get("default", true)) : undefined
  return isScalar(value) ? String(value.value) : undefined
}

const target = (document: Document, node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node)
