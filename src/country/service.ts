// services/CODE/service.yaml: a procedure with all that the law wants published about it; beside it result.yaml and tests.yaml.
import Type, { type Static } from "typebox"
import { Closed, Day, exact, Hour, Id, Law, Path, Text, Validity } from "./text.ts"

const ChannelAmounts = Type.Record(Id, Type.Integer({ minimum: 0 }), exact)

/** The legal limit. `rule` are the words of the exception; `channels` holds other values per channel, in the same unit. */
export const Limit = Closed({
  value: Type.Integer({ minimum: 1 }),
  unit: Type.Enum(["working-day", "working-hour", "hour", "day", "month", "unspecified"]),
  cutoff: Type.Optional(Hour),
  channels: Type.Optional(Type.Record(Id, Type.Integer({ minimum: 1 }), exact)),
  rule: Type.Optional(Text),
})
export type Limit = Static<typeof Limit>

/** What is asked for a time instead of the fee, until the last day that the law gives. */
export const Discount = Closed({ amounts: ChannelAmounts, from: Type.Optional(Day), until: Day, law: Law })
export type Discount = Static<typeof Discount>

/** The fee in whole units of `currency` per channel; no amounts means that `note` says who sets it. */
export const Fee = Closed({
  currency: Type.Optional(Type.String({ pattern: "^[A-Z]{3}$" })),
  amounts: Type.Optional(ChannelAmounts),
  per: Type.Optional(Text),
  note: Type.Optional(Text),
  exempt: Type.Optional(Type.Array(Text)),
  discounts: Type.Optional(Type.Array(Discount, { maxItems: 10 })),
  table: Type.Optional(Type.String()),
  /** The text that sets it; its days are looked up among the laws of the service where they are not said here. */
  law: Type.Optional(Law),
})
export type Fee = Static<typeof Fee>

/**
 * One paper. evidence: the state fetches it `from` a register itself; submit: handed in; present: only shown; declaration: the form itself.
 * `condition` tells people when it is needed, `when` (FEEL over the form) tells the program.
 */
export const Paper = Closed({
  id: Id,
  name: Text,
  kind: Type.Enum(["evidence", "submit", "present", "declaration"]),
  originals: Type.Optional(Type.Integer({ minimum: 0 })),
  copies: Type.Optional(Type.Integer({ minimum: 0 })),
  condition: Type.Optional(Text),
  when: Type.Optional(Type.String()),
  from: Type.Optional(Type.String({ pattern: "^[a-z-]+/[a-z-]+$" })),
  replacedBy: Type.Optional(Text),
  form: Type.Optional(Type.String()),
  else: Type.Optional(Type.Enum(["upload", "declare"])),
})
export type Paper = Static<typeof Paper>

/** An official once-only row: which paper which database replaces, in the words of the text that says so. */
export const Replacement = Closed({
  paper: Type.String(),
  database: Type.String(),
  owner: Type.String(),
  document: Type.String(),
  clause: Type.Optional(Type.String()),
})
export type Replacement = Static<typeof Replacement>

/** Who decides. `of` are paths of addresses in the form, tried in order: the agency of `kind` for that division has the case. */
export const Authority = Closed({
  tier: Id,
  kind: Type.Optional(Id),
  of: Type.Optional(Type.Array(Path, { minItems: 1 })),
  agency: Type.Optional(Id),
  name: Type.Optional(Text),
})
export type Authority = Static<typeof Authority>

/**
 * A record that the decision writes. Values are paths: of the form (`child.givenName`), of the case (`case.code`, `case.agency`,
 * `case.agencyName`, `case.decidedOn`, `case.number`) or of what the process assigned (`assigned.number`); `key` likewise.
 */
export const RegisterWrite = Closed({
  service: Type.String({ pattern: "^[a-z-]+/[a-z-]+\\.write$" }),
  key: Path,
  record: Type.Record(Type.String({ pattern: "^[a-z][A-Za-z0-9]*$" }), Path, exact),
})
export type RegisterWrite = Static<typeof RegisterWrite>

export const ServiceResult = Closed({ code: Type.Optional(Type.String()), name: Text })
export type ServiceResult = Static<typeof ServiceResult>

