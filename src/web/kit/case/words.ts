// Words about a case, in the language of a frame.
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

export const caseWords = (frame: Pick<Frame, "lang" | "place">) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])

type Tongue = Pick<Frame, "lang" | "place">

/** A word that the catalogue has not for everything, such as one for an outcome that a country has invented. */
export const findCaseWord = (frame: Tongue, key: string): string | undefined =>
  Object.hasOwn(vi, key) ? caseWords(frame)(key as "event.other") : undefined

/** The same with a word to stand in. */
export const caseWordOr = (frame: Tongue, key: string, otherwise: "event.other"): string =>
  findCaseWord(frame, key) ?? caseWords(frame)(otherwise)
