// Plain data into FEEL and back: what an expression may be given, and what it may give.
import { Run } from "./evaluate/run.ts"
import { FeelError } from "./feel-error.ts"
import { INPUT_CHARACTERS_MAX, INPUT_DEPTH_MAX, INPUT_VALUES_MAX } from "./limits.ts"
import { fromDouble, isNum, toDouble } from "./values/decimal.ts"
import { parseDate, parseTime } from "./values/temporal-text.ts"
import { temporalText } from "./values/text.ts"
import { type Context, isContext, isList, isTemporal, type Value } from "./values/value.ts"

/** A FEEL date of a whole ISO date (`2026-03-09`); null for anything else, incomplete dates included. */
export const feelDate = (iso: string): unknown => (/^\d{4}-\d{2}-\d{2}$/.test(iso) ? parseDate(iso) : null)

/** A FEEL time of `HH:MM` or `HH:MM:SS`; null for anything else. */
export const feelTime = (text: string): unknown =>
  /^\d{2}:\d{2}(:\d{2})?$/.test(text) ? parseTime(text.length === 5 ? `${text}:00` : text) : null

export interface InputBudget {
  values: number
  characters: number
}

/** A fresh budget for one evaluation's input. */
export const inputBudget = (): InputBudget => ({ values: INPUT_VALUES_MAX, characters: INPUT_CHARACTERS_MAX })

/** Plain data as a value of FEEL, as input of a decision. Throws FeelError `input-too-large`, `host-object`. */
export const feelValue = (value: unknown): Value => checkedInput(value, inputBudget())

/** Names that are read inside a value; without any inside, the value is read whole. */
export interface Wanted {
  readonly name: string
  readonly inside: readonly Wanted[]
}

/** Plain data and FEEL's own values as a value of FEEL. Throws FeelError for host objects and for more than the budget. */
export function checkedInput(value: unknown, budget: InputBudget, wanted: readonly Wanted[] = [], depth = 0): Value {
  if (--budget.values < 0 || depth > INPUT_DEPTH_MAX) throw new FeelError("input-too-large", 0, 0)
  if (typeof value === "number") return fromDouble(value)
  if (typeof value === "boolean") return value
  if (value === undefined || value === null) return null
  if (typeof value === "string") {
    budget.characters -= value.length
    if (budget.characters < 0) throw new FeelError("input-too-large", 0, 0)
    return value
  }
  if (typeof value !== "object") throw new FeelError("host-object", 0, 0, typeof value)
  if (Array.isArray(value)) {
    if (value.length > budget.values) throw new FeelError("input-too-large", 0, 0)
    return value.map((item) => checkedInput(item, budget, wanted, depth + 1))
  }
  if (isTemporal(value) || isNum(value)) return value
  const proto = Object.getPrototypeOf(value)
  if (proto !== Object.prototype && proto !== null) throw new FeelError("host-object", 0, 0)
  return contextOf(value as Record<string, unknown>, budget, wanted, depth)
}

function contextOf(value: Record<string, unknown>, budget: InputBudget, wanted: readonly Wanted[], depth: number): Context {
  const made = new Map<string, Value>()
  if (wanted.length > 0) {
    for (const { name, inside } of wanted)
      if (Object.hasOwn(value, name)) made.set(name, checkedInput(value[name], budget, inside, depth + 1))
  } else for (const name of Object.keys(value)) made.set(name, checkedInput(value[name], budget, [], depth + 1))
  return made
}

/**
 * An evaluation's result as plain data: numbers as doubles, dates as ISO text; functions and ranges as null. What is held once and named
 * often becomes as much as it is named: it is made within the room of `run`, or throws FeelError `too-much-memory` or
 * `too-many-steps`.
 */
export function plainResult(value: Value, run: Run = new Run()): unknown {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value
  if (isNum(value)) return toDouble(value)
  if (isList(value)) {
    run.tick(value.length)
    return run.hold(value).map((item) => plainResult(item, run))
  }
  if (isContext(value)) return plainContext(value, run)
  return isTemporal(value) ? temporalText(value) : null
}

/** Own entries only: `__proto__` is an entry like others. */
function plainContext(context: Context, run: Run): Record<string, unknown> {
  const made: Record<string, unknown> = {}
  run.tick(context.size)
  run.take(context.size)
  for (const [name, inner] of context) {
    const value = plainResult(inner, run)
    Object.defineProperty(made, name, { value, enumerable: true, writable: true, configurable: true })
  }
  return made
}
