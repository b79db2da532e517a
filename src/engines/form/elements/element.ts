// The one shape of all kinds of fields; each file beside this one is a twin of it.
import type { ElementType } from "../definition.ts"
import type { FieldErrorCode } from "../field-errors.ts"
import type { Field } from "../form.ts"
import type { FormContext, Json, RawTexts, RawValue } from "../values.ts"

/** A mistake in an answer. `at` is where inside a group: `0.name`; `params.part` one box of several: `day`. */
export interface Mistake {
  readonly code: FieldErrorCode
  readonly params?: Readonly<Record<string, string | number>>
  readonly at?: string
}

/** What was read: an answer, mistakes, or neither (left empty). */
export interface Reading {
  readonly value?: Json
  readonly mistakes?: readonly Mistake[]
}

/** What an element is told while it reads: its field's boxes by suffix (`""`, `".day"`), the world, and the answer so far. */
export interface Reader {
  raw(suffix: string): RawValue
  readonly context: FormContext
  readonly current?: Json
}

export type JsonSchema = Readonly<Record<string, unknown>>

export interface Element {
  readonly type: ElementType
  /** Suffixes of its inputs' names: `[""]` for one box; none where nothing is asked. */
  readonly boxes: readonly string[]
  /** Which particulars a definition may give it. */
  readonly takes: readonly string[]
  /** The code when it is left empty. */
  readonly missing: FieldErrorCode
  /** Is the value of this kind at all, limits apart? */
  fits(value: Json, field: Field): boolean
  /** From what was typed to an answer. Never throws. */
  read(reader: Reader, field: Field): Reading
  /** The limits of a value that fits. */
  check(value: Json, field: Field, context: FormContext): readonly Mistake[]
  /** From a value to the texts of its boxes, by suffix: reading them back gives the value. */
  write(value: Json, field: Field, context: FormContext): RawTexts
  /** The value in words. */
  show(value: Json, field: Field, context: FormContext): string
  /** JSON Schema 2020-12 of the value. */
  schema(field: Field): JsonSchema
  /** The value as FEEL has it. */
  feel(value: Json, field: Field): unknown
}

/** Must the field be answered? A group that allows no entry may stay empty. */
export const isRequired = (field: Field): boolean => !field.optional && !(field.type === "group" && field.min === "0")

export const right: readonly Mistake[] = []
export const wrong = (code: FieldErrorCode, params?: Mistake["params"]): readonly Mistake[] => [
  { code, ...(params && { params }) },
]

/** Reading of a value: kept when its limits hold. */
export function reading(value: Json, mistakes: readonly Mistake[]): Reading {
  return mistakes.length > 0 ? { mistakes } : { value }
}

/** The text of one box: the first of several; uploads and absent boxes as empty. */
export function oneText(raw: RawValue): string {
  if (typeof raw === "string") return raw
  if (Array.isArray(raw)) return typeof raw[0] === "string" ? raw[0] : ""
  return ""
}

/** One line in NFC: white space of any kind as single spaces, none at the ends; invisible marks of order and width dropped. */
export const oneLine = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/[\u200B\uFEFF\u00AD]/g, "")
    .replace(/\s+/g, " ")
    .trim()

/** Control characters, marks that turn the direction of what follows, and halves of surrogate pairs. */
export const hasForbidden = (text: string): boolean => /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u.test(text)

/** Characters as people count them (code points). */
export const lengthOf = (text: string): number => {
  let length = 0
  for (const _ of text) length++
  return length
}
