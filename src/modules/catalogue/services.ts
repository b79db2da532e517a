// Reads the catalogue: the version in force, a pinned version, all versions.
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { definitionAt } from "./definitions.ts"
import type { PublishedService } from "./published.ts"
import { type DatedRow, findInForce, findPublication, type PublicationRow, selectVersions } from "./store.ts"
import { today } from "./today.ts"

const CODE_LENGTH_MAX = 40

/** The version in force today, or undefined. */
export async function findService(tx: Tx, code: string): Promise<PublishedService | undefined> {
  if (code.length > CODE_LENGTH_MAX) return undefined
  const row = await findInForce(tx, code, today(tx))
  return row && isInForce(row, today(tx)) ? publishedOf(tx, row) : undefined
}

/** The version in force today. Throws `not-found` for a code that isn't published, or no longer. */
export async function getService(tx: Tx, code: string): Promise<PublishedService> {
  const service = await findService(tx, code)
  if (!service) throw problem("not-found")
  return service
}

/** The version that a case is pinned to, in force or not. Throws `not-found`. */
export async function getVersion(tx: Tx, code: string, hash: string): Promise<PublishedService> {
  const row = await findPublication(tx, code, hash)
  if (!row) throw problem("not-found")
  return publishedOf(tx, row)
}

/** Whether a version may still be handed in today: it has not run out, and the service was not ended after it. */
export async function mayBeFiled(tx: Tx, code: string, hash: string): Promise<boolean> {
  const rows = await selectVersions(tx, code)
  const day = today(tx)
  const own = rows.findLast((row) => row.hash === hash && row.kind === "published")
  if (!own || (own.valid_until !== null && own.valid_until < day)) return false
  return !rows.some((row) => row.kind === "withdrawn" && row.version > own.version && row.valid_from <= day)
}

/** Every version of a service, oldest first; a withdrawal ends the one before it. */
export async function listVersions(tx: Tx, code: string): Promise<PublishedService[]> {
  const rows = await selectVersions(tx, code)
  return withDefinitions(
    tx,
    rows.filter((row) => row.kind === "published"),
  )
}

/** Whether a row that has begun is in force on `day`. */
export const isInForce = (row: DatedRow, day: string): boolean =>
  row.kind === "published" && (row.valid_until === null || row.valid_until >= day)

/** Lays the definitions beside the rows of one service. */
export async function withDefinitions(tx: Tx, rows: readonly PublicationRow[]): Promise<PublishedService[]> {
  const services: PublishedService[] = []
  for (const row of rows) services.push(await publishedOf(tx, row))
  return services
}

async function publishedOf(tx: Tx, row: PublicationRow): Promise<PublishedService> {
  const definition = await definitionAt(tx, row)
  return {
    code: row.code,
    hash: row.hash,
    version: row.version,
    validFrom: row.valid_from,
    ...(row.valid_until && { validUntil: row.valid_until }),
    publishedAt: row.published_at,
    signature: row.signature,
    law: definition.service.law,
    definition,
  }
}
