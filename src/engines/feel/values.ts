// Plain data into FEEL and back: what an expression may be given, and what it may give.
import { FeelDate, FeelDateTime, FeelDuration, FeelTime, parseDate, parseTime } from "feelin"
import { FeelError } from "./feel-error.ts"
import { INPUT_CHARACTERS_MAX, INPUT_DEPTH_MAX, INPUT_VALUES_MAX } from "./limits.ts"

/** A FEEL date of a whole ISO date (`2026-03-09`); null for anything else, incomplete dates included. */
export const feelDate = (iso: string): unknown => (/^\d{4}-\d{2}-\d{2}$/.test(iso) ? parseDate(iso) : null)

/** A FEEL time of `HH:MM` or `HH:MM:SS`; null for anything else. */
export const feelTime = (text: string): unknown =>
  /^\d{2}:\d{2}(:\d{2})?$/.test(text) ? parseTime(text.length === 5 ? `${text}:00` : text) : null

const isTemporal = (value: object) =>
  value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDateTime || value instanceof FeelDuration

interface Budget {
  values: number
  characters: number
}

/** A fresh budget for one evaluation. */
export const inputBudget = (): Budget => ({ values: INPUT_VALUES_MAX, characters: INPUT_CHARACTERS_MAX })

/** Passes plain data and FEEL dates; throws FeelError for host objects and for more than the budget. */
export function checkedInput(value: unknown, budget: Budget, depth = 0): unknown {
  if (--budget.values < 0 || depth > INPUT_DEPTH_MAX) throw new FeelError("input-too-large", 0, 0)
  if (value === undefined || value === null) return null
  if (typeof value === "string") {
    budget.characters -= value.length
    if (budget.characters < 0) throw new FeelError("input-too-large", 0, 0)
    return value
  }
  if (typeof value === "number" || typeof value === "boolean") return value
  if (typeof value !== "object") throw new FeelError("host-object", 0, 0, typeof value)
  if (Array.isArray(value)) {
    for (const item of value) checkedInput(item, budget, depth + 1)
    return value
  }
  const proto = Object.getPrototypeOf(value)
  if (proto !== Object.prototype && proto !== null) {
    if (isTemporal(value)) return value
    throw new FeelError("host-object", 0, 0)
  }
  for (const name in value) checkedInput((value as Record<string, unknown>)[name], budget, depth + 1)
  return value
}

/** An evaluation's result as plain data: dates as ISO text; functions, ranges and failures as null. */
export function plainResult(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (typeof value === "number") return Number.isFinite(value) ? value : null
  if (typeof value === "string" || typeof value === "boolean") return value
  if (Array.isArray(value)) return value.map(plainResult)
  if (typeof value !== "object") return null
  if (isTemporal(value)) return String(value)
  const proto = Object.getPrototypeOf(value)
  if (proto !== Object.prototype && proto !== null) return null
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, plainResult(entry)]))
}
