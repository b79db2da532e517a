// A name or a part of one, in any script: letters and their marks, spaces, apostrophes, hyphens, dots.
import { NAME_LENGTH_MAX } from "../limits.ts"
import { type Element, lengthOf, oneLine, oneText, reading, right, wrong } from "./element.ts"

/** The joiners of Indic and Arabic scripts, the middle dots of Catalan and of transliterations, and the letters that are signs belong to names. */
const name = /^(?:[\p{L}\p{M} '’ʻʼ`´.,·・׳״‐‑–-]|\u200C|\u200D)+$/u

export const personalName: Element = {
  type: "personal-name",
  boxes: [""],
  takes: ["maxLength", "autocomplete"],
  missing: "required",
  fits: (value) => typeof value === "string",
  read: ({ raw, context }, field) => {
    const typed = oneText(raw(""))
    if (typed.length > 100 * NAME_LENGTH_MAX)
      return { mistakes: wrong("text-too-long", { max: field.maxLength ?? NAME_LENGTH_MAX }) }
    const value = oneLine(typed)
    return value === "" ? {} : reading(value, personalName.check(value, field, context))
  },
  check: (value, field) => {
    const written = value as string
    const max = field.maxLength ?? NAME_LENGTH_MAX
    if (lengthOf(written) > max) return wrong("text-too-long", { max })
    return name.test(written) && /\p{L}/u.test(written) ? right : wrong("name-characters")
  },
  write: (value) => ({ "": value as string }),
  show: (value) => value as string,
  schema: (field) => ({ type: "string", minLength: 1, maxLength: field.maxLength ?? NAME_LENGTH_MAX }),
  feel: (value) => value,
}
