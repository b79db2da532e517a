// Words about a case, in the language of a frame.
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

export const caseWords = (frame: Pick<Frame, "lang" | "place">) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])

/** A word that may be missing from the catalogue, such as one for an outcome that a country has invented. */
export function caseWordOr(frame: Pick<Frame, "lang" | "place">, key: string, otherwise: keyof typeof vi): string {
  return caseWords(frame)((Object.hasOwn(vi, key) ? key : otherwise) as "event.other")
}
