// What the tables of a procedure read of a case, and where each value came from.
import { feelDate, feelValue } from "#engines/feel"
import { answersInFeel } from "#engines/form"
import type { OpenCase } from "./move.ts"

type Inputs = Parameters<typeof import("#engines/dmn")["decide"]>[2]

/** Names that tables read: the fields of the form by their first word, `found` (answers of registers), `assigned`, `case`, `applicant`, `today`. */
export function ruleInputs({ dossier, service, agency }: OpenCase, today: string): Inputs {
  const { found = {}, assigned = {} } = dossier.facts
  const answers = answersInFeel(service.form, dossier.values, { today })
  const facts = {
    found: Object.fromEntries(Object.entries(found).map(([name, { record }]) => [name, record])),
    assigned,
    case: { agency: agency.id, division: agency.division ?? null, service: service.code },
    applicant: { fullName: dossier.applicant },
    today: feelDate(today),
  }
  return new Map(Object.entries({ ...answers, ...facts }).map(([name, value]) => [name, feelValue(value)]))
}

/** Where a value that an expression reads came from: an answer of the form, or a register that a step has asked. */
export interface ValueOrigin {
  /** The field, or `found.NAME`. */
  readonly path: string
  readonly state: "verified" | "declared" | "disputed"
  readonly source?: { readonly register: string; readonly asOf: string; readonly message: string }
}

const DOTTED = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/gu

/** The origins of what a FEEL expression reads, each once. */
export function originsOf({ dossier, service }: OpenCase, expression: string): ValueOrigin[] {
  const origins = new Map<string, ValueOrigin>()
  for (const [name] of expression.matchAll(DOTTED)) {
    const [root, query = ""] = name.split(".")
    const found = root === "found" ? dossier.facts.found?.[query] : undefined
    if (found) origins.set(`found.${query}`, { path: `found.${query}`, state: found.state, source: sourceOf(found.source) })
    const field = [...service.form.fields.keys()].find((id) => name === id || name.startsWith(`${id}.`))
    const answer = field === undefined ? undefined : dossier.values[field]
    if (field !== undefined && answer) {
      const { state, source } = answer
      origins.set(field, { path: field, state, ...(source && { source: sourceOf(source) }) })
    }
  }
  return [...origins.values()]
}

const sourceOf = ({ register, asOf, message }: { register: string; asOf: string; message: string }) => ({
  register,
  asOf,
  message,
})
