// What every component of a form's page is told.
import type { FieldError, Form, FormContext, FormValues, Page, RawTexts } from "#engines/form"
import type { Frame } from "#platform/http"
import { type Words, wordsOf } from "#platform/words"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

export type FormWords = Words<typeof vi>
export type FormFrame = Pick<Frame, "lang" | "place">

/** The words of forms in the language of a frame. */
export const formWords = (frame: FormFrame): FormWords => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])

/** A page of a form, about to be drawn. */
export interface Drawing {
  readonly frame: FormFrame
  readonly form: Form
  readonly page: Page
  readonly values: FormValues
  /** Texts for the inputs: of rawOf, or of readPage when the page comes back. */
  readonly raw: RawTexts
  readonly errors: readonly FieldError[]
  readonly context: FormContext
  /** How a register is called in the reader's language. */
  readonly registerName: (register: string) => string
  /** Where the person sees the lookup that brought a value; left out where nobody may see it, as at a desk. */
  readonly lookupHref?: (day: string, message: string) => string
}

/** The first error of a field (or of a field within a group) and its sentence. */
export interface Mistake {
  readonly text: string
  readonly part: string | undefined
  readonly params: FieldError["params"]
}

/** One text of an input; of several, the first. */
export function textIn(raw: RawTexts, name: string): string {
  const text = Object.hasOwn(raw, name) ? raw[name] : undefined
  return typeof text === "string" ? text : (text?.[0] ?? "")
}

/** All texts of an input (boxes to tick). */
export function textsIn(raw: RawTexts, name: string): readonly string[] {
  const text = Object.hasOwn(raw, name) ? raw[name] : undefined
  return typeof text === "string" ? [text] : (text ?? [])
}

/** The ids that describe an input, or nothing. */
export const describedBy = (id: string, hint: boolean, mistake: Mistake | undefined): string | undefined =>
  [hint && `${id}-hint`, mistake && `${id}-error`].filter(Boolean).join(" ") || undefined

/** What a field for files takes unless it says otherwise. */
export const FILE_KINDS = ["pdf", "jpg", "png"] as const

/** Bytes as people say them: 10 MB. */
export const sizeInWords = (bytes: number, lang: string): string => {
  const [count, unit] = bytes >= 1_048_576 ? [bytes / 1_048_576, "MB"] : [Math.max(1, bytes / 1024), "kB"]
  return `${new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(count)} ${unit}`
}
