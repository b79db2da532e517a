// A number: a count, a weight, an area. Typed with the marks of the language, kept as a JSON number.
import { textOf } from "../words-of.ts"
import { compareDecimals, decimalFrom, decimalOf, decimalsIn, grouped } from "./digits.ts"
import { type Element, oneText, reading, right, wrong } from "./element.ts"

export const number: Element = {
  type: "number",
  boxes: [""],
  takes: ["min", "max", "decimals", "unit"],
  missing: "required",
  fits: (value) => typeof value === "number" && Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER,
  read: ({ raw, context }, field) => {
    const typed = oneText(raw(""))
    if (typed.trim() === "") return {}
    const decimal = decimalOf(typed, context.lang, field.decimals ?? 0)
    if (decimal === undefined || !number.fits(Number(decimal), field)) return { mistakes: wrong("number-form") }
    if (decimalsIn(decimal) > (field.decimals ?? 0))
      return { mistakes: wrong("number-decimals", { decimals: field.decimals ?? 0 }) }
    return reading(Number(decimal), number.check(Number(decimal), field, context))
  },
  check: (value, field) => {
    const decimal = decimalFrom(value as number)
    const decimals = field.decimals ?? 0
    if (decimalsIn(decimal) > decimals) return wrong("number-decimals", { decimals })
    if (field.min !== undefined && compareDecimals(decimal, field.min) < 0) return wrong("number-too-small", { min: field.min })
    if (field.max !== undefined && compareDecimals(decimal, field.max) > 0) return wrong("number-too-large", { max: field.max })
    return right
  },
  write: (value, _field, { lang }) => ({ "": grouped(decimalFrom(value as number), lang) }),
  show: (value, field, { lang }) => {
    const written = grouped(decimalFrom(value as number), lang)
    return field.unit ? `${written} ${textOf(field.unit, lang)}` : written
  },
  schema: (field) => ({
    type: (field.decimals ?? 0) === 0 ? "integer" : "number",
    ...(field.min !== undefined && { minimum: Number(field.min) }),
    ...(field.max !== undefined && { maximum: Number(field.max) }),
  }),
  feel: (value) => value,
}
