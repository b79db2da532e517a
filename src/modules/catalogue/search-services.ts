// Searches services by what people type: names, everyday words, papers, results and life events, in every language of the country.
import { countryOf, type IndexRow, textIn } from "#country"
import type { Tx } from "#platform/db"
import { type ServicesInForce, servicesInForce } from "./list-services.ts"
import type { Matched, SearchHit } from "./search-index.ts"
import { searchAmong } from "./shelf.ts"

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

/**
 * Finds services and procedures for a query as people type it: without marks, with slips, words run together, in NFC or NFD; a code finds
 * its procedure. Services with a page come first among equals. Queries are read up to 120 characters, at most 50 hits are given.
 */
export async function searchServices(tx: Tx, query: string, lang: string, limit = 20): Promise<FoundService[]> {
  const inForce = await servicesInForce(tx)
  const rows = countryOf(tx).index()
  const names = () => rows.filter(({ code }) => !inForce.byCode.has(code))
  const hits = await searchAmong(tx, query, Math.max(0, Math.min(limit, RESULTS_MAX)), inForce.services, names)
  return hits.map((hit) => found(inForce, rows, hit, lang))
}

function found({ byCode }: ServicesInForce, rows: readonly IndexRow[], hit: SearchHit, lang: string): FoundService {
  const { code, kind, matched, score } = hit
  const service = byCode.get(code)
  if (!service) {
    const row = rows.find((each) => each.code === code)!
    return { code, kind, name: row.name, field: row.field, tiers: row.tier.split(" "), online: false, matched, score }
  }
  const { name, field, tiers, online } = service
  return { code, kind, name: textIn(name, lang), field: textIn(field, lang), tiers, online, matched, score }
}
