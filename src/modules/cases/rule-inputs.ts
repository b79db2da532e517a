// What the tables of a procedure read of a case, and where each value came from.
import { compileFeel, feelDate, feelValue } from "#engines/feel"
import { answersInFeel, type FormValue } from "#engines/form"
import type { Found } from "./dossier.ts"
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

/** What of a case its values stand in. */
interface ValuesOfCase {
  readonly dossier: Pick<OpenCase["dossier"], "facts" | "values">
  readonly service: { readonly form: Pick<OpenCase["service"]["form"], "fields"> }
}

/**
 * The origins of what a FEEL expression reads, each once; a record that it reads whole (`mother`, `found`) has those of all its values.
 * `roots` are the names that it may begin with. Throws FeelError where the expression is none or begins with another name.
 */
export function originsOf({ dossier, service }: ValuesOfCase, expression: string, roots: Iterable<string>): ValueOrigin[] {
  const { names } = compileFeel(expression, [...roots], { clock: true })
  const given: readonly (readonly [path: string, value: Found | FormValue | undefined])[] = [
    ...Object.entries(dossier.facts.found ?? {}).map(([query, value]) => [`found.${query}`, value] as const),
    ...[...service.form.fields.keys()].map((id) => [id, dossier.values[id]] as const),
  ]
  const read = names.flatMap((name) => given.filter(([path]) => isWithin(name, path) || isWithin(path, name)))
  return [...new Map(read)].flatMap(([path, value]) =>
    value ? [{ path, state: value.state, ...(value.source && { source: sourceOf(value.source) }) }] : [],
  )
}

const isWithin = (path: string, whole: string): boolean => path === whole || path.startsWith(`${whole}.`)

const sourceOf = ({ register, asOf, message }: { register: string; asOf: string; message: string }) => ({
  register,
  asOf,
  message,
})
