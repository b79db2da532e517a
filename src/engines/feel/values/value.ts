// The values of FEEL. Contexts are maps and lists are arrays: nothing of the host can be reached through them.
import { Decimal, type Num } from "./decimal.ts"
import type { FeelFunction } from "./function.ts"
import { DaysDuration, FeelDate, FeelDateTime, FeelTime, MonthsDuration } from "./temporal.ts"

export type Context = ReadonlyMap<string, Value>
export type List = readonly Value[]
export type Temporal = FeelDate | FeelTime | FeelDateTime | DaysDuration | MonthsDuration

/** Any value of FEEL. */
export type Value = null | boolean | string | Num | Temporal | FeelRange | FeelFunction | Context | List

/** All between two ends; an end that is null is open for ever. */
export class FeelRange {
  constructor(
    readonly start: Value,
    readonly end: Value,
    readonly startIncluded: boolean,
    readonly endIncluded: boolean,
  ) {}
}

export const isList = (value: Value): value is List => Array.isArray(value)
export const isContext = (value: Value): value is Context => value instanceof Map
export const isTemporal = (value: unknown): value is Temporal =>
  value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDateTime || isDuration(value)
export const isDuration = (value: unknown): value is DaysDuration | MonthsDuration =>
  value instanceof DaysDuration || value instanceof MonthsDuration

/** The name of a value's type, as `instance of` knows it. */
export function kindOf(value: Value): Kind {
  if (value === null) return "null"
  if (typeof value === "number" || value instanceof Decimal) return "number"
  if (typeof value === "string") return "string"
  if (typeof value === "boolean") return "boolean"
  if (isList(value)) return "list"
  if (isContext(value)) return "context"
  if (value instanceof FeelDate) return "date"
  if (value instanceof FeelDateTime) return "date and time"
  if (value instanceof FeelTime) return "time"
  if (value instanceof DaysDuration) return "days and time duration"
  if (value instanceof MonthsDuration) return "years and months duration"
  return value instanceof FeelRange ? "range" : "function"
}

export type Kind =
  | "null"
  | "number"
  | "string"
  | "boolean"
  | "list"
  | "context"
  | "date"
  | "date and time"
  | "time"
  | "days and time duration"
  | "years and months duration"
  | "range"
  | "function"
