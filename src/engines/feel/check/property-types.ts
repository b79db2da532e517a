// What is inside a value of a type: entries, and the properties of dates, times, durations and ranges (DMN 1.5, tables 65 and 66).
import { ANY, type FeelType } from "../values/feel-type.ts"
import { entryOf } from "./checking.ts"
import { alternatives, type Sort, sortOf, unite } from "./kinds.ts"

const ofDate = { year: "number", month: "number", day: "number", weekday: "number" } as const
const ofTime = {
  hour: "number",
  minute: "number",
  second: "number",
  "time offset": "days and time duration",
  timezone: "string",
} as const

const properties: Readonly<Partial<Record<Sort, Readonly<Record<string, Sort>>>>> = {
  date: ofDate,
  time: ofTime,
  "date and time": { ...ofDate, ...ofTime },
  "days and time duration": { days: "number", hours: "number", minutes: "number", seconds: "number" },
  "years and months duration": { years: "number", months: "number" },
  range: { start: "any", end: "any", "start included": "boolean", "end included": "boolean" },
}

/** The type of `value.name`; undefined where no value of the type has it. */
export function propertyType(type: FeelType, name: string): FeelType | undefined {
  const found = alternatives(type).flatMap((one) => inside(one, name) ?? [])
  return found.length === 0 ? undefined : unite(found)
}

function inside(type: FeelType, name: string): FeelType | undefined {
  if (type.kind === "list-of") {
    const of = propertyType(type.of, name)
    return of && { kind: "list-of", of }
  }
  if (["any", "null", "list", "context"].includes(type.kind)) return ANY
  // An entry that the type doesn't tell may be there all the same.
  if (type.kind === "context-of") return entryOf(type, name) ?? ANY
  if (type.kind === "range-of" && (name === "start" || name === "end")) return type.of
  const own = properties[sortOf(type)]
  return own && Object.hasOwn(own, name) ? { kind: own[name]! } : undefined
}
