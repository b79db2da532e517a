// Types and what conforms to them (DMN 1.5, 10.3.2.9), with the conversions that the standard makes silently.
import type { Run } from "../evaluate/run.ts"
import { FeelFunction } from "./function.ts"
import { atMidnight, FeelDate } from "./temporal.ts"
import { type Context, FeelRange, isContext, isList, type Kind, kindOf, type Value } from "./value.ts"

export type FeelType =
  | { readonly kind: Kind | "any" | "duration" | "temporal" }
  | { readonly kind: "list-of"; readonly of: FeelType }
  | { readonly kind: "range-of"; readonly of: FeelType }
  | { readonly kind: "context-of"; readonly entries: ReadonlyMap<string, FeelType> }
  | { readonly kind: "function-of"; readonly parameters: readonly FeelType[]; readonly result: FeelType }
  /** One of several: what is known of `if c then 1 else "a"`. */
  | { readonly kind: "union"; readonly of: readonly FeelType[] }
  /** An item definition: its own type, looked up late since definitions may name each other, and the values it allows, as a test and as that test's text. */
  | { readonly kind: "item"; readonly name: string; base(): FeelType; allows?(value: Value, run: Run): boolean; allowed?: string }

export const ANY: FeelType = { kind: "any" }

const named: readonly (readonly [string, FeelType])[] = [
  ...(
    [
      "number",
      "string",
      "boolean",
      "date",
      "date and time",
      "time",
      "list",
      "context",
      "range",
      "function",
      "days and time duration",
      "years and months duration",
    ] as const
  ).map((kind) => [kind, { kind }] as const),
  ["Any", ANY],
  ["any", ANY],
  ["Null", { kind: "null" }],
  ["dateTime", { kind: "date and time" }],
  ["dayTimeDuration", { kind: "days and time duration" }],
  ["yearMonthDuration", { kind: "years and months duration" }],
  ["duration", { kind: "duration" }],
  ["temporal", { kind: "temporal" }],
]

/** The types that need no definition, by name. */
export const basicTypes: ReadonlyMap<string, FeelType> = new Map(named)

const temporalKinds: readonly string[] = ["date", "date and time", "time"]

/** Whether the value is of the type: `strict` as `instance of` asks; otherwise null is of every type and a context may lack entries. */
export function conforms(value: Value, type: FeelType, run: Run, strict = false): boolean {
  if (value === null) return !strict || type.kind === "null"
  switch (type.kind) {
    case "any":
      return true
    case "duration":
      return kindOf(value).endsWith("duration")
    case "temporal":
      return temporalKinds.includes(kindOf(value))
    case "list-of":
      run.tick(isList(value) ? value.length : 1)
      return (
        isList(value) && value.every((item) => (item === null && type.of.kind !== "null") || conforms(item, type.of, run, strict))
      )
    case "range-of":
      return (
        value instanceof FeelRange && [value.start, value.end].every((end) => end === null || conforms(end, type.of, run, strict))
      )
    case "context-of":
      return isContext(value) && contextConforms(value, type.entries, run, strict)
    case "function-of":
      return value instanceof FeelFunction && functionConforms(value, type)
    case "union":
      return type.of.some((one) => conforms(value, one, run, strict))
    case "item":
      return conforms(value, type.base(), run, strict) && (!type.allows || type.allows(value, run))
    default:
      return kindOf(value) === type.kind
  }
}

function contextConforms(value: Context, entries: ReadonlyMap<string, FeelType>, run: Run, strict: boolean): boolean {
  run.tick(entries.size)
  for (const [name, type] of entries) {
    const entry = value.get(name)
    if (entry === undefined ? strict : entry !== null && !conforms(entry, type, run, strict)) return false
  }
  return true
}

function functionConforms(value: FeelFunction, type: Extract<FeelType, { kind: "function-of" }>): boolean {
  return value.signatures.some(
    ({ parameters, result }) =>
      parameters.length === type.parameters.length &&
      parameters.every((parameter, index) => isWithin(type.parameters[index]!, parameter.type)) &&
      (result.kind === "any" || isWithin(result, type.result)),
  )
}

/** Whether every value of the one type is of the other. */
export function isWithin(inner: FeelType, outer: FeelType): boolean {
  if (outer.kind === "any" || inner === outer) return true
  if (inner.kind === "item") return isWithin(inner.base(), outer)
  if (outer.kind === "item") return isWithin(inner, outer.base())
  if (inner.kind === "null") return true
  if (inner.kind === "union") return inner.of.every((one) => isWithin(one, outer))
  if (outer.kind === "union") return outer.of.some((one) => isWithin(inner, one))
  if (inner.kind === "list-of") return outer.kind === "list" || (outer.kind === "list-of" && isWithin(inner.of, outer.of))
  if (inner.kind === "range-of") return outer.kind === "range" || (outer.kind === "range-of" && isWithin(inner.of, outer.of))
  if (inner.kind === "context-of") {
    if (outer.kind !== "context-of") return outer.kind === "context"
    return [...outer.entries].every(([name, type]) => inner.entries.has(name) && isWithin(inner.entries.get(name)!, type))
  }
  if (inner.kind === "function-of") {
    if (outer.kind !== "function-of") return outer.kind === "function"
    return (
      inner.parameters.length === outer.parameters.length &&
      inner.parameters.every((type, index) => isWithin(outer.parameters[index]!, type)) &&
      isWithin(inner.result, outer.result)
    )
  }
  return inner.kind === outer.kind
}

/** Behind item definitions. */
export const baseOf = (type: FeelType): FeelType => (type.kind === "item" ? baseOf(type.base()) : type)

const takesLists = (type: FeelType): boolean => ["list", "list-of", "any"].includes(baseOf(type).kind)

/**
 * The value as the type wants it: itself; the only item of a list; a list of it; a date as midnight UTC.
 * undefined where it can't be (DMN 1.5, 10.3.2.9.4).
 */
export function converted(value: Value, type: FeelType, run: Run): Value | undefined {
  if (type.kind === "any" || type.kind === typeof value || conforms(value, type, run)) return value
  if (isList(value) && value.length === 1 && !takesLists(type)) return converted(value[0]!, type, run)
  if (!isList(value) && takesLists(type)) {
    const list = [value]
    return conforms(list, type, run) ? list : undefined
  }
  if (value instanceof FeelDate && baseOf(type).kind === "date and time") return atMidnight(value)
  return undefined
}

/** A type as text. */
export function typeText(type: FeelType): string {
  switch (type.kind) {
    case "list-of":
      return `list<${typeText(type.of)}>`
    case "range-of":
      return `range<${typeText(type.of)}>`
    case "context-of":
      return `context<${[...type.entries].map(([name, entry]) => `${name}: ${typeText(entry)}`).join(", ")}>`
    case "function-of":
      return `function<${type.parameters.map(typeText).join(", ")}>->${typeText(type.result)}`
    case "union":
      return type.of.map(typeText).join(" | ")
    case "item":
      return type.name
    default:
      return type.kind === "any" ? "Any" : type.kind === "null" ? "Null" : type.kind
  }
}
