// The check of decision tables as a model: every cell against names and types, gaps, overlaps, rules that are never used.
import { type CompiledModel, checkTables, checkTexts, type TableWarning, type TextFault } from "#engines/dmn"
import type { FeelType } from "#engines/feel"
import { declaredTypes, type Form } from "#engines/form"
import type { ProcessDefinition } from "#engines/process"
import type { Checking } from "./checking.ts"
import { typeSaid } from "./engine-findings.ts"
import type { FindingCode } from "./finding.ts"
import type { ServicePart } from "./pack.ts"
import { type DecisionTable, modelOfRules } from "./rules.ts"
import type { Keys } from "./source.ts"
import { type Text, textIn } from "./text.ts"

/** Whatever is wrong with the tables of rules.yaml themselves; `form` says which names they may read and of which types these are. */
export function checkDecisions(c: Checking, part: ServicePart, form: Form): void {
  if (!part.rules) return
  const { compiled, faults } = checkTexts(modelOfRules(part.rules.data, form.fields.keys()), rootTypes(form))
  for (const fault of faults) tellText(c, part.rules, fault)
  if (faults.length === 0) for (const warning of checkTables(compiled as CompiledModel)) tellTable(c, part, warning)
}

/** Fields by the first words of their ids: `child.name` and `child.sex` are entries of `child`. */
function rootTypes(form: Form): Record<string, FeelType> {
  const roots = new Map<string, FeelType>()
  for (const [id, type] of Object.entries(declaredTypes([...form.fields.keys()], form.fields))) put(roots, id.split("."), type)
  return { ...Object.fromEntries(roots), today: { kind: "date" } }
}

function put(into: Map<string, FeelType>, [word = "", ...rest]: readonly string[], type: FeelType): void {
  const known = into.get(word)
  if (rest.length === 0) {
    if (!known) into.set(word, type)
    return
  }
  const entries = new Map(known?.kind === "context-of" ? known.entries : [])
  put(entries, rest, type)
  into.set(word, { kind: "context-of", entries })
}

type Rules = NonNullable<ServicePart["rules"]>

const textCodes: Readonly<Record<string, FindingCode>> = { "unknown-name": "rule-name-unknown", "type-mismatch": "rule-types" }

function tellText(c: Checking, { source, data }: Rules, { element, text, code, from, to, found, expected }: TextFault): void {
  const table = data.tables.findIndex(({ id }) => id === element)
  const near = text.normalize("NFC").slice(from, Math.max(to, from + 1)) || text
  const params = { table: nameOf(data, table), text, near, found: typeSaid(found), expected: typeSaid(expected) }
  c.report(source, ["tables", table, ...placeOf(data, table, text)], textCodes[code] ?? "rule-syntax", params)
}

/** Where a text stands in a table. */
function placeOf({ tables }: Rules["data"], table: number, text: string): Keys {
  const { inputs = [], rules = [] } = tables[table] ?? {}
  const input = inputs.findIndex(({ value }) => value === text)
  if (input >= 0) return ["inputs", input, "value"]
  const rule = rules.findIndex(({ when }) => when.includes(text))
  return rule >= 0 ? ["rules", rule, "when", rules[rule]!.when.indexOf(text)] : []
}

const nameOf = ({ tables }: Rules["data"], table: number): Text | string => tables[table]?.name ?? ""

const tableCodes: Readonly<Record<TableWarning["code"], FindingCode>> = {
  overlap: "rules-overlap",
  gap: "rules-gap-warning",
  masked: "rule-never-used",
  undecided: "rules-untold",
  "too-large": "rules-untold",
}

/** Columns by their names, where the engine knows their ids. */
function withNames(text: string, table: DecisionTable | undefined, lang: string): string {
  const columns = table?.inputs ?? []
  return columns.reduce((words, { id, name }) => words.replaceAll(`“${id}”`, `“${textIn(name, lang)}”`), text)
}

/** A gap is a fault where a step of the system waits for the table's answer. */
function tellTable(c: Checking, part: ServicePart, { code, element, rules, words }: TableWarning): void {
  const { source, data } = part.rules!
  const table = data.tables.findIndex(({ id }) => id === element)
  const rule = data.tables[table]?.rules.findIndex(({ id }) => id === rules.at(-1)) ?? -1
  const steps = (part.process?.data as Partial<ProcessDefinition> | undefined)?.steps ?? []
  const step = steps.find((each) => each.table === element)
  const says = Object.fromEntries(Object.entries(words).map(([lang, text]) => [lang, withNames(text, data.tables[table], lang)]))
  const params = { table: nameOf(data, table), says, step: step?.name ?? step?.id ?? "" }
  const keys = ["tables", table, ...(rule >= 0 && code !== "undecided" ? ["rules", rule] : [])]
  c.report(source, keys, code === "gap" && step ? "rules-gap" : tableCodes[code], params)
}
