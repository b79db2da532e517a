// The grammar of form.yaml and of a vocabulary's data elements: one schema and type under each name. Explained in README.md.
import Type, { type Static } from "typebox"
import { CHECKS_MAX, FETCHES_MAX, ID_LENGTH_MAX, OPTIONS_MAX, PAGES_MAX, TEXT_LENGTH_CEILING } from "./limits.ts"

const closed = { additionalProperties: false }
const Words = Type.String({ minLength: 1, maxLength: 4000 })
const Expression = Type.String({ minLength: 1, maxLength: 1000, description: "A FEEL expression" })

/** Words in each language: `{ vi: "Khai sinh", en: "Birth" }`. */
export const Text = Type.Record(Type.String({ pattern: "^[a-z]{2,3}$" }), Words, { description: "Words by language" })
export type Text = Record<string, string>

export const elementTypes = [
  "text",
  "long-text",
  "personal-name",
  "number",
  "money",
  "date",
  "time",
  "choice",
  "yes-no",
  "person",
  "organisation",
  "address",
  "file",
  "group",
  "register-value",
  "declaration",
  "computed",
] as const
/** The kinds of fields that a form can have. */
export const ElementType = Type.Enum([...elementTypes])
export type ElementType = (typeof elementTypes)[number]

/** One answer that can be chosen. */
export const Option = Type.Object({ value: Type.String({ minLength: 1, maxLength: 100 }), name: Text }, closed)
export type Option = Static<typeof Option>

/** A bound of a date: a day (`2020-01-31`), `today`, or so many days, months, years from today (`today-60d`, `today+1y`). */
const DateBound = Type.String({ pattern: "^([0-9]{4}-[0-9]{2}-[0-9]{2}|today([+-][0-9]{1,5}[dmy])?)$" })

/** What an element's kind may be told; which of them a kind takes is in its own file under elements/. */
const particulars = {
  options: Type.Optional(Type.Array(Option, { minItems: 1, maxItems: OPTIONS_MAX })),
  many: Type.Optional(Type.Boolean({ description: "choice: several answers at once" })),
  min: Type.Optional(Type.Union([Type.Number(), Type.String({ pattern: "^-?[0-9]+(\\.[0-9]+)?$" })])),
  max: Type.Optional(Type.Union([Type.Number(), Type.String({ pattern: "^-?[0-9]+(\\.[0-9]+)?$" })])),
  decimals: Type.Optional(Type.Integer({ minimum: 0, maximum: 6 })),
  unit: Type.Optional(Text),
  currency: Type.Optional(Type.String({ pattern: "^[A-Z]{3}$" })),
  minLength: Type.Optional(Type.Integer({ minimum: 1, maximum: TEXT_LENGTH_CEILING })),
  maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: TEXT_LENGTH_CEILING })),
  format: Type.Optional(
    Type.String({ pattern: "^[a-z][a-z0-9-]{0,39}$", description: "a named format: email, phone, or one of the country" }),
  ),
  after: Type.Optional(DateBound),
  before: Type.Optional(DateBound),
  incomplete: Type.Optional(Type.Boolean({ description: "date: a year, or a month and a year, is enough" })),
  accept: Type.Optional(Type.Array(Type.Enum(["pdf", "jpg", "png"]), { minItems: 1, maxItems: 3 })),
  maxBytes: Type.Optional(Type.Integer({ minimum: 1 })),
  maxPages: Type.Optional(Type.Integer({ minimum: 1 })),
  service: Type.Optional(
    Type.String({ pattern: "^[a-z-]+/[a-z-]+\\.[a-z-]+$", description: "person, organisation: who knows the number" }),
  ),
  autocomplete: Type.Optional(Type.String({ pattern: "^[a-z -]{1,60}$" })),
}

/** A data element of the vocabulary: its words, kind and the one register that holds it. */
export const DataElement = Type.Object(
  {
    type: ElementType,
    name: Text,
    hint: Type.Optional(Text),
    source: Type.Optional(
      Type.String({
        description: "register and field: population/person.birthDate",
        pattern: "^[a-z-]+/[a-z-]+\\.[A-Za-z0-9]+$",
      }),
    ),
    ...particulars,
  },
  { additionalProperties: true },
)
export type DataElement = Static<typeof DataElement>

/** The data elements by their ids: `person.birthDate`. */
export type Vocabulary = Readonly<Record<string, DataElement>>

