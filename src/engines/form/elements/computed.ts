// A value worked out from the answers; never asked.
import type { Field } from "../form.ts"
import type { Json } from "../values.ts"
import { type Element, right } from "./element.ts"
import { valueElementOf } from "./registry.ts"

/** An expression's result as the kind of value that it stands for; undefined when there is none. Money is rounded half up to its decimals. */
export function computedValue(result: unknown, field: Field): Json | undefined {
  if (result === null || result === undefined) return undefined
  const value =
    field.as === "money"
      ? rounded(Number(result), field.decimals ?? 0)
      : field.as === undefined || field.as === "text"
        ? String(result)
        : result
  return computed.fits(value as Json, field) ? (value as Json) : undefined
}

const rounded = (sum: number, decimals: number): string => {
  const fixed = (Math.round((sum + Number.EPSILON * Math.sign(sum)) * 10 ** decimals) / 10 ** decimals).toFixed(decimals)
  return decimals === 0 ? fixed : fixed.replace(/\.?0+$/, "")
}

export const computed: Element = {
  type: "computed",
  boxes: [],
  takes: ["value", "as", "unit", "currency", "decimals"],
  missing: "required",
  fits: (value, field) => valueElementOf(field).fits(value, field),
  read: ({ current }) => (current === undefined ? {} : { value: current }),
  check: () => right,
  write: () => ({}),
  show: (value, field, context) => valueElementOf(field).show(value, field, context),
  schema: (field) => (field.as === "number" ? { type: "number" } : valueElementOf(field).schema(field)),
  feel: (value, field) => valueElementOf(field).feel(value, field),
}
