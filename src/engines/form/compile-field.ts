// One item of a page's fields: the short form for several data elements, or a field of its own, with its words, limits and binding.
import { ANY, type Compiled, type FeelType } from "#engines/feel"
import { AboutDefinition, type DataElement, type ElementType, FieldDefinition, type Text, type Vocabulary } from "./definition.ts"
import { elementOf } from "./elements/registry.ts"
import { compileExpression } from "./expressions.ts"
import type { DefinitionFault } from "./faults.ts"
import { declaredTypes, resultTypeOf } from "./feel-types.ts"
import type { Binding, Fetch, Field } from "./form.ts"
import { GROUP_DEPTH_MAX } from "./limits.ts"
import { isShaped } from "./shape.ts"

/** What grows while a definition is compiled. */
export interface Compiling {
  readonly vocabulary: Vocabulary
  readonly faults: DefinitionFault[]
  readonly fetches: Fetch[]
  readonly subjects: Readonly<Record<string, Text>>
  /** Names that an expression may read at this place: all that stands earlier. */
  readonly declared: string[]
  readonly fields: Map<string, Field>
}

type Path = readonly (string | number)[]

/** Notes a fault. */
export function fault(compiling: Compiling, path: Path, code: string, message: string, mend: string): void {
  compiling.faults.push({ path, code, message, mend })
}

/** The fields of a page, in order; faulty ones are left out. */
export function compileFields(items: readonly unknown[], page: string, path: Path, compiling: Compiling): readonly Field[] {
  const fields: Field[] = []
  for (const [index, item] of items.entries()) {
    for (const { definition, place } of written(item, [...path, index], compiling)) {
      const field = compileField(definition, page, place, compiling, 0)
      if (!field) continue
      if (compiling.fields.has(field.id))
        fault(compiling, place, "twice", `Two fields are called ${field.id}`, "Give each its own id")
      compiling.fields.set(field.id, field)
      compiling.declared.push(field.id)
      fields.push(field)
    }
  }
  return fields
}

interface Written {
  readonly definition: FieldDefinition
  readonly place: Path
}

/** An item as fields written out: one, or those of the short form. */
function written(item: unknown, path: Path, compiling: Compiling): readonly Written[] {
  const isAbout = typeof item === "object" && item !== null && "about" in item
  if (!isAbout) return isShaped(FieldDefinition, item, path, compiling.faults) ? [{ definition: item, place: path }] : []
  if (!isShaped(AboutDefinition, item, path, compiling.faults)) return []
  const { about, is: elements, when, ...rest } = item
  return elements.map((element, index) => {
    const own = typeof element === "string" ? { is: element } : element
    const both =
      when && "when" in own && own.when ? `(${when}) and (${own.when})` : (("when" in own ? own.when : undefined) ?? when)
    const definition = { ...rest, ...own, id: `${about}.${lastWord(own.is)}`, ...(both && { when: both }) }
    return { definition, place: [...path, "is", index] }
  })
}

const lastWord = (id: string) => id.slice(id.lastIndexOf(".") + 1)

function compileField(
  definition: FieldDefinition,
  page: string,
  path: Path,
  compiling: Compiling,
  depth: number,
): Field | undefined {
  const element = definition.is === undefined ? undefined : elementNamed(definition.is, path, compiling)
  const type = definition.type ?? element?.type
  const name = definition.name ?? element?.name
  if (definition.is !== undefined && !element) return undefined
  if (!type)
    return void fault(
      compiling,
      path,
      "no-type",
      `${definition.id} has neither is nor type`,
      "Say which data element it is, or its type",
    )
  if (!name) return void fault(compiling, path, "no-name", `${definition.id} has no name`, "Give it a name in each language")
  const field: Field = {
    id: definition.id,
    page,
    type,
    name,
    ...subjectOf(definition.id, depth, compiling),
    optional: definition.optional ?? false,
    ...(definition.unseen && { unseen: true }),
    ...(definition.is && { is: definition.is }),
    ...(definition.hint || element?.hint ? { hint: definition.hint ?? element!.hint! } : {}),
    ...asOf(definition, element, type),
    ...particularsOf(definition, element),
    ...expressionsOf(definition, path, compiling, depth),
    ...(type === "group" && { fields: entryFields(definition, page, path, compiling, depth) }),
  }
  const bound = depth === 0 ? bindingOf(definition, element, field, path, compiling) : undefined
  const whole = bound ? { ...field, binding: bound } : field
  checkParticulars(definition, whole, path, compiling)
  checkHeld(definition, element, whole, path, compiling)
  return whole
}

