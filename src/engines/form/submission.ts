// What is handed in: reached answers alone, computed ones worked out.

import type { Facts } from "./feel-context.ts"
import type { Form } from "./form.ts"
import { answerOf, wayThrough } from "./reach.ts"
import type { FormValue, FormValues } from "./values.ts"

/** The answers that are reached, by field id; what was answered on a way not taken stays behind in the draft. */
export function submission(form: Form, values: FormValues, context: Facts = {}): FormValues {
  const { pages, feel } = wayThrough(form, values, context)
  const given: Record<string, FormValue> = {}
  for (const { fields } of pages)
    for (const field of fields) {
      const answer = answerOf(field, values, feel)
      if (answer !== undefined) given[field.id] = answer
    }
  return given
}
