// The seed records of the cast, spelt out: one row per record to lay into a register, dates and references worked out.
import type { Country } from "./country.ts"
import { findRecord } from "./country.ts"
import { fullName } from "./names.ts"
import type { Person } from "./people.ts"

/** One record to write. `key` is the personal number that it is kept under; `recordedOn` the day it was recorded. */
export interface SeedRow {
  readonly register: string
  readonly record: string
  readonly key: string
  readonly agency: string
  readonly recordedOn: string
  readonly values: Readonly<Record<string, unknown>>
}

/**
 * All seed records as of `today` (2026-03-09): first the population record of each person, then the others in the order of the file.
 * A record about two people comes twice, once under each, naming the other. Throws on a reference to an unknown person; the check finds those first.
 */
export function seedRows(country: Country, today: string): SeedRow[] {
  const { cast } = country
  const people = new Map(cast.people.map((p) => [p.id, p]))
  const personOf = (id: string): Person => {
    const person = people.get(id)
    if (!person) throw new Error(`people.yaml names an unknown person: ${id}`)
    return person
  }
  const resolve = (value: unknown): unknown => resolved(country, value, today, personOf)
  const values = (record: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(record).map(([field, value]) => [field, resolve(value)]))
  const [register, record] = cast.population.in.split("/") as [string, string]
  const population = cast.people.map((person) => ({
    register,
    record,
    key: person.number,
    agency: cast.population.by,
    recordedOn: cast.population.recordedOn,
    values: { ...identity(country, person), ...values(person.record) },
  }))
  const others = cast.records.flatMap((seed) => {
    const [register, record] = seed.in.split("/") as [string, string]
    const found = findRecord(country, seed.in)?.record
    const common = { register, record, agency: seed.by, recordedOn: String(resolve(seed.recordedOn)) }
    const row = (of: string, other?: string): SeedRow => ({
      ...common,
      key: personOf(of).number,
      values: {
        ...(found && { [found.key]: personOf(of).number }),
        ...(other && namedAs(country, seed.as ?? "other", personOf(other))),
        ...values(seed.values),
      },
    })
    return seed.with ? [row(seed.of, seed.with), row(seed.with, seed.of)] : [row(seed.of)]
  })
  return [...population, ...others]
}

/** What is written once about a person and belongs into the population record. */
function identity(country: Country, person: Person): Record<string, unknown> {
  return {
    number: person.number,
    ...(person.name.family && { familyName: person.name.family }),
    ...(person.name.middle && { middleName: person.name.middle }),
    givenName: person.name.given,
    fullName: fullName(country, person.name),
    sex: person.sex,
    birthDate: person.birthDate,
  }
}

/** For `spouse`: the other's number as `spouseNumber`, the name as `spouseFullName`. */
function namedAs(country: Country, as: string, other: Person): Record<string, unknown> {
  return { [`${as}Number`]: other.number, [`${as}FullName`]: fullName(country, other.name) }
}

function resolved(country: Country, value: unknown, today: string, personOf: (id: string) => Person): unknown {
  if (typeof value !== "object" || value === null) return value
  const { daysAgo, numberOf, nameOf } = value as { daysAgo?: number; numberOf?: string; nameOf?: string }
  if (typeof daysAgo === "number") return dayBefore(today, daysAgo)
  if (typeof numberOf === "string") return personOf(numberOf).number
  if (typeof nameOf === "string") return fullName(country, personOf(nameOf).name)
  return value
}

/** The day `days` before `today`. */
function dayBefore(today: string, days: number): string {
  const at = Date.parse(`${today}T00:00:00Z`) - days * 86_400_000
  return new Date(at).toISOString().slice(0, 10)
}
