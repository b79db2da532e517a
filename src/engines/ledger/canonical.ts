// Canonical JSON (RFC 8785, JCS): one spelling for one value, so that its digest says whether the value is the same.

const DEPTH_MAX = 64

/**
 * The JCS text of a JSON value: keys in order of UTF-16 code units, numbers and strings as ECMAScript writes them, nothing between.
 * A key whose value is undefined is left out, as JSON does. Throws a TypeError for what JSON can't carry: NaN, infinities, functions,
 * big integers, lone surrogates, nesting beyond 64.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > DEPTH_MAX) throw new TypeError(`nested deeper than ${DEPTH_MAX}`)
  switch (typeof value) {
    case "string":
      return canonicalString(value)
    case "boolean":
      return String(value)
    case "number":
      if (!Number.isFinite(value)) throw new TypeError(`JSON has no ${value}`)
      return JSON.stringify(value)
    case "object":
      if (value === null) return "null"
      if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(",")}]`
      return canonicalObject(value as Record<string, unknown>, depth)
    default:
      throw new TypeError(`JSON has no ${typeof value}`)
  }
}

function canonicalObject(value: Record<string, unknown>, depth: number): string {
  const proto = Object.getPrototypeOf(value)
  if (proto !== Object.prototype && proto !== null) throw new TypeError("only plain objects have a canonical text")
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort() // by UTF-16 code units, as RFC 8785 section 3.2.3 wants
    .map((key) => `${canonicalString(key)}:${canonicalJson(value[key], depth + 1)}`)
  return `{${members.join(",")}}`
}

function canonicalString(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new TypeError("a lone surrogate is no character")
  return JSON.stringify(text)
}
