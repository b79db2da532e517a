// services/CODE/rules.yaml (or rules.dmn): the decision tables of a procedure, each rule with its law, its days and its words; and the same as a DMN model.
import Type, { type Static } from "typebox"
import type { Element, Model } from "#engines/dmn"
import { Closed, Day, Id, Law, Text } from "./text.ts"

const TABLES_MAX = 20
const COLUMNS_MAX = 30
const ROWS_MAX = 500
const Expression = Type.String({ minLength: 1, maxLength: 1_000 })

/** A column: what is looked at. `value` is FEEL over the form, `found` (answers of query-register steps), `case` and `today`. */
export const RuleInput = Closed({ id: Id, name: Text, value: Expression })

/** A row: it holds when every cell of `when` does (`-` is any value), on the days from `from` to `until`. */
export const Rule = Closed({
  id: Id,
  when: Type.Array(Expression, { maxItems: COLUMNS_MAX }),
  // biome-ignore lint/suspicious/noThenProperty: the word of the grammar; no promise is near
  then: Id,
  /** Why, in words for the person whom it concerns. */
  because: Text,
  law: Type.Optional(Law),
  from: Type.Optional(Day),
  until: Type.Optional(Day),
})
export type Rule = Static<typeof Rule>

/** A decision table. Of `unique` rules one alone may hold; of those in order the `first`. */
export const DecisionTable = Closed({
  id: Id,
  name: Text,
  law: Type.Array(Law, { minItems: 1 }),
  hit: Type.Enum(["unique", "first"]),
  inputs: Type.Array(RuleInput, { minItems: 1, maxItems: COLUMNS_MAX }),
  rules: Type.Array(Rule, { minItems: 1, maxItems: ROWS_MAX }),
})
export type DecisionTable = Static<typeof DecisionTable>

export const RulesDefinition = Closed({ tables: Type.Array(DecisionTable, { minItems: 1, maxItems: TABLES_MAX }) })
export type RulesDefinition = Static<typeof RulesDefinition>

/** Names that expressions of a table may begin with, beside the first words of the form's fields. */
const FACTS = ["applicant", "case", "found", "assigned", "today"]

/**
 * The tables as a DMN model, for the engine and for exchange with other tools; every table is a decision of its id. `fields` are the ids
 * of the form's fields, of which the first words are input data.
 */
export function modelOfRules({ tables }: RulesDefinition, fields: Iterable<string>): Model {
  const roots = [...new Set([...FACTS, ...[...fields].map((id) => id.split(".")[0]!)])]
  const inputs = roots.map((name): Element => ({ kind: "input", id: `input-${name}`, name, variable: { name, typeRef: null } }))
  const requires = inputs.map(({ id }) => `#${id}`)
  const decisions = tables.map((table): Element => {
    const { id } = table
    return { kind: "decision", id, name: id, variable: { name: id, typeRef: null }, requires, logic: logicOf(table) }
  })
  return { name: "rules", namespace: "urn:motlan:rules:1", imports: [], items: [], elements: [...inputs, ...decisions] }
}

type Logic = Extract<Element, { kind: "decision" }>["logic"]

/** Days in which a rule holds are a column of their own, as DMN has no other place for them. */
function logicOf({ hit, inputs, rules }: DecisionTable): Logic {
  const isDated = rules.some(({ from, until }) => from !== undefined || until !== undefined)
  const column = (label: string, text: string) => ({ label, text, typeRef: null, values: null })
  return {
    kind: "table",
    typeRef: null,
    hitPolicy: hit === "first" ? "FIRST" : "UNIQUE",
    aggregation: null,
    inputs: [...inputs.map(({ id, value }) => column(id, value)), ...(isDated ? [column("today", "today")] : [])],
    outputs: [{ name: "outcome", typeRef: null, values: null, default: null }],
    rules: rules.map((rule) => ({
      id: rule.id,
      inputs: [...rule.when, ...(isDated ? [daysOf(rule)] : [])],
      outputs: [JSON.stringify(rule.then)],
    })),
  }
}

/** Between these a rule without days of its own holds. */
export const [FIRST_DAY, LAST_DAY] = ["0001-01-01", "9999-12-31"]

const daysOf = ({ from, until }: Rule): string =>
  from === undefined && until === undefined ? "-" : `[@"${from ?? FIRST_DAY}"..@"${until ?? LAST_DAY}"]`
