// A form's answers in words: for check-your-answers, the declaration on paper, and the official's desk.
import { elementOf } from "./elements/registry.ts"
import type { Field, Form } from "./form.ts"
import { answerOf, isAsked, isUnseen, wayThrough } from "./reach.ts"
import type { FormContext, FormValue, FormValues, Json, Source } from "./values.ts"
import { textOf } from "./words-of.ts"

/** One answer in words. */
export interface PrintedRow {
  readonly field: string
  readonly label: string
  /** Whom or what the answer is about: "Mother". */
  readonly subject?: string
  /** Lines are separated by \n; empty when there is no answer. */
  readonly text: string
  readonly state: FormValue["state"] | "unanswered"
  readonly source?: Source
  /** Only when disputed: the register's value in words. */
  readonly registeredText?: string
  /** A paper that an agency holds: nothing was handed in. */
  readonly isHeld: boolean
  /** May the person change it on its page? */
  readonly isAsked: boolean
}

export interface PrintedPage {
  readonly page: string
  readonly title: string
  readonly rows: readonly PrintedRow[]
}

/** The reached pages with their answers in words of `lang`; pages without a row are left out. */
export function printable(
  form: Form,
  values: FormValues,
  lang: string,
  context: Partial<FormContext> = {},
): readonly PrintedPage[] {
  const { pages, feel } = wayThrough(form, values, context)
  const shown: FormContext = { today: "", ...context, lang }
  return pages
    .map(({ page, fields }) => ({
      page: page.id,
      title: textOf(page.title, lang),
      rows: fields
        .filter((field) => !isUnseen(form, field, values))
        .flatMap((field) => rowOf(field, answerOf(field, values, feel), values, shown)),
    }))
    .filter((page) => page.rows.length > 0)
}

/** One value in words, as its field shows it; empty when it is not of the field's kind. */
export const printedValue = (field: Field, value: Json | undefined, context: FormContext): string =>
  value !== undefined && elementOf(field).fits(value, field) ? elementOf(field).show(value, field, context) : ""

function rowOf(field: Field, answer: FormValue | undefined, values: FormValues, context: FormContext): readonly PrintedRow[] {
  const asked = isAsked(field, values)
  if (answer === undefined && !asked) return []
  return [
    {
      field: field.id,
      label: textOf(field.name, context.lang),
      ...(field.subject && { subject: textOf(field.subject, context.lang) }),
      text: printedValue(field, answer?.value, context),
      state: answer?.state ?? "unanswered",
      ...(answer?.source && { source: answer.source }),
      ...(answer?.registered !== undefined && { registeredText: printedValue(field, answer.registered, context) }),
      isHeld: field.type === "file" && answer?.state === "verified",
      isAsked: asked,
    },
  ]
}