function subjectOf(id: string, depth: number, { subjects }: Compiling): { subject?: Text } {
  const word = id.split(".")[0]!
  return depth === 0 && id.includes(".") && Object.hasOwn(subjects, word) ? { subject: subjects[word]! } : {}
}

function elementNamed(id: string, path: Path, compiling: Compiling): DataElement | undefined {
  if (Object.hasOwn(compiling.vocabulary, id)) return compiling.vocabulary[id]
  fault(
    compiling,
    path,
    "unknown-element",
    `${id} is not in the vocabulary`,
    "Use a data element of vocabulary.yaml, or give the field a type",
  )
  return undefined
}

const asOf = (definition: FieldDefinition, element: DataElement | undefined, type: ElementType): { as?: ElementType } => {
  const as = definition.as ?? (type === "register-value" ? element?.type : undefined)
  return as ? { as } : {}
}

const plainParticulars = [
  "options",
  "many",
  "decimals",
  "unit",
  "currency",
  "minLength",
  "maxLength",
  "format",
  "after",
  "before",
  "incomplete",
  "accept",
  "maxBytes",
  "maxPages",
  "service",
  "autocomplete",
] as const

/** Limits and lists: the field's own words win over the data element's. Numbers' bounds become exact decimal strings. */
function particularsOf(definition: FieldDefinition, element: DataElement | undefined): Partial<Field> {
  const found: Record<string, unknown> = {}
  for (const word of plainParticulars) {
    const given = definition[word] ?? element?.[word]
    if (given !== undefined) found[word] = given
  }
  for (const word of ["min", "max"] as const) {
    const given = definition[word] ?? element?.[word]
    if (given !== undefined) found[word] = String(given)
  }
  return found
}

function expressionsOf(definition: FieldDefinition, path: Path, compiling: Compiling, depth: number): Partial<Field> {
  const names = depth === 0 ? compiling.declared : ["row"]
  const declared = depth === 0 ? declaredTypes(names, compiling.fields) : {}
  const results = { when: BOOLEAN, suggest: ANY, value: resultTypeOf(definition.as) }
  const found: Record<string, unknown> = {}
  for (const word of ["when", "suggest", "value"] as const) {
    const text = definition[word]
    const compiled =
      text === undefined
        ? undefined
        : compileExpression(text, [...path, word], names, compiling.faults, { declared, result: results[word] })
    if (compiled) found[word] = compiled
  }
  return found
}

const BOOLEAN: FeelType = { kind: "boolean" }

/** A condition over all that stands earlier. */
export const compileCondition = (text: string, path: Path, { declared, fields, faults }: Compiling): Compiled | undefined =>
  compileExpression(text, path, declared, faults, { declared: declaredTypes(declared, fields), result: BOOLEAN })

/** The fields of a group's entries: ids of one word, no bindings. */
function entryFields(
  definition: FieldDefinition,
  page: string,
  path: Path,
  compiling: Compiling,
  depth: number,
): readonly Field[] {
  if (depth + 1 > GROUP_DEPTH_MAX) {
    fault(compiling, path, "too-deep", `Groups stand at most ${GROUP_DEPTH_MAX} deep`, "Flatten the inner group")
    return []
  }
  const fields: Field[] = []
  for (const [index, item] of (definition.fields ?? []).entries()) {
    const place = [...path, "fields", index]
    if (!isShaped(FieldDefinition, item, place, compiling.faults)) continue
    if (item.id.includes(".") || item.id === "count" || fields.some((other) => other.id === item.id))
      fault(compiling, [...place, "id"], "entry-id", `${item.id} can't be a field of an entry`, "One word, not count, each once")
    const field = compileField(item, page, place, compiling, depth + 1)
    if (field) fields.push(field)
  }
  return fields
}

