// Is a step table sound? Every path ends, no dead step, no unknown target, a norm for every official, four eyes that can see.
import type { ProcessFault } from "./compile.ts"
import { ASKER, ENDS, type ProcessDefinition, type StepDefinition } from "./definition.ts"
import { soundnessOf } from "./explore.ts"
import type { FindingCode } from "./graph.ts"
import { graphOfTable } from "./table-graph.ts"

const SYSTEM_KINDS: ReadonlySet<string> = new Set([
  "write-register",
  "return-result",
  "notify",
  "decide",
  "consult",
  "query-register",
  "issue",
])
/** What a system step of a kind can't do without: the key of the table that says it. */
const NEEDED: Readonly<Partial<Record<string, "table" | "query" | "consult" | "hours">>> = {
  decide: "table",
  "query-register": "query",
  consult: "consult",
}
/** The citizen acts: no norm of an official runs. */
const WAITS_FOR_CITIZEN: ReadonlySet<string> = new Set(["supplement", "pay"])
const RESERVED = new Set<string>([ASKER, ...Object.keys(ENDS)])

type Row = StepDefinition
/** Step id → steps that may directly follow it; the answer of a supplement leads back to every asker. */
type Graph = ReadonlyMap<string, readonly string[]>

/** What keeps a table that already follows the grammar from being run: names that name nothing, rows that contradict themselves. */
export const faultsOfRows = (table: ProcessDefinition): ProcessFault[] => namedFirst(table, rowFaults)

/** The same, and what keeps a table that runs from being published: steps that no case comes to or gets out of, norms beyond the limit. */
export const faultsOfTable = (table: ProcessDefinition, limitHours: number | undefined): ProcessFault[] =>
  namedFirst(table, () => [
    ...rowFaults(table),
    ...faultsOfMoves(table),
    ...faultsOfCircles(table),
    ...faultsOfNorms(table, limitHours),
  ])

/** The faults of the names alone where there are any: the rest needs every name to name something. */
function namedFirst(table: ProcessDefinition, rest: (table: ProcessDefinition) => ProcessFault[]): ProcessFault[] {
  const named = faultsOfNames(table)
  return named.length > 0 ? named : rest(table)
}

function rowFaults(table: ProcessDefinition): ProcessFault[] {
  const graph = graphOf(table)
  return table.steps.flatMap((row, i) => faultsOfRow(table, graph, row, i))
}

/** Working hours of the officials' norms on the longest way through, the ways back of loops left out. */
export function normHoursOf(table: ProcessDefinition): number {
  const rows = new Map(table.steps.map((row) => [row.id, row]))
  const graph = graphOf(table)
  const longest = new Map<string, number>()
  const open = new Set<string>()
  const from = (id: string): number => {
    const known = longest.get(id)
    if (known !== undefined) return known
    open.add(id)
    const onward = graph.get(id)!.filter((next) => !open.has(next)) // the way back of a loop is left out
    const row = rows.get(id)!
    const own = row.clock === "suspended" ? 0 : (row.hours ?? 0)
    const hours = own + Math.max(0, ...onward.map(from))
    open.delete(id)
    longest.set(id, hours)
    return hours
  }
  return from(table.steps[0]!.id)
}

const fault = (path: (string | number)[], code: string, says: string, mend: string): ProcessFault => ({ path, code, says, mend })

/** Ids are unique and not reserved; every target and every `not` names something. */
function faultsOfNames(table: ProcessDefinition): ProcessFault[] {
  const faults: ProcessFault[] = []
  const ids = new Map<string, number>()
  table.steps.forEach((row, i) => {
    const first = ids.get(row.id)
    if (RESERVED.has(row.id))
      faults.push(fault(["steps", i, "id"], "reserved-id", `"${row.id}" has a meaning of its own`, "rename the step"))
    else if (first !== undefined)
      faults.push(fault(["steps", i, "id"], "double-id", `step ${first + 1} has this id too`, "rename one of them"))
    else ids.set(row.id, i)
  })
  const known = [...ids.keys(), ...RESERVED].join(", ")
  table.steps.forEach((row, i) => {
    for (const [outcome, target] of Object.entries(row.then)) {
      if (ids.has(target) || RESERVED.has(target)) continue
      faults.push(
        fault(["steps", i, "then", outcome], "unknown-target", `no step is called "${target}"`, `name one of: ${known}`),
      )
    }
    for (const other of [row.not ?? []].flat()) {
      if (!ids.has(other))
        faults.push(
          fault(["steps", i, "not"], "unknown-step", `no step is called "${other}"`, "name the step that another person must do"),
        )
    }
    if (row.closes && !Object.hasOwn(ENDS, row.closes.as)) {
      faults.push(
        fault(
          ["steps", i, "closes", "as"],
          "unknown-end",
          `"${row.closes.as}" is not an end`,
          `use one of: ${Object.keys(ENDS).join(", ")}`,
        ),
      )
    }
  })
  return faults
}

