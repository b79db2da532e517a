// What the check of a pack has to say: where, which code, the words, and the mend.
import { findingWords } from "./finding-words.ts"
import type { Text } from "./text.ts"

export interface Finding {
  /** Relative to the pack: `services/1.001193/form.yaml`. */
  readonly file: string
  /** Both count from 1. */
  readonly line: number
  readonly column: number
  readonly code: FindingCode
  /** What is wrong, and how to mend it, in the languages of the program. */
  readonly words: Text
  readonly mend: Text
}

export type FindingCode = keyof typeof findingWords
export type FindingParams = Readonly<Record<string, string | number>>

export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Makes a finding; `{name}` in its words is replaced by `params.name`. */
export function finding(at: Place, code: FindingCode, params: FindingParams = {}): Finding {
  const { words, mend } = findingWords[code]
  return { ...at, code, words: filled(words, params), mend: filled(mend, params) }
}

const filled = (text: Text, params: FindingParams): Text =>
  Object.fromEntries(
    Object.entries(text).map(([lang, words]) => [lang, words.replace(/\{(\w+)\}/g, (_, key) => String(params[key] ?? ""))]),
  )
