// Asking a model: a decision, a decision service or a business knowledge model, with what is known.
import { type Budget, type FeelDateTime, FeelFunction, invokeNamed, Run, type Value, type Warning } from "#engines/feel"
import { type CompiledModel, type Inputs, type Memo, valueIn } from "./compile-model.ts"
import { DmnError } from "./dmn-error.ts"
import { DECISION_STEPS_MAX } from "./limits.ts"
import { keepTrace, type TableTrace } from "./trace.ts"

export interface Asking {
  /** What `now()` and `today()` give. */
  readonly now?: FeelDateTime
  readonly budget?: Budget
}

/** A decision's result, the tables that led to it, and why something is null. */
export interface Decided {
  readonly result: Value
  readonly tables: readonly TableTrace[]
  readonly warnings: readonly Warning[]
}

/**
 * Decides the named decision, service or knowledge model (these two take `inputs` by their parameters' names).
 * Throws DmnError `unknown-element`; FeelError beyond the budget (`too-many-steps`, `too-much-memory`, `too-deep`, `too-slow`).
 */
export function decide(model: CompiledModel, name: string, inputs: Inputs, asking: Asking = {}): Decided {
  const unit = model.named(name)
  if (!unit) throw new DmnError("unknown-element", name)
  const run = new Run(asking.now ?? null, { steps: DECISION_STEPS_MAX, ...asking.budget })
  const tables = keepTrace(run)
  const memo: Memo = new Map()
  const found = valueIn(unit, memo, run, inputs)
  const called = unit.element.kind === "service" || unit.element.kind === "knowledge"
  const result = called && found instanceof FeelFunction ? callByName(found, inputs, run) : found
  return { result, tables, warnings: run.warnings }
}

/** Only what it takes, by name. */
function callByName(fn: FeelFunction, inputs: Inputs, run: Run): Value {
  const names = fn.signatures[0]!.parameters.map(({ name }) => name).filter((name) => inputs.has(name))
  return invokeNamed(
    fn,
    names,
    names.map((name) => inputs.get(name)!),
    run,
    { from: 0, to: 0 },
  )
}
