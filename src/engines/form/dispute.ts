// "This is wrong": a verified value becomes a disputed one that the person corrects; and back.
import type { Form } from "./form.ts"
import type { FormValues } from "./values.ts"

/** Marks a register's value as wrong in the person's eyes; it is asked from now on. Registers' values that stand for papers stay. */
export function disputeValue(form: Form, values: FormValues, id: string): FormValues {
  const answer = Object.hasOwn(values, id) ? values[id] : undefined
  const field = form.fields.get(id)
  if (answer?.state !== "verified" || !field || field.type === "register-value") return values
  return { ...values, [id]: { ...answer, state: "disputed", registered: answer.value } }
}

/** Takes the dispute back: the register's value holds again. */
export function restoreValue(form: Form, values: FormValues, id: string): FormValues {
  const answer = Object.hasOwn(values, id) ? values[id] : undefined
  if (answer?.state !== "disputed" || !form.fields.has(id) || answer.registered === undefined) return values
  return { ...values, [id]: { value: answer.registered, state: "verified", ...(answer.source && { source: answer.source }) } }
}
