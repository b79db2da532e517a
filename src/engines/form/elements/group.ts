// A repeating group: entries of the same few fields, added and removed by buttons.
import type { Field } from "../form.ts"
import { ENTRIES_MAX } from "../limits.ts"
import type { FormContext, Json, RawTexts, RawValue } from "../values.ts"
import {
  type Element,
  isRequired,
  type JsonSchema,
  type Mistake,
  oneText,
  type Reader,
  type Reading,
  right,
  wrong,
} from "./element.ts"
import { elementOf } from "./registry.ts"

type Entry = Readonly<Record<string, Json>>

export const group: Element = {
  type: "group",
  boxes: [".count"],
  takes: ["min", "max", "fields"],
  missing: "group-too-few",
  fits: (value, field) => Array.isArray(value) && value.length <= ENTRIES_MAX && value.every((entry) => fitsEntry(entry, field)),
  read: (reader, field) => {
    const count = Math.min(ENTRIES_MAX + 1, Number(oneText(reader.raw(".count")).replace(/\D/g, "").slice(0, 4) || "0"))
    const entries: Entry[] = []
    const mistakes: Mistake[] = []
    for (let index = 0; index < count; index++) {
      const read = readEntry(field, index, reader)
      mistakes.push(...(read.mistakes ?? []))
      if (read.value) entries.push(read.value as Entry)
    }
    mistakes.push(...countMistake(entries.length, field))
    if (mistakes.length > 0) return { mistakes }
    return entries.length === 0 ? {} : { value: entries }
  },
  check: (value, field, context) => {
    const entries = value as readonly Entry[]
    return [
      ...entries.flatMap((entry, index) => checkEntry(entry, field, index, context)),
      ...countMistake(entries.length, field),
    ]
  },
  write: (value, field, context) => {
    const entries = value as readonly Entry[]
    const texts: Record<string, string | readonly string[]> = { ".count": String(entries.length) }
    for (const [index, entry] of entries.entries())
      for (const one of field.fields ?? []) Object.assign(texts, entryTexts(one, entry[one.id], index, context))
    return texts
  },
  show: (value, field, context) =>
    (value as readonly Entry[])
      .map((entry) =>
        (field.fields ?? [])
          .filter((one) => entry[one.id] !== undefined)
          .map((one) => elementOf(one).show(entry[one.id]!, one, context))
          .join(", "),
      )
      .join("\n"),
  schema: (field) => ({ type: "array", items: entrySchema(field), ...limits(field) }),
  feel: (value, field) => (value as readonly Entry[]).map((entry) => entryForFeel(entry, field)),
}

const mostOf = (field: Field) => Math.min(ENTRIES_MAX, field.max === undefined ? ENTRIES_MAX : Number(field.max))
const fewestOf = (field: Field) => (field.min === undefined ? (field.optional ? 0 : 1) : Number(field.min))
const limits = (field: Field) => ({ minItems: fewestOf(field), maxItems: mostOf(field) })

function countMistake(count: number, field: Field): readonly Mistake[] {
  if (count > mostOf(field)) return wrong("group-too-many", { max: mostOf(field) })
  return count > 0 && count < fewestOf(field) ? wrong("group-too-few", { min: fewestOf(field) }) : right
}

function fitsEntry(entry: Json, field: Field): boolean {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return false
  const known = new Map((field.fields ?? []).map((one) => [one.id, one]))
  return Object.entries(entry).every(([id, value]) => {
    const one = known.get(id)
    return one !== undefined && elementOf(one).fits(value, one)
  })
}

/** One entry as FEEL's `row`. */
const entryForFeel = (entry: Entry, field: Field): Record<string, unknown> =>
  Object.fromEntries(
    (field.fields ?? []).map((one) => [one.id, entry[one.id] === undefined ? null : elementOf(one).feel(entry[one.id]!, one)]),
  )

/** Is the field of this entry reached? */
const isReached = (one: Field, entry: Entry, field: Field): boolean =>
  !one.when || one.when.evaluate({ row: entryForFeel(entry, field) }) === true

/** An entry; nothing at all when every box of it was left empty. */
function readEntry(field: Field, index: number, reader: Reader): Reading {
  const entry: Record<string, Json> = {}
  const mistakes: Mistake[] = []
  const missing: Mistake[] = []
  const before = Array.isArray(reader.current) ? (reader.current[index] as Entry | undefined) : undefined
  for (const one of field.fields ?? []) {
    if (!isReached(one, entry, field)) continue
    const raw = (suffix: string): RawValue => reader.raw(`.${index}.${one.id}${suffix}`)
    const current = before?.[one.id]
    const read = elementOf(one).read({ raw, context: reader.context, ...(current !== undefined && { current }) }, one)
    for (const mistake of read.mistakes ?? []) mistakes.push(within(mistake, index, one))
    if (read.value !== undefined) entry[one.id] = read.value
    else if (!read.mistakes && isRequired(one)) missing.push(within({ code: elementOf(one).missing }, index, one))
  }
  if (mistakes.length === 0 && Object.keys(entry).length === 0) return {}
  return mistakes.length + missing.length > 0 ? { mistakes: [...mistakes, ...missing] } : { value: entry }
}

function checkEntry(entry: Entry, field: Field, index: number, context: FormContext): readonly Mistake[] {
  return (field.fields ?? []).flatMap((one) => {
    const value = entry[one.id]
    if (!isReached(one, entry, field)) return []
    if (value === undefined) return !isRequired(one) ? [] : [within({ code: elementOf(one).missing }, index, one)]
    return elementOf(one)
      .check(value, one, context)
      .map((mistake) => within(mistake, index, one))
  })
}

const within = (mistake: Mistake, index: number, one: Field): Mistake => ({
  ...mistake,
  at: [index, one.id, mistake.at].filter((part) => part !== undefined).join("."),
})

function entryTexts(one: Field, value: Json | undefined, index: number, context: FormContext): RawTexts {
  if (value === undefined) return {}
  const texts = elementOf(one).write(value, one, context)
  return Object.fromEntries(Object.entries(texts).map(([suffix, text]) => [`.${index}.${one.id}${suffix}`, text]))
}

function entrySchema(field: Field): JsonSchema {
  const fields = field.fields ?? []
  return {
    type: "object",
    properties: Object.fromEntries(fields.map((one) => [one.id, elementOf(one).schema(one)])),
    required: fields.filter((one) => isRequired(one) && !one.when).map((one) => one.id),
    additionalProperties: false,
  }
}
