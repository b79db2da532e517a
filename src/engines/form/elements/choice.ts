// One of several answers, or several of them.
import type { Field } from "../form.ts"
import type { RawValue } from "../values.ts"
import { textOf } from "../words-of.ts"
import { type Element, oneText, reading, right, wrong } from "./element.ts"

export const choice: Element = {
  type: "choice",
  boxes: [""],
  takes: ["options", "many", "autocomplete"],
  missing: "required-choice",
  fits: (value, field) =>
    field.many
      ? Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string")
      : typeof value === "string",
  read: ({ raw, context }, field) => {
    const value = field.many ? chosen(raw("")) : oneText(raw(""))
    return value.length === 0 ? {} : reading(value, choice.check(value, field, context))
  },
  check: (value, field) => {
    const values = Array.isArray(value) ? value : [value]
    return values.every((one) => optionOf(field, one)) && new Set(values).size === values.length ? right : wrong("choice-unknown")
  },
  write: (value) => ({ "": value as string | string[] }),
  show: (value, field, { lang }) =>
    (Array.isArray(value) ? value : [value])
      .map((one) => textOf(optionOf(field, one)?.name ?? { [lang]: String(one) }, lang))
      .join(", "),
  schema: (field) => {
    const one = { enum: (field.options ?? []).map((option) => option.value) }
    return field.many ? { type: "array", items: one, uniqueItems: true, minItems: 1 } : one
  },
  feel: (value) => value,
}

const optionOf = (field: Field, value: unknown) => field.options?.find((option) => option.value === value)

function chosen(raw: RawValue): string[] {
  if (typeof raw === "string") return raw === "" ? [] : [raw]
  return Array.isArray(raw) ? [...new Set(raw.filter((one): one is string => typeof one === "string" && one !== ""))] : []
}
