// How the tables of a procedure decided a case: the table with its law, what it looked at, and the rules that held.
import type { DecisionTable, Rule } from "#country"
import type { Step } from "#engines/process"
import type { Trace } from "./decide-by-table.ts"
import type { CaseFile } from "./find-cases.ts"

/** A decision as it can be read: by the definition that the case is pinned to, so its words are those of the day. */
export interface DecisionShown {
  readonly step: Step
  readonly table: DecisionTable
  readonly outcome: string
  readonly at: Date
  readonly inputs: readonly (Trace["inputs"][number] & { readonly name: DecisionTable["name"] })[]
  /** The rules that held; the first of them gave the outcome. */
  readonly rules: readonly Rule[]
}

/** The decisions of a case that the actor has found, in their order. */
export function describeDecisions({ decisions, service }: CaseFile): DecisionShown[] {
  return decisions.flatMap(({ step: stepId, table: tableId, outcome, trace, at }) => {
    const step = service.process.steps.get(stepId)
    const table = service.rules?.tables.find(({ id }) => id === tableId)
    if (!step || !table) return [] // decided under a version that a migration has replaced
    const inputs = trace.inputs.map((input) => ({
      ...input,
      name: table.inputs.find(({ id }) => id === input.id)?.name ?? {},
    }))
    const rules = trace.rules.flatMap((id) => table.rules.filter((rule) => rule.id === id))
    return [{ step, table, outcome, at, inputs, rules }]
  })
}
