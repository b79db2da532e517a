// What is published and what is being written, as those who keep the catalogue see it.
import type { Tx } from "#platform/db"
import { Bounded } from "./bounded.ts"
import { type Draft, draftOf, keeperOf } from "./draft.ts"
import { type ListedService, listed, SETS_MAX, servicesInForce } from "./list-services.ts"
import type { PublishedService } from "./published.ts"
import { withDefinitions } from "./services.ts"
import { selectOpenDrafts } from "./store.drafts.ts"
import { type DatedRow, nameOfAll, type PublicationRow, selectNewest, selectVersions } from "./store.ts"
import { today } from "./today.ts"

export const DRAFTS_MAX = 200

/** Where a version stands on a day. */
export type VersionState = "in-force" | "coming" | "past" | "withdrawn"

/** A row of a service's history. */
export interface VersionEntry {
  readonly kind: "published" | "withdrawn"
  readonly state: VersionState
  readonly service: PublishedService
  readonly origin: "pack" | "desk"
  readonly legalBasis?: string
  readonly authorName?: string
  readonly publisherName?: string
  readonly replacedBy?: string
}

/** A service with its newest publication. */
export interface DefinitionRow {
  readonly code: string
  readonly kind: VersionEntry["kind"]
  readonly state: VersionState
  readonly service: ListedService
}

const sets = new Bounded<readonly DefinitionRow[]>(SETS_MAX)

/** Every code that was ever published with its newest publication, by code, and the drafts in work. Throws `not-allowed`. */
export async function listDefinitions(tx: Tx): Promise<{ definitions: readonly DefinitionRow[]; drafts: readonly Draft[] }> {
  keeperOf(tx)
  const definitions = await newestOfAll(tx)
  const drafts = (await selectOpenDrafts(tx, undefined, DRAFTS_MAX)).map((row) => draftOf(tx, row, []))
  return { definitions, drafts }
}

/** Laid out once, until something is published or the day ends. */
async function newestOfAll(tx: Tx): Promise<readonly DefinitionRow[]> {
  const day = today(tx)
  const key = `${await nameOfAll(tx)} ${day}`
  const known = sets.get(key)
  if (known) return known
  const { byCode } = await servicesInForce(tx)
  const rows = await selectNewest(tx)
  const others = rows.filter(({ code, version }) => byCode.get(code)?.version !== version)
  const services = new Map((await listed(tx, others)).map((service) => [service.code, service]))
  const definitions = rows.map((row) => {
    const service = services.get(row.code) ?? byCode.get(row.code)!
    return { code: row.code, kind: row.kind, state: stateOf(row, day), service }
  })
  return sets.set(
    key,
    definitions.sort((a, b) => (a.code < b.code ? -1 : 1)),
  )
}

/** The history of one code, newest first, and its drafts; empty for a code that nobody knows. Throws `not-allowed`. */
export async function getHistory(tx: Tx, code: string): Promise<{ versions: readonly VersionEntry[]; drafts: readonly Draft[] }> {
  keeperOf(tx)
  const rows = await selectVersions(tx, code)
  const services = await withDefinitions(tx, rows)
  const day = today(tx)
  const current = rows
    .filter((row) => row.valid_from <= day)
    .sort(byBeginning)
    .at(-1)
  const state = (row: PublicationRow): VersionState => {
    const own = stateOf(row, day)
    return own === "in-force" && row !== current ? "past" : own
  }
  const versions = rows.map((row, i) => entryOf(row, services[i]!, state(row))).reverse()
  const drafts = (await selectOpenDrafts(tx, code, DRAFTS_MAX)).map((row) => draftOf(tx, row, []))
  return { versions, drafts }
}

const byBeginning = (a: PublicationRow, b: PublicationRow) => a.valid_from.localeCompare(b.valid_from) || a.version - b.version

function stateOf(row: DatedRow, day: string): VersionState {
  if (row.valid_from > day) return "coming"
  if (row.kind === "withdrawn") return "withdrawn"
  return row.valid_until !== null && row.valid_until < day ? "past" : "in-force"
}

function entryOf(row: PublicationRow, service: PublishedService, state: VersionState): VersionEntry {
  return {
    kind: row.kind,
    state,
    service,
    origin: row.origin,
    ...(row.legal_basis !== null && { legalBasis: row.legal_basis }),
    ...(row.author_name !== null && { authorName: row.author_name }),
    ...(row.publisher_name !== null && { publisherName: row.publisher_name }),
    ...(row.replaced_by !== null && { replacedBy: row.replaced_by }),
  }
}
