// The schemas of sources/*.yaml: what a site says of a system that it has already, one schema for each kind.
import Type, { type Static, type TProperties } from "typebox"
import { Text } from "#country"
import {
  AT_ONCE_MAX,
  COLUMNS_MAX,
  KEPT_SECONDS_MAX,
  PARAMETERS_MAX,
  PER_MINUTE_MAX,
  QUERY_LENGTH_MAX,
  ROWS_MAX,
  TRIES_MAX,
  WAIT_MAX_MS,
} from "./limits.ts"

const closed = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false })
const words = (maxLength: number) => Type.String({ minLength: 1, maxLength })

export const kinds = ["postgresql", "mariadb", "rest", "soap", "csv", "register"] as const
export type SourceKind = (typeof kinds)[number]

/** How a column is read; whatever is empty is unknown. `any` passes lists and objects on as they are. */
export const ColumnType = Type.Enum(["text", "number", "date", "date dd/mm/yyyy", "time", "yes-no", "any"])
export type ColumnType = Static<typeof ColumnType>

/** Where a secret is kept: a variable of the environment, or a file beside the declaration. */
export const Secret = closed({ env: Type.Optional(words(100)), file: Type.Optional(words(300)) })
export type Secret = Static<typeof Secret>

const Expression = words(1_000)
/** Dots lead into an answer: `nguoi.hoTen`. */
const ColumnName = "^[\\p{L}_][\\p{L}\\p{M}\\p{N}_ ]*(\\.[\\p{L}_][\\p{L}\\p{M}\\p{N}_ ]*)*$"
const ParameterName = "^[\\p{L}_][\\p{L}\\p{M}\\p{N}_.-]*$"
const Url = Type.String({ pattern: "^https?://[^?#\\s]+$", maxLength: 1_000 })
const Headers = Type.Record(Type.String({ pattern: "^[A-Za-z0-9-]{1,100}$" }), Secret, { additionalProperties: false })

const common = {
  id: Type.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: 80 }),
  name: Text,
  /** The record type that it answers: `health/birth-statement`. */
  answers: Type.String({ pattern: "^[a-z0-9-]+/[a-z0-9-]+$", maxLength: 200 }),
  kind: Type.Enum([...kinds]),
  /** What it is asked with, in FEEL over number, validOn, today, purpose; these four themselves when left out. */
  parameters: Type.Optional(
    Type.Record(Type.String({ pattern: ParameterName, maxLength: 100 }), Expression, {
      additionalProperties: false,
      minProperties: 1,
      maxProperties: PARAMETERS_MAX,
    }),
  ),
  columns: Type.Record(Type.String({ pattern: ColumnName, maxLength: 200 }), ColumnType, {
    additionalProperties: false,
    minProperties: 1,
    maxProperties: COLUMNS_MAX,
  }),
  /** Fields of the record, each in FEEL over the columns. */
  fields: Type.Record(Type.String({ pattern: "^[a-z][A-Za-z0-9]*$" }), Expression, {
    additionalProperties: false,
    minProperties: 1,
  }),
  /** In FEEL: what tells one record of a person from another, and from when a record holds. */
  record: Type.Optional(Expression),
  validFrom: Type.Optional(Expression),
  limits: Type.Optional(
    closed({
      waitMs: Type.Optional(Type.Integer({ minimum: 100, maximum: WAIT_MAX_MS })),
      tries: Type.Optional(Type.Integer({ minimum: 1, maximum: TRIES_MAX })),
      atOnce: Type.Optional(Type.Integer({ minimum: 1, maximum: AT_ONCE_MAX })),
      perMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: PER_MINUTE_MAX })),
      rows: Type.Optional(Type.Integer({ minimum: 1, maximum: ROWS_MAX })),
    }),
  ),
  /** Answers may be kept so long, as far as the country pack allows it for the record type. */
  cache: Type.Optional(closed({ seconds: Type.Integer({ minimum: 1, maximum: KEPT_SECONDS_MAX }) })),
}

/** `required` beyond this machine when left out; believed by the machine's authorities, or those of the file `ca` (PEM). */
const Tls = Type.Enum(["none", "required"])

const database = {
  ...common,
  connection: closed({
    host: Type.Optional(words(255)),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
    /** A Unix socket instead of host and port. */
    socket: Type.Optional(words(300)),
    database: words(200),
    user: words(200),
    password: Type.Optional(Secret),
    tls: Type.Optional(Tls),
    ca: Type.Optional(words(300)),
  }),
  query: words(QUERY_LENGTH_MAX),
}

const DatabaseSource = closed(database)
export type DatabaseSource = Static<typeof DatabaseSource>

const RestSource = closed({
  ...common,
  /** Parameters stand in braces in the path; the others go into the query, or into the body of a POST. */
  url: Type.Optional(Url),
  method: Type.Optional(Type.Enum(["GET", "POST"])),
  /** Of a POST: it changes nothing and may be sent again. */
  repeatable: Type.Optional(Type.Boolean()),
  /** Instead of url and method: a description beside this file, the operation, and where it is served. */
  openapi: Type.Optional(closed({ file: words(300), operation: words(200), server: Url })),
  headers: Type.Optional(Headers),
  ca: Type.Optional(words(300)),
  /** Where the records stand in the answer: `data.items`; the answer itself when left out. */
  rows: Type.Optional(words(200)),
})
export type RestSource = Static<typeof RestSource>

const SoapSource = closed({
  ...common,
  url: Url,
  version: Type.Optional(Type.Enum(["1.1", "1.2"])),
  namespace: words(500),
  operation: Type.String({ pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$", maxLength: 200 }),
  action: Type.Optional(Type.String({ maxLength: 500 })),
  /** The elements of the parameters stand in the namespace too (elementFormDefault="qualified"). */
  qualified: Type.Optional(Type.Boolean()),
  repeatable: Type.Optional(Type.Boolean()),
  headers: Type.Optional(Headers),
  ca: Type.Optional(words(300)),
  /** Below the element that answers: `return.item`. */
  rows: Type.Optional(words(200)),
})
export type SoapSource = Static<typeof SoapSource>

const CsvSource = closed({
  ...common,
  /** Relative to the declaration; every *.csv in it. */
  folder: words(300),
  separator: Type.Optional(Type.Enum([",", ";", "|", "tab"])),
  encoding: Type.Optional(Type.Enum(["utf-8", "utf-16le", "windows-1258", "windows-1252"])),
  /** Which column has which parameter's value. */
  match: Type.Record(Type.String({ pattern: ColumnName }), words(100), {
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 5,
  }),
})
export type CsvSource = Static<typeof CsvSource>

const RegisterSource = closed({ ...common, /** A record type of the same owner, kept by this site. */ from: words(200) })
export type RegisterSource = Static<typeof RegisterSource>

export const schemas = {
  postgresql: DatabaseSource,
  mariadb: DatabaseSource,
  rest: RestSource,
  soap: SoapSource,
  csv: CsvSource,
  register: RegisterSource,
} as const

export type SourceDeclaration = DatabaseSource | RestSource | SoapSource | CsvSource | RegisterSource
