// Searches services by what people type: names, everyday words, papers, results and life events, in every language of the country.
import { countryOf, type IndexRow, textIn } from "#country"
import type { Tx } from "#platform/db"
import { Bounded } from "./bounded.ts"
import { sha256 } from "./canonical.ts"
import { type Definition, type PublishedService, startableService } from "./published.ts"
import { type Matched, type SearchHit, SearchIndex } from "./search-index.ts"
import { searchedRow, searchedService } from "./searched.ts"
import { rowsInForce, withDefinitions } from "./services.ts"

export interface FoundService {
  readonly code: string
  /** service: has a page here; index: known by its name only. */
  readonly kind: "service" | "index"
  readonly name: string
  readonly field: string
  /** Who handles it: ids of tiers. */
  readonly tiers: readonly string[]
  /** It can be started online here. */
  readonly online: boolean
  readonly matched: Matched
  readonly score: number
}

export const RESULTS_MAX = 50

interface Shelf {
  readonly index: SearchIndex
  readonly services: ReadonlyMap<string, Definition>
  readonly rows: ReadonlyMap<string, IndexRow>
}

/** Built once per process and set of published versions; the last few are kept, so that a test or a second site has its own. */
const shelves = new Bounded<Shelf>(4)

/**
 * Finds services and procedures for a query as people type it: without marks, with slips, words run together, in NFC or NFD; a code finds
 * its procedure. Services with a page come first among equals. Queries are read up to 120 characters, at most 50 hits are given.
 */
export async function searchServices(tx: Tx, query: string, lang: string, limit = 20): Promise<FoundService[]> {
  const shelf = await shelfOf(tx)
  const hits = shelf.index.search(query, Math.max(0, Math.min(limit, RESULTS_MAX)))
  return hits.map((hit) => found(shelf, hit, lang))
}

async function shelfOf(tx: Tx): Promise<Shelf> {
  const rows = await rowsInForce(tx)
  const country = countryOf(tx)
  const key = sha256(`${country.id} ${country.dir} ${rows.map((r) => `${r.code}/${r.hash}`).join(" ")}`)
  return shelves.get(key) ?? shelves.set(key, fill(await withDefinitions(tx, rows), country.index()))
}

function fill(published: readonly PublishedService[], index: readonly IndexRow[]): Shelf {
  const services = new Map(published.map((p) => [p.code, p.definition]))
  const rows = new Map(index.filter((row) => !services.has(row.code)).map((row) => [row.code, row]))
  const things = [...[...services.values()].map(searchedService), ...[...rows.values()].map(searchedRow)]
  return { services, rows, index: new SearchIndex(things) }
}

function found(shelf: Shelf, { code, kind, matched, score }: SearchHit, lang: string): FoundService {
  const definition = shelf.services.get(code)
  if (!definition) {
    const row = shelf.rows.get(code)!
    return { code, kind, name: row.name, field: row.field, tiers: row.tier.split(" "), online: false, matched, score }
  }
  const { service } = definition
  return {
    code,
    kind,
    name: textIn(service.shortName ?? service.name, lang),
    field: textIn(service.field, lang),
    tiers: service.tiers,
    online: startableService(definition).online,
    matched,
    score,
  }
}
