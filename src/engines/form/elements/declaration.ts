// A statement that the person makes by ticking it.
import { type Element, oneText, right, wrong } from "./element.ts"

const words: Readonly<Record<string, string>> = { vi: "Đã cam đoan", en: "Declared" }

export const declaration: Element = {
  type: "declaration",
  boxes: [""],
  takes: [],
  missing: "declaration-needed",
  fits: (value) => typeof value === "boolean",
  read: ({ raw }) => (oneText(raw("")) === "yes" ? { value: true } : {}),
  check: (value) => (value === true ? right : wrong("declaration-needed")),
  write: (value) => ({ "": value === true ? "yes" : "" }),
  show: (_value, _field, { lang }) => words[lang] ?? words.en!,
  schema: () => ({ const: true }),
  feel: (value) => value,
}
