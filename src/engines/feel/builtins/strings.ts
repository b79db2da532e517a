// Functions on strings (DMN 1.5, 10.3.4.3); positions count characters, not UTF-16 units.
import { type Num, wholeDown } from "../values/decimal.ts"
import { textOf } from "../values/text.ts"
import { isList, type List, type Value } from "../values/value.ts"
import { define } from "./define.ts"

function substring(text: string, start: Num, length: Num | null): string | null {
  const [first, count] = [wholeDown(start), length === null ? undefined : wholeDown(length)]
  if (first === null || first === 0 || count === null || (count !== undefined && count < 1)) return null
  const letters = [...text]
  const from = first > 0 ? first - 1 : letters.length + first
  return from < 0 || from >= letters.length ? null : letters.slice(from, count === undefined ? undefined : from + count).join("")
}

const strings = (list: List): list is string[] => list.every((item) => item === null || typeof item === "string")

const joined = (list: List, delimiter: string | null): Value =>
  strings(list) ? list.filter((item) => item !== null).join(delimiter ?? "") : null

export const stringFunctions = [
  define("substring", [
    "string: string, start position: number, length?: number~",
    ([text, start, length]) => substring(text, start, length ?? null),
  ]),
  define("string length", ["string: string", ([text]) => [...text].length]),
  define("upper case", ["string: string", ([text], run) => run.hold(text.toUpperCase())]),
  define("lower case", ["string: string", ([text], run) => run.hold(text.toLowerCase())]),
  define("substring before", [
    "string: string, match: string",
    ([text, match]) => text.slice(0, Math.max(0, text.indexOf(match))),
  ]),
  define("substring after", [
    "string: string, match: string",
    ([text, match]) => (text.includes(match) ? text.slice(text.indexOf(match) + match.length) : ""),
  ]),
  define("contains", ["string: string, match: string", ([text, match]) => text.includes(match)]),
  define("starts with", ["string: string, match: string", ([text, match]) => text.startsWith(match)]),
  define("ends with", ["string: string, match: string", ([text, match]) => text.endsWith(match)]),
  define("string join", [
    "list: list, delimiter?: string~",
    ([list, delimiter], run) => {
      const text = isList(list) ? joined(list, delimiter ?? null) : null
      return typeof text === "string" ? run.hold(text) : text
    },
  ]),
  define("string", ["from: any", ([from], run) => (from === null ? null : run.hold(textOf(from, run)))]),
]
