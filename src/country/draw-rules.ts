// Decision tables as DMN for an editor: what DMN has no place for stands in descriptions, as `drawnRules` reads it back.
import { type Element, type Table, writeDmn } from "#engines/dmn"
import { modelOfRules, type RulesDefinition } from "./rules.ts"

type DecisionTable = RulesDefinition["tables"][number]

/**
 * The tables of rules.yaml as a text of DMN 1.5 (OMG), an element of a table on each line; read as rules.dmn it gives the same tables.
 * `fields` are the ids of the form's fields, of which the first words are input data.
 */
export function dmnOfRules(rules: RulesDefinition, fields: Iterable<string>): string {
  const model = modelOfRules(rules, fields)
  const elements = model.elements.map((element): Element => {
    const table = rules.tables.find(({ id }) => id === element.id)
    if (!table || element.kind !== "decision" || element.logic?.kind !== "table") return element
    const { name, law } = table
    return {
      ...element,
      description: JSON.stringify({ name, law }),
      logic: { ...element.logic, ...described(table, element.logic) },
    }
  })
  return writeDmn({ ...model, elements }).replace(/<(decision|input|rule|output) /g, "\n<$1 ")
}

/** The last column may be that of the days, which has no name of its own. */
function described({ inputs, rules }: DecisionTable, drawn: Table): Pick<Table, "inputs" | "rules"> {
  return {
    inputs: drawn.inputs.map((input, i) => {
      const own = inputs[i]
      return own ? { ...input, id: own.id, description: JSON.stringify({ name: own.name }) } : input
    }),
    rules: drawn.rules.map((rule, i) => ({
      ...rule,
      description: JSON.stringify({ because: rules[i]!.because, law: rules[i]!.law }),
    })),
  }
}
