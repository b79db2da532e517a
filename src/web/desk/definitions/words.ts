// The words of these pages, how codes are said in them, and their frame.
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

type Tongue = Pick<Frame, "lang" | "place">
type Plain = Extract<keyof typeof vi, `state.${string}` | `stay.${string}` | `file.${string}`>

export const definitionWords = (frame: Tongue) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])

/** The words of `prefix.code`. */
export const said = (frame: Tongue, prefix: "state" | "stay" | "file", code: string): string =>
  definitionWords(frame)(`${prefix}.${code}` as Plain)
