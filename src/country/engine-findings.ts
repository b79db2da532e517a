// Faults that the form and the process engine find, told with the place in the file and in the languages of the program.
import type { StepDefinition } from "#engines/process"
import { type Finding, type FindingCode, type FindingParams, finding } from "./finding.ts"
import { findingWords } from "./finding-words.ts"
import { valueAt } from "./schema-findings.ts"
import type { Keys, SourceFile } from "./source.ts"
import type { Text } from "./text.ts"

interface EngineFault {
  readonly path: Keys
  readonly at?: { readonly from: number; readonly to: number }
  readonly code: string
  readonly mend: string
  readonly params?: Readonly<Record<string, string>>
}

const SHOWN_MAX = 80

/** A finding of `form-CODE` or `process-CODE` where it has words of its own, else the engine's own. */
export function engineFinding(
  source: SourceFile,
  engine: "form" | "process",
  fault: EngineFault,
  says: string,
  more: FindingParams = {},
): Finding {
  const own = `${engine}-${fault.code}`
  const code = (Object.hasOwn(findingWords, own) ? own : `${engine}-fault`) as FindingCode
  const part = fault.code === "unknown-word" ? "key" : "value"
  const { path, at } = fault
  const text = nameAt(source.data, path, fault.code === "unknown-element" ? ["is"] : ["id", "is", "about"])
  const near = at ? text.slice(at.from, Math.max(at.to, at.from + 1)) || text : text
  return finding(source.at(path, part), code, {
    says,
    mend: fault.mend,
    at: path.join("."),
    code: fault.code,
    name: text.slice(0, SHOWN_MAX),
    near: near.slice(0, SHOWN_MAX),
    step: path[0] === "steps" ? titleOf(valueAt(source.data, path.slice(0, 2)), path) : "",
    ...fault.params,
    ...(fault.params?.found && { found: typeSaid(fault.params.found), expected: typeSaid(fault.params.expected) }),
    ...more,
  })
}

const typeNames: Readonly<Record<string, Text>> = {
  number: { vi: "số", en: "number" },
  string: { vi: "chữ", en: "text" },
  boolean: { vi: "đúng hoặc sai", en: "yes or no" },
  date: { vi: "ngày", en: "day" },
  time: { vi: "giờ", en: "time" },
  "date and time": { vi: "ngày và giờ", en: "day and time" },
  "days and time duration": { vi: "khoảng thời gian", en: "duration" },
  "years and months duration": { vi: "số năm và tháng", en: "years and months" },
}

/** A type of FEEL in the words of an analyst; the rarer ones as FEEL writes them. */
export function typeSaid(type = ""): Text {
  const said = (lang: string) =>
    type
      .split(" | ")
      .map((one) => typeNames[one]?.[lang] ?? one)
      .join(lang === "vi" ? " hoặc " : " or ")
  return { vi: said("vi"), en: said("en") }
}

/** A step as its table calls it: “Thẩm tra” (appraise). */
export function titleOf(step: unknown, path: Keys): Text | string {
  const { id, name } = (step ?? {}) as Partial<StepDefinition>
  const known = typeof id === "string" ? id : String(path[1] ?? "")
  if (typeof name !== "object" || name === null) return `“${known}”`
  return Object.fromEntries(Object.entries(name).map(([lang, words]) => [lang, `“${String(words)}” (${known})`]))
}

/** What an analyst would call the thing at `path`: its text, or the id of it or of what it stands in. */
function nameAt(data: unknown, path: Keys, keys: readonly string[] = ["id"]): string {
  const value = valueAt(data, path)
  if (typeof value === "string" || typeof value === "number") return String(value)
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const name = keys.map((key) => (value as Record<string, unknown>)[key]).find((each) => typeof each === "string")
    if (typeof name === "string") return name
  }
  return path.length > 0 ? String(path.at(-1)) : ""
}
