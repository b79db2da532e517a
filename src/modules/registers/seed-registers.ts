// Lays the seed records of the country's synthetic cast into the registers; a second time changes nothing.
import { countryOf, seedRows } from "#country"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { getRecordType } from "./definition.ts"
import { likenessesOf } from "./likeness.ts"
import { grant, insertRecord } from "./store.ts"

/**
 * Seeds every register as of `today`, or those of `owners` alone; gives the number of records that were not there yet. Only for a demo: the
 * cast is invented.
 */
export async function seedRegisters(tx: Tx, today: string, owners?: ReadonlySet<string>): Promise<number> {
  if (!tx.site.demo) throw new Error("seed records belong to a demo")
  const { keys } = tx.site
  let written = 0
  for (const [place, row] of seedRows(countryOf(tx), today).entries()) {
    const type = getRecordType(tx, `${row.register}/${row.record}`)
    if (owners && !owners.has(type.register.owner)) continue
    const subject = keys.subjectOf(row.key)
    await grant(tx, `${type.name}/${subject}`)
    const isNew = await insertRecord(tx, {
      subject,
      register: type.name,
      record: type.record.many ? keys.subjectOf(`seed ${place} ${row.key}`) : subject,
      version: 1,
      owner: type.register.owner,
      data: { ...row.values },
      likeness: likenessesOf(tx, type, row.values),
      valid_from: row.recordedOn,
      ended: false,
      recorded_at: tx.now,
      recorded_by: row.agency,
      message: newId(tx.now),
      case_id: null,
    })
    if (isNew) written++
  }
  return written
}