/** Which record fills the field: `from`, or the fetch called like the field's first word when the element comes from its register. */
function bindingOf(
  definition: FieldDefinition,
  element: DataElement | undefined,
  field: Field,
  path: Path,
  compiling: Compiling,
): Binding | undefined {
  const words = [...(definition.is ? [definition.is, lastWord(definition.is)] : []), lastWord(field.id)]
  if (definition.from !== undefined) {
    const [fetch = "", ...key] = definition.from.split(".")
    if (!compiling.fetches.some((one) => one.id === fetch)) {
      fault(
        compiling,
        [...path, "from"],
        "unknown-fetch",
        `${fetch} is not fetched`,
        `One of: ${compiling.fetches.map((one) => one.id).join(", ")}`,
      )
      return undefined
    }
    const whole = key.length === 0 && !definition.is && (field.type === "file" || field.type === "yes-no")
    return { fetch, keys: key.length > 0 ? [key.join(".")] : words, whole }
  }
  if ((field.type === "person" || field.type === "organisation") && field.service)
    return ownFetch(field, field.service, compiling)
  if (definition.new || !element?.source) return undefined
  const record = element.source.slice(0, element.source.lastIndexOf("."))
  const fetch = compiling.fetches.find((one) => one.id === field.id.split(".")[0] && one.service.startsWith(`${record}.`))
  return fetch && { fetch: fetch.id, keys: [...words, lastWord(element.source)], whole: false }
}

/** A person's or organisation's own fetch: `father.person` is asked about as fatherPerson. */
function ownFetch(field: Field, service: string, compiling: Compiling): Binding | undefined {
  const id = field.id.replace(/\.([a-z])/g, (_all, letter: string) => letter.toUpperCase())
  const key = `${field.id}.number`
  const keyCompiled = compileExpression(key, [], [field.id], compiling.faults)
  if (!keyCompiled) return undefined
  if (!compiling.fetches.some((one) => one.id === id)) compiling.fetches.push({ id, service, key, optional: true, keyCompiled })
  return { fetch: id, keys: [], whole: true }
}

const always = new Set(["id", "is", "type", "name", "hint", "when", "optional", "from", "new", "why", "suggest", "unseen"])

/** Each kind takes its own particulars, and some need one. */
function checkParticulars(definition: FieldDefinition, field: Field, path: Path, compiling: Compiling): void {
  const takes = elementOf(field).takes
  for (const word of Object.keys(definition))
    if (!always.has(word) && !takes.includes(word))
      fault(
        compiling,
        [...path, word],
        "no-particular",
        `A ${field.type} takes no ${word}`,
        takes.length > 0 ? `It takes ${takes.join(", ")}` : "Leave it out",
      )
  const needs = (holds: unknown, code: string, mend: string) =>
    holds || fault(compiling, path, code, `${field.id} lacks something`, mend)
  if (field.type === "choice") needs(field.options, "no-options", "List its options")
  if (field.type === "group") needs(field.fields?.length, "no-fields", "List the fields of one entry")
  if (field.type === "computed") needs(definition.value, "no-value", "Give the FEEL expression as value")
  if (field.type === "register-value") needs(field.binding, "no-from", "Say from which fetch it comes")
}

/** Once only: what a register holds is fetched, not asked, unless the definition says why. */
function checkHeld(
  definition: FieldDefinition,
  element: DataElement | undefined,
  field: Field,
  path: Path,
  compiling: Compiling,
): void {
  if (!element?.source || field.binding || definition.new || definition.why) return
  fault(
    compiling,
    path,
    "held-by-register",
    `${field.id} asks for ${definition.is}, which ${element.source.split(".")[0]} holds`,
    "Fetch it, mark it new: true when nobody holds it yet, or say why",
  )
}
