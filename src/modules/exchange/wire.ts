// What travels between sites when one asks for a register of another: the body of the request and of the answer, JSON.
import Type, { type Static, type TProperties } from "typebox"

const closed = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false })

const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" })
const Uuid = Type.String({ pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" })
const Name = Type.String({ minLength: 1, maxLength: 100 })
const Data = Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), { maxProperties: 200 })
const Instant = Type.String({ maxLength: 40 })

/** Who asks, as their own site vouches for it. */
export const AskedBy = closed({
  kind: Type.Enum(["person", "official", "system"]),
  name: Type.String({ maxLength: 300 }),
  position: Type.Optional(Name),
  /** It is the person whom the request is about. */
  isSubject: Type.Optional(Type.Boolean()),
})
export type AskedBy = Static<typeof AskedBy>

export const WireRequest = closed({
  service: Name,
  requester: Name,
  number: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  purpose: Name,
  caseId: Type.Optional(Uuid),
  validOn: Type.Optional(Day),
  today: Day,
  write: Type.Optional(
    closed({
      data: Data,
      validFrom: Day,
      record: Type.Optional(Uuid),
      duplicateCleared: Type.Optional(Type.Boolean()),
    }),
  ),
  /** Of a write: the same key is written once. */
  key: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  by: AskedBy,
})
export type WireRequest = Static<typeof WireRequest>

const Source = closed({ register: Name, record: Uuid, asOf: Instant })

export const Written = closed({
  outcome: Type.Literal("written"),
  written: closed({ record: Uuid, version: Type.Integer(), number: Type.String({ maxLength: 40 }) }),
  source: Source,
})
export type Written = Static<typeof Written>

export const WireAnswer = Type.Union([
  closed({
    outcome: Type.Literal("answered"),
    entries: Type.Array(
      closed({ type: Name, record: Uuid, version: Type.Integer(), data: Data, validFrom: Day, recordedAt: Instant }),
      { minItems: 1, maxItems: 1_000 },
    ),
    source: Source,
  }),
  Written,
  closed({ outcome: Type.Literal("duplicate"), register: Name, recordedAt: Instant }),
  closed({ outcome: Type.Literal("empty") }),
  closed({
    outcome: Type.Literal("refused"),
    refusal: Type.Enum(["service-unknown", "requester-unknown", "requester-foreign", "purpose-unknown", "no-right"]),
  }),
  closed({
    outcome: Type.Literal("problem"),
    code: Name,
    params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  }),
])
export type WireAnswer = Static<typeof WireAnswer>

/** What a service of registers can be posted to. */
export const wirePaths = { request: "/requests", duplicate: "/duplicates" } as const
