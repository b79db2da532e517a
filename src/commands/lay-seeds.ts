// Lays the records of the synthetic cast into the registers at the first start of a demo.
import { createHash } from "node:crypto"
import { countryOf, findRecord, type SeedRow, seedRows } from "#country"
import { sql, type Tx } from "#platform/db"
import { writeRecord } from "#registers"

/** Writes each seed record once in the life of the database; gives how many were written now. */
export async function laySeeds(tx: Tx): Promise<number> {
  const isFirst = await tx.run(sql`
    insert into platform.site_fact (name, value, noted_at) values ('seeds', 'true', ${tx.now}) on conflict do nothing`)
  if (!isFirst) return 0
  const country = countryOf(tx)
  const laid = new Set<string>()
  for (const row of seedRows(country, today(tx.now, country.timeZone))) {
    const type = `${row.register}/${row.record}`
    const mirror = findRecord(country, type)?.record.mirror
    const other = mirror && row.values[mirror]
    // The register itself keeps a mirrored record under both subjects, so that its second row is there already.
    if (other && laid.has(`${type} ${other} ${row.key}`)) continue
    laid.add(`${type} ${row.key} ${other ?? ""}`)
    await writeRecord(tx, {
      type,
      number: row.key,
      data: row.values,
      validFrom: row.recordedOn,
      recordedBy: row.agency,
      message: messageOf(type, row),
      duplicateCleared: true,
    })
  }
  return laid.size
}

const today = (now: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(now)

/** The same seed always has the same message id, so that a record is never laid twice. */
function messageOf(type: string, row: SeedRow): string {
  const hex = createHash("sha256")
    .update(JSON.stringify([type, row.key, row.values]))
    .digest("hex")
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
