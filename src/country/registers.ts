// registers/*.yaml: a register, its records with their fields as data elements, and who may do what with them, why.
import Type, { type Static } from "typebox"
import { Role } from "./agencies.ts"
import { Closed, Id, Law, Path, Text } from "./text.ts"

const FieldId = Type.String({ pattern: "^[a-z][A-Za-z0-9]*$" })

export const RegisterField = Closed({
  id: FieldId,
  is: Path,
  required: Type.Optional(Type.Boolean()),
  name: Type.Optional(Text),
})
export type RegisterField = Static<typeof RegisterField>

/** Whom a right is given to: all agencies of a kind, one agency, the person concerned, or a member of the exchange. */
export const Grantee = Closed({
  kind: Type.Optional(Id),
  agency: Type.Optional(Id),
  member: Type.Optional(Type.String()),
  self: Type.Optional(Type.Literal(true)),
})
export type Grantee = Static<typeof Grantee>

/** No lookup stays hidden from the person for longer. */
export const DELAY_DAYS_MAX = 730

/** One right: the grantee may read or write for a purpose, on a legal ground, the named fields ("*" all of them). */
export const AccessRight = Closed({
  who: Grantee,
  /** `hear`: the grantee's agencies are told of the record's events, without its contents. */
  may: Type.Enum(["read", "write", "hear"]),
  purpose: Id,
  ground: Law,
  fields: Type.Array(Type.String(), { minItems: 1 }),
  /** A lookup under this right is shown to the person so many days later, on a ground of its own; auditors see it at once. */
  delay: Type.Optional(Closed({ days: Type.Integer({ minimum: 1, maximum: DELAY_DAYS_MAX }), ground: Law })),
  /** Roles that may enter a record at the desk by hand; without it only the decision of a case writes. */
  byHand: Type.Optional(Type.Array(Role, { minItems: 1 })),
})
export type AccessRight = Static<typeof AccessRight>

export const RegisterRecord = Closed({
  id: Id,
  name: Text,
  /** The field whose value is asked by: the personal number of the subject. */
  key: FieldId,
  /** Field with the number of a second subject: the same record is kept under both. */
  mirror: Type.Optional(FieldId),
  /** Several records of one subject may hold at once; a read gives the newest first. */
  many: Type.Optional(Type.Boolean()),
  fields: Type.Array(RegisterField, { minItems: 1, maxItems: 100 }),
  /** A new record that equals another in all of these fields is held for a person to look at. */
  duplicates: Type.Optional(Type.Array(Type.Array(FieldId, { minItems: 1 }))),
  /** A person may say that a value is wrong; officials of this role at the owner decide, for this purpose and on this ground. */
  corrections: Type.Optional(Closed({ role: Role, purpose: Id, ground: Law })),
  /** An answer of a system that stands in for this register may be kept in memory for so long; never, when left out. */
  keepSecondsMax: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })),
  events: Type.Optional(Closed({ added: Type.Optional(Id), changed: Type.Optional(Id), ended: Type.Optional(Id) })),
  access: Type.Array(AccessRight, { minItems: 1 }),
})
export type RegisterRecord = Static<typeof RegisterRecord>

export const RegisterDefinition = Closed({
  id: Id,
  name: Text,
  owner: Id,
  law: Type.Array(Law, { minItems: 1 }),
  records: Type.Array(RegisterRecord, { minItems: 1, maxItems: 30 }),
})
export type RegisterDefinition = Static<typeof RegisterDefinition>
