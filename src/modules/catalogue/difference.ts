// What differs between two versions of a service, one change at a time, in terms that an official would use.
import type { Text } from "#country"
import { compileForm, type Field, type Vocabulary } from "#engines/form"
import type { ProcessDefinition } from "#engines/process"
import { canonicalJson } from "./canonical.ts"
import { inRules } from "./difference-of-rules.ts"
import type { DifferenceCode } from "./difference-words.ts"
import type { Definition } from "./published.ts"

/** A change: which part, a code that has words, and what they name; texts come in every language that they have. */
export interface Change {
  readonly part: Part
  readonly code: DifferenceCode
  readonly params: Readonly<Record<string, string | number | Text>>
}

export const parts = ["service", "steps", "form", "rules", "papers", "limit", "fee", "law", "result"] as const
export type Part = (typeof parts)[number]

/** Every change from `before` to `after`, by part; empty when they say the same. Whatever has no words of its own is told by its part. */
export function differencesOf(before: Definition, after: Definition): Change[] {
  const told = [
    ...inService(before, after),
    ...inSteps(before, after),
    ...inForm(before, after),
    ...inRules(before.rules, after.rules),
    ...inPapers(before, after),
    ...inLimit(before, after),
    ...inFee(before, after),
    ...inLaw(before, after),
  ]
  const rest: [Part, unknown, unknown][] = [
    ["steps", before.process, after.process],
    ["form", before.form, after.form],
    ["rules", before.rules, after.rules],
    ["papers", before.service.papers, after.service.papers],
    ["limit", before.service.limit, after.service.limit],
    ["fee", before.service.fee, after.service.fee],
    ["law", before.service.law, after.service.law],
    ["result", [before.result, before.service.results], [after.result, after.service.results]],
  ]
  const silent = rest.filter(([part, a, b]) => differs(a, b) && !told.some((change) => change.part === part))
  const changes = [
    ...told,
    ...silent.map(([part]): Change => ({ part, code: `${part}-otherwise` as DifferenceCode, params: {} })),
  ]
  if (differs(restOf(before), restOf(after))) changes.push({ part: "service", code: "service-otherwise", params: {} })
  return changes.sort((a, b) => parts.indexOf(a.part) - parts.indexOf(b.part))
}

/** What no change has words for. */
function restOf({ service, words }: Definition): object {
  const { name, level, channels, steps, requirements, authority, tiers, audience, writes, takesMinutes, ...others } = service
  const { papers, limit, fee, law, results, ...rest } = others
  return { rest, words }
}

const plain = (value: unknown): string => canonicalJson(JSON.parse(JSON.stringify(value ?? null)))
const differs = (a: unknown, b: unknown): boolean => plain(a) !== plain(b)

function inService({ service: a }: Definition, { service: b }: Definition): Change[] {
  const changes: Change[] = []
  const add = (code: DifferenceCode, params: Change["params"]) => changes.push({ part: "service", code, params })
  if (differs(a.name, b.name)) add("name", { before: a.name, after: b.name })
  if (a.level !== b.level) add("level", { before: a.level, after: b.level })
  for (const channel of b.channels) if (!a.channels.includes(channel)) add("channel-added", { channel })
  for (const channel of a.channels) if (!b.channels.includes(channel)) add("channel-gone", { channel })
  if (differs(a.steps, b.steps)) add("guidance", {})
  if (differs(a.requirements, b.requirements)) add("requirements", {})
  if (differs([a.authority, a.tiers], [b.authority, b.tiers])) add("authority", {})
  if (differs(a.audience, b.audience)) add("audience", {})
  if (differs(a.writes, b.writes)) add("writes", {})
  if (a.takesMinutes !== b.takesMinutes) add("minutes", { before: a.takesMinutes ?? "-", after: b.takesMinutes ?? "-" })
  return changes
}

type Step = ProcessDefinition["steps"][number]

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null

/** A draft may have anything for its process; its findings say what is wrong with it. */
const isTable = ({ process }: Definition): boolean =>
  process === undefined ||
  (isRecord(process) &&
    Array.isArray(process.steps) &&
    process.steps.every((step) => isRecord(step) && typeof step.id === "string" && isRecord(step.then)))

