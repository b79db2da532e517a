// What travels between sites when one asks for a register of another: the body of the request and of the answer, JSON.
import Type, { type Static, type TProperties, type TSchema } from "typebox"

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
  /** What a person says is wrong in a record. */
  correction: Type.Optional(closed({ id: Uuid, record: Uuid, field: Name, claimed: Type.Unknown() })),
  /** Of a write or a correction: the same key is done once. */
  key: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  by: AskedBy,
  /** Where the contract rests on the consent of the person: what they have signed, and the salt of its pseudonym. */
  consent: Type.Optional(
    closed({ artefact: Type.String({ maxLength: 32_000 }), salt: Type.String({ pattern: "^[A-Za-z0-9_-]{43}$" }) }),
  ),
})
export type WireRequest = Static<typeof WireRequest>

const Source = closed({ register: Name, record: Uuid, asOf: Instant })

export const Written = closed({
  outcome: Type.Literal("written"),
  written: closed({ record: Uuid, version: Type.Integer(), number: Type.String({ maxLength: 40 }) }),
  source: Source,
})
export type Written = Static<typeof Written>

/** A correction lies with the owner of the register; under this id the decision comes. */
export const Taken = closed({ outcome: Type.Literal("taken"), correction: Uuid })
export type Taken = Static<typeof Taken>

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
  Taken,
  closed({ outcome: Type.Literal("duplicate"), register: Name, recordedAt: Instant }),
  closed({ outcome: Type.Literal("empty") }),
  closed({
    outcome: Type.Literal("refused"),
    refusal: Type.Enum([
      "service-unknown",
      "requester-unknown",
      "requester-foreign",
      "purpose-unknown",
      "no-right",
      "consent-missing",
      "consent-expired",
      "consent-revoked",
      "consent-differs",
      "consent-used-up",
    ]),
  }),
  closed({
    outcome: Type.Literal("problem"),
    code: Name,
    params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  }),
])
export type WireAnswer = Static<typeof WireAnswer>

/** The problem that tells of a system behind a register that does not answer; whoever asks takes it as silence. */
export const SILENT = "register-silent"

/** What a service of registers can be posted to. */
export const wirePaths = { request: "/requests", duplicate: "/duplicates", collection: "/collections" } as const

/** What came of a parcel that was collected. */
export const CollectionReceipt = closed({ parcel: Uuid, key: Name, outcome: Type.Enum(["taken", "taken-before"]) })
export type CollectionReceipt = Static<typeof CollectionReceipt>

export const COLLECTED_AT_ONCE_MAX = 20

/** An agency asks for what lies ready for it at the owner of registers, and says what it has taken of the last time. */
export const CollectionRequest = closed({
  requester: Name,
  receipts: Type.Array(CollectionReceipt, { maxItems: COLLECTED_AT_ONCE_MAX }),
})
export type CollectionRequest = Static<typeof CollectionRequest>

/** What the owner of a register decided about a correction. */
export const Decision = closed({
  correction: Uuid,
  decision: Type.Enum(["accepted", "refused"]),
  reason: Type.String({ maxLength: 2_000 }),
  decidedBy: Type.String({ maxLength: 300 }),
  decidedAt: Instant,
})
export type Decision = Static<typeof Decision>

/** Something happened to a record, as its register declares it. */
export const RegisterEvent = closed({
  event: Name,
  register: Name,
  record: Uuid,
  version: Type.Integer(),
  number: Type.String({ maxLength: 40 }),
  occurredAt: Instant,
})
export type RegisterEvent = Static<typeof RegisterEvent>

const collected = <K extends string, T extends TSchema>(kind: K, body: T) =>
  closed({ id: Uuid, key: Name, kind: Type.Literal(kind), purpose: Name, body })

export const CollectedParcel = Type.Union([collected("decision", Decision), collected("event", RegisterEvent)])
export type CollectedParcel = Static<typeof CollectedParcel>

export const CollectionAnswer = closed({ parcels: Type.Array(CollectedParcel, { maxItems: COLLECTED_AT_ONCE_MAX }) })
export type CollectionAnswer = Static<typeof CollectionAnswer>
