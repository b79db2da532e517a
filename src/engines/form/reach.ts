// Which pages and fields the answers so far lead to, and which of them are asked.
import { computedValue } from "./elements/computed.ts"
import type { FeelContext } from "./feel-context.ts"
import { type Facts, factsFor, putAnswer } from "./feel-context.ts"
import type { Field, Form, Page } from "./form.ts"
import type { FormValue, FormValues } from "./values.ts"

/** A page that is reached, with its fields that are. */
export interface ReachedPage {
  readonly page: Page
  readonly fields: readonly Field[]
}

/** The way through the form: conditions see only what stands earlier and is itself reached. */
export interface Way {
  readonly pages: readonly ReachedPage[]
  readonly feel: FeelContext
}

/** Walks the form with these answers; up to and without `until` when given. */
export function wayThrough(form: Form, values: FormValues, facts: Facts, until?: Page): Way {
  const feel = factsFor(form, values, facts)
  const pages: ReachedPage[] = []
  for (const page of form.pages) {
    if (page === until) break
    if (page.when && page.when.evaluate(feel) !== true) continue
    pages.push({ page, fields: fieldsOnWay(form, page, values, feel) })
  }
  return { pages, feel }
}

/** The page's fields that are reached; their answers are put into `feel`. */
export function fieldsOnWay(form: Form, page: Page, values: FormValues, feel: FeelContext): readonly Field[] {
  const fields: Field[] = []
  for (const field of page.fields) {
    if (!isOnWay(field, feel)) continue
    fields.push(field)
    if (form.named.has(field.id)) putAnswer(feel, field, answerOf(field, values, feel))
  }
  return fields
}

/** Does the field's condition hold? */
export const isOnWay = (field: Field, feel: FeelContext): boolean => !field.when || field.when.evaluate(feel) === true

/** The field's answer; a computed one is worked out now. */
export function answerOf(field: Field, values: FormValues, feel: FeelContext): FormValue | undefined {
  if (field.type !== "computed") return values[field.id]
  const value = computedValue(field.value?.evaluate(feel), field)
  return value === undefined ? undefined : { value, state: "declared" }
}

/** Asked are answers that no register has verified; computed ones and registers' values never are. */
export const isAsked = (field: Field, values: FormValues): boolean =>
  field.type !== "computed" && field.type !== "register-value" && values[field.id]?.state !== "verified"

/**
 * Is it kept from view? What only a check needs is, while a register tells it. When the person disputes something of the same subject it
 * comes into view, so that it can be disputed too.
 */
export const isUnseen = (form: Form, field: Field, values: FormValues): boolean =>
  field.unseen === true &&
  values[field.id]?.state === "verified" &&
  ![...form.fields.values()].some(({ id }) => subjectOf(id) === subjectOf(field.id) && values[id]?.state === "disputed")

const subjectOf = (id: string): string => id.split(".")[0]!

/** The pages reached that have something to ask or to show, in order. */
export function visiblePages(form: Form, values: FormValues, context: Facts = {}): readonly Page[] {
  const { pages } = wayThrough(form, values, context)
  const speaks = (field: Field) =>
    !isUnseen(form, field, values) && (field.type !== "register-value" || values[field.id] !== undefined)
  return pages.filter(({ fields }) => fields.some(speaks)).map(({ page }) => page)
}

/** The page's fields that are reached. */
export function reachedFields(form: Form, page: Page, values: FormValues, context: Facts = {}): readonly Field[] {
  const { feel } = wayThrough(form, values, context, page)
  if (page.when && page.when.evaluate(feel) !== true) return []
  return fieldsOnWay(form, page, values, feel)
}

/** The page's fields that are reached and asked: a verified answer is shown, not asked. */
export const askedFields = (form: Form, page: Page, values: FormValues, context: Facts = {}): readonly Field[] =>
  reachedFields(form, page, values, context).filter((field) => isAsked(field, values))

/** The page's fields that are reached and only shown. */
export function shownFields(form: Form, page: Page, values: FormValues, context: Facts = {}): readonly Field[] {
  const { feel } = wayThrough(form, values, context, page)
  if (page.when && page.when.evaluate(feel) !== true) return []
  return fieldsOnWay(form, page, values, feel).filter(
    (field) => !isAsked(field, values) && !isUnseen(form, field, values) && answerOf(field, values, feel) !== undefined,
  )
}
