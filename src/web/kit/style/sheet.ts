// Reads a style sheet into flat rules, each with the tokens that a page must have for it to matter.

export interface Declaration {
  readonly name: string
  readonly value: string
}

/** One selector and what it asks of a page: every token of `needs`, and of each list of `anyOf` (`:is`, `:has` ...) one selector. */
export interface Selector {
  readonly text: string
  readonly needs: readonly string[]
  readonly anyOf: readonly (readonly Selector[])[]
}

export interface Rule {
  /** Enclosing at-rules, outermost first: "@layer ds.components", "@media print". */
  readonly within: readonly string[]
  readonly selectors: readonly Selector[]
  readonly declarations: readonly Declaration[]
  /** Set for @font-face, @keyframes and the like, which are kept as they are. */
  readonly verbatim?: string
}

/** Tokens: `.class`, `tag`, `[name]`, `[name=value]`. */
export function parseSheet(css: string): Rule[] {
  const text = css.replace(/\/\*[\s\S]*?\*\//g, "")
  const rules: Rule[] = []
  readBlock(text, 0, [], rules)
  return rules
}

function readBlock(css: string, from: number, within: readonly string[], rules: Rule[]): number {
  let at = from
  while (at < css.length) {
    const next = endOf(css, at, "{;}")
    const prelude = css.slice(at, next).trim().replace(/\s+/g, " ")
    if (css[next] === "}" || next >= css.length) return next + 1
    if (css[next] === ";") {
      if (prelude.startsWith("@")) rules.push({ within, selectors: [], declarations: [], verbatim: `${prelude};` })
      at = next + 1
    } else if (/^@(media|supports|layer|container)\b/.test(prelude)) {
      at = readBlock(css, next + 1, [...within, prelude], rules)
    } else {
      const close = closeOf(css, next + 1)
      const body = css.slice(next + 1, close)
      if (prelude.startsWith("@")) rules.push({ within, selectors: [], declarations: [], verbatim: `${prelude}{${body.trim()}}` })
      else rules.push({ within, selectors: split(prelude, ",").map(selectorOf), declarations: declarationsOf(body) })
      at = close + 1
    }
  }
  return at
}

/** First of `marks` outside strings and parentheses. */
function endOf(css: string, from: number, marks: string): number {
  let depth = 0
  for (let i = from; i < css.length; i++) {
    const c = css[i]!
    if (c === '"' || c === "'") i = css.indexOf(c, i + 1)
    else if (c === "\\") i++
    else if (c === "(" || c === "[") depth++
    else if (c === ")" || c === "]") depth--
    else if (depth === 0 && marks.includes(c)) return i
    if (i < 0) break
  }
  return css.length
}

function closeOf(css: string, from: number): number {
  let depth = 1
  let i = from
  for (; i < css.length && depth > 0; i++) {
    i = endOf(css, i, "{}")
    depth += css[i] === "{" ? 1 : -1
  }
  return i - 1
}

function split(text: string, mark: string): string[] {
  const parts: string[] = []
  for (let at = 0; at <= text.length; ) {
    const end = endOf(text, at, mark)
    const part = text.slice(at, end).trim()
    if (part !== "") parts.push(part)
    at = end + 1
  }
  return parts
}

function declarationsOf(body: string): Declaration[] {
  return split(body, ";").map((text) => {
    const colon = text.indexOf(":")
    return {
      name: text.slice(0, colon).trim(),
      value: text
        .slice(colon + 1)
        .trim()
        .replace(/\s+/g, " "),
    }
  })
}

/** States that a reader changes without a new page, so a rule for them is always kept. */
const CHANGES = new Set(["[open]"])
const PART = /::?([\w-]+)(\()?|\.((?:[\w-]|\\.)+)|#[\w-]+|\[([\w-]+)(?:([~|^$*]?=)"?([^\]"]*)"?(?:\s+i)?)?\]|([a-z][\w-]*)|\*/gi

function selectorOf(text: string): Selector {
  const needs: string[] = []
  const anyOf: (readonly Selector[])[] = []
  const parts = new RegExp(PART)
  for (let part = parts.exec(text); part; part = parts.exec(text)) {
    const [, pseudo, open, className, attribute, operator, value, tag] = part
    if (pseudo !== undefined && open !== undefined) {
      const end = matching(text, parts.lastIndex)
      takePseudo(pseudo, text.slice(parts.lastIndex, end), needs, anyOf)
      parts.lastIndex = end + 1
    } else if (className !== undefined) needs.push(`.${className.replaceAll("\\", "")}`)
    else if (attribute !== undefined) needs.push(operator === "=" ? `[${attribute}=${value}]` : `[${attribute}]`)
    else if (tag !== undefined) needs.push(tag.toLowerCase())
  }
  return { text, needs: needs.filter((n) => !CHANGES.has(n) && n !== "html"), anyOf }
}

function matching(text: string, from: number): number {
  let depth = 1
  for (let i = from; i < text.length; i++) {
    if (text[i] === "(") depth++
    else if (text[i] === ")" && --depth === 0) return i
  }
  return text.length
}

function takePseudo(name: string, inside: string, needs: string[], anyOf: (readonly Selector[])[]): void {
  if (name === "lang" || name === "dir") needs.push(`[${name}=${inside.trim()}]`)
  if (name === "is" || name === "where" || name === "has") anyOf.push(split(inside, ",").map(selectorOf))
}
