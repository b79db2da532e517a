// The definition of a record type as the country pack declares it: `population/person`.
import { countryOf, findRecord, type RegisterDefinition, type RegisterRecord } from "#country"
import type { Tx } from "#platform/db"
import { problem } from "#problems"

export interface RecordType {
  /** `population/person`: the name in grants, rows and events. */
  readonly name: string
  readonly register: RegisterDefinition
  readonly record: RegisterRecord
}

/** Finds a record type by its name; throws `register-unknown`. */
export function getRecordType(tx: Tx, name: string): RecordType {
  const found = findRecord(countryOf(tx), name)
  if (!found) throw problem("register-unknown", { register: name })
  return { name, ...found }
}
