// A date in three boxes; a year, or a month and a year, where the definition allows it.
import { feelDate } from "#engines/feel"
import type { Field } from "../form.ts"
import type { FormContext } from "../values.ts"
import { boundOf, dateInWords, isDate, iso, isRealDay } from "./days.ts"
import { type Element, type Mistake, oneText, type Reading, reading, right, wrong } from "./element.ts"

export const date: Element = {
  type: "date",
  boxes: [".day", ".month", ".year"],
  takes: ["after", "before", "incomplete", "autocomplete"],
  missing: "required-date",
  fits: (value) => typeof value === "string" && isDate(value),
  read: ({ raw, context }, field) => {
    const [day, month, year] = date.boxes.map((box) => oneText(raw(box)).trim()) as [string, string, string]
    if (day === "" && month === "" && year === "") return {}
    for (const [part, typed, longest] of [
      ["day", day, 2],
      ["month", month, 2],
      ["year", year, 4],
    ] as const)
      if (typed !== "" && !isDigits(typed, longest)) return { mistakes: wrong("date-form", { part }) }
    return assemble(day, month, year, field, context)
  },
  check: (value, field, context) => {
    const day = value as string
    if (day.length < 10 && !field.incomplete) return wrong("date-incomplete", { part: day.length === 4 ? "month" : "day" })
    return boundMistake(day, field, context.today)
  },
  write: (value) => {
    const [year = "", month = "", day = ""] = (value as string).split("-")
    return { ".day": day.replace(/^0/, ""), ".month": month.replace(/^0/, ""), ".year": year }
  },
  show: (value, _field, { lang }) => dateInWords(value as string, lang),
  schema: (field) =>
    field.incomplete
      ? { type: "string", pattern: "^[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?$" }
      : { type: "string", format: "date", pattern: "^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$" },
  feel: (value) => feelDate(value as string),
}

const isDigits = (typed: string, longest: number) => typed.length <= longest && /^\d+$/.test(typed)

function assemble(day: string, month: string, year: string, field: Field, context: FormContext): Reading {
  const part = year === "" ? "year" : month === "" ? "month" : "day"
  const mayLack = field.incomplete && year !== "" && day === ""
  if ((year === "" || month === "" || day === "") && !mayLack) return { mistakes: wrong("date-incomplete", { part }) }
  const [y, m, d] = [Number(year), month === "" ? undefined : Number(month), day === "" ? undefined : Number(day)]
  if (year.length < 4) return { mistakes: wrong("date-form", { part: "year" }) }
  if (!isRealDay(y, m ?? 1, d ?? 1))
    return { mistakes: wrong("date-unreal", { part: m !== undefined && m > 12 ? "month" : "day" }) }
  const value = iso(y, m, d)
  return reading(value, date.check(value, field, context))
}

/** Bounds are included; an incomplete date is wrong only when no day of it could be right. */
function boundMistake(day: string, field: Field, today: string): readonly Mistake[] {
  if (field.after !== undefined) {
    const bound = boundOf(field.after, today)
    if (day < bound.slice(0, day.length))
      return field.after === "today" ? wrong("date-in-past") : wrong("date-too-early", { bound })
  }
  if (field.before !== undefined) {
    const bound = boundOf(field.before, today)
    if (day > bound.slice(0, day.length))
      return field.before === "today" ? wrong("date-in-future") : wrong("date-too-late", { bound })
  }
  return right
}
