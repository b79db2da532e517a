// Gaps and overlaps of decision tables, told before a table decides anything: exact for cells that name their values.
import type { FeelType } from "#engines/feel"
import { type Column, columnOf, type Words } from "./columns.ts"
import type { CompiledModel } from "./compile-model.ts"
import { typeOfRef } from "./item-types.ts"
import { OVERLAPS_MAX, TABLE_CELLS_MAX, WARNED_GAPS_MAX } from "./limits.ts"
import type { Boxed, Table } from "./model.ts"
import { type Find, walkCells } from "./walk-cells.ts"

/** What a table may do wrong; `rules` are their ids in the table. */
export interface TableWarning {
  readonly code: "gap" | "overlap" | "masked" | "undecided" | "too-large"
  readonly element: string
  readonly rules: readonly string[]
  readonly words: Words
}

/**
 * The warnings of every table of a model: an input that no rule covers (unless a default stands for it or hits are collected), two rules that
 * hold at once under UNIQUE, or under ANY with different outputs, a rule that FIRST never reaches, a column that can't be told before it runs.
 * What is told is certain; a cell that can't be told counts as covering everything and overlapping nothing.
 */
export const checkTables = (compiled: CompiledModel): TableWarning[] =>
  compiled.model.elements.flatMap((element) => {
    const logic =
      element.kind === "decision" ? element.logic : element.kind === "knowledge" ? (element.logic?.body ?? null) : null
    return tablesIn(logic).flatMap((table) => checkTable(table, element.name, compiled))
  })

function tablesIn(boxed: Boxed | null): Table[] {
  if (!boxed) return []
  if (boxed.kind === "table") return [boxed]
  return insideOf(boxed).flatMap(tablesIn)
}

function insideOf(boxed: Exclude<Boxed, { kind: "table" }>): readonly (Boxed | null)[] {
  switch (boxed.kind) {
    case "literal":
      return []
    case "context":
      return boxed.entries.map(({ value }) => value)
    case "invocation":
      return [boxed.callee, ...boxed.bindings.map(({ value }) => value)]
    case "relation":
      return boxed.rows.flat()
    case "list":
      return boxed.items
    case "function":
      return [boxed.body]
    case "conditional":
      return [boxed.if, boxed.consequent, boxed.alternative]
    case "filter":
      return [boxed.in, boxed.match]
    default:
      return [boxed.in, boxed.body]
  }
}

function checkTable(table: Table, element: string, compiled: CompiledModel): TableWarning[] {
  const columns = table.inputs.map(({ label, typeRef, values }, index) => {
    const type = typeOfRef(typeRef, compiled.types)
    const allowed = [values, ...allowedOf(type)].filter((text) => text !== null && text.trim() !== "")
    return columnOf({ label, cells: table.rules.map(({ inputs }) => inputs[index] ?? "-"), allowed: allowed as string[] })
  })
  const warn = (code: TableWarning["code"], rules: readonly string[], vi: string, en: string): TableWarning => ({
    code,
    element,
    rules,
    words: { vi, en },
  })
  const undecided = columns.flatMap(({ label, holds }) => {
    const rules = table.rules.filter((_, rule) => holds[rule] === null).map(({ id }) => id)
    const [vi, en] = [`Cột “${label}” có ô không xét trước được`, `The column “${label}” has cells that can't be told beforehand`]
    return rules.length > 0 ? [warn("undecided", rules, vi, en)] : []
  })
  const found = walkCells(columns, asked(table), TABLE_CELLS_MAX)
  const tooLarge = `${TABLE_CELLS_MAX}`
  return [
    ...undecided,
    ...found.gaps.slice(0, WARNED_GAPS_MAX).map((path) => {
      const words = wordsOf(path, columns)
      return warn("gap", [], `Không quy tắc nào áp dụng khi ${words.vi}`, `No rule holds when ${words.en}`)
    }),
    ...[...found.overlaps].slice(0, OVERLAPS_MAX).map(([pair, path]) => {
      const rules = pair.split(" ").map((rule) => table.rules[Number(rule)]!.id)
      const [words, numbers] = [wordsOf(path, columns), pair.split(" ").map((rule) => Number(rule) + 1)]
      const both = [
        `Quy tắc ${numbers.join(" và ")} cùng áp dụng khi ${words.vi}`,
        `Rules ${numbers.join(" and ")} both hold when ${words.en}`,
      ]
      return warn("overlap", rules, both[0]!, both[1]!)
    }),
    ...found.masked.map((rule) =>
      warn("masked", [table.rules[rule]!.id], `Quy tắc ${rule + 1} không bao giờ được dùng`, `Rule ${rule + 1} is never used`),
    ),
    ...(found.complete
      ? []
      : [
          warn(
            "too-large",
            [],
            `Bảng có hơn ${tooLarge} ô, không xét hết`,
            `The table has more than ${tooLarge} cells and isn't told whole`,
          ),
        ]),
  ]
}

/** The tests that a type's own definition makes. */
function allowedOf(type: FeelType | null): (string | null)[] {
  if (type?.kind !== "item") return []
  return [type.allowed ?? null, ...allowedOf(type.base())]
}

/** What is looked for under the table's hit policy. */
function asked({ hitPolicy, rules, outputs }: Table): Find {
  const differ = (a: number, b: number) =>
    rules[a]!.outputs.some((text, index) => text?.trim() !== rules[b]!.outputs[index]?.trim())
  const collects = ["COLLECT", "RULE ORDER", "OUTPUT ORDER"].includes(hitPolicy)
  return {
    gaps: !collects && outputs.every((output) => output.default === null || output.default.trim() === ""),
    overlaps: hitPolicy === "UNIQUE" ? () => true : hitPolicy === "ANY" ? differ : null,
    masked: hitPolicy === "FIRST",
  }
}

/** A place in the table in words: “tuổi” lớn hơn 60, “hộ” là "nghèo". */
function wordsOf(path: readonly number[], columns: readonly Column[]): Words {
  const parts = columns.flatMap(({ label, pieces }, index) => {
    const piece = pieces[path[index] ?? -1]
    return piece && piece.value !== null ? [{ vi: `“${label}” ${piece.words.vi}`, en: `“${label}” ${piece.words.en}` }] : []
  })
  if (parts.length === 0) return { vi: "bất kỳ đầu vào nào", en: "any input is given" }
  return { vi: parts.map(({ vi }) => vi).join(", "), en: parts.map(({ en }) => en).join(", ") }
}
