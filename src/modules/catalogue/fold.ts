// Words as people type them: without marks, in either Unicode form, in any case, y and i alike where Vietnamese spells both.

/** A word of a text: where it stands, how it is written, and what it is compared by. */
export interface Word {
  /** Lower case with its marks, NFC. */
  readonly marked: string
  /** Lower case without marks. */
  readonly bare: string
  /** What is looked up: `bare`, with a lone y as i (ký = kí). */
  readonly key: string
  /** Place in the text (UTF-16 units of its NFC form): from `start` up to, not including, `end`. */
  readonly start: number
  readonly end: number
}

const WORDS_MAX = 2_000
/** Zero-width characters and soft hyphens: seen by nobody, pasted by many. */
const UNSEEN = /[\u00ad\u200b-\u200f\u2060\ufeff]/g

/** The text in NFC without what nobody sees. */
export const tidyText = (text: string): string => text.replace(UNSEEN, "").normalize("NFC")

/** Without marks and case: `Đăng ký` gives `dang ky`. */
export const bareText = (text: string): string => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d")

/** `ky`, `ly`, `quy` … where i is written as well give `ki`, `li`, `qui`. */
export const keyOf = (bare: string): string => (/^(h|k|l|m|n|s|t|v|qu|th|ph)y$/.test(bare) ? `${bare.slice(0, -1)}i` : bare)

/** The words of a text that is in NFC as they are written, in lower case; at most 2,000. */
export const markedWords = (text: string): string[] => matchesIn(text).map(([word]) => word.toLowerCase())

/** The same, each with its place and what it is compared by. */
export function wordsOf(text: string): Word[] {
  return matchesIn(text).map(({ 0: word, index }) => {
    const bare = bareText(word)
    return { marked: word.toLowerCase(), bare, key: keyOf(bare), start: index, end: index + word.length }
  })
}

function matchesIn(text: string): RegExpExecArray[] {
  const matches: RegExpExecArray[] = []
  for (const match of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu)) {
    if (matches.push(match) === WORDS_MAX) break
  }
  return matches
}
