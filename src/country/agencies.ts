// agencies.yaml: agencies with their codes and divisions, their units, and the positions that people hold in them.
import Type, { type Static } from "typebox"
import { Closed, Day, exact, Id, Text } from "./text.ts"

/** What a position may do. Fixed words: the program asks for them. */
export const Role = Type.Enum([
  "reception-officer",
  "appraiser",
  "leader",
  "clerk",
  "registrar-health",
  "register-keeper",
  "auditor",
  "tech-admin",
  "catalogue-admin",
])
export type Role = Static<typeof Role>

export const Unit = Closed({ id: Id, name: Text })
export type Unit = Static<typeof Unit>

export const AgencyPosition = Closed({
  id: Id,
  unit: Id,
  roles: Type.Array(Role, { minItems: 1, maxItems: 8 }),
  name: Text,
})
export type AgencyPosition = Static<typeof AgencyPosition>

/** One agency. `tier` is a tier of the divisions or `national`; `kind` is what access rights and services speak of. */
export const Agency = Closed({
  id: Id,
  code: Type.String(),
  name: Text,
  kind: Id,
  tier: Id,
  division: Type.Optional(Type.String()),
  parent: Type.Optional(Id),
  from: Type.Optional(Day),
  until: Type.Optional(Day),
  /** Written before the date on what the agency signs. */
  place: Type.Optional(Text),
  address: Type.Optional(Type.String()),
  phone: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
  units: Type.Array(Unit, { maxItems: 50 }),
  positions: Type.Array(AgencyPosition, { maxItems: 200 }),
})
export type Agency = Static<typeof Agency>

export const AgenciesFile = Closed({
  kinds: Type.Record(Id, Text, exact),
  agencies: Type.Array(Agency, { minItems: 1 }),
})
export type AgenciesFile = Static<typeof AgenciesFile>
