// people.yaml: the synthetic cast: people with the population register's own fields, accounts, positions held, seed records.
import Type, { type Static } from "typebox"
import { Closed, Day, exact, Id, Text } from "./text.ts"

/**
 * An address as forms and registers hold it: codes of the highest and of the smallest division, and what stands before them.
 * Those of a former generation of divisions say which one, and may name the tier between.
 */
export const Address = Closed({
  province: Type.String(),
  commune: Type.String(),
  street: Type.String({ minLength: 1, maxLength: 200 }),
  generation: Type.Optional(Id),
  district: Type.Optional(Type.String()),
})
export type Address = Static<typeof Address>

/** A seed value: plain JSON; `{ daysAgo: 3 }` becomes that day; `{ numberOf: lan }` and `{ nameOf: lan }` are looked up. */
const SeedValue = Type.Unknown()

/**
 * One synthetic person. `record` holds fields of the country's population record by their field ids;
 * number, sex, birth date and the parts of the name stand there once and are read from there.
 */
export const Person = Closed({
  id: Id,
  number: Type.String(),
  sex: Type.Enum(["male", "female"]),
  birthDate: Day,
  name: Closed({ family: Type.Optional(Type.String()), middle: Type.Optional(Type.String()), given: Type.String() }),
  record: Type.Record(Type.String({ pattern: "^[a-z][A-Za-z0-9]*$" }), SeedValue, exact),
  phone: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
})
export type Person = Static<typeof Person>

export const Account = Closed({ login: Id, person: Id, about: Text })
export type Account = Static<typeof Account>

/** Who holds which position: `position` is the agency's id and the position's id, `commune-a/chair`. */
export const Holding = Closed({ position: Type.String(), person: Id, from: Day, until: Type.Optional(Day) })
export type Holding = Static<typeof Holding>

/**
 * A record to lay into a register at the first start; `of` is the person whose key it has, `with` another person whom it is about too:
 * it is laid under both, each naming the other in the fields that begin with `as` (`spouseNumber`, `spouseFullName`).
 */
export const SeedRecord = Closed({
  in: Type.String({ pattern: "^[a-z-]+/[a-z-]+$" }),
  of: Id,
  with: Type.Optional(Id),
  as: Type.Optional(Type.String({ pattern: "^[a-z][A-Za-z0-9]*$" })),
  by: Id,
  recordedOn: Type.Unknown(),
  values: Type.Record(Type.String({ pattern: "^[a-z][A-Za-z0-9]*$" }), SeedValue, exact),
})
export type SeedRecord = Static<typeof SeedRecord>

export const PeopleFile = Closed({
  /** The register and record that `people[].record` fills, and the agency that keeps it. */
  population: Closed({ in: Type.String({ pattern: "^[a-z-]+/[a-z-]+$" }), by: Id, recordedOn: Day }),
  people: Type.Array(Person, { minItems: 1, maxItems: 1_000 }),
  accounts: Type.Array(Account),
  holdings: Type.Array(Holding),
  records: Type.Array(SeedRecord),
})
export type PeopleFile = Static<typeof PeopleFile>
