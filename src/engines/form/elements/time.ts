// A time of the day: 09:05, typed as 9:05, 9h05, 9 giờ 5 or 0905.
import { feelTime } from "#engines/feel"
import { type Element, oneText, right, wrong } from "./element.ts"

const typedTime = /^(\d{1,2})(?:\s*(?:[:.h]|giờ)\s*(?:(\d{1,2})\s*(?:phút|p)?)?|(\d{2}))(?::\d{2})?$/iu

export const time: Element = {
  type: "time",
  boxes: [""],
  takes: [],
  missing: "required",
  fits: (value) => typeof value === "string" && /^([01]\d|2[0-3]):[0-5]\d$/.test(value),
  read: ({ raw }, field) => {
    const typed = oneText(raw("")).trim()
    if (typed === "") return {}
    const found = typed.length > 20 ? null : typedTime.exec(typed.normalize("NFC"))
    const value = found && `${found[1]!.padStart(2, "0")}:${(found[2] ?? found[3] ?? "0").padStart(2, "0")}`
    return value && time.fits(value, field) ? { value } : { mistakes: wrong("time-form") }
  },
  check: () => right,
  write: (value) => ({ "": value as string }),
  show: (value) => value as string,
  schema: () => ({ type: "string", pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$" }),
  feel: (value) => feelTime(value as string),
}