const FieldId = Type.String({ pattern: "^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*$", maxLength: ID_LENGTH_MAX })
const ElementId = Type.String({ pattern: "^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)+$", maxLength: 120 })
const FetchPath = Type.String({
  pattern: "^[a-z][A-Za-z0-9]*(\\.[A-Za-z0-9]+)*$",
  description: "a fetch, or a fetch and its record's field",
})

const shared = {
  name: Type.Optional(Text),
  hint: Type.Optional(Text),
  when: Type.Optional(Expression),
  optional: Type.Optional(Type.Boolean()),
  from: Type.Optional(FetchPath),
  new: Type.Optional(Type.Boolean({ description: "nobody holds it yet: it is asked" })),
  why: Type.Optional(Type.String({ minLength: 10, description: "the reason to ask for what a register holds" })),
  suggest: Type.Optional(Expression),
  unseen: Type.Optional(
    Type.Boolean({
      description: "only a check needs it: not shown while a register tells it and nothing else about its subject is disputed",
    }),
  ),
  ...particulars,
}

/** One field. Either `is` (a data element) or `type` (a kind of its own) says what it is. */
export const FieldDefinition = Type.Object(
  {
    id: FieldId,
    is: Type.Optional(ElementId),
    type: Type.Optional(ElementType),
    value: Type.Optional(Expression),
    as: Type.Optional(Type.Enum(["text", "number", "money", "date", "yes-no"])),
    fields: Type.Optional(Type.Array(Type.Unsafe<Record<string, unknown>>({ type: "object" }), { minItems: 1 })),
    ...shared,
  },
  closed,
)
export type FieldDefinition = Static<typeof FieldDefinition>

/** Several data elements about one subject; each becomes the field `about.lastWordOfTheElement`. */
export const AboutDefinition = Type.Object(
  {
    about: Type.String({ pattern: "^[a-z][A-Za-z0-9]*$" }),
    is: Type.Array(Type.Union([ElementId, Type.Object({ is: ElementId, ...shared }, closed)]), { minItems: 1 }),
    when: Type.Optional(Expression),
    from: Type.Optional(FetchPath),
    new: Type.Optional(Type.Boolean()),
    why: Type.Optional(Type.String({ minLength: 10 })),
    optional: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type AboutDefinition = Static<typeof AboutDefinition>

/** A check over answers: where `if` holds, the error `say` stands beside `fields`. */
export const CheckDefinition = Type.Object(
  {
    if: Expression,
    say: Type.String({ pattern: "^[a-z][a-z0-9-]{1,59}$" }),
    words: Text,
    law: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    fields: Type.Optional(Type.Array(FieldId, { minItems: 1 })),
  },
  closed,
)
export type CheckDefinition = Static<typeof CheckDefinition>

/** One page: one thing asked. */
export const PageDefinition = Type.Object(
  {
    id: Type.String({ pattern: "^[a-z][a-z0-9-]{0,39}$" }),
    title: Text,
    intro: Type.Optional(Text),
    when: Type.Optional(Expression),
    fields: Type.Array(Type.Union([AboutDefinition, FieldDefinition]), { minItems: 1 }),
    checks: Type.Optional(Type.Array(CheckDefinition, { maxItems: CHECKS_MAX })),
  },
  closed,
)
export type PageDefinition = Static<typeof PageDefinition>

/** A question to a register: which service, about whom. */
export const FetchDefinition = Type.Object(
  {
    id: Type.String({ pattern: "^[a-z][A-Za-z0-9]*$" }),
    service: Type.String({ pattern: "^[a-z-]+/[a-z-]+\\.[a-z-]+$" }),
    key: Expression,
    optional: Type.Optional(Type.Boolean({ description: "an empty answer is ordinary" })),
    name: Type.Optional(Text),
  },
  closed,
)
export type FetchDefinition = Static<typeof FetchDefinition>

/** How each subject is called, by the first word of its fields' ids: `mother: { vi: Mẹ, en: Mother }`. */
export const Subjects = Type.Record(Type.String({ pattern: "^[a-z][A-Za-z0-9]*$" }), Text, { additionalProperties: false })
export type Subjects = Static<typeof Subjects>

/** A whole form.yaml. */
export const FormDefinition = Type.Object(
  {
    fetch: Type.Optional(Type.Array(FetchDefinition, { maxItems: FETCHES_MAX })),
    subjects: Type.Optional(Subjects),
    pages: Type.Array(PageDefinition, { minItems: 1, maxItems: PAGES_MAX }),
  },
  { ...closed, $id: "https://motlan.org/schemas/form.json", title: "A form" },
)
export type FormDefinition = Static<typeof FormDefinition>
