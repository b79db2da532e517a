// The services in force, as lists show them. What is in force is laid out once, until something is published or the day ends.
import { textIn } from "#country"
import type { Tx } from "#platform/db"
import { Bounded } from "./bounded.ts"
import { type Listing, listingsOf } from "./listing.ts"
import { isInForce } from "./services.ts"
import { type DatedRow, nameOfAll, selectInForce } from "./store.ts"
import { today } from "./today.ts"

/** Services on a page of a list. */
export const SERVICES_PAGE = 50
/** Sets that are kept laid out: today's, and those of other sites in one process. */
export const SETS_MAX = 4

/** A version of a service, as lists show it. */
export interface ListedService extends Listing {
  readonly version: number
  readonly validFrom: string
  readonly validUntil?: string
}

/** What to list; everything given must fit. `field` is the field's name in any language. */
export interface ServiceFilter {
  readonly field?: string
  readonly lifeEvent?: string
  readonly audience?: string
  readonly online?: boolean
}

export interface ServicesPage {
  readonly services: readonly ListedService[]
  /** Of all pages together. */
  readonly count: number
  /** The page that is given: the one asked for, or the last. */
  readonly page: number
  readonly pages: number
}

/** All services in force, by code. */
export interface ServicesInForce {
  readonly services: readonly ListedService[]
  readonly byCode: ReadonlyMap<string, ListedService>
  /** In the order of their names, those that can be started online first; by language. */
  readonly ordered: Map<string, readonly ListedService[]>
}

const sets = new Bounded<ServicesInForce>(SETS_MAX)

/** The services in force today that fit the filter, by code. They are shared by all who ask: don't write into them. */
export async function listServices(tx: Tx, filter: ServiceFilter = {}): Promise<readonly ListedService[]> {
  const { services } = await servicesInForce(tx)
  return Object.keys(filter).length === 0 ? services : services.filter((service) => fits(service, filter))
}

/** A page of those that fit, in the order of a reader of `lang`: what can be started online first, then by name. `page` counts from 1. */
export async function pageOfServices(tx: Tx, filter: ServiceFilter, lang: string, page: number): Promise<ServicesPage> {
  const all = await servicesInForce(tx)
  const ordered = all.ordered.get(lang) ?? inOrder(all.services, lang)
  all.ordered.set(lang, ordered)
  const found = ordered.filter((service) => fits(service, filter))
  const pages = Math.max(1, Math.ceil(found.length / SERVICES_PAGE))
  const shown = Math.min(Math.max(1, page), pages)
  const start = (shown - 1) * SERVICES_PAGE
  return { services: found.slice(start, start + SERVICES_PAGE), count: found.length, page: shown, pages }
}

function fits(service: ListedService, filter: ServiceFilter): boolean {
  if (filter.field !== undefined && !Object.values(service.field).includes(filter.field)) return false
  if (filter.lifeEvent !== undefined && !service.lifeEvents.includes(filter.lifeEvent)) return false
  if (filter.audience !== undefined && !service.audience.includes(filter.audience)) return false
  return filter.online === undefined || filter.online === service.online
}

function inOrder(services: readonly ListedService[], lang: string): readonly ListedService[] {
  const { compare } = new Intl.Collator(lang)
  const named = services.map((service) => ({ service, name: textIn(service.name, lang) }))
  named.sort((a, b) => Number(b.service.online) - Number(a.service.online) || compare(a.name, b.name))
  return named.map(({ service }) => service)
}

export async function servicesInForce(tx: Tx): Promise<ServicesInForce> {
  const day = today(tx)
  const key = `${await nameOfAll(tx)} ${day}`
  const known = sets.get(key)
  if (known) return known
  const rows = (await selectInForce(tx, day)).filter((row) => isInForce(row, day))
  const services = await listed(tx, rows)
  return sets.set(key, { services, byCode: new Map(services.map((service) => [service.code, service])), ordered: new Map() })
}

/** The listings of rows with their versions and days. */
export async function listed(tx: Tx, rows: readonly DatedRow[]): Promise<ListedService[]> {
  const listings = await listingsOf(tx, rows)
  return rows.map(({ version, valid_from, valid_until }, i) => ({
    ...listings[i]!,
    version,
    validFrom: valid_from,
    ...(valid_until !== null && { validUntil: valid_until }),
  }))
}