/** The answer of a supplement leads back to every step that asks. */
function graphOf(table: ProcessDefinition): Graph {
  const ids = new Set(table.steps.map((row) => row.id))
  const next = (row: Row) =>
    Object.values(row.then).flatMap((target) => (target === ASKER ? stepsAsking(table, row.id) : ids.has(target) ? [target] : []))
  return new Map(table.steps.map((row) => [row.id, [...new Set(next(row))]]))
}

const stepsAsking = (table: ProcessDefinition, id: string): string[] =>
  table.steps.filter((row) => Object.values(row.then).includes(id)).map((row) => row.id)

function faultsOfRow(table: ProcessDefinition, graph: Graph, row: Row, i: number): ProcessFault[] {
  const at = (...keys: (string | number)[]) => ["steps", i, ...keys]
  const faults: ProcessFault[] = []
  const outcomes = Object.keys(row.then)
  if (outcomes.length === 0)
    faults.push(fault(at("then"), "no-outcome", "the step leads nowhere", "write at least one outcome and its target"))
  for (const outcome of Object.keys(row.forms ?? {})) {
    if (!outcomes.includes(outcome))
      faults.push(
        fault(
          at("forms", outcome),
          "unknown-outcome",
          `the step has no outcome "${outcome}"`,
          `use one of: ${outcomes.join(", ")}`,
        ),
      )
  }
  if (row.by === "system") {
    if (!SYSTEM_KINDS.has(row.kind))
      faults.push(
        fault(at("by"), "kind-needs-a-person", `the system can't do "${row.kind}"`, "name the role of the position that does it"),
      )
    faults.push(...faultsOfSystem(row, i))
  } else if (!WAITS_FOR_CITIZEN.has(row.kind) && row.hours === undefined) {
    faults.push(fault(at(), "norm-missing", "a step of an official has no norm", "add `hours:`, its working hours"))
  }
  if (row.kind === "sign" && !outcomes.includes("signed")) {
    faults.push(
      fault(at("then"), "signed-missing", "a sign step has no outcome `signed`", "name the outcome of signing `signed`"),
    )
  }
  faults.push(...faultsOfSupplement(table, row, i), ...faultsOfFourEyes(graph, row, i))
  return faults
}

/** A system step knows what to do; the other agency has a norm; a machine asks a person before it refuses. */
function faultsOfSystem(row: Row, i: number): ProcessFault[] {
  const faults: ProcessFault[] = []
  const needed = NEEDED[row.kind]
  if (needed && row[needed] === undefined)
    faults.push(fault(["steps", i], "step-lacks", `the step doesn't say what to do`, `add \`${needed}:\``))
  if (row.kind === "consult" && row.hours === undefined)
    faults.push(fault(["steps", i], "norm-missing", "a step of an official has no norm", "add `hours:`, its working hours"))
  for (const [outcome, target] of Object.entries(row.then)) {
    if (row.kind === "decide" && target === "end-refused")
      faults.push(
        fault(
          ["steps", i, "then", outcome],
          "machine-refuses",
          "a table refuses and no person has looked",
          "lead to a step of an official",
        ),
      )
  }
  return faults
}

function faultsOfSupplement(table: ProcessDefinition, row: Row, i: number): ProcessFault[] {
  const at = (...keys: (string | number)[]) => ["steps", i, ...keys]
  const faults: ProcessFault[] = []
  if (row.kind !== "supplement") {
    for (const [outcome, target] of Object.entries(row.then)) {
      if (target === ASKER)
        faults.push(fault(at("then", outcome), "nobody-asked", "only a supplement step has an asker", "name the step"))
    }
    if (row.clock && !WAITS_FOR_CITIZEN.has(row.kind) && row.kind !== "consult")
      faults.push(fault(at("clock"), "clock-of-officials", "only a step of the citizen stops the clock", "remove `clock:`"))
    if (row.closes && !WAITS_FOR_CITIZEN.has(row.kind))
      faults.push(fault(at("closes"), "closes-officials", "only a step of the citizen closes by itself", "remove `closes:`"))
    if (row.kind === "pay" && row.by !== "applicant")
      faults.push(fault(at("by"), "pays-officials", "an official doesn't pay", "write `by: applicant`"))
    return faults
  }
  if (i === 0)
    faults.push(
      fault(
        at("kind"),
        "nobody-asked",
        "the first step can't be a supplement: nobody asked",
        "begin with the step that receives",
      ),
    )
  if (!row.clock)
    faults.push(fault(at(), "clock-runs", "the clock would run while the citizen supplements", "add `clock: suspended`"))
  if (!row.closes)
    faults.push(
      fault(
        at(),
        "never-closes",
        "a case that is never answered would stay open for ever",
        "add `closes: { after: 30 days, as: end-stopped }`",
      ),
    )
  const chained = Object.entries(row.then).find(([, target]) =>
    table.steps.some((s) => s.id === target && s.kind === "supplement"),
  )
  if (chained)
    faults.push(
      fault(
        at("then", chained[0]),
        "supplement-after-supplement",
        "an answer leads to another request",
        "lead to an official's step",
      ),
    )
  return faults
}

