// The form of a record type: it follows from the schema, whose fields are data elements.
import { countryOf, type RegisterRecord } from "#country"
import { compileForm, type Form, type Vocabulary } from "#engines/form"
import type { Tx } from "#platform/db"

const forms = new WeakMap<RegisterRecord, Form>()

/** The form with which a record is entered by hand and by which its values are checked: one page; what is computed is left out. */
export function recordForm(tx: Tx, record: RegisterRecord): Form {
  const form = forms.get(record) ?? compiledFor(tx, record)
  forms.set(record, form)
  return form
}

function compiledFor(tx: Tx, record: RegisterRecord): Form {
  const { elements } = countryOf(tx).vocabulary
  const fields = record.fields
    .filter((field) => elements[field.is]?.type !== "computed")
    .map(({ id, is, name, required }) => ({ id, is, new: true, ...(name && { name }), ...(!required && { optional: true }) }))
  return compileForm({ pages: [{ id: "record", title: record.name, fields }] }, elements as unknown as Vocabulary)
}
