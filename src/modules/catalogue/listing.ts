// What lists, the home page and hits show of a service: a few facts of its definition, made once and kept for all.
import type { ServiceDefinition, Text } from "#country"
import type { Tx } from "#platform/db"
import { Bounded } from "./bounded.ts"
import { type DefinitionKey, goThrough, PACKED_MAX } from "./definitions.ts"
import { type Definition, type Startable, startableService } from "./published.ts"

/** The facts of one definition that lists show. */
export interface Listing extends Startable {
  readonly code: string
  /** SHA-256 of the definition. */
  readonly hash: string
  /** As people say it. */
  readonly name: Text
  readonly summary?: Text
  readonly field: Text
  /** Code of the ministry that answers for the procedure. */
  readonly ministry?: string
  readonly tiers: readonly string[]
  readonly lifeEvents: readonly string[]
  readonly audience: readonly string[]
  /** How long it takes to fill in, in minutes. */
  readonly takesMinutes?: number
}

/** What many services share, said once. */
const SHARED_MAX = 2_000

const listings = new Bounded<Listing>(PACKED_MAX)
const shared = new Bounded<unknown>(SHARED_MAX)

/** The listing of each row. Definitions that nobody has listed yet are opened one at a time. */
export async function listingsOf(tx: Tx, rows: readonly DefinitionKey[]): Promise<Listing[]> {
  const found = new Map<string, Listing>()
  const isFound = (row: DefinitionKey) => {
    const listing = found.get(row.hash) ?? listings.get(row.hash)
    if (listing) found.set(row.hash, listing)
    return listing !== undefined
  }
  await goThrough(tx, rows, isFound, (row, definition) => {
    found.set(row.hash, listings.set(row.hash, listingOf(row.hash, definition)))
  })
  return rows.map((row) => found.get(row.hash)!)
}

function listingOf(hash: string, definition: Definition): Listing {
  const { service } = definition
  const { code, shortName, summary, ministry, takesMinutes }: ServiceDefinition = service
  return {
    code,
    hash,
    name: shortName ?? service.name,
    ...(summary && { summary }),
    field: once(service.field),
    ...(ministry !== undefined && { ministry: once(ministry) }),
    tiers: once(service.tiers),
    lifeEvents: once(service.lifeEvents),
    audience: once(service.audience),
    ...(takesMinutes !== undefined && { takesMinutes }),
    ...startableService(definition),
  }
}

function once<Value>(value: Value): Value {
  const key = JSON.stringify(value)
  return (shared.get(key) as Value | undefined) ?? (shared.set(key, value) as Value)
}
