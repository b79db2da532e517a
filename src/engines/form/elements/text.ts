// One line of text, of a named format where the definition says so.
import { TEXT_LENGTH_CEILING, TEXT_LENGTH_MAX } from "../limits.ts"
import { type Element, hasForbidden, lengthOf, oneLine, oneText, reading, right, wrong } from "./element.ts"
import { formatMistake } from "./formats.ts"

export const text: Element = {
  type: "text",
  boxes: [""],
  takes: ["minLength", "maxLength", "format", "autocomplete"],
  missing: "required",
  fits: (value) => typeof value === "string",
  read: ({ raw, context }, field) => {
    const typed = oneText(raw(""))
    if (typed.length > 2 * TEXT_LENGTH_CEILING)
      return { mistakes: wrong("text-too-long", { max: field.maxLength ?? TEXT_LENGTH_MAX }) }
    const value = oneLine(typed)
    return value === "" ? {} : reading(value, text.check(value, field, context))
  },
  check: (value, field, context) => {
    const line = value as string
    const max = field.maxLength ?? TEXT_LENGTH_MAX
    const length = line.length <= max && field.minLength === undefined ? line.length : lengthOf(line)
    if (length > max) return wrong("text-too-long", { max })
    if (field.minLength !== undefined && length < field.minLength) return wrong("text-too-short", { min: field.minLength })
    if (line === "" || hasForbidden(line)) return wrong("text-characters")
    return field.format === undefined ? right : formatMistake(field.format, line, context)
  },
  write: (value) => ({ "": value as string }),
  show: (value) => value as string,
  schema: (field) => ({ type: "string", minLength: field.minLength ?? 1, maxLength: field.maxLength ?? TEXT_LENGTH_MAX }),
  feel: (value) => value,
}
