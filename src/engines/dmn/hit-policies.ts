// What becomes of several rules that hold at once.
import { builtins, equals, invoke, isList, type Run, type Value } from "#engines/feel"
import type { Aggregation, HitPolicy } from "./model.ts"

/** What one rule gives: a value for each output. */
export type Outcome = readonly Value[]

/** The outcomes that count, first first; null with a warning where the policy is broken. `order` lists each output's values by priority. */
type Policy = (outcomes: readonly Outcome[], order: readonly Value[], run: Run, element: string) => readonly Outcome[] | null

const sameOutcome = (a: Outcome, b: Outcome, run: Run): boolean =>
  a.every((value, index) => equals(value, b[index]!, run) === true)

const rank = (value: Value, order: Value, run: Run): number => {
  if (!isList(order)) return 0
  const at = order.findIndex((other) => equals(other, value, run) === true)
  return at < 0 ? order.length : at
}

const byPriority: Policy = (outcomes, order, run) =>
  outcomes.toSorted((a, b) => {
    for (const [index, values] of order.entries()) {
      const difference = rank(a[index]!, values, run) - rank(b[index]!, values, run)
      if (difference !== 0) return difference
    }
    return 0
  })

export const hitPolicies: Readonly<Record<HitPolicy, Policy>> = {
  UNIQUE: (outcomes, _order, run, element) => (outcomes.length === 1 ? outcomes : run.warn("not-unique", 0, 0, element)),
  ANY: (outcomes, _order, run, element) =>
    outcomes.every((outcome) => sameOutcome(outcome, outcomes[0]!, run)) ? outcomes : run.warn("not-any", 0, 0, element),
  FIRST: (outcomes) => outcomes,
  PRIORITY: byPriority,
  COLLECT: (outcomes) => outcomes,
  "RULE ORDER": (outcomes) => outcomes,
  "OUTPUT ORDER": byPriority,
}

const functions: Readonly<Record<Exclude<Aggregation, "COUNT">, string>> = { SUM: "sum", MIN: "min", MAX: "max" }

/** One value of all outcomes' only output. */
export function collected(aggregation: Aggregation, outcomes: readonly Outcome[], run: Run): Value {
  const values = outcomes.map(([value]) => value!)
  if (aggregation === "COUNT") return values.length
  return invoke(builtins.get(functions[aggregation])!, [values], run, { from: 0, to: 0 })
}