export const ServiceDefinition = Closed({
  code: Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9.]{0,39}$" }),
  name: Text,
  /** The name that people use, shown before the official one. */
  shortName: Type.Optional(Text),
  summary: Type.Optional(Text),
  keywords: Type.Optional(Type.Array(Type.String())),
  field: Text,
  /** Code of the ministry in charge, as in agencies.yaml. */
  ministry: Type.Optional(Type.String()),
  decision: Type.Optional(Type.String()),
  /** 1 information, 2 forms to download, 3 handed in online, 4 paid and returned online too. */
  level: Type.Integer({ minimum: 1, maximum: 4 }),
  valid: Validity,
  steps: Type.Optional(Type.Array(Text, { minItems: 1 })),
  channels: Type.Array(Id, { minItems: 1 }),
  papers: Type.Array(Paper, { maxItems: 60 }),
  limit: Limit,
  audience: Type.Array(Id, { minItems: 1 }),
  /** Tiers that handle the procedure; `authority` says which agency exactly, where it runs online here. */
  tiers: Type.Array(Id, { minItems: 1 }),
  authority: Authority,
  results: Type.Array(ServiceResult, { minItems: 1 }),
  fee: Fee,
  requirements: Type.Optional(Type.Array(Text)),
  law: Type.Array(Law, { minItems: 1 }),
  replacements: Type.Optional(Type.Array(Replacement)),
  lifeEvents: Type.Array(Id),
  /** What a visit takes a citizen, shown before the start. */
  takesMinutes: Type.Optional(Type.Integer({ minimum: 1 })),
  /** The purpose that its exchange requests name. */
  purpose: Type.Optional(Id),
  writes: Type.Optional(Type.Array(RegisterWrite)),
  note: Type.Optional(Text),
  source: Type.Optional(
    Closed({ url: Type.Optional(Type.String()), confidence: Type.Optional(Type.String()), checked: Type.Optional(Day) }),
  ),
})
export type ServiceDefinition = Static<typeof ServiceDefinition>

/** result.yaml: the document that the agency signs: its head, rows of fields, and the particulars carried in its QR. */
export const ResultDefinition = Closed({
  code: Type.String(),
  title: Text,
  /** The number that the agency gives: `{seq}`, `{yyyy}`, `{agency}`. */
  number: Type.String(),
  sections: Type.Array(
    Closed({
      title: Type.Optional(Text),
      fields: Type.Array(Closed({ label: Text, value: Path, emphasis: Type.Optional(Type.Boolean()) }), {
        minItems: 1,
        maxItems: 40,
      }),
    }),
    { minItems: 1, maxItems: 12 },
  ),
  signature: Closed({ place: Path, title: Text }),
  /** Codes of the electronic paper's particulars with their paths; they go into the QR. */
  particulars: Type.Array(Closed({ id: Id, label: Text, value: Path }), { minItems: 1, maxItems: 20 }),
  law: Type.Array(Law),
})
export type ResultDefinition = Static<typeof ResultDefinition>

/** tests.yaml: stories that the definition is tried on before it is published. */
export const ServiceStory = Closed({
  story: Text,
  given: Closed({
    applicant: Id,
    at: Type.String(),
    down: Type.Optional(Type.Array(Id)),
  }),
  fetched: Type.Optional(Type.Array(Type.String())),
  answers: Type.Optional(Type.Record(Type.String(), Type.Unknown(), exact)),
  expect: Closed({
    fee: Type.Optional(Type.Integer()),
    due: Type.Optional(Day),
    steps: Type.Optional(Type.Array(Id)),
    asked: Type.Optional(Type.Array(Type.String())),
    error: Type.Optional(Id),
    end: Type.Optional(Id),
  }),
})
export type ServiceStory = Static<typeof ServiceStory>

/** indexes/procedures.json: rows of [code, name, tier, field, ministry], names in the language `language` alone. */
export const IndexFile = Closed({
  source: Type.String(),
  language: Type.String(),
  rows: Type.Array(Type.Tuple([Type.String(), Type.String(), Type.String(), Type.String(), Type.String()])),
})
export type IndexFile = Static<typeof IndexFile>

/** One line of the wide index: procedures known by name only. */
export interface IndexRow {
  readonly code: string
  readonly name: string
  readonly tier: string
  readonly field: string
  readonly ministry: string
}
