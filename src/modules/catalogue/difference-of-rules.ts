// What differs between the decision tables of two versions: tables and rules that come, go and change.
import type { DecisionTable, RulesDefinition } from "#country"
import { canonicalJson } from "./canonical.ts"
import type { Change } from "./difference.ts"

type Code = Extract<Change["code"], `table-${string}` | `rule-${string}`>

/** Every change of the tables; a rule is called by its reason. */
export function inRules(before: RulesDefinition | undefined, after: RulesDefinition | undefined): Change[] {
  const [old, now] = [before?.tables ?? [], after?.tables ?? []]
  const told = (code: Code, { name }: DecisionTable): Change => ({ part: "rules", code, params: { table: name } })
  return [
    ...now.flatMap((table) => {
      const was = old.find(({ id }) => id === table.id)
      return was ? inTable(was, table) : [told("table-added", table)]
    }),
    ...old.filter(({ id }) => !now.some((table) => table.id === id)).map((table) => told("table-gone", table)),
  ]
}

function inTable(before: DecisionTable, after: DecisionTable): Change[] {
  const told = (code: Code, rule: DecisionTable["rules"][number]): Change => ({
    part: "rules",
    code,
    params: { table: after.name, rule: rule.because, outcome: rule.then },
  })
  const come = after.rules.flatMap((rule) => {
    const was = before.rules.find(({ id }) => id === rule.id)
    if (!was) return [told("rule-added", rule)]
    return canonicalJson(was) === canonicalJson(rule) ? [] : [told("rule-changed", rule)]
  })
  const gone = before.rules.filter(({ id }) => !after.rules.some((rule) => rule.id === id))
  return [...come, ...gone.map((rule) => told("rule-gone", rule))]
}
