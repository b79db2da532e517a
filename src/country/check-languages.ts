// The check that every text has every language of the country, in all files.
import type { Checking } from "./checking.ts"
import type { ServicePart } from "./pack.ts"
import type { Keys, SourceFile } from "./source.ts"

const DEPTH_MAX = 30

/** Every text of the pack has the words of every language. */
export function checkLanguages(c: Checking): void {
  const { pack } = c
  const core = [pack.facts, pack.calendar, pack.vocabulary, pack.agencies, pack.people, ...pack.registers].map((p) => p.source)
  for (const source of core) walk(c, source, source.data, [])
  for (const service of pack.services) checkLanguagesOf(c, service)
}

/** The same of one service. */
export function checkLanguagesOf(c: Checking, { definition, form, process, rules, result, stories, words }: ServicePart): void {
  const sources = [definition.source, form, process, rules?.source, result?.source, stories?.source, words?.source]
  for (const source of sources) if (source) walk(c, source, source.data, [])
}

function walk(c: Checking, source: SourceFile, value: unknown, keys: Keys): void {
  if (typeof value !== "object" || value === null || keys.length > DEPTH_MAX) return
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) walk(c, source, item, [...keys, i])
    return
  }
  const { languages } = c.country
  if (isText(value, languages)) {
    for (const lang of languages)
      if (!(lang in value)) c.report(source, keys, "language-missing", { lang, words: Object.values(value).join(" / ") })
    return
  }
  for (const [key, item] of Object.entries(value)) walk(c, source, item, [...keys, key])
}

/** Words by language: nothing but strings under short names, one of them a language of the country. */
function isText(value: object, languages: readonly string[]): value is Record<string, string> {
  const entries = Object.entries(value)
  return (
    entries.some(([key]) => languages.includes(key)) &&
    entries.every(([key, words]) => typeof words === "string" && /^[a-z]{2,3}$/.test(key))
  )
}
