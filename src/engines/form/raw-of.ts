// Answers as the texts of a page's inputs: reading them back gives the same answers.
import { elementOf } from "./elements/registry.ts"
import type { FeelContext } from "./feel-context.ts"
import type { Field, Form, Page } from "./form.ts"
import { fieldsOnWay, isAsked, wayThrough } from "./reach.ts"
import type { FormContext, FormValues, Json, RawTexts } from "./values.ts"

/** The texts of the page's inputs by input name; suggestions stand in boxes without an answer. */
export function rawOf(form: Form, page: Page, values: FormValues, context: FormContext): RawTexts {
  const { feel } = wayThrough(form, values, context, page)
  const texts: Record<string, string | readonly string[]> = {}
  for (const field of fieldsOnWay(form, page, values, feel)) {
    if (!isAsked(field, values)) continue
    Object.assign(texts, boxesOf(field, values, feel, context))
  }
  return texts
}

/** The texts of one field's inputs: its answer, or what is suggested. */
export function boxesOf(field: Field, values: FormValues, feel: FeelContext, context: FormContext): RawTexts {
  const answer = Object.hasOwn(values, field.id) ? values[field.id] : undefined
  return textsOf(field, answer ? answer.value : (field.suggest?.evaluate(feel) as Json | undefined), context)
}

/** The texts of one field's inputs. */
function textsOf(field: Field, value: Json | undefined, context: FormContext): RawTexts {
  const element = elementOf(field)
  if (value === undefined || value === null || !element.fits(value, field)) return {}
  return Object.fromEntries(
    Object.entries(element.write(value, field, context)).map(([suffix, text]) => [field.id + suffix, text]),
  )
}
