// Tables of rules.yaml as an editor of DMN would save them: what DMN has no place for in descriptions.
import { modelOfRules, type RulesDefinition } from "#country"
import { type Element, writeDmn } from "#engines/dmn"

/** The DMN of these tables, an element of a table on each line. */
export function drawnRulesOf(rules: RulesDefinition): string {
  const model = modelOfRules(rules, ["person.number", "lived.elsewhere", "birth.weightGrams"])
  const elements = model.elements.map((element): Element => {
    if (element.kind !== "decision" || element.logic?.kind !== "table") return element
    const { name, law, inputs, rules: rows } = rules.tables.find(({ id }) => id === element.id)!
    const logic = {
      ...element.logic,
      inputs: element.logic.inputs.map((input, i) => ({ ...input, ...(inputs[i] && columnOf(inputs[i])) })),
      rules: element.logic.rules.map((rule, i) => ({
        ...rule,
        description: JSON.stringify({ because: rows[i]!.because, law: rows[i]!.law }),
      })),
    }
    return { ...element, description: JSON.stringify({ name, law }), logic }
  })
  return writeDmn({ ...model, elements }).replace(/<(decision|input|rule|output) /g, "\n<$1 ")
}

const columnOf = ({ id, name }: RulesDefinition["tables"][number]["inputs"][number]) => ({
  id,
  description: JSON.stringify({ name }),
})
