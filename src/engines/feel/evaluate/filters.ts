// `list[…]`: the item at a position (from 1, from the end when negative), or the items for which a condition holds.
import type { AstOf } from "../syntax/ast.ts"
import { isNum } from "../values/decimal.ts"
import { isList, type List, type Value } from "../values/value.ts"
import type { Code, Compiler } from "./code.ts"
import { Frame, Scope } from "./scope.ts"

/** The item at a position of FEEL; null beyond the list. */
export function itemAt(list: List, position: Value): Value {
  if (typeof position !== "number") return null
  return (position > 0 ? list[position - 1] : position < 0 ? list[list.length + position] : null) ?? null
}

export function compileFilter(node: AstOf<"filter">, scope: Scope, compiler: Compiler): Code {
  const of = compiler.compile(node.of, scope)
  const { from, to } = node
  const constant = node.by.kind === "number" || (node.by.kind === "negation" && node.by.of.kind === "number")
  if (constant) {
    const position = compiler.compile(node.by, scope)
    return (frame, run) => itemAt(asList(of(frame, run)), position(frame, run))
  }
  const by = compiler.compile(node.by, new Scope(scope, ["item"], true))
  return (frame, run) => {
    const list = asList(of(frame, run))
    if (list.length === 0) {
      const position = by(new Frame([null], frame), run)
      return isNum(position) ? null : list
    }
    const kept: Value[] = []
    for (let index = 0; index < list.length; index++) {
      run.tick(1)
      const item = list[index]!
      const result = by(new Frame([item], frame), run)
      if (index === 0 && isNum(result)) return itemAt(list, result)
      if (result === true) kept.push(item)
      else if (index === 0 && typeof result !== "boolean" && result !== null) return run.warn("not-a-filter", from, to)
    }
    run.take(kept.length)
    return kept
  }
}

/** A list; anything else as the list of itself, null as the list of nothing. */
const asList = (value: Value): List => (isList(value) ? value : value === null ? [] : [value])
