// Yes or no.
import { type Element, oneText, right, wrong } from "./element.ts"

const words: Readonly<Record<string, readonly [yes: string, no: string]>> = { vi: ["Có", "Không"], en: ["Yes", "No"] }

export const yesNo: Element = {
  type: "yes-no",
  boxes: [""],
  takes: [],
  missing: "required-choice",
  fits: (value) => typeof value === "boolean",
  read: ({ raw }) => {
    const typed = oneText(raw(""))
    if (typed === "") return {}
    return typed === "yes" || typed === "no" ? { value: typed === "yes" } : { mistakes: wrong("choice-unknown") }
  },
  check: () => right,
  write: (value) => ({ "": value ? "yes" : "no" }),
  show: (value, _field, { lang }) => (words[lang] ?? words.en!)[value ? 0 : 1],
  schema: () => ({ type: "boolean" }),
  feel: (value) => value,
}
