// Reads the catalogue: the version in force, a pinned version, lists.
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { Packed } from "./packed.ts"
import type { Definition, PublishedService } from "./published.ts"
import { findInForce, findPublication, type PublicationRow, selectDefinitions, selectInForce, selectVersions } from "./store.ts"
import { today } from "./today.ts"

/** Definitions that a process keeps packed: more than a country has procedures. */
const PACKED_MAX = 10_000
/** Those among them that were used lately and lie open. */
const READ_MAX = 100
/** Definitions never change, so a process reads each once. */
const definitions = new Packed<Definition>(PACKED_MAX, READ_MAX)
const CODE_LENGTH_MAX = 40
const LISTED_MAX = 1_000

/** The version in force today, or undefined. */
export async function findService(tx: Tx, code: string): Promise<PublishedService | undefined> {
  if (code.length > CODE_LENGTH_MAX) return undefined
  const row = await findInForce(tx, code, today(tx))
  return row && inForce(row, today(tx)) ? (await withDefinitions(tx, [row]))[0] : undefined
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
  return (await withDefinitions(tx, [row]))[0]!
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

/** What to list; everything given must fit. `field` is the field's name in any language. */
export interface ServiceFilter {
  readonly field?: string
  readonly lifeEvent?: string
  readonly audience?: string
  readonly online?: boolean
}

/** The services in force today that fit the filter, by code; at most 1,000. */
export async function listServices(tx: Tx, filter: ServiceFilter = {}): Promise<PublishedService[]> {
  const services = await withDefinitions(tx, await rowsInForce(tx))
  return services.filter((s) => fits(s.definition, filter)).slice(0, LISTED_MAX)
}

function fits({ service, form, process }: Definition, filter: ServiceFilter): boolean {
  if (filter.field !== undefined && !Object.values(service.field).includes(filter.field)) return false
  if (filter.lifeEvent !== undefined && !service.lifeEvents.includes(filter.lifeEvent)) return false
  if (filter.audience !== undefined && !service.audience.includes(filter.audience)) return false
  return filter.online === undefined || filter.online === (form !== undefined && process !== undefined)
}

/** The rows in force today, one per code. */
export async function rowsInForce(tx: Tx): Promise<PublicationRow[]> {
  const day = today(tx)
  return (await selectInForce(tx, day)).filter((row) => inForce(row, day))
}

const inForce = (row: PublicationRow, day: string): boolean =>
  row.kind === "published" && (row.valid_until === null || row.valid_until >= day)

/** Lays the definitions beside their rows; those not read before come in one statement. */
export async function withDefinitions(tx: Tx, rows: readonly PublicationRow[]): Promise<PublishedService[]> {
  const missing = rows.filter((row) => !definitions.has(keyOf(row)))
  const read = new Map<string, Definition>()
  if (missing.length > 0) {
    const found = await selectDefinitions(
      tx,
      missing.map((row) => row.hash),
    )
    for (const each of found) read.set(keyOf(each), definitions.set(keyOf(each), each.canonical))
  }
  return rows.map((row) => published(row, read.get(keyOf(row)) ?? definitions.get(keyOf(row))!))
}

const keyOf = ({ code, hash }: { code: string; hash: string }) => `${code}/${hash}`

function published(row: PublicationRow, definition: Definition): PublishedService {
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