const stepsOf = ({ process }: Definition): readonly Step[] => (process as ProcessDefinition | undefined)?.steps ?? []
const nameOf = (step: Step): Text => (step.name as Text | undefined) ?? { vi: step.id, en: step.id }

/** The same step to everybody who works in it: its id has changed, or it stands where it stood under another name. */
function renamedAs(old: readonly Step[], now: readonly Step[]): readonly Step[] {
  const gone = old.filter(({ id }) => !now.some((step) => step.id === id))
  const come = now.filter(({ id }) => !old.some((step) => step.id === id))
  const pairs = gone.flatMap((step) => {
    const alike = come.filter((each) => each.kind === step.kind)
    const twin =
      alike.find((each) => !differs(nameOf(each), nameOf(step))) ??
      alike.find((each) => now.indexOf(each) === old.indexOf(step) && each.by === step.by && each.unit === step.unit)
    return twin ? [[step.id, twin.id] as const] : []
  })
  const ids = new Map(pairs)
  const named = (id: string) => ids.get(id) ?? id
  return old.map((step) => ({
    ...step,
    id: named(step.id),
    ...(step.not !== undefined && { not: Array.isArray(step.not) ? step.not.map(named) : named(step.not) }),
    // biome-ignore lint/suspicious/noThenProperty: the grammar of process.yaml calls it so
    then: Object.fromEntries(Object.entries(step.then).map(([outcome, target]) => [outcome, named(target)])),
  }))
}

function inSteps(before: Definition, after: Definition): Change[] {
  if (!isTable(before) || !isTable(after)) return []
  const now = stepsOf(after)
  const given = stepsOf(before)
  const old = renamedAs(given, now)
  const changes: Change[] = []
  const add = (code: DifferenceCode, number: number, step: Step, params: Change["params"] = {}) =>
    changes.push({ part: "steps", code, params: { number, step: nameOf(step), ...params } })
  for (const [i, step] of now.entries()) {
    const was = old.find(({ id }) => id === step.id)
    if (!was) {
      add("step-added", i + 1, step, { hours: step.hours ?? 0 })
      continue
    }
    const id = given[old.indexOf(was)]!.id
    if (id !== step.id) add("step-id", i + 1, step, { before: id, after: step.id })
    if (differs(was.name, step.name)) add("step-name", i + 1, step, { before: nameOf(was) })
    if (was.hours !== step.hours) add("step-hours", i + 1, step, { before: was.hours ?? "-", after: step.hours ?? "-" })
    if (was.by !== step.by) add("step-role", i + 1, step, { before: was.by, after: step.by })
    if (was.unit !== step.unit) add("step-unit", i + 1, step, { before: was.unit ?? "-", after: step.unit ?? "-" })
    if (differs(was.not, step.not)) add("step-eyes", i + 1, step)
    if (differs(was.checks, step.checks)) add("step-checks", i + 1, step)
    if (differs([was.form, was.forms], [step.form, step.forms])) add("step-forms", i + 1, step)
    if (differs(was.closes, step.closes))
      add("step-closes", i + 1, step, { before: was.closes?.after ?? "-", after: step.closes?.after ?? "-" })
    for (const [outcome, target] of Object.entries(step.then))
      if (was.then[outcome] !== target) add("step-way", i + 1, step, { outcome, before: was.then[outcome] ?? "-", after: target })
    for (const outcome of Object.keys(was.then)) if (!(outcome in step.then)) add("step-way-gone", i + 1, step, { outcome })
  }
  old.forEach((step, i) => {
    if (!now.some(({ id }) => id === step.id)) add("step-gone", i + 1, step)
  })
  return changes
}

function fieldsOf({ form, elements }: Definition): ReadonlyMap<string, Field> {
  if (form === undefined) return new Map()
  try {
    return compileForm(form, elements as Vocabulary).fields
  } catch {
    return new Map() // a draft whose form is faulty; its findings say so
  }
}

/** "Mother: full name": the field as the form calls it. */
const fieldName = ({ subject, name }: Field): Text =>
  subject ? Object.fromEntries(Object.keys(name).map((lang) => [lang, `${subject[lang] ?? ""}: ${name[lang]}`])) : name

/** Filled from a register or worked out: the person isn't asked, except where the register is silent. */
const isAsked = ({ binding, value }: Field) => binding === undefined && value === undefined

