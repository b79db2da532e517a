// Buttons inside a page, which work without JavaScript: dispute and restore, add and remove entries, drop a file.
import { disputeValue, restoreValue } from "./dispute.ts"
import type { Form } from "./form.ts"
import { ENTRIES_MAX } from "./limits.ts"
import type { FormValues, RawInput, RawTexts } from "./values.ts"

/** One button's order: `dispute:mother.fullName`, `remove:children:2`. */
export interface Command {
  readonly verb: "dispute" | "restore" | "add" | "remove" | "drop"
  readonly target: string
  readonly index: number
}

/** The button that was used, if one was. */
export function commandIn(raw: RawInput): Command | undefined {
  const order = Object.hasOwn(raw, "_do") ? raw._do : undefined
  const found =
    typeof order === "string" ? /^(dispute|restore|add|remove|drop):([A-Za-z0-9.]{1,200})(?::(\d{1,3}))?$/.exec(order) : null
  return found ? { verb: found[1] as Command["verb"], target: found[2]!, index: Number(found[3] ?? 0) } : undefined
}

interface Page {
  readonly values: FormValues
  readonly raw: RawTexts
}

/** Carries it out on the answers and on the texts in the inputs. */
export function carryOut({ verb, target, index }: Command, form: Form, values: FormValues, raw: RawTexts): Page {
  if (verb === "dispute") return { values: disputeValue(form, values, target), raw }
  if (verb === "restore") return { values: restoreValue(form, values, target), raw: without(raw, target) }
  if (verb === "drop") return { values: dropped(form, values, target), raw }
  const count = Number(raw[`${target}.count`] ?? 0) || 0
  if (verb === "add")
    return { values, raw: { ...raw, [`${target}.count`]: String(Math.min(ENTRIES_MAX, Math.max(0, count) + 1)) } }
  return { values: withoutEntry(form, values, target, index), raw: withoutTexts(raw, target, index, count) }
}

function without(raw: RawTexts, id: string): RawTexts {
  return Object.fromEntries(Object.entries(raw).filter(([name]) => name !== id && !name.startsWith(`${id}.`)))
}

/** Takes a handed-in file out; what an agency holds stays. */
function dropped(form: Form, values: FormValues, id: string): FormValues {
  if (form.fields.get(id)?.type !== "file" || values[id]?.state !== "declared") return values
  const { [id]: _gone, ...rest } = values
  return rest
}

function withoutEntry(form: Form, values: FormValues, id: string, index: number): FormValues {
  const answer = form.fields.get(id)?.type === "group" && Object.hasOwn(values, id) ? values[id] : undefined
  if (!answer || !Array.isArray(answer.value)) return values
  const entries = answer.value.filter((_entry, at) => at !== index)
  const { [id]: _gone, ...rest } = values
  return entries.length === 0 ? rest : { ...values, [id]: { ...answer, value: entries } }
}

/** The texts of an entry go, those of the entries after it move up. */
function withoutTexts(raw: RawTexts, id: string, index: number, count: number): RawTexts {
  const left: Record<string, string | readonly string[]> = {}
  for (const [name, text] of Object.entries(raw)) {
    const found = name.startsWith(`${id}.`) ? /^(\d+)(\..+)$/.exec(name.slice(id.length + 1)) : null
    if (!found) left[name] = text
    else if (Number(found[1]) < index) left[name] = text
    else if (Number(found[1]) > index) left[`${id}.${Number(found[1]) - 1}${found[2]}`] = text
  }
  return { ...left, [`${id}.count`]: String(Math.max(0, count - (index < count ? 1 : 0))) }
}
