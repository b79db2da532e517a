// Compiles a step table to a graph, or says everything that is wrong with it, each fault with its path of keys.
import { Compile } from "typebox/compile"
import { ASKER, ENDS, type EndAs, ProcessDefinition, type StepDefinition, StepKind } from "./definition.ts"
import type { Graph } from "./graph.ts"
import type { Limit, Process, Step, Target } from "./process.ts"
import { faultsOfRows, faultsOfTable, normHoursOf } from "./soundness.ts"
import { graphOfTable, idOf } from "./table-graph.ts"

/** One thing wrong with a definition: where (keys from the root of the document), what (a code), and the mend in English. */
export interface ProcessFault {
  readonly path: readonly (string | number)[]
  readonly code: string
  readonly says: string
  readonly mend: string
  readonly params?: Readonly<Record<string, string>>
}

/** Thrown by `compileProcess`: all faults at once. */
export class ProcessFaults extends Error {
  constructor(readonly faults: readonly ProcessFault[]) {
    super(faults.map((f) => `${f.path.join(".")}: ${f.code}: ${f.says}`).join("\n"))
    this.name = "ProcessFaults"
  }
}

const grammar = Compile(ProcessDefinition)

/** What the legal limit allows, in working hours, where the procedure has one: `limitHoursOf(limit)`. */
export interface ProcessBounds {
  readonly limitHours?: number | undefined
}

/** A legal limit in working hours, as internal processes count: 8 to a day, 5 working days to a week, 22 to a month. */
export function limitHoursOf(limit: Limit): number {
  const days = { "working-day": limit.value, day: Math.max(1, Math.floor((limit.value * 5) / 7)), month: limit.value * 22 }
  return limit.unit === "working-hour" || limit.unit === "hour" ? limit.value : days[limit.unit] * HOURS_A_DAY
}

const HOURS_A_DAY = 8

/**
 * Everything wrong with a definition, empty when it may be published: it follows the grammar, no target is unknown, every step of an
 * official has a norm, and, found by running it (`soundnessOf`), no step is dead and from each a case comes to an end; the norms of the
 * longest way fit in `limitHours`.
 */
export function checkProcess(definition: unknown, { limitHours }: ProcessBounds = {}): ProcessFault[] {
  return grammar.Check(definition) ? faultsOfTable(definition, limitHours) : grammarFaults(definition)
}

/** Compiles a definition to be run. Throws `ProcessFaults` where it can't be; whether it is sound is asked once, before it is published. */
export function compileProcess(definition: unknown): Process {
  const faults = grammar.Check(definition) ? faultsOfRows(definition) : grammarFaults(definition)
  if (faults.length > 0) throw new ProcessFaults(faults)
  const table = definition as ProcessDefinition
  const steps = new Map(table.steps.map((row) => [row.id, compiledStep(row)]))
  let graph: Graph | undefined
  return {
    get graph() {
      graph ??= graphOfTable(table) // at the first move: most of the published tables have no case today
      return graph
    },
    ends: new Map(Object.entries(ENDS).map(([target, as]) => [idOf.end(target), as])),
    first: table.steps[0]!.id,
    steps,
    supplementsMax: table.supplements ?? 1,
    watched: new Set([...steps.values()].flatMap((s) => s.not)),
    normHours: normHoursOf(table),
  }
}

const FAULTS_MAX = 50

function grammarFaults(definition: unknown): ProcessFault[] {
  return grammar
    .Errors(definition)
    .filter((error) => error.keyword !== "boolean") // twin of "additionalProperties" at the same place
    .slice(0, FAULTS_MAX)
    .map((error) => {
      const path = [...keysOf(error.instancePath), ...extraKey(error)]
      if (path.length === 3 && path[2] === "kind" && error.keyword === "enum") return unknownKind(path)
      return { path, code: "grammar", says: error.message, mend: "write it as the grammar of process.yaml has it" }
    })
}

function unknownKind(path: ProcessFault["path"]): ProcessFault {
  const known = StepKind.enum.join(", ")
  return { path, code: "unknown-kind", says: "no step is of this kind", mend: `write one of: ${known}`, params: { known } }
}

const keysOf = (pointer: string): (string | number)[] =>
  pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key))

/** A key too many or too few is named by the error's parameters, not by its path. */
function extraKey(error: { keyword: string; params: object }): string[] {
  const params = error.params as { additionalProperties?: string[]; requiredProperties?: string[] }
  return (params.additionalProperties ?? params.requiredProperties ?? []).slice(0, 1)
}

function compiledStep(row: StepDefinition): Step {
  const { id, by, kind, form, forms, checks, not, clock, closes, then, name, unit, hours, assigns, channel, notice, table } = row
  const { query, consult } = row
  const optional = { name, unit, hours, form, assigns, channel, notice, table, query, consult }
  return {
    id,
    kind,
    role: by,
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<Step>),
    forms: new Map(Object.entries(forms ?? {})),
    checks: checks ?? [],
    not: not === undefined ? [] : [not].flat(),
    suspended: clock === "suspended",
    ...(closes && { closes: { after: limitOf(closes.after), as: endOf(closes.as) } }),
    next: new Map(Object.entries(then).map(([outcome, target]) => [outcome, targetOf(target)])),
  }
}

/** `30 days` → { value: 30, unit: "day" } */
function limitOf(text: string): Limit {
  const [value, unit] = text.split(" ") as [string, string]
  return { value: Number(value), unit: unit.replace(/s$/, "") as Limit["unit"] }
}

const endOf = (target: string): EndAs => ENDS[target as keyof typeof ENDS]

function targetOf(target: string): Target {
  if (target === ASKER) return { to: "asker" }
  return Object.hasOwn(ENDS, target) ? { to: "end", as: endOf(target) } : { to: "step", step: target }
}
