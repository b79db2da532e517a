// The loaded country: what every module reads of it, and how a deed reaches it.
import type { Tx } from "#platform/db"
import type { AgenciesFile, Agency, AgencyPosition } from "./agencies.ts"
import type { CalendarData } from "./calendar.ts"
import type { Divisions } from "./division-tree.ts"
import type { CountryFacts } from "./facts.ts"
import type { PeopleFile } from "./people.ts"
import type { RegisterDefinition, RegisterRecord } from "./registers.ts"
import type { RulesDefinition } from "./rules.ts"
import type { IndexRow, ResultDefinition, ServiceDefinition, ServiceStory } from "./service.ts"
import type { Text } from "./text.ts"
import type { Vocabulary } from "./vocabulary.ts"

/** One service with the files beside it. A service without form and process is information only (level 1). */
export interface Service {
  readonly definition: ServiceDefinition
  /** form.yaml as data; compile it with the form engine. */
  readonly form?: unknown
  /** process.yaml as data; compile it with the process engine. */
  readonly process?: unknown
  /** The decision tables that its steps ask. */
  readonly rules?: RulesDefinition
  readonly result?: ResultDefinition
  readonly stories: readonly ServiceStory[]
  /** Words of its own by key: `{ "declare-truth": { vi, en } }`. */
  readonly words: Readonly<Record<string, Text>>
}

/** A country pack, read and checked against its schemas. Never changed once loaded. */
export interface Country extends CountryFacts {
  readonly dir: string
  readonly calendar: CalendarData
  readonly vocabulary: Vocabulary
  readonly agencyKinds: AgenciesFile["kinds"]
  readonly agencies: ReadonlyMap<string, Agency>
  readonly divisions: Divisions
  readonly cast: PeopleFile
  readonly registers: ReadonlyMap<string, RegisterDefinition>
  readonly services: ReadonlyMap<string, Service>
  /** Procedures known by name only; read from disk when first asked for. */
  readonly index: () => readonly IndexRow[]
}

/** The country that this site serves. Throws when the site was started without one. */
export function countryOf(tx: Pick<Tx, "site">): Country {
  const country = tx.site.reference as Country | undefined
  if (!country?.id) throw new Error("the site has no country pack")
  return country
}

/** A position by `agency/position`, with its agency; undefined when either is unknown. */
export function findPosition(country: Country, path: string): { agency: Agency; position: AgencyPosition } | undefined {
  const [agencyId = "", positionId = ""] = path.split("/")
  const agency = country.agencies.get(agencyId)
  const position = agency?.positions.find((p) => p.id === positionId)
  return agency && position && { agency, position }
}

/** The record that `population/person` names, with its register; undefined when either is unknown. */
export function findRecord(country: Country, path: string): { register: RegisterDefinition; record: RegisterRecord } | undefined {
  const [registerId = "", recordId = ""] = path.split("/")
  const register = country.registers.get(registerId)
  const record = register?.records.find((r) => r.id === recordId)
  return register && record && { register, record }
}

/**
 * The agency of `kind` that is responsible for a division: its own, or the nearest above it that has one. Undefined when none has.
 */
export function agencyFor(country: Country, kind: string, division: string): Agency | undefined {
  const path = country.divisions.path(division).map((d) => d.code)
  const ofKind = [...country.agencies.values()].filter((a) => a.kind === kind)
  for (const code of path.reverse()) {
    const agency = ofKind.find((a) => a.division === code)
    if (agency) return agency
  }
  return undefined
}
