// Answers as the nested contexts that expressions read: `mother.fullName` is fullName in mother.
import { feelDate } from "#engines/feel"
import { elementOf } from "./elements/registry.ts"
import { FETCHED } from "./expressions.ts"
import type { Field, Form } from "./form.ts"
import type { FormContext, FormValue, FormValues } from "./values.ts"

export type FeelContext = Record<string, unknown>

/** What of the world conditions may read. */
export type Facts = Partial<Pick<FormContext, "applicant" | "today">>

/** The context before any answer: who applies, the day, and which registers have answered. */
export function factsFor(form: Form, values: FormValues, facts: Facts): FeelContext {
  const fetched: Record<string, boolean> = {}
  for (const field of form.fields.values())
    if (field.binding && values[field.id]?.source !== undefined) fetched[field.binding.fetch] = true
  for (const fetch of form.fetches) fetched[fetch.id] ??= false
  return {
    applicant: facts.applicant ?? null,
    today: facts.today === undefined ? null : feelDate(facts.today),
    [FETCHED]: fetched,
  }
}

/** All answers of a form with the facts, as the expressions of its decision tables read them. */
export function answersInFeel(form: Form, values: FormValues, facts: Facts): FeelContext {
  const context = factsFor(form, values, facts)
  for (const field of form.fields.values()) putAnswer(context, field, values[field.id])
  return context
}

/** Puts an answer at its place; a value that isn't of its field's kind counts as none. */
export function putAnswer(context: FeelContext, field: Field, answer: FormValue | undefined): void {
  const words = field.id.split(".")
  let place = context
  for (const word of words.slice(0, -1)) place = contextIn(place, word)
  const element = elementOf(field)
  place[words.at(-1)!] = answer !== undefined && element.fits(answer.value, field) ? element.feel(answer.value, field) : null
}

/** The context under a word, made when there is none. */
export function contextIn(place: FeelContext, word: string): FeelContext {
  const known = place[word]
  if (typeof known === "object" && known !== null && !Array.isArray(known)) return known as FeelContext
  const made: FeelContext = {}
  place[word] = made
  return made
}
