// A sum of money: typed with the marks of the language, kept as an exact decimal string.
import { MONEY_DIGITS_MAX } from "../limits.ts"
import { compareDecimals, decimalOf, decimalsIn, grouped, isDecimal } from "./digits.ts"
import { type Element, oneText, reading, right, wrong } from "./element.ts"

export const money: Element = {
  type: "money",
  boxes: [""],
  takes: ["min", "max", "decimals", "currency"],
  missing: "required",
  fits: (value) => typeof value === "string" && value.length <= MONEY_DIGITS_MAX + 8 && isDecimal(value),
  read: ({ raw, context }, field) => {
    const typed = oneText(raw("")).replace(/\s*(₫|đ|đồng|vnd|vnđ|[A-Z]{3}|€|\$)\s*$/iu, "")
    if (typed.trim() === "") return oneText(raw("")).trim() === "" ? {} : { mistakes: wrong("money-form") }
    const value = decimalOf(typed, context.lang, field.decimals ?? 0)
    if (value === undefined || !money.fits(value, field)) return { mistakes: wrong("money-form") }
    return reading(value, money.check(value, field, context))
  },
  check: (value, field) => {
    const sum = value as string
    const decimals = field.decimals ?? 0
    if (sum.replace(/^-|\..*$/g, "").length > MONEY_DIGITS_MAX) return wrong("money-form")
    if (decimalsIn(sum) > decimals) return wrong("money-decimals", { decimals })
    const min = field.min ?? "0"
    if (compareDecimals(sum, min) < 0) return wrong("money-too-small", { min })
    if (field.max !== undefined && compareDecimals(sum, field.max) > 0) return wrong("money-too-large", { max: field.max })
    return right
  },
  write: (value, _field, { lang }) => ({ "": grouped(value as string, lang) }),
  show: (value, field, { lang }) => `${grouped(value as string, lang)} ${sign(field.currency)}`.trim(),
  schema: () => ({ type: "string", pattern: "^-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,6})?$" }),
  feel: (value) => Number(value),
}

const sign = (currency = "") => (currency === "VND" ? "₫" : currency)
