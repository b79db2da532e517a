// Entering a record by hand at the desk: a hospital's birth statement. The form follows from the register's own schema.
import { type AccessRight, countryOf, findRecord, type RegisterRecord } from "#country"
import { compileForm, type FieldError, type Form, type FormContext, type Page, type RawInput, type RawTexts, readPage, submission, type Vocabulary } from "#engines/form"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import type { WrittenRecord } from "#registers"
import { request } from "./request.ts"

export interface EntryForm {
  /** `health/birth-statement`. */
  readonly type: string
  readonly record: RegisterRecord
  readonly form: Form
  readonly page: Page
}

interface Granted {
  readonly type: string
  readonly record: RegisterRecord
  readonly right: AccessRight
}

/** The record types into which the signed-in official may enter by hand. */
export function enterableTypes(tx: Tx): { readonly type: string; readonly record: RegisterRecord }[] {
  return [...countryOf(tx).registers.values()].flatMap((register) =>
    register.records.flatMap((record) => {
      const found = granted(tx, `${register.id}/${record.id}`)
      return found ? [{ type: found.type, record }] : []
    }),
  )
}

function granted(tx: Tx, type: string): Granted | undefined {
  const { actor } = tx
  const record = findRecord(countryOf(tx), type)?.record
  const agency = actor.kind === "official" ? countryOf(tx).agencies.get(actor.agency) : undefined
  if (!record || !agency || actor.kind !== "official") return undefined
  const roles = actor.positions.flatMap((p) => [...p.roles])
  const right = record.access.find(
    ({ who, may, byHand }) =>
      may === "write" && byHand?.some((role) => roles.includes(role)) && (who.agency === agency.id || who.kind === agency.kind),
  )
  return right && { type, record, right }
}

const forms = new WeakMap<RegisterRecord, Form>()

/** The form of a record type. Throws `not-found` when the official may not enter into it. */
export function entryForm(tx: Tx, type: string): EntryForm {
  const found = granted(tx, type)
  if (!found) throw problem("not-found")
  const form = forms.get(found.record) ?? compiledFor(tx, found.record)
  forms.set(found.record, form)
  return { type, record: found.record, form, page: form.pages[0]! }
}

function compiledFor(tx: Tx, record: RegisterRecord): Form {
  const { elements } = countryOf(tx).vocabulary
  const fields = record.fields
    .filter((field) => elements[field.is]?.type !== "computed")
    .map((field) => ({ id: field.id, is: field.is, new: true, ...(field.name && { name: field.name }), ...(!field.required && { optional: true }) }))
  return compileForm({ pages: [{ id: "record", title: record.name, fields }] }, elements as unknown as Vocabulary)
}

export type Entered =
  | { readonly errors: readonly FieldError[]; readonly raw: RawTexts }
  | { readonly written: WrittenRecord; readonly message: string }

/**
 * Enters a record through the exchange, from today on unless `validFrom` says otherwise. Errors are values; a likely duplicate is thrown as
 * `record-likely-duplicate` and can be cleared by somebody who has looked.
 */
export async function enterRecord(tx: Tx, type: string, raw: RawInput, context: FormContext, duplicateCleared = false): Promise<Entered> {
  const { form, page, record } = entryForm(tx, type)
  const { right } = granted(tx, type)!
  const reading = readPage(form, page, raw, {}, context)
  if (reading.errors.length > 0 || reading.again) return { errors: reading.errors, raw: reading.raw }
  const answers = submission(form, reading.values, context)
  const data = Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, answer.value]))
  const { [record.key]: number, ...rest } = data
  const answer = await request(tx, {
    service: `${type}.write`,
    requester: tx.actor.kind === "official" ? tx.actor.agency : "",
    number: String(number),
    purpose: right.purpose,
    today: context.today,
    write: { data: rest, validFrom: context.today, duplicateCleared },
  })
  if (answer.outcome !== "written") throw problem("exchange-refused", { service: type })
  return { written: answer.written, message: answer.message }
}
