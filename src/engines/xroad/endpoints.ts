// Which calls a right covers: method and path, compiled once, asked for every request.
import { compileGlob, matchablePath, type PathMatcher } from "./path-glob.ts"

export interface Endpoint {
  /** `GET` and the like, or `*`. */
  readonly method: string
  /** A glob: `/pets/*`, `/pets/**`; the whole service is `*` with `**`. */
  readonly path: string
}

export interface Endpoints<E extends Endpoint> {
  /** The first endpoint that covers the call, by the path as it came, percent-encoded. */
  find(method: string, rawPath: string): E | undefined
  allows(method: string, rawPath: string): boolean
}

/** The right to a whole service. */
export const WHOLE_SERVICE: Endpoint = { method: "*", path: "**" }

export const ENDPOINTS_MAX = 10_000

/**
 * Compiles the endpoints of a right. A path that could step out of what it was matched as is never covered, not even by `* **`
 * (X-Road's CHANGELOG on XRDDEV-3054 shows why). Throws a RangeError for too many endpoints, a bad method, or too long a glob.
 */
export function compileEndpoints<E extends Endpoint>(endpoints: readonly E[]): Endpoints<E> {
  if (endpoints.length > ENDPOINTS_MAX) throw new RangeError(`at most ${ENDPOINTS_MAX} endpoints`)
  const rules = endpoints.map((endpoint) => {
    if (!/^(?:\*|[A-Z]{1,20})$/.test(endpoint.method)) throw new RangeError(`no method of an endpoint: ${endpoint.method}`)
    return { endpoint, matches: compileGlob(endpoint.path) }
  })
  const byMethod = new Map<string, { endpoint: E; matches: PathMatcher }[]>()
  for (const method of new Set(endpoints.map((e) => e.method)))
    byMethod.set(
      method,
      rules.filter((r) => r.endpoint.method === "*" || r.endpoint.method === method),
    )
  const find = (method: string, rawPath: string): E | undefined => {
    const candidates = byMethod.get(method) ?? byMethod.get("*")
    if (!candidates) return undefined
    const path = matchablePath(rawPath)
    return path === undefined ? undefined : candidates.find((rule) => rule.matches(path))?.endpoint
  }
  return { find, allows: (method, rawPath) => find(method, rawPath) !== undefined }
}
