// A pattern's tree as a text of RE2.
import type { CharacterSet, PatternNode, Span } from "./pattern-tree.ts"

const point = (code: number): string => `\\x{${code.toString(16)}}`

const spanText = (span: Span): string =>
  "category" in span
    ? `\\${span.negated ? "P" : "p"}{${span.category}}`
    : span.from === span.to
      ? point(span.from)
      : `${point(span.from)}-${point(span.to)}`

const setText = ({ negated, spans }: CharacterSet): string => `[${negated ? "^" : ""}${spans.map(spanText).join("")}]`

/** The text for RE2; `dotAll` is the flag `s`. */
export function writeRe2(node: PatternNode, dotAll: boolean): string {
  switch (node.kind) {
    case "set":
      return setText(node)
    case "any":
      return dotAll ? "." : "[^\\n\\r]"
    case "start":
      return "^"
    case "end":
      return "$"
    case "group":
      return `(${node.index === null ? "?:" : ""}${writeRe2(node.of, dotAll)})`
    case "reference":
      throw new Error("RE2 looks at nothing twice")
    case "sequence":
      return node.of.map((part) => writeRe2(part, dotAll)).join("")
    case "choice":
      return node.of.map((part) => writeRe2(part, dotAll)).join("|")
    case "repeat": {
      const { min, max, lazy } = node
      const times = max === Number.POSITIVE_INFINITY ? (min === 0 ? "*" : min === 1 ? "+" : `{${min},}`) : `{${min},${max}}`
      return writeRe2(node.of, dotAll) + times + (lazy ? "?" : "")
    }
  }
}
