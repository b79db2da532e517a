// Is what shall be recorded what the record's schema declares: its fields, all that are required, each of its element's kind?
import { countryOf } from "#country"
import { checkAll, type FormValue, type Json } from "#engines/form"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import type { RecordType } from "./definition.ts"
import { recordForm } from "./record-form.ts"

/** Mistakes that make a value another kind of thing. Limits (a length, a day too late) bind those who type, not what a register knows. */
const wrongKinds = new Set(["value-form", "choice-unknown"])

/** Throws `record-invalid` with the first field that is unknown, missing or of another kind than its data element. */
export function checkFields(tx: Tx, type: RecordType, data: Readonly<Record<string, unknown>>): void {
  const { key, fields } = type.record
  const refuse = (field: string) => problem("record-invalid", { register: type.name, field })
  const known = new Set(fields.map((f) => f.id))
  const extra = Object.keys(data).find((id) => !known.has(id))
  if (extra) throw refuse(extra)
  const missing = fields.find((f) => f.required && f.id !== key && isEmpty(data[f.id]))
  if (missing) throw refuse(missing.id)
  const given = Object.entries(data).filter(([, value]) => !isEmpty(value))
  const values = given.map(([id, value]): [string, FormValue] => [id, { value: value as Json, state: "declared" }])
  const context = { lang: countryOf(tx).languages[0] ?? "", today: "9999-12-31" }
  const wrong = checkAll(recordForm(tx, type.record), Object.fromEntries(values), context).find((e) => wrongKinds.has(e.code))
  if (wrong) throw refuse(wrong.field)
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === ""