function inForm(before: Definition, after: Definition): Change[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  const changes: Change[] = []
  const add = (code: DifferenceCode, field: Field, params: Change["params"] = {}) =>
    changes.push({ part: "form", code, params: { field: fieldName(field), ...params } })
  for (const [id, field] of now) {
    const was = old.get(id)
    if (!was) add(isAsked(field) ? "field-asked" : "field-fetched", field)
    else {
      if (differs(fieldName(was), fieldName(field))) add("field-name", field, { before: fieldName(was) })
      if (isAsked(was) && !isAsked(field)) add("field-now-fetched", field)
      if (!isAsked(was) && isAsked(field)) add("field-now-asked", field)
      if (was.type !== field.type) add("field-type", field, { before: was.type, after: field.type })
      if (was.optional !== field.optional) add(field.optional ? "field-optional" : "field-needed", field)
      if (was.when?.text !== field.when?.text)
        add("field-when", field, { before: was.when?.text ?? "-", after: field.when?.text ?? "-" })
      if (differs(was.options, field.options)) add("field-options", field)
    }
  }
  for (const [id, field] of old) if (!now.has(id)) add(isAsked(field) ? "field-gone" : "field-unfetched", field)
  return changes
}

function inPapers({ service: a }: Definition, { service: b }: Definition): Change[] {
  const changes: Change[] = []
  const add = (code: DifferenceCode, name: Text, params: Change["params"] = {}) =>
    changes.push({ part: "papers", code, params: { paper: name, ...params } })
  for (const paper of b.papers) {
    const was = a.papers.find(({ id }) => id === paper.id)
    if (!was) add(paper.kind === "evidence" ? "paper-fetched" : "paper-added", paper.name)
    else if (was.kind !== paper.kind) add(paper.kind === "evidence" ? "paper-now-fetched" : "paper-kind", paper.name)
    else if (differs(was, paper)) add("paper-changed", paper.name)
  }
  for (const paper of a.papers) if (!b.papers.some(({ id }) => id === paper.id)) add("paper-gone", paper.name)
  return changes
}

function inLimit({ service: { limit: a } }: Definition, { service: { limit: b } }: Definition): Change[] {
  const changes: Change[] = []
  const add = (code: DifferenceCode, params: Change["params"]) => changes.push({ part: "limit", code, params })
  if (a.value !== b.value && a.unit === b.unit) add("limit-value", { before: a.value, after: b.value, unit: `unit.${b.unit}` })
  else if (a.unit !== b.unit)
    add("limit", { before: a.value, beforeUnit: `unit.${a.unit}`, after: b.value, afterUnit: `unit.${b.unit}` })
  if (a.cutoff !== b.cutoff) add("cutoff", { before: a.cutoff ?? "-", after: b.cutoff ?? "-" })
  return changes
}

function inFee({ service: { fee: a } }: Definition, { service: { fee: b } }: Definition): Change[] {
  const channels = [...new Set([...Object.keys(a.amounts ?? {}), ...Object.keys(b.amounts ?? {})])].sort()
  const currency = b.currency ?? a.currency ?? ""
  const amounts = channels.flatMap((channel): Change[] => {
    const [before, after] = [a.amounts?.[channel], b.amounts?.[channel]]
    return before === after
      ? []
      : [{ part: "fee", code: "fee", params: { channel, before: before ?? "-", after: after ?? "-", currency } }]
  })
  const discounts = differs(a.discounts, b.discounts) ? [{ part: "fee", code: "discounts", params: {} } as const] : []
  const note = differs(a.note, b.note) ? [{ part: "fee", code: "fee-note", params: { after: b.note ?? "-" } } as const] : []
  return [...amounts, ...discounts, ...note]
}

function inLaw({ service: { law: a } }: Definition, { service: { law: b } }: Definition): Change[] {
  const named = (law: { ref: string; article?: string }) => (law.article ? `${law.ref}, ${law.article}` : law.ref)
  const [old, now] = [a.map(named), b.map(named)]
  const law = (code: DifferenceCode, refs: string[]) => refs.map((ref): Change => ({ part: "law", code, params: { ref } }))
  return [
    ...law(
      "law-added",
      now.filter((ref) => !old.includes(ref)),
    ),
    ...law(
      "law-gone",
      old.filter((ref) => !now.includes(ref)),
    ),
  ]
}
