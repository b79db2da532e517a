// What the check of a pack has to say: where, which code, the words, and the mend.
import { type FindingEntry, findingWords } from "./finding-words.ts"
import { type Text, textIn } from "./text.ts"

export interface Finding {
  /** Relative to the pack: `services/1.001193/form.yaml`. */
  readonly file: string
  /** Both count from 1. */
  readonly line: number
  readonly column: number
  readonly code: FindingCode
  /** A fault stands in the way of publishing; a warning is shown to those who publish. */
  readonly severity: "fault" | "warning"
  /** What is wrong, and how to mend it, in the languages of the program. */
  readonly words: Text
  readonly mend: Text
}

export type FindingCode = keyof typeof findingWords
/** What the words name; a text comes in the language of the words. */
export type FindingParams = Readonly<Record<string, string | number | Text>>

export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Makes a finding; `{name}` in its words is replaced by `params.name`. */
export function finding(at: Place, code: FindingCode, params: FindingParams = {}): Finding {
  const { words, mend, severity = "fault" } = findingWords[code] as FindingEntry
  return { ...at, code, severity, words: filled(words, params), mend: filled(mend, params) }
}

/** What stands in the way of publishing, warnings aside. */
export const faultsAmong = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ severity }) => severity === "fault")

const filled = (text: Text, params: FindingParams): Text =>
  Object.fromEntries(
    Object.entries(text).map(([lang, words]) => [lang, words.replace(/\{(\w+)\}/g, (_, key) => said(params[key] ?? "", lang))]),
  )

const said = (param: string | number | Text, lang: string): string =>
  typeof param === "object" ? textIn(param, lang) : String(param)
