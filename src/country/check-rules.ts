// The check of rules.yaml: tables that compile, rows as wide as their columns, and outcomes that the steps which ask them know.
import type { Form } from "#engines/form"
import type { ProcessDefinition, StepDefinition } from "#engines/process"
import { checkDecisions } from "./check-decisions.ts"
import { checkDataService, inCharge } from "./check-exchange.ts"
import { agenciesOf, type Checking } from "./checking.ts"
import type { ServicePart } from "./pack.ts"
import type { DecisionTable } from "./rules.ts"

/** Tables that a step asks exist, answer with its outcomes, and can be read. */
export function checkRules(c: Checking, part: ServicePart, form: Form): void {
  const tables = part.rules?.data.tables ?? []
  tables.forEach((table, i) => {
    checkRows(c, part, table, i)
  })
  checkDecisions(c, part, form)
  checkSystemSteps(c, part, tables)
}

function checkRows(c: Checking, { rules }: ServicePart, { inputs, rules: rows, id }: DecisionTable, i: number): void {
  rows.forEach(({ when, id: name }, j) => {
    if (when.length !== inputs.length) {
      const params = { name, step: id, count: when.length, max: inputs.length }
      c.report(rules!.source, ["tables", i, "rules", j, "when"], "rule-width", params)
    }
  })
}

const stepsOf = ({ process }: ServicePart): readonly StepDefinition[] =>
  (process?.data as Partial<ProcessDefinition> | undefined)?.steps ?? []

function checkSystemSteps(c: Checking, part: ServicePart, tables: readonly DecisionTable[]): void {
  stepsOf(part).forEach((step, i) => {
    if (step.by !== "system" || !part.process) return
    if (step.table !== undefined) checkTable(c, part, tables, i)
    if (typeof step.query?.service === "string") {
      const service = { name: step.query.service, deed: "read", keys: ["steps", i, "query", "service"] } as const
      checkDataService(c, part.process, service, part.definition.data, [inCharge(part.definition.data)])
    }
    const { consult } = step
    if (consult?.kind && agenciesOf(c, consult.kind).length === 0)
      c.report(part.process, ["steps", i, "consult"], "consults-nobody", { step: step.id, name: consult.kind })
  })
}

function checkTable(c: Checking, part: ServicePart, tables: readonly DecisionTable[], i: number): void {
  const step = stepsOf(part)[i]!
  const table = tables.find(({ id }) => id === step.table)
  if (!table) {
    const ids = tables.map(({ id }) => id)
    c.known(part.process!, ["steps", i, "table"], "table-unknown", step.table ?? "", ids)
    return
  }
  const t = tables.indexOf(table)
  table.rules.forEach(({ then, id }, j) => {
    if (!Object.hasOwn(step.then, then))
      c.report(part.rules!.source, ["tables", t, "rules", j, "then"], "rule-outcome", { name: id, near: then, step: step.id })
  })
}
