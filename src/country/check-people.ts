// The check of people.yaml: nobody in it can be a real person, and everything that it names exists.

import { isRealDay } from "./check-core.ts"
import { type Checking, checkSpan } from "./checking.ts"
import { findPosition, findRecord } from "./country.ts"
import type { Person } from "./people.ts"
import { numberFault } from "./personal-number.ts"
import type { RegisterRecord } from "./registers.ts"
import type { Keys } from "./source.ts"

/** The cast, who holds what, and the seed records. */
export function checkPeople(c: Checking): void {
  const { source, data } = c.pack.people
  const people = new Set(data.people.map((p) => p.id))
  c.once(
    source,
    "id-twice",
    data.people.map((p, i) => [p.id, ["people", i, "id"]]),
  )
  c.once(
    source,
    "number-twice",
    data.people.map((p, i) => [p.number, ["people", i, "number"]]),
  )
  c.once(
    source,
    "login-twice",
    data.accounts.map((a, i) => [a.login, ["accounts", i, "login"]]),
  )
  const agencies = c.country.agencies
  c.known(source, ["population", "by"], "agency-unknown", data.population.by, agencies.keys())
  const population = recordNamed(c, ["population", "in"], data.population.in)
  data.people.forEach((person, i) => {
    checkPerson(c, person, ["people", i])
    if (population) checkValues(c, population, person.record, ["people", i, "record"], people)
  })
  data.accounts.forEach((a, i) => {
    c.known(source, ["accounts", i, "person"], "person-unknown", a.person, people)
  })
  data.holdings.forEach((h, i) => {
    c.known(source, ["holdings", i, "person"], "person-unknown", h.person, people)
    if (!findPosition(c.country, h.position))
      c.known(source, ["holdings", i, "position"], "position-unknown", h.position, allPositions(c))
    checkSpan(c, source, ["holdings", i], { from: h.from, ...(h.until && { until: h.until }) })
  })
  checkRecords(c, people)
}

const allPositions = (c: Checking): string[] =>
  c.pack.agencies.data.agencies.flatMap((a) => a.positions.map((p) => `${a.id}/${p.id}`))

function checkPerson(c: Checking, person: Person, keys: Keys): void {
  const { source } = c.pack.people
  if (!isRealDay(person.birthDate)) c.report(source, [...keys, "birthDate"], "no-such-day", { date: person.birthDate })
  const fault = numberFault(c.pack.facts.data.personalNumber, person)
  if (fault) c.report(source, [...keys, "number"], fault.code, fault.params)
}

function checkRecords(c: Checking, people: ReadonlySet<string>): void {
  const { source, data } = c.pack.people
  data.records.forEach((seed, i) => {
    const keys = ["records", i]
    c.known(source, [...keys, "of"], "person-unknown", seed.of, people)
    if (seed.with !== undefined) c.known(source, [...keys, "with"], "person-unknown", seed.with, people)
    c.known(source, [...keys, "by"], "agency-unknown", seed.by, c.country.agencies.keys())
    const record = recordNamed(c, [...keys, "in"], seed.in)
    if (record) checkValues(c, record, seed.values, [...keys, "values"], people)
  })
}

function recordNamed(c: Checking, keys: Keys, name: string): RegisterRecord | undefined {
  const found = findRecord(c.country, name)?.record
  if (!found) c.known(c.pack.people.source, keys, "record-unknown", name, allRecords(c))
  return found
}

const allRecords = (c: Checking): string[] =>
  c.pack.registers.flatMap(({ data }) => data.records.map((r) => `${data.id}/${r.id}`))

/** Values are fields of the record; choices are in their list, addresses in the divisions, people in the cast. */
function checkValues(
  c: Checking,
  record: RegisterRecord,
  values: Readonly<Record<string, unknown>>,
  keys: Keys,
  people: ReadonlySet<string>,
): void {
  const { source } = c.pack.people
  const fields = new Map(record.fields.map((f) => [f.id, f]))
  for (const [id, value] of Object.entries(values)) {
    const here = [...keys, id]
    if (!fields.has(id)) {
      c.known(source, here, "field-unknown", id, fields.keys(), "key")
      continue
    }
    const element = c.country.vocabulary.elements[fields.get(id)!.is]
    const { numberOf, nameOf } = (typeof value === "object" && value !== null ? value : {}) as {
      numberOf?: string
      nameOf?: string
    }
    const named = numberOf ?? nameOf
    if (named !== undefined) c.known(source, [...here, numberOf ? "numberOf" : "nameOf"], "person-unknown", named, people)
    else if (element?.type === "choice" && element.options && typeof value === "string")
      c.known(
        source,
        here,
        "value-not-in-list",
        value,
        element.options.map((o) => o.value),
      )
    else if (element?.type === "address") checkAddress(c, value, here)
  }
}

function checkAddress(c: Checking, value: unknown, keys: Keys): void {
  const { source } = c.pack.people
  const {
    province = "",
    commune = "",
    generation,
  } = (value ?? {}) as { province?: string; commune?: string; generation?: string }
  if (generation !== undefined && !c.country.generations.some((g) => g.id === generation)) {
    c.report(source, [...keys, "generation"], "generation-unknown", { name: generation, near: c.country.divisions.current })
    return
  }
  const path = c.country.divisions.path(commune, generation)
  if (path.length === 0) c.report(source, [...keys, "commune"], "division-unknown", { code: commune })
  else if (path[0]!.code !== province)
    c.report(source, [...keys, "province"], "division-elsewhere", { code: commune, is: path[0]!.code, province })
}
