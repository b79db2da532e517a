// The sentence for each mistake in a form, and the lines of the summary that link to the fields.
import {
  FILE_BYTES_MAX,
  type Field,
  type FieldError,
  type FieldErrorCode,
  type Form,
  fieldErrorCodes,
  textOf,
} from "#engines/form"
import { type Entry, fill } from "#platform/words"
import { problemWords } from "../problem-words.ts"
import { fullName } from "./around-field.tsx"
import { type Drawing, FILE_KINDS, type FormFrame, formWords, type Mistake, sizeInWords } from "./drawing.ts"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

/** One line of the error summary: the id of the first input to mend, and the sentence beside it. */
export interface ErrorLine {
  readonly field: string
  readonly text: string
}

/** The lines for the summary at the top of the page, in the order of the errors. */
export const errorLines = (frame: FormFrame, form: Form, errors: readonly FieldError[]): readonly ErrorLine[] =>
  errors.map((error) => ({ field: inputOf(form, error), text: errorText(frame, form, error) }))

/** A mistake in words: the definition's own for its checks, the catalogue's for all others. */
export function errorText(frame: FormFrame, form: Form, error: FieldError): string {
  const own = form.checkWords.get(error.code)
  if (own) return textOf(own, frame.lang)
  const field = fieldAt(form, error.field)
  const name = field ? fullName(frame, field) : error.field
  const said = uploadErrors[error.code] ?? error.code
  const code = fieldErrorCodes.find((one) => one === said)
  if (!code) return wholeText(frame, error)
  const params = field?.type === "file" ? { ...limitsOf(field), ...error.params } : error.params
  return sentence(frame, code, { name, ...paramsInWords(frame, { ...error, code, params }) })
}

/** Refusals of an upload that the field's own sentences tell better, since they know its limits. */
const uploadErrors: Readonly<Record<string, FieldErrorCode>> = {
  "upload-empty": "file-empty",
  "upload-too-large": "file-too-large",
  "upload-type-refused": "file-type",
}

const limitsOf = (field: Field) => ({
  max: field.maxBytes ?? FILE_BYTES_MAX,
  accept: (field.accept ?? FILE_KINDS).join(", ").toUpperCase(),
})

function wholeText(frame: FormFrame, error: FieldError): string {
  const { title, text } = problemWords(frame.lang, error)
  return `${title}. ${text}`
}

/** Every code has its sentence in both languages: the compiler sees to it. */
const sentences: Readonly<Record<string, Readonly<Record<`error_${FieldErrorCode}`, Entry>>>> = { vi, en }

function sentence(frame: FormFrame, code: FieldErrorCode, params: Readonly<Record<string, string | number>>): string {
  const catalogue = sentences[frame.lang] ?? sentences[frame.place.languages[0] ?? ""] ?? en
  const entry = catalogue[`error_${code}`]
  return fill(typeof entry === "string" ? entry : entry.other, frame.lang, params)
}

function paramsInWords(frame: FormFrame, { code, params }: FieldError): Readonly<Record<string, string | number>> {
  const t = formWords(frame)
  const { part, bound, max, min, ...rest } = params
  const words: Record<string, string | number> = { ...rest }
  if (part === "day" || part === "month" || part === "year") words.part = t(`part_${part}`)
  if (typeof bound === "string") words.bound = bound.split("-").reverse().join("/")
  if (max !== undefined) words.max = code === "file-too-large" ? sizeInWords(Number(max), frame.lang) : Number(max)
  if (min !== undefined) words.min = Number(min)
  return words
}

/** The field of an id that may reach into groups: `children.0.name`. */
export function fieldAt(form: Form, id: string): Field | undefined {
  const whole = form.fields.get(id)
  if (whole) return whole
  for (const field of form.fields.values())
    if (field.fields && id.startsWith(`${field.id}.`)) return fieldWithin(field, id.slice(field.id.length + 1))
  return undefined
}

function fieldWithin(group: Field, rest: string): Field | undefined {
  const [, local = "", ...deeper] = rest.split(".")
  const field = group.fields?.find((one) => one.id === local)
  return field && deeper.length > 0 ? fieldWithin(field, deeper.join(".")) : field
}

const firstBox: Readonly<Record<string, string>> = {
  date: ".day",
  address: ".province",
  person: ".number",
  organisation: ".number",
}

/** The id of the input where the mend begins. */
function inputOf(form: Form, error: FieldError): string {
  const field = fieldAt(form, error.field)
  const box = firstBox[field?.type ?? ""]
  if (box === undefined) return error.field
  return error.params.part === undefined ? error.field + box : `${error.field}.${error.params.part}`
}

/** The first mistake of a field on the page drawn. */
export function mistakeOf(drawing: Drawing, id: string): Mistake | undefined {
  const error = drawing.errors.find((one) => one.field === id)
  if (!error) return undefined
  const part = error.params.part === undefined ? undefined : String(error.params.part)
  return { text: errorText(drawing.frame, drawing.form, error), part, params: error.params }
}
