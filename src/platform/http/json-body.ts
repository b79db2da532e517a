// JSON bodies: refused when too deep, or when they would poison a prototype.
import { badRequest } from "./faults.ts"
import { JSON_DEPTH_MAX } from "./limits.ts"

/** Parses JSON within its depth. Throws `bad-request`. */
export function parseJson(text: string): unknown {
  if (depthOf(text) > JSON_DEPTH_MAX) throw badRequest()
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (key === "__proto__") throw badRequest()
      return value
    })
  } catch {
    throw badRequest()
  }
}

/** Depth of brackets outside strings, found without building anything. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted) {
      if (c === "\\") i++
      else if (c === '"') quoted = false
    } else if (c === '"') quoted = true
    else if (c === "{" || c === "[") deepest = Math.max(deepest, ++depth)
    else if (c === "}" || c === "]") depth--
  }
  return deepest
}
