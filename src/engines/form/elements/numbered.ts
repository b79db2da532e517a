// What person and organisation share: a number whose holder's name the register tells, or the applicant where the register is silent.
import type { ElementType } from "../definition.ts"
import type { FieldErrorCode } from "../field-errors.ts"
import { NAME_LENGTH_MAX } from "../limits.ts"
import { type Element, hasForbidden, lengthOf, oneLine, oneText, reading, right, wrong } from "./element.ts"
import { isOfFormat } from "./formats.ts"

interface Numbered {
  readonly number: string
  readonly name?: string
}

const longestNumber = 30

/** A kind whose answer is `{ number, name? }`; `format` is the country's rule for the number. */
export function numbered(type: ElementType, format: string, badNumber: FieldErrorCode): Element {
  const element: Element = {
    type,
    boxes: [".number", ".name"],
    takes: ["service"],
    missing: "required",
    fits: (value) => {
      const given = value as Partial<Numbered> | null
      return (
        typeof given === "object" &&
        given !== null &&
        typeof given.number === "string" &&
        ["string", "undefined"].includes(typeof given.name)
      )
    },
    read: ({ raw, context, current }, field) => {
      const typed = oneText(raw(".number")).trim()
      const typedName = oneText(raw(".name"))
      if (typed === "") return oneLine(typedName) === "" ? {} : { mistakes: wrong(badNumber, { part: "number" }) }
      if (typed.length > 3 * longestNumber || typedName.length > 100 * NAME_LENGTH_MAX)
        return { mistakes: wrong(badNumber, { part: "number" }) }
      const number = typed.normalize("NFKC").replace(/[\s.]/g, "")
      const before = current as unknown as Numbered | undefined
      const name = raw(".name") === undefined && before?.number === number ? before.name : oneLine(typedName)
      const value = { number, ...(name && { name }) }
      return reading(value, element.check(value, field, context))
    },
    check: (value, _field, context) => {
      const { number, name = "" } = value as unknown as Numbered
      if (!/^[0-9A-Za-z/-]+$/.test(number) || number.length > longestNumber || !isOfFormat(format, number, context))
        return wrong(badNumber, { part: "number" })
      if (lengthOf(name) > 2 * NAME_LENGTH_MAX) return wrong("text-too-long", { max: 2 * NAME_LENGTH_MAX, part: "name" })
      return hasForbidden(name) ? wrong("text-characters", { part: "name" }) : right
    },
    write: (value) => {
      const { number, name } = value as unknown as Numbered
      return { ".number": number, ...(name !== undefined && { ".name": name }) }
    },
    show: (value) => {
      const { number, name } = value as unknown as Numbered
      return name ? `${name} (${number})` : number
    },
    schema: () => ({
      type: "object",
      properties: {
        number: { type: "string", minLength: 1, maxLength: longestNumber },
        name: { type: "string", minLength: 1, maxLength: 2 * NAME_LENGTH_MAX },
      },
      required: ["number"],
      additionalProperties: false,
    }),
    feel: (value) => value,
  }
  return element
}
