// What a column holds, read as the type that was declared: numbers of text, dates of two spellings, yes and no of many.
import { feelDate } from "#engines/feel"
import { SourceFailure } from "./failure.ts"
import type { ColumnType } from "./source-file.ts"

export type RawRow = Readonly<Record<string, unknown>>

const YES = new Set(["true", "t", "1", "yes", "y", "có"])
const NO = new Set(["false", "f", "0", "no", "n", "không"])
const NUMBER = /^[+-]?\d{1,30}(\.\d{1,30})?$/
/** Days that stand for none in old systems. */
const NO_DAY = /^0000-00-00/

/** The value of a column for FEEL; null when it is empty. Throws SourceFailure `column-differs` with the column's name. */
export function readColumn(column: string, type: ColumnType, raw: unknown): unknown {
  if (raw === null || raw === undefined || raw === "") return null
  if (type === "any") return raw
  const read = typeof raw === "object" ? undefined : readers[type](String(raw).normalize("NFC").trim())
  if (read === undefined) throw new SourceFailure("column-differs", column)
  return read
}

const readers: Readonly<Record<Exclude<ColumnType, "any">, (text: string) => unknown>> = {
  text: (text) => (text === "" ? null : text),
  number: (text) => (NUMBER.test(text) ? Number(text) : undefined),
  date: (text) => (NO_DAY.test(text) ? null : dayOf(/^(\d{4})-(\d{2})-(\d{2})(?:$|[T ])/.exec(text)?.slice(1))),
  "date dd/mm/yyyy": (text) => dayOf(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)?.slice(1).reverse()),
  time: (text) => /^([01]?\d|2[0-3]):[0-5]\d(?=$|:)/.exec(text)?.[0].padStart(5, "0"),
  "yes-no": (text) => (YES.has(text.toLowerCase()) ? true : NO.has(text.toLowerCase()) ? false : undefined),
}

const dayOf = (parts: readonly string[] | undefined): unknown => {
  if (!parts) return undefined
  const [year, month, day] = parts.map((part) => part.padStart(2, "0"))
  return feelDate(`${year}-${month}-${day}`) ?? undefined
}

/** A name as FEEL can read it: what is no letter, number or underscore becomes one space. `Số CCCD/ĐDCN (mẹ)` is `Số CCCD ĐDCN mẹ`. */
export const plainName = (name: string): string =>
  name
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, " ")
    .trim()

/** The value at a path of names; undefined when nothing is there. */
export function at(value: unknown, path: string): unknown {
  let here = value
  for (const name of path.split(".")) {
    if (typeof here !== "object" || here === null || Array.isArray(here) || !Object.hasOwn(here, name)) return undefined
    here = (here as Record<string, unknown>)[name]
  }
  return here
}

/** What a database calls a column's type, as one of ours; undefined for what we can't read. */
export type Family = "text" | "number" | "date" | "time" | "yes-no" | "json"

const accepted: Readonly<Record<ColumnType, readonly Family[]>> = {
  text: ["text", "number", "date", "time", "yes-no"],
  number: ["number", "text"],
  date: ["date"],
  "date dd/mm/yyyy": ["text"],
  time: ["time", "text"],
  "yes-no": ["yes-no", "number", "text"],
  any: ["json", "text", "number", "date", "time", "yes-no"],
}

/** Can a column of this family be read as the declared type? */
export const fits = (declared: ColumnType, found: Family): boolean => accepted[declared].includes(found)
