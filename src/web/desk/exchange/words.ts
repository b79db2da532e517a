// The words of these pages, and how codes are said in them.
import type { Country } from "#country"
import { textOf } from "#kit/words.ts"
import { TEST_PURPOSE } from "#oversight"
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

type Tongue = Pick<Frame, "lang" | "place">
type Name = keyof typeof vi

export const exchangeWords = (frame: Tongue) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])

/** The words of `prefix.code`; the code itself when there are none. */
export function said(frame: Tongue, prefix: string, code: string): string {
  const name = `${prefix}.${code}`
  return Object.hasOwn(vi, name) ? exchangeWords(frame)(name as Plain) : code
}
/** Names of words without values of their own. */
type Plain = Extract<Name, `standing.${string}` | `type.${string}` | `kind.${string}` | `outcome.${string}`>

/** A failure in words: `http.404`, or the road's `Server.ServerProxy.AccessDenied`. */
export function failureWords(frame: Tongue, code: string): string {
  const status = /^http\.(\d{3})$/.exec(code)?.[1]
  if (status) return exchangeWords(frame)("code.http", { status })
  const last = code.split(".").at(-1)!
  const words = said(frame, "code", last)
  return words === last ? code : words
}

/** A purpose of the country's vocabulary. */
export function purposeName(frame: Tongue, { vocabulary }: Country, code: string): string {
  if (code === TEST_PURPOSE) return exchangeWords(frame)("testPurpose")
  const purpose = Object.hasOwn(vocabulary.purposes, code) ? vocabulary.purposes[code] : undefined
  return purpose ? textOf(frame, purpose.name) : code
}
