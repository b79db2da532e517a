// Arithmetic, comparison and three-valued logic.
import type { AstOf, Comparison, Operator } from "../syntax/ast.ts"
import { difference, negated, product, quotient, raised, sum } from "../values/arithmetic.ts"
import { equals, order } from "../values/compare.ts"
import type { Value } from "../values/value.ts"
import type { Code, Compiler } from "./code.ts"
import type { Run } from "./run.ts"
import type { Scope } from "./scope.ts"

/** Where a part stands: what compiled code keeps of its node. */
export interface Place {
  readonly from: number
  readonly to: number
}

export const placeOf = ({ from, to }: Place): Place => ({ from, to })

const operations: Readonly<Record<Operator, (a: Value, b: Value) => Value>> = {
  "+": sum,
  "-": difference,
  "*": product,
  "/": quotient,
  "**": raised,
}

export function compileArithmetic(node: AstOf<"arithmetic">, scope: Scope, compiler: Compiler): Code {
  const [left, right] = [compiler.compile(node.left, scope), compiler.compile(node.right, scope)]
  const { operator, from, to } = node
  const operation = operations[operator]
  const power = operator === "**"
  return (frame, run) => {
    const [a, b] = [left(frame, run), right(frame, run)]
    if (power) run.tick(POWER_STEPS)
    const result = operation(a, b)
    if (result === null) return run.warn("no-arithmetic", from, to, operator)
    if (typeof result === "string") run.hold(result)
    else if (typeof result === "object") run.tick(2)
    return result
  }
}

/** A power to 34 digits costs as much as so many steps. */
const POWER_STEPS = 200

export function compileNegation(node: AstOf<"negation">, scope: Scope, compiler: Compiler): Code {
  const of = compiler.compile(node.of, scope)
  const { from, to } = node
  return (frame, run) => negated(of(frame, run)) ?? run.warn("no-arithmetic", from, to, "-")
}

const signs: Readonly<Record<"<" | "<=" | ">" | ">=", (sign: number) => boolean>> = {
  "<": (sign) => sign < 0,
  "<=": (sign) => sign <= 0,
  ">": (sign) => sign > 0,
  ">=": (sign) => sign >= 0,
}

/** `a operator b`; null with a warning where the two can't be compared. */
export function comparison(operator: Comparison): (a: Value, b: Value, place: Place, run: Run) => boolean | null {
  if (operator === "=" || operator === "!=") {
    const wanted = operator === "="
    return (a, b, place, run) => {
      const same = equals(a, b, run)
      return same === null ? run.warn("not-comparable", place.from, place.to, operator) : same === wanted
    }
  }
  const holds = signs[operator]
  return (a, b, place, run) => {
    const sign = order(a, b)
    return sign === null ? run.warn("not-comparable", place.from, place.to, operator) : holds(sign)
  }
}

const fast: Readonly<
  Record<"<" | "<=" | ">" | ">=", (left: Code, right: Code, slow: (a: Value, b: Value, run: Run) => Value) => Code>
> = {
  "<": (left, right, slow) => (frame, run) => {
    const [a, b] = [left(frame, run), right(frame, run)]
    return typeof a === "number" && typeof b === "number" ? a < b : slow(a, b, run)
  },
  "<=": (left, right, slow) => (frame, run) => {
    const [a, b] = [left(frame, run), right(frame, run)]
    return typeof a === "number" && typeof b === "number" ? a <= b : slow(a, b, run)
  },
  ">": (left, right, slow) => (frame, run) => {
    const [a, b] = [left(frame, run), right(frame, run)]
    return typeof a === "number" && typeof b === "number" ? a > b : slow(a, b, run)
  },
  ">=": (left, right, slow) => (frame, run) => {
    const [a, b] = [left(frame, run), right(frame, run)]
    return typeof a === "number" && typeof b === "number" ? a >= b : slow(a, b, run)
  },
}

export function compileCompare(node: AstOf<"compare">, scope: Scope, compiler: Compiler): Code {
  const [left, right] = [compiler.compile(node.left, scope), compiler.compile(node.right, scope)]
  const compare = comparison(node.operator)
  const place = placeOf(node)
  if (node.operator === "=" || node.operator === "!=") {
    const wanted = node.operator === "="
    return (frame, run) => {
      const [a, b] = [left(frame, run), right(frame, run)]
      return typeof a !== "object" && typeof a === typeof b ? (a === b) === wanted : compare(a, b, place, run)
    }
  }
  return fast[node.operator](left, right, (a, b, run) => compare(a, b, place, run))
}

/** `and` and `or`: the deciding value decides, else what isn't a boolean makes it null. */
export function compileJunction(node: AstOf<"and"> | AstOf<"or">, scope: Scope, compiler: Compiler): Code {
  const [left, right] = [compiler.compile(node.left, scope), compiler.compile(node.right, scope)]
  const deciding = node.kind === "or"
  return (frame, run) => {
    const a = left(frame, run)
    if (a === deciding) return deciding
    const b = right(frame, run)
    if (b === deciding) return deciding
    return typeof a === "boolean" && typeof b === "boolean" ? !deciding : null
  }
}

export function compileBetween(node: AstOf<"between">, scope: Scope, compiler: Compiler): Code {
  const [value, low, high] = [node.value, node.low, node.high].map((part) => compiler.compile(part, scope)) as [Code, Code, Code]
  const place = placeOf(node)
  const [least, most] = [comparison(">="), comparison("<=")]
  return (frame, run) => {
    const it = value(frame, run)
    const above = least(it, low(frame, run), place, run)
    const below = most(it, high(frame, run), place, run)
    if (above === false || below === false) return above === null || below === null ? null : false
    return above === null || below === null ? null : true
  }
}
