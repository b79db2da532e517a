// Registers' answers: whom to ask about, and what they fill.
import { elementOf } from "./elements/registry.ts"
import { contextIn, type FeelContext } from "./feel-context.ts"
import type { Fetch, Field, Form } from "./form.ts"
import type { FormContext, FormValue, FormValues, Json, Source } from "./values.ts"

const KEY_LENGTH_MAX = 100

/**
 * The key to ask a register with, undefined while it can't be known. `known` are the records of the fetches before it, by their ids; answers
 * are read by field id.
 */
export function keyOf(
  fetch: Fetch,
  values: FormValues,
  known: Readonly<Record<string, Readonly<Record<string, Json>> | undefined>>,
  context: Pick<FormContext, "applicant">,
): string | undefined {
  const feel: FeelContext = {}
  for (const [id, answer] of Object.entries(values)) {
    const words = id.split(".")
    let place = feel
    for (const word of words.slice(0, -1)) place = contextIn(place, word)
    place[words.at(-1)!] = answer.value
  }
  for (const [id, record] of Object.entries(known)) if (record) Object.assign(contextIn(feel, id), record)
  feel.applicant = context.applicant ?? null
  const key = fetch.keyCompiled.evaluate(feel)
  if (typeof key === "number") return String(key)
  return typeof key === "string" && key.trim() !== "" && key.length <= KEY_LENGTH_MAX ? key.trim() : undefined
}

/**
 * The answers with what a register said: its fields become verified. What the person disputes stays so, with the register's newest word beside
 * it. No record (the register is silent, or has none): nothing changes, and the fields are asked.
 */
export function applyFetched(
  form: Form,
  values: FormValues,
  fetchId: string,
  record: Readonly<Record<string, Json>> | undefined,
  source: Source | undefined,
): FormValues {
  if (!record || !source) return values
  const changed: Record<string, FormValue> = { ...values }
  for (const field of form.fields.values()) {
    if (field.binding?.fetch !== fetchId) continue
    const answer = filled(field, values[field.id], record, source)
    if (answer) changed[field.id] = answer
  }
  return changed
}

function filled(
  field: Field,
  before: FormValue | undefined,
  record: Readonly<Record<string, Json>>,
  source: Source,
): FormValue | undefined {
  if (field.type === "person" || field.type === "organisation") return named(before, record, source)
  const value = valueIn(field, record, source)
  if (value === undefined || value === null || !elementOf(field).fits(value, field)) return undefined
  if (before?.state === "disputed") return { ...before, registered: value, source }
  return { value, state: "verified", source }
}

function valueIn(field: Field, record: Readonly<Record<string, Json>>, source: Source): Json | undefined {
  const { keys = [], whole = false } = field.binding ?? {}
  if (whole) return field.type === "file" ? { held: { register: source.register, record: source.record } } : true
  if (field.type === "file") return { held: { register: source.register, record: source.record } }
  const key = keys.find((one) => Object.hasOwn(record, one))
  const value = key === undefined ? undefined : record[key]
  return typeof value === "string" ? value.normalize("NFC") : value
}

/** The number is the person's own answer; the register adds the name that belongs to it. */
function named(before: FormValue | undefined, record: Readonly<Record<string, Json>>, source: Source): FormValue | undefined {
  const number = (before?.value as { number?: string } | undefined)?.number
  const name = record.fullName ?? record["person.fullName"] ?? record.name
  if (number === undefined || typeof name !== "string") return undefined
  return { value: { number, name: name.normalize("NFC") }, state: "declared", source }
}
