// A REST service: parameters into the path, the query or a JSON body; records out of the JSON that answers.

import { openHttp } from "./ask-http.ts"
import type { Asker } from "./asker.ts"
import { at, type RawRow } from "./column.ts"
import { SourceFailure } from "./failure.ts"
import { ANSWER_DEPTH_MAX } from "./limits.ts"
import type { Parameters } from "./mapping.ts"
import type { RestSource } from "./source-file.ts"

/** How the service is called: as declared, or as its OpenAPI description says. */
export interface Endpoint {
  readonly url: string
  readonly method: "GET" | "POST"
}

const NOTHING = [204, 404]

export function openRest(declared: RestSource, endpoint: Endpoint, folder: string, atOnce: number): Asker {
  const http = openHttp(declared, folder, atOnce)
  const isRepeatable = endpoint.method === "GET" || declared.repeatable === true
  return {
    ask: async (question) => {
      const { url, method, body } = callOf(endpoint, question.parameters)
      const headers = { accept: "application/json", ...(body && { "content-type": "application/json" }) }
      const answer = await http.call({ url, method, headers, isRepeatable, ...(body && { body }) }, question)
      if (NOTHING.includes(answer.status)) return []
      if (answer.status !== 200) throw new SourceFailure("refused", String(answer.status))
      return rowsOf(parsed(answer.body), declared.rows, question.rowsMax)
    },
    close: http.close,
  }
}

const braces = /\{([^{}]+)\}/g

/** The names of the parameters that stand in the path. */
export const pathParameters = (url: string): string[] => [...url.matchAll(braces)].map((found) => found[1]!)

function callOf({ url, method }: Endpoint, parameters: Parameters): { url: string; method: "GET" | "POST"; body?: string } {
  const inPath = new Set(pathParameters(url))
  const filled = url.replace(braces, (_, name: string) => pathPart(name, parameters[name]))
  const rest = Object.entries(parameters).filter(([name, value]) => !inPath.has(name) && value !== null)
  if (method === "POST") return { url: filled, method, body: JSON.stringify(Object.fromEntries(rest)) }
  const query = new URLSearchParams(rest.map(([name, value]) => [name, String(value)])).toString()
  return { url: query ? `${filled}?${query}` : filled, method }
}

/** One part of a path and no more: a value that would be none, or lead upwards, is not asked with. */
function pathPart(name: string, value: Parameters[string] | undefined): string {
  const text = value === null || value === undefined ? "" : String(value)
  if (text === "" || text === "." || text === "..") throw new SourceFailure("field-wrong", name)
  return encodeURIComponent(text)
}

function parsed(body: Buffer): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body)
    const value: unknown = JSON.parse(text)
    if (depthOf(value) > ANSWER_DEPTH_MAX) throw new SourceFailure("answer-unreadable", "depth")
    return value
  } catch (error) {
    throw error instanceof SourceFailure ? error : new SourceFailure("answer-unreadable", "json")
  }
}

function depthOf(value: unknown, depth = 0): number {
  if (typeof value !== "object" || value === null || depth > ANSWER_DEPTH_MAX) return depth
  return Object.values(value).reduce<number>((most, one) => Math.max(most, depthOf(one, depth + 1)), depth + 1)
}

/** The records at `path`: a list, one alone, or none. */
export function rowsOf(answer: unknown, path: string | undefined, rowsMax: number): readonly RawRow[] {
  const found = path === undefined ? answer : at(answer, path)
  if (found === null || found === undefined || found === "") return []
  const rows: readonly unknown[] = Array.isArray(found) ? found : [found]
  if (rows.length > rowsMax) throw new SourceFailure("rows-too-many", String(rowsMax))
  return rows.map((row) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) throw new SourceFailure("answer-unreadable", "rows")
    return row as RawRow
  })
}
