// vocabulary.yaml: the data elements: one name, one type, one source register each; code lists and purposes.
import Type, { type Static } from "typebox"
import { Closed, exact, Id, Law, Path, Text } from "./text.ts"

/** The kinds of values that forms, registers and the exchange share; the form engine draws and reads each. */
export const ElementType = Type.Enum([
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
])
export type ElementType = Static<typeof ElementType>

/**
 * One data element. `source` is where the state holds it: `population/person.birthDate` (register/record.field).
 * `codes` names a code list; the loader lays its items into `options`, as the form engine wants them.
 */
export const DataElement = Closed({
  type: ElementType,
  name: Text,
  hint: Type.Optional(Text),
  source: Type.Optional(Type.String({ pattern: "^[a-z-]+/[a-z-]+\\.[a-z][A-Za-z0-9]*$" })),
  codes: Type.Optional(Id),
  options: Type.Optional(Type.Array(Closed({ value: Type.String(), name: Text }), { minItems: 1 })),
  many: Type.Optional(Type.Boolean()),
  unit: Type.Optional(Text),
  currency: Type.Optional(Type.String({ pattern: "^[A-Z]{3}$" })),
  decimals: Type.Optional(Type.Integer({ minimum: 0, maximum: 6 })),
  min: Type.Optional(Type.Number()),
  max: Type.Optional(Type.Number()),
  minLength: Type.Optional(Type.Integer({ minimum: 1 })),
  maxLength: Type.Optional(Type.Integer({ minimum: 1 })),
  format: Type.Optional(Id),
  after: Type.Optional(Type.String()),
  before: Type.Optional(Type.String()),
  incomplete: Type.Optional(Type.Boolean()),
  accept: Type.Optional(Type.Array(Type.Enum(["pdf", "jpg", "png"]))),
  maxBytes: Type.Optional(Type.Integer({ minimum: 1 })),
  maxPages: Type.Optional(Type.Integer({ minimum: 1 })),
  service: Type.Optional(Type.String()),
  autocomplete: Type.Optional(Type.String()),
})
export type DataElement = Static<typeof DataElement>

export const CodeItem = Closed({ id: Type.String(), name: Text })
export type CodeItem = Static<typeof CodeItem>

export const Vocabulary = Closed({
  elements: Type.Record(Path, DataElement, exact),
  codeLists: Type.Record(Id, Type.Array(CodeItem, { minItems: 1 }), exact),
  /** Why personal data may be asked of a register; each exchange request names one. */
  purposes: Type.Record(Id, Closed({ name: Text, law: Type.Array(Law, { minItems: 1 }) }), exact),
})
export type Vocabulary = Static<typeof Vocabulary>