function faultsOfFourEyes(graph: Graph, row: Row, i: number): ProcessFault[] {
  return [row.not ?? []].flat().flatMap((other) => {
    if (other === row.id)
      return [fault(["steps", i, "not"], "four-eyes-on-itself", "a step can't exclude its own doer", "name another step")]
    if (reachable(graph, [other]).has(row.id)) return []
    return [
      fault(["steps", i, "not"], "four-eyes-never", `"${other}" never comes before this step`, "name a step that comes before"),
    ]
  })
}

/** Dead steps and steps without a way to an end, found by running the table's graph. */
function faultsOfMoves(table: ProcessDefinition): ProcessFault[] {
  const dead = new Set(
    foundIn(
      answeredTo(table, (row) => row.id),
      "dead-task",
    ),
  )
  const stuck = new Set(entriesOf(table).flatMap((id) => foundIn(startedAt(withoutSupplements(table), id), "never-ends")))
  return table.steps.flatMap(({ id, kind }, i) => {
    const path = ["steps", i]
    if (dead.has(id))
      return [fault(path, "dead-step", `no path leads to "${id}"`, "name it as the target of an outcome, or remove it")]
    if (stuck.has(id) && kind !== "supplement")
      return [fault(path, "never-ends", `from "${id}" no path leads to an end`, "give some outcome on the way the target `end`")]
    return []
  })
}

const foundIn = (table: ProcessDefinition, code: FindingCode): string[] =>
  soundnessOf(graphOfTable(table)).findings.flatMap((finding) => (finding.code === code ? [finding.at] : []))

/** The table with another target for the answers that lead back to who asked: such an answer makes no step alive. */
function answeredTo(table: ProcessDefinition, target: (row: Row) => string): ProcessDefinition {
  const then = (row: Row) =>
    Object.fromEntries(Object.entries(row.then).map(([outcome, to]) => [outcome, to === ASKER ? target(row) : to]))
  // biome-ignore lint/suspicious/noThenProperty: the word of the grammar; no promise is near
  return { ...table, steps: table.steps.map((row) => ({ ...row, then: then(row) })) }
}

/** Requests for a supplement run out, so every step must reach an end without them: here one leads nowhere. */
function withoutSupplements(table: ProcessDefinition): ProcessDefinition {
  const steps = table.steps.map((row) => {
    if (row.kind !== "supplement") return row
    const { closes: _, ...rest } = row
    // biome-ignore lint/suspicious/noThenProperty: the word of the grammar; no promise is near
    return { ...rest, then: { answered: row.id } }
  })
  return { ...table, steps }
}

/** Where a case may stand once no request is left: at the first step, or where an answer has led. */
function entriesOf({ steps }: ProcessDefinition): string[] {
  const ids = new Set(steps.map(({ id }) => id))
  const answers = steps.filter(({ kind }) => kind === "supplement").flatMap((row) => Object.values(row.then))
  return [...new Set([steps[0]!.id, ...answers.filter((id) => ids.has(id))])]
}

const startedAt = (table: ProcessDefinition, id: string): ProcessDefinition => ({
  ...table,
  steps: [...table.steps.filter((row) => row.id === id), ...table.steps.filter((row) => row.id !== id)],
})

/** The system does its steps at once: a circle of them alone would never stop. */
function faultsOfCircles(table: ProcessDefinition): ProcessFault[] {
  const graph = graphOf(table)
  const system = new Set(table.steps.filter((row) => row.by === "system").map((row) => row.id))
  const within: Graph = new Map([...system].map((id) => [id, graph.get(id)!.filter((next) => system.has(next))]))
  return table.steps.flatMap(({ id }, i) => {
    if (!system.has(id) || !reachable(within, within.get(id)!).has(id)) return []
    const says = `"${id}" leads back to itself through steps of the system alone`
    return [fault(["steps", i], "system-circle", says, "put a person's step into the circle")]
  })
}

function faultsOfNorms(table: ProcessDefinition, limitHours: number | undefined): ProcessFault[] {
  if (limitHours === undefined) return []
  const hours = normHoursOf(table)
  if (hours <= limitHours) return []
  return [
    fault(
      ["steps"],
      "norms-over-limit",
      `the norms sum up to ${hours} working hours, the legal limit is ${limitHours}`,
      "shorten the norms",
    ),
  ]
}

/** `from` and all that can be reached from there. */
function reachable(graph: Graph, from: readonly string[]): Set<string> {
  const seen = new Set(from)
  for (const id of seen) for (const next of graph.get(id) ?? []) seen.add(next)
  return seen
}
