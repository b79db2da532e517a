// The types that answers have in expressions: what a kind of field becomes for FEEL.
import { ANY, type DeclaredTypes, type FeelType } from "#engines/feel"
import type { ElementType } from "./definition.ts"
import { FETCHED } from "./expressions.ts"
import type { Field } from "./form.ts"

const STRING: FeelType = { kind: "string" }
const BOOLEAN: FeelType = { kind: "boolean" }
const HOLDER: FeelType = {
  kind: "context-of",
  entries: new Map([
    ["number", STRING],
    ["name", STRING],
  ]),
}

const types: Readonly<Record<ElementType, FeelType>> = {
  text: STRING,
  "long-text": STRING,
  "personal-name": STRING,
  number: { kind: "number" },
  money: { kind: "number" },
  date: { kind: "date" },
  time: { kind: "time" },
  choice: STRING,
  "yes-no": BOOLEAN,
  person: HOLDER,
  organisation: HOLDER,
  address: { kind: "context" },
  file: ANY,
  group: { kind: "list-of", of: ANY },
  "register-value": ANY,
  declaration: BOOLEAN,
  computed: ANY,
}

/** The type of a field's answer in expressions. */
export function feelTypeOf(field: Field): FeelType {
  if (field.type === "group")
    return {
      kind: "list-of",
      of: { kind: "context-of", entries: new Map((field.fields ?? []).map((one) => [one.id, feelTypeOf(one)])) },
    }
  const type = types[field.type === "computed" || field.type === "register-value" ? (field.as ?? "text") : field.type]
  return field.many ? { kind: "list-of", of: type } : type
}

/** What a computed field's expression must give: text takes everything. */
export const resultTypeOf = (as: ElementType | undefined): FeelType => (as === undefined || as === "text" ? ANY : types[as])

/** The types of the names in scope: answers by their fields, the day, and whether a register has answered. */
export function declaredTypes(names: readonly string[], fields: ReadonlyMap<string, Field>): DeclaredTypes {
  const known: Record<string, FeelType> = {}
  for (const name of names) {
    const field = fields.get(name)
    known[name] = field ? feelTypeOf(field) : name === "today" ? { kind: "date" } : name.startsWith(`${FETCHED}.`) ? BOOLEAN : ANY
  }
  return known
}
