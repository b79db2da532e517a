// A step table as a graph: a task for each step, a gateway for its outcomes, an event for each way to end.
import { Building, type OpenScope } from "./build.ts"
import { ASKER, ENDS, type ProcessDefinition, type StepDefinition } from "./definition.ts"
import { constant } from "./expressions.ts"
import type { Graph } from "./graph.ts"

/** Id of the process, and prefixes of what a table has no name for; ids of steps have no underscore. */
export const TABLE = "table_process"
export const idOf = {
  start: "start_event",
  gate: (step: string) => `gate_${step}`,
  askers: (step: string) => `askers_${step}`,
  closes: (step: string) => `closes_${step}`,
  end: (target: string) => target.replace(/^end-?/, "end_event_"),
  flow: (from: string, to: string) => `flow_${from}_${to}`,
} as const

/** The graph of a table that is sound. */
export function graphOfTable(table: ProcessDefinition): Graph {
  const building = new Building()
  const scope = building.scope(TABLE, "")
  const attributes = new Map(table.supplements === undefined ? [] : [["supplements", String(table.supplements)]])
  building.node(scope, idOf.start, { type: "start" }, { attributes })
  for (const row of table.steps) addStep(building, scope, row)
  for (const target of Object.keys(ENDS))
    if (table.steps.some((row) => leadsTo(row, target)))
      building.node(scope, idOf.end(target), { type: "end" }, { attributes: new Map([["as", target]]) })
  building.flow(scope, idOf.flow("start", ""), { from: idOf.start, to: table.steps[0]!.id })
  for (const row of table.steps) addFlows(building, scope, table, row)
  return building.done(TABLE)
}

const leadsTo = (row: StepDefinition, target: string): boolean =>
  row.closes?.as === target || Object.values(row.then).includes(target)

function addStep(building: Building, scope: OpenScope, row: StepDefinition): void {
  const task = row.by === "system" ? "service" : "user"
  const host = building.node(scope, row.id, { type: "task", task }, { name: nameIn(row), attributes: attributesOf(row) })
  building.node(scope, idOf.gate(row.id), { type: "gateway", gateway: "exclusive" })
  if (Object.values(row.then).includes(ASKER))
    building.node(scope, idOf.askers(row.id), { type: "gateway", gateway: "exclusive" })
  if (!row.closes) return
  const at = constant(row.closes.after, row.closes.after)
  building.node(scope, idOf.closes(row.id), { type: "boundary" }, { host, events: [{ on: "timer", timer: "duration", at }] })
}

const nameIn = ({ name, id }: StepDefinition): string => (name && (name.vi ?? Object.values(name)[0])) ?? id

/** What a row says besides its id, outcomes and targets: words as they are, the rest as JSON. */
export function attributesOf(row: StepDefinition): Map<string, string> {
  const { id: _, then: __, ...rest } = row
  return new Map(Object.entries(rest).map(([key, value]) => [key, written(value)]))
}

const written = (value: unknown): string => (typeof value === "string" && !/^[[{"\d]/.test(value) ? value : JSON.stringify(value))

function addFlows(building: Building, scope: OpenScope, table: ProcessDefinition, row: StepDefinition): void {
  const gate = idOf.gate(row.id)
  building.flow(scope, idOf.flow(row.id, "gate"), { from: row.id, to: gate })
  for (const [outcome, target] of Object.entries(row.then)) {
    const text = `outcome = "${outcome}"`
    const to = target === ASKER ? idOf.askers(row.id) : Object.hasOwn(ENDS, target) ? idOf.end(target) : target
    const when = { text, value: (vars: Record<string, unknown>) => vars.outcome === outcome }
    building.flow(scope, idOf.flow(row.id, outcome), { from: gate, to }, { name: outcome, outcome, when })
  }
  if (Object.values(row.then).includes(ASKER)) {
    for (const { id } of table.steps.filter((other) => Object.values(other.then).includes(row.id))) {
      const when = { text: `asker = "${id}"`, value: (vars: Record<string, unknown>) => vars.asker === id }
      building.flow(scope, idOf.flow(`${row.id}_back`, id), { from: idOf.askers(row.id), to: id }, { when })
    }
  }
  if (row.closes) building.flow(scope, idOf.flow(row.id, "closed"), { from: idOf.closes(row.id), to: idOf.end(row.closes.as) })
}
