// A step that a table of the pinned definition decides: the outcome, and the trace by which anybody can follow it.
import { append } from "#audit"
import type { DecisionTable } from "#country"
import { DmnError, decide } from "#engines/dmn"
import { FeelError, plainResult } from "#engines/feel"
import type { Step } from "#engines/process"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { todayOf } from "./clock.ts"
import type { Executed } from "./executed.ts"
import type { OpenCase } from "./move.ts"
import { originsOf, ruleInputs, type ValueOrigin } from "./rule-inputs.ts"
import { insertDecision } from "./store.steps.ts"

/** How a table decided: each column's value with where it came from, and the ids of the rules that held. */
export interface Trace {
  readonly inputs: readonly { readonly id: string; readonly value: unknown; readonly origins: readonly ValueOrigin[] }[]
  readonly rules: readonly string[]
}

/** Decides the open step by its table and stores the trace; the step is stuck where no rule holds or the table can't be worked out. */
export async function decideByTable(tx: Tx, open: OpenCase, step: Step): Promise<Executed> {
  const { dossier, service } = open
  const table = service.rules?.tables.find(({ id }) => id === step.table)
  if (!service.rules || !table) return { stuck: "no-table" }
  const decided = worked(tx, open, table)
  if (!decided) return { stuck: "decision-fault" }
  const { outcome, trace } = decided
  if (typeof outcome !== "string" || !step.next.has(outcome)) return { stuck: "no-rule" }
  const { moves } = dossier.process
  await insertDecision(tx, dossier.agency, newId(tx.now), dossier.id, {
    ...{ step: step.id, moves, table: table.id, outcome, trace, at: tx.now },
  })
  append(tx, {
    ...{ agency: dossier.agency, event: "decision-made", subject: dossier.subject, caseId: dossier.id },
    details: { code: dossier.code, step: step.id, table: table.id, outcome },
  })
  return { dossier, outcome }
}

/** The table's answer; undefined when an expression goes beyond its budget or the model can't be asked. */
function worked(tx: Tx, open: OpenCase, table: DecisionTable): { outcome: unknown; trace: Trace } | undefined {
  try {
    const given = ruleInputs(open, todayOf(tx))
    const { result, tables } = decide(open.service.rules!.model, table.id, given)
    const seen = tables.find((one) => one.table === table.id)
    const inputs = table.inputs.map(({ id, value }, i) => ({
      id,
      value: plainResult(seen?.inputs[i]?.value ?? null),
      origins: originsOf(open, value, given.keys()),
    }))
    return { outcome: plainResult(result), trace: { inputs, rules: seen?.rules ?? [] } }
  } catch (error) {
    if (!(error instanceof FeelError) && !(error instanceof DmnError)) throw error
    tx.site.log.error({ table: table.id, service: open.service.code, fault: error.message }, "a table can't be worked out")
    return undefined
  }
}
