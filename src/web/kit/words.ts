// The kit's own words in the language of a frame.
import type { Frame } from "#platform/http"
import { formatsOf, wordsOf } from "#platform/words"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

/** The portal's name in each language that the kit speaks. */
export const siteName = { vi: vi.siteName, en: en.siteName as string }

export const kitWords = (frame: Pick<Frame, "lang" | "place">) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])

/** Dates, numbers and money as this reader's language writes them, in the country's time zone. */
export const formats = (frame: Pick<Frame, "lang" | "place">) => formatsOf(frame.lang, frame.place)

/** A text that the country or a definition gives in several languages, in the reader's or the first. */
export const textOf = (frame: Pick<Frame, "lang" | "place">, text: Readonly<Record<string, string>>): string =>
  text[frame.lang] ?? text[frame.place.languages[0]!] ?? text.en ?? Object.values(text)[0] ?? ""
