// Text of several lines.
import { LONG_TEXT_LENGTH_MAX, TEXT_LENGTH_CEILING } from "../limits.ts"
import { type Element, hasForbidden, lengthOf, oneText, reading, right, wrong } from "./element.ts"

/** NFC, line ends as \n, no white space at the ends of lines or of the whole. */
const lines = (typed: string) =>
  typed
    .normalize("NFC")
    .replace(/[\u200B\uFEFF\u00AD]/g, "")
    .replace(/\r\n?|\u2028|\u2029|\u0085/g, "\n")
    .split("\n")
    .map((line) => line.replace(/\t/g, " ").trimEnd())
    .join("\n")
    .trim()

export const longText: Element = {
  type: "long-text",
  boxes: [""],
  takes: ["minLength", "maxLength"],
  missing: "required",
  fits: (value) => typeof value === "string",
  read: ({ raw, context }, field) => {
    const typed = oneText(raw(""))
    if (typed.length > 2 * TEXT_LENGTH_CEILING)
      return { mistakes: wrong("text-too-long", { max: field.maxLength ?? LONG_TEXT_LENGTH_MAX }) }
    const value = lines(typed)
    return value === "" ? {} : reading(value, longText.check(value, field, context))
  },
  check: (value, field) => {
    const body = value as string
    const max = field.maxLength ?? LONG_TEXT_LENGTH_MAX
    const length = lengthOf(body)
    if (length > max) return wrong("text-too-long", { max })
    if (field.minLength !== undefined && length < field.minLength) return wrong("text-too-short", { min: field.minLength })
    return body === "" || hasForbidden(body.replaceAll("\n", "")) ? wrong("text-characters") : right
  },
  write: (value) => ({ "": value as string }),
  show: (value) => value as string,
  schema: (field) => ({ type: "string", minLength: field.minLength ?? 1, maxLength: field.maxLength ?? LONG_TEXT_LENGTH_MAX }),
  feel: (value) => value,
}
