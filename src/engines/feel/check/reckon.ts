// What reckoning with values of two types gives (DMN 1.5, tables 57 to 59).
import type { Operator } from "../syntax/ast.ts"
import { ANY, type FeelType } from "../values/feel-type.ts"
import { alternatives, isOpen, type Sort, sortOf, unite } from "./kinds.ts"

const DAYS: Sort = "days and time duration"
const MONTHS: Sort = "years and months duration"

/** `left operator right` → result; `left right` from the table of each operator. */
const results: Readonly<Record<Operator, readonly (readonly [left: Sort, right: Sort, result: Sort])[]>> = {
  "+": [
    ["number", "number", "number"],
    ["string", "string", "string"],
    [DAYS, DAYS, DAYS],
    [MONTHS, MONTHS, MONTHS],
    ...(["date", "time", "date and time"] as const).flatMap((sort) => [[sort, DAYS, sort] as const, [DAYS, sort, sort] as const]),
    ...(["date", "date and time"] as const).flatMap((sort) => [[sort, MONTHS, sort] as const, [MONTHS, sort, sort] as const]),
  ],
  "-": [
    ["number", "number", "number"],
    [DAYS, DAYS, DAYS],
    [MONTHS, MONTHS, MONTHS],
    ["time", "time", DAYS],
    ["date", "date", DAYS],
    ["date", "date and time", DAYS],
    ["date and time", "date", DAYS],
    ["date and time", "date and time", DAYS],
    ["time", DAYS, "time"],
    ...(["date", "date and time"] as const).flatMap((sort) => [[sort, DAYS, sort] as const, [sort, MONTHS, sort] as const]),
  ],
  "*": [
    ["number", "number", "number"],
    ...([DAYS, MONTHS] as const).flatMap((sort) => [[sort, "number", sort] as const, ["number", sort, sort] as const]),
  ],
  "/": [
    ["number", "number", "number"],
    ...([DAYS, MONTHS] as const).flatMap((sort) => [[sort, "number", sort] as const, [sort, sort, "number"] as const]),
  ],
  "**": [["number", "number", "number"]],
}

/** The result's type; null where no values of the two can be reckoned with so. */
export function reckoned(operator: Operator, left: FeelType, right: FeelType): FeelType | null {
  const possible = (type: FeelType, side: 0 | 1) =>
    isOpen(type) ? results[operator].map((row) => row[side]) : alternatives(type).map(sortOf)
  const [lefts, rights] = [possible(left, 0), possible(right, 1)]
  const found = results[operator].filter(([a, b]) => lefts.includes(a) && rights.includes(b))
  if (found.length === 0) return null
  return isOpen(left) && isOpen(right) ? ANY : unite(found.map(([, , kind]) => ({ kind })))
}

/** The sorts that can stand on the right of this left side, for words. */
export const partners = (operator: Operator, left: FeelType): readonly Sort[] => [
  ...new Set(results[operator].filter(([a]) => alternatives(left).map(sortOf).includes(a)).map(([, b]) => b)),
]

/** The sorts that can stand on the left at all, for words. */
export const lefts = (operator: Operator): readonly Sort[] => [...new Set(results[operator].map(([a]) => a))]
