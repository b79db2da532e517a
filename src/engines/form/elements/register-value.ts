// What a register says, shown with its provenance and never asked.
import { type Element, right } from "./element.ts"
import { valueElementOf } from "./registry.ts"

export const registerValue: Element = {
  type: "register-value",
  boxes: [],
  takes: ["as", "unit", "currency", "decimals", "options", "many"],
  missing: "required",
  fits: (value, field) => valueElementOf(field).fits(value, field),
  read: ({ current }) => (current === undefined ? {} : { value: current }),
  check: () => right,
  write: () => ({}),
  show: (value, field, context) => valueElementOf(field).show(value, field, context),
  schema: () => ({}),
  feel: (value, field) => valueElementOf(field).feel(value, field),
}
