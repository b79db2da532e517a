// `for`, `some` and `every`: each list within those before it, each round a step of the budget.
import type { AstOf, Binding } from "../syntax/ast.ts"
import { dateOfDay, FeelDate } from "../values/temporal.ts"
import { FeelRange, isList, type List, type Value } from "../values/value.ts"
import type { Code, Compiler } from "./code.ts"
import type { Run } from "./run.ts"
import { Frame, Scope } from "./scope.ts"

/** Runs over what a binding names: each value to `round`, which stops everything by `true`; null where there is nothing to run over. */
type Source = (frame: Frame, run: Run, round: (value: Value) => boolean) => boolean | null

/** Steps through whole numbers or days from one end to the other, either way. */
function stepThrough(start: Value, end: Value, run: Run, round: (value: Value) => boolean): boolean | null {
  const dates = start instanceof FeelDate && end instanceof FeelDate
  const [first, last] = dates ? [start.epochDay, end.epochDay] : [start, end]
  if (typeof first !== "number" || typeof last !== "number") return null
  const step = first <= last ? 1 : -1
  for (let at = first; step > 0 ? at <= last : at >= last; at += step) {
    run.tick(1)
    if (round(dates ? dateOfDay(at) : at)) return true
  }
  return false
}

/** The whole numbers or dates of a range, from end to end. */
function throughRange(range: FeelRange, run: Run, round: (value: Value) => boolean): boolean | null {
  const { start, end, startIncluded, endIncluded } = range
  const shift = (value: Value, by: number): Value =>
    value instanceof FeelDate ? dateOfDay(value.epochDay + by) : typeof value === "number" ? value + by : null
  return stepThrough(startIncluded ? start : shift(start, 1), endIncluded ? end : shift(end, -1), run, round)
}

function sourceOf(binding: Binding, scope: Scope, compiler: Compiler): Source {
  const first = compiler.compile(binding.in, scope)
  if (binding.to) {
    const last = compiler.compile(binding.to, scope)
    return (frame, run, round) => stepThrough(first(frame, run), last(frame, run), run, round)
  }
  return (frame, run, round) => {
    const value = first(frame, run)
    if (value === null) return null
    if (value instanceof FeelRange) return throughRange(value, run, round)
    for (const item of isList(value) ? value : [value]) {
      run.tick(1)
      if (round(item)) return true
    }
    return false
  }
}

interface Loop {
  readonly scope: Scope
  /** Calls `round` in the frame of each combination; null where a list is none. */
  run(frame: Frame, run: Run, extra: Value, round: (frame: Frame) => boolean): boolean | null
}

/** All bindings as one loop; the frame of a round holds its name and, in the last slot, `partial`. */
function compileLoop(bindings: readonly Binding[], scope: Scope, compiler: Compiler, partial: boolean): Loop {
  const sources: Source[] = []
  let inner = scope
  for (const binding of bindings) {
    sources.push(sourceOf(binding, inner, compiler))
    inner = new Scope(inner, partial ? [binding.name, "partial"] : [binding.name])
  }
  const at = (index: number, frame: Frame, run: Run, extra: Value, round: (frame: Frame) => boolean): boolean | null => {
    let broken = false
    const stopped = sources[index]!(frame, run, (value) => {
      const next = new Frame(partial ? [value, extra] : [value], frame)
      if (index === sources.length - 1) return round(next)
      const result = at(index + 1, next, run, extra, round)
      if (result === null) broken = true
      return result !== false
    })
    return broken ? null : stopped
  }
  return { scope: inner, run: (frame, run, extra, round) => at(0, frame, run, extra, round) }
}

export function compileFor(node: AstOf<"for">, scope: Scope, compiler: Compiler): Code {
  const loop = compileLoop(node.bindings, scope, compiler, true)
  const body = compiler.compile(node.body, loop.scope)
  return (frame, run) => {
    const results: Value[] = []
    const ended = loop.run(frame, run, results, (inner) => {
      const value = body(inner, run)
      run.take(1)
      results.push(value === results ? [...(value as List)] : value)
      return false
    })
    return ended === null ? run.warn("not-a-list", node.from, node.to) : results
  }
}

export function compileQuantified(node: AstOf<"quantified">, scope: Scope, compiler: Compiler): Code {
  const loop = compileLoop(node.bindings, scope, compiler, false)
  const body = compiler.compile(node.body, loop.scope)
  const deciding = !node.every
  return (frame, run) => {
    let untold = false
    const stopped = loop.run(frame, run, null, (inner) => {
      const value = body(inner, run)
      if (typeof value !== "boolean") untold = true
      return value === deciding
    })
    if (stopped === null) return run.warn("not-a-list", node.from, node.to)
    return stopped ? deciding : untold ? null : !deciding
  }
}
