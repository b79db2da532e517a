// The search over services and names of a country: each version enters it once, and a search looks among those that are asked about.
import { type Country, countryOf, type IndexRow } from "#country"
import type { Tx } from "#platform/db"
import { goThrough } from "./definitions.ts"
import type { Listing } from "./listing.ts"
import { type SearchHit, SearchIndex } from "./search-index.ts"
import { searchedRow, searchedService } from "./searched.ts"

/** Where more than this share of what entered is past and gone, the shelf is filled anew. */
const PAST_SHARE_MAX = 0.5

interface Shelf {
  readonly index: SearchIndex
  /** Their numbers in the index. */
  readonly versions: Map<string, number>
  readonly names: Map<string, number>
  /** Of each set that was searched: which numbers belong to it. */
  readonly sets: WeakMap<object, Uint8Array>
}

const shelves = new WeakMap<Country, Shelf>()

/**
 * The hits of a query among `listings` and the names that come with them, best first, at most `limit`. What belongs to an array of listings
 * is laid out once: the same array has to mean the same, and to have the same names.
 */
export async function searchAmong(
  tx: Tx,
  query: string,
  limit: number,
  listings: readonly Listing[],
  names: () => readonly IndexRow[] = () => [],
): Promise<SearchHit[]> {
  const shelf = shelfFor(countryOf(tx), listings.length)
  const among = shelf.sets.get(listings) ?? (await lay(tx, shelf, listings, names))
  return shelf.index.search(query, limit, among)
}

/** Enters what has not entered yet. */
async function lay(tx: Tx, shelf: Shelf, listings: readonly Listing[], names: () => readonly IndexRow[]): Promise<Uint8Array> {
  const { index, versions, sets } = shelf
  await goThrough(
    tx,
    listings,
    (listing) => versions.has(listing.hash),
    (listing, definition) => void versions.set(listing.hash, index.add(searchedService(definition))),
  )
  const among = numbersOf(shelf, listings, names())
  sets.set(listings, among)
  return among
}

function numbersOf({ index, versions, names }: Shelf, listings: readonly Listing[], rows: readonly IndexRow[]): Uint8Array {
  for (const row of rows) if (!names.has(row.code)) names.set(row.code, index.add(searchedRow(row)))
  const among = new Uint8Array(index.size)
  for (const listing of listings) among[versions.get(listing.hash)!] = 1
  for (const { code } of rows) among[names.get(code)!] = 1
  return among
}

function shelfFor(country: Country, count: number): Shelf {
  const known = shelves.get(country)
  if (known && count >= known.versions.size * (1 - PAST_SHARE_MAX)) return known
  const shelf = { index: new SearchIndex(), versions: new Map(), names: new Map(), sets: new WeakMap<object, Uint8Array>() }
  shelves.set(country, shelf)
  return shelf
}
