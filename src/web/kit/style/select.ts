// Chooses from the sheet what one page uses: its rules, and of custom properties only those that these rules reach.
import { type Declaration, parseSheet, type Rule, type Selector } from "./sheet.ts"

export interface Sheet {
  readonly rules: readonly Rule[]
  /** Every token that some selector asks for; others on a page are of no interest. */
  readonly asked: ReadonlySet<string>
}

/** A sheet from its text. */
export const openSheet = (css: string): Sheet => sheetOf(parseSheet(css))

/** A sheet from rules read before. */
export function sheetOf(rules: readonly Rule[]): Sheet {
  const tokensIn = (s: Selector): string[] => [...s.needs, ...s.anyOf.flat().flatMap(tokensIn)]
  const tokens = rules.flatMap((rule) => rule.selectors.flatMap(tokensIn))
  return { rules, asked: new Set(tokens) }
}

/** The tokens of a document that the sheet asks for. */
export function tokensOf(html: string, sheet: Sheet): Set<string> {
  const found = new Set<string>()
  const take = (token: string) => {
    if (sheet.asked.has(token)) found.add(token)
  }
  for (const tag of html.matchAll(/<([a-z][a-z0-9-]*)((?:\s+[a-zA-Z:-]+(?:="[^"]*")?)*)\s*\/?>/g)) {
    take(tag[1]!)
    if (tag[2] === "") continue
    for (const [, name, value] of tag[2]!.matchAll(/\s([a-zA-Z:-]+)(?:="([^"]*)")?/g)) {
      take(`[${name}]`)
      if (name === "class") for (const one of value!.split(" ")) take(`.${one}`)
      else if (value !== undefined) take(`[${name}=${value}]`)
    }
  }
  return found
}

/** The CSS that a page with these tokens needs. */
export function selectCss(sheet: Sheet, tokens: ReadonlySet<string>): string {
  const applies = (s: Selector): boolean =>
    s.needs.every((need) => tokens.has(need)) && s.anyOf.every((choices) => choices.some(applies))
  const chosen = sheet.rules
    .map((rule) => (rule.verbatim ? rule : { ...rule, selectors: rule.selectors.filter(applies) }))
    .filter((rule) => rule.verbatim || rule.selectors.length > 0)
  const reached = reachedProperties(chosen.flatMap((rule) => rule.declarations))
  const used = chosen.map((rule) => ({
    ...rule,
    declarations: rule.declarations.filter((d) => (isCustom(d) ? reached.has(d.name) : !isOld(d))),
  }))
  const moving = new Set(
    used.flatMap((rule) =>
      rule.declarations.filter((d) => d.name.startsWith("animation")).flatMap((d) => d.value.split(/[\s,]+/)),
    ),
  )
  return written(used.filter((rule) => (rule.verbatim ? isWanted(rule.verbatim, moving) : rule.declarations.length > 0)))
}

/** Spellings that only browsers of before 2021 need. */
const isOld = (d: Declaration): boolean => d.name.startsWith("-moz-") || d.value.startsWith("-moz-")
const isCustom = (d: Declaration): boolean => d.name.startsWith("--")

function isWanted(verbatim: string, moving: ReadonlySet<string>): boolean {
  const name = /^@(?:-webkit-)?keyframes ([\w-]+)/.exec(verbatim)?.[1]
  return name === undefined || moving.has(name)
}

/** Custom properties that some real property reads, directly or through others. */
function reachedProperties(declarations: readonly Declaration[]): Set<string> {
  const reads = new Map<string, Set<string>>()
  const reached = new Set<string>()
  const open: string[] = []
  for (const d of declarations) {
    const names = [...d.value.matchAll(/var\(\s*(--[\w-]+)/g)].map((m) => m[1]!)
    if (!isCustom(d)) open.push(...names)
    else reads.set(d.name, new Set([...(reads.get(d.name) ?? []), ...names]))
  }
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    open.push(...(reads.get(name) ?? []))
  }
  return reached
}

/** Writes rules in their order, neighbours within the same at-rules together. */
function written(rules: readonly Rule[]): string {
  let css = ""
  let open: readonly string[] = []
  for (const rule of rules) {
    let same = 0
    while (same < open.length && same < rule.within.length && open[same] === rule.within[same]) same++
    css +=
      "}".repeat(open.length - same) +
      rule.within
        .slice(same)
        .map((at) => `${at}{`)
        .join("")
    open = rule.within
    css +=
      rule.verbatim ??
      `${rule.selectors.map((s) => s.text).join(",")}{${rule.declarations.map((d) => `${d.name}:${d.value}`).join(";")}}`
  }
  return css + "}".repeat(open.length)
}
