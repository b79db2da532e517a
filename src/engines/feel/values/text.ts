// Values as text: what `string(…)` gives, and what reads back as the same value.
import type { Run } from "../evaluate/run.ts"
import { isNum, numberText } from "./decimal.ts"
import { FeelFunction } from "./function.ts"
import { DaysDuration, FeelDate, FeelDateTime, FeelTime } from "./temporal.ts"
import { dateText, dateTimeText, daysText, monthsText, timeText } from "./temporal-text.ts"
import { FeelRange, isContext, isList, type Temporal, type Value } from "./value.ts"

export function temporalText(value: Temporal): string {
  if (value instanceof FeelDate) return dateText(value)
  if (value instanceof FeelTime) return timeText(value)
  if (value instanceof FeelDateTime) return dateTimeText(value)
  return value instanceof DaysDuration ? daysText(value) : monthsText(value)
}

/** A string with the marks around it. */
export const quoted = (text: string): string =>
  `"${text.replace(/["\\\n\r\t]/g, (mark) => ({ "\n": "\\n", "\r": "\\r", "\t": "\\t" })[mark] ?? `\\${mark}`)}"`

/** What `string(value)` gives; strings inside lists and contexts stand in quotation marks. */
export function textOf(value: Value, run: Run, inside = false): string {
  run.tick(1)
  if (value === null) return "null"
  if (typeof value === "string") return inside ? quoted(value) : value
  if (typeof value === "boolean") return String(value)
  if (isNum(value)) return numberText(value)
  if (isList(value)) return run.hold(`[${value.map((item) => textOf(item, run, true)).join(", ")}]`)
  if (isContext(value))
    return run.hold(`{${[...value].map(([name, entry]) => `${keyText(name)}: ${textOf(entry, run, true)}`).join(", ")}}`)
  if (value instanceof FeelRange) return rangeText(value, run)
  if (value instanceof FeelFunction) return `function ${value.name}`
  return temporalText(value)
}

const keyText = (name: string): string => (/^[\p{L}\p{So}_][\p{L}\p{M}\p{N}\p{So}_ ]*$/u.test(name) ? name : quoted(name))

function rangeText({ start, end, startIncluded, endIncluded }: FeelRange, run: Run): string {
  const text = (value: Value) => (value === null ? "" : textOf(value, run, true))
  return `${startIncluded ? "[" : "("}${text(start)}..${text(end)}${endIncluded ? "]" : ")"}`
}
