// country.yaml: what the whole country shares: languages, tiers, names, numbers, codes of dossiers, limits of the one-stop shop.
import Type, { type Static } from "typebox"
import { Closed, DataFile, Day, exact, Hour, Id, Law, Text } from "./text.ts"

const Tier = Closed({ id: Id, name: Text, codePattern: Type.Optional(Type.String()) })

/** One generation of divisions: which tiers there were, from when until when, and the file with the rows. */
export const Generation = Closed({
  id: Id,
  from: Type.Optional(Day),
  until: Type.Optional(Day),
  tiers: Type.Array(Tier, { minItems: 1, maxItems: 6 }),
  file: DataFile,
  law: Type.Optional(Law),
})
export type Generation = Static<typeof Generation>

/** One span of birth years and the digit that each sex has in it. */
const CenturySex = Closed({
  from: Type.Integer(),
  to: Type.Integer(),
  male: Type.String({ pattern: "^\\d$" }),
  female: Type.String({ pattern: "^\\d$" }),
})

/**
 * The personal number, position by position: P place, C century and sex, Y year of birth, M month, D day, N free digits.
 * `synthetic` are prefixes that no real person can have; everything invented carries one of them.
 */
export const PersonalNumberRules = Closed({
  pattern: Type.String({ pattern: "^[PCYMDN]{4,20}$" }),
  name: Text,
  centurySex: Type.Array(CenturySex, { minItems: 1 }),
  prefixes: Type.Record(Type.String({ pattern: "^\\d+$" }), Type.String(), exact),
  synthetic: Closed({ from: Type.String({ pattern: "^\\d+$" }), to: Type.String({ pattern: "^\\d+$" }) }),
  law: Type.Array(Law),
})
export type PersonalNumberRules = Static<typeof PersonalNumberRules>

/** How a dossier's code is built: `{agency}`, a date as `{yyMMdd}`, the number of the day as `{seq:4}`. */
const DossierCode = Closed({ pattern: Type.String({ pattern: "\\{seq(:\\d)?\\}" }), law: Law })

/** A code list that the country's portals share: number or code, our id, its words. */
const Coded = Closed({ code: Type.String(), id: Id, name: Text })

const DossierStatus = Closed({ code: Type.String(), id: Id, name: Text, next: Type.Array(Id) })

/** The limits of the one-stop shop, each in the unit that its name ends with. */
const OneStop = Closed({
  answerOnlineWorkingHours: Type.Integer({ minimum: 1 }),
  supplementSlipWorkingDays: Type.Integer({ minimum: 1 }),
  supplementRequestsMax: Type.Integer({ minimum: 1 }),
  supplementAnswerDays: Type.Integer({ minimum: 1 }),
  newAppointmentsMax: Type.Integer({ minimum: 0 }),
  apologyDaysAhead: Type.Integer({ minimum: 0 }),
  draftDays: Type.Integer({ minimum: 1 }),
  defaultCutoff: Type.Optional(Hour),
  law: Type.Array(Law),
})

/** What stands at the head of every official document. */
const DocumentHead = Closed({ country: Text, motto: Type.Optional(Text), numberLabel: Text })

export const CountryFacts = Closed({
  id: Id,
  name: Text,
  languages: Type.Array(Type.String({ pattern: "^[a-z]{2,3}$" }), { minItems: 1, maxItems: 6 }),
  locales: Type.Record(Type.String(), Type.String(), exact),
  timeZone: Type.String(),
  currency: Closed({
    code: Type.String({ pattern: "^[A-Z]{3}$" }),
    decimals: Type.Integer({ minimum: 0, maximum: 4 }),
    name: Text,
  }),
  phone: Closed({ prefix: Type.String({ pattern: "^\\+\\d{1,4}$" }), pattern: Type.String() }),
  generations: Type.Array(Generation, { minItems: 1, maxItems: 12 }),
  successions: Type.Array(Closed({ on: Day, from: Id, to: Id, file: DataFile }), { maxItems: 12 }),
  nameOrder: Type.Array(Type.Enum(["family", "middle", "given"]), { minItems: 1, maxItems: 3 }),
  addressOrder: Type.Enum(["smallest-first", "largest-first"]),
  nationality: Type.String({ pattern: "^[A-Z]{2}$" }),
  personalNumber: PersonalNumberRules,
  agencyCode: Closed({ pattern: Type.String(), law: Law }),
  dossierCode: DossierCode,
  dossierStatuses: Type.Array(DossierStatus, { minItems: 1 }),
  channels: Type.Array(Coded, { minItems: 1 }),
  forms: Type.Array(Coded),
  oneStop: OneStop,
  documentHead: DocumentHead,
})
export type CountryFacts = Static<typeof CountryFacts>
