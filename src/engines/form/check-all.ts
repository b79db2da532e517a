// Everything reached, checked at once: before submission, and again on what arrives over the wire.
import { isRequired, type Mistake } from "./elements/element.ts"
import { elementOf } from "./elements/registry.ts"
import type { FeelContext } from "./feel-context.ts"
import type { Field, Form, Page } from "./form.ts"
import { isAsked, type ReachedPage, wayThrough } from "./reach.ts"
import type { FieldError, FormContext, FormValues } from "./values.ts"

/** The mistakes in all answers that are reached, in the order of the form; empty when it can be submitted. */
export function checkAll(form: Form, values: FormValues, context: FormContext): readonly FieldError[] {
  const { pages, feel } = wayThrough(form, values, context)
  return pages.flatMap((reached) => checkPage(reached, values, context, feel))
}

function checkPage(
  { page, fields }: ReachedPage,
  values: FormValues,
  context: FormContext,
  feel: FeelContext,
): readonly FieldError[] {
  const errors = fields.flatMap((field) => checkField(field, values, context))
  return [...errors, ...firedChecks(page, fields, values, feel, new Set(errors.map((error) => error.field)))]
}

/** A verified value is the register's; the person couldn't mend it, so its limits aren't theirs to keep. */
function checkField(field: Field, values: FormValues, context: FormContext): readonly FieldError[] {
  if (!isAsked(field, values)) return []
  const answer = Object.hasOwn(values, field.id) ? values[field.id] : undefined
  const element = elementOf(field)
  if (answer === undefined)
    return isRequired(field) ? [{ field: field.id, code: element.missing, params: missingParams(field) }] : []
  if (!element.fits(answer.value, field)) return [{ field: field.id, code: "value-form", params: {} }]
  return element.check(answer.value, field, context).map((mistake) => errorOf(field, mistake))
}

/** What the words for a missing answer need. */
export const missingParams = (field: Field): FieldError["params"] => (field.type === "group" ? { min: field.min ?? 1 } : {})

export const errorOf = (field: Field, { code, params = {}, at }: Mistake): FieldError => ({
  field: at === undefined ? field.id : `${field.id}.${at}`,
  code,
  params,
})

/** The page's checks that fire; each beside the first of its fields that is asked and not wrong already. */
export function firedChecks(
  page: Page,
  fields: readonly Field[],
  values: FormValues,
  feel: FeelContext,
  wrong: ReadonlySet<string>,
): readonly FieldError[] {
  const errors: FieldError[] = []
  for (const check of page.checks) {
    if (check.fields.some((id) => wrong.has(id)) || check.if.evaluate(feel) !== true) continue
    const asked = check.fields.find((id) => fields.some((field) => field.id === id && isAsked(field, values)))
    const field = asked ?? check.fields[0]
    if (field !== undefined) errors.push({ field, code: check.say, params: {} })
  }
  return errors
}
