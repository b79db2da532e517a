// Entering a record by hand at the desk: a hospital's birth statement. The form follows from the register's own schema.
import { type AccessRight, countryOf, findRecord, type RegisterRecord } from "#country"
import {
  type FieldError,
  type Form,
  type FormContext,
  type Page,
  type RawInput,
  type RawTexts,
  readPage,
  submission,
} from "#engines/form"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { recordForm, type WrittenRecord } from "#registers"
import { isAnsweredBySource } from "#sources"
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
  if (!record || !agency || actor.kind !== "official" || isAnsweredBySource(tx, type)) return undefined
  const roles = actor.positions.flatMap((p) => [...p.roles])
  const right = record.access.find(
    ({ who, may, byHand }) =>
      may === "write" && byHand?.some((role) => roles.includes(role)) && (who.agency === agency.id || who.kind === agency.kind),
  )
  return right && { type, record, right }
}

/** The form of a record type. Throws `not-found` when the official may not enter into it. */
export function entryForm(tx: Tx, type: string): EntryForm {
  const { record } = getGranted(tx, type)
  const form = recordForm(tx, record)
  return { type, record, form, page: form.pages[0]! }
}

function getGranted(tx: Tx, type: string): Granted {
  const found = granted(tx, type)
  if (!found) throw problem("not-found")
  return found
}

export type Entered =
  | { readonly errors: readonly FieldError[]; readonly raw: RawTexts }
  | { readonly written: WrittenRecord; readonly message: string }

/**
 * Enters a record through the exchange, from today on unless `validFrom` says otherwise. Errors are values; a likely duplicate is thrown as
 * `record-likely-duplicate` and can be cleared by somebody who has looked.
 */
export async function enterRecord(
  tx: Tx,
  type: string,
  raw: RawInput,
  context: FormContext,
  duplicateCleared = false,
): Promise<Entered> {
  const { form, page, record } = entryForm(tx, type)
  const { right } = getGranted(tx, type)
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
  if (answer.outcome === "silent") throw problem("register-silent", { service: type })
  if (answer.outcome !== "written") throw problem("exchange-refused", { service: type })
  return { written: answer.written, message: answer.message }
}
