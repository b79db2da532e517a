// Decision tables: the rules whose cells all pass, and what the hit policy makes of them (DMN 1.5, 8.2.8).
import { type Code, type FeelType, Frame, INPUT, type Run, Scope, type Value } from "#engines/feel"
import { type Making, textCode, typeGiven } from "./compile-boxed.ts"
import { convertedResult } from "./convert.ts"
import { collected, hitPolicies, type Outcome } from "./hit-policies.ts"
import { allowance, typeOfRef } from "./item-types.ts"
import type { Table } from "./model.ts"
import { noteTable } from "./trace.ts"

interface Input {
  readonly label: string
  readonly code: Code
  readonly type: FeelType | null
  readonly allows: ((value: Value, run: Run) => boolean) | undefined
}

interface Output {
  readonly name: string
  readonly type: FeelType | null
  readonly allows: ((value: Value, run: Run) => boolean) | undefined
  readonly default: Code | null
}

interface Rule {
  readonly id: string
  /** Cells that test something: the input's index and the test in a frame whose slot 0 is the input. */
  readonly cells: readonly { readonly input: number; readonly test: Code }[]
  readonly outputs: readonly Code[]
}

export function compileTable(table: Table & { readonly typeRef: string | null }, scope: Scope, making: Making): Code {
  const inputs = table.inputs.map(({ label, text, typeRef, values }) => ({
    label,
    code: textCode(text, scope, making, "Expression", typeOfRef(typeRef, making.types)),
    type: typeOfRef(typeRef, making.types),
    allows: allowance(values, making.types),
  }))
  const single = table.outputs.length === 1
  const outputs = table.outputs.map(({ name, typeRef, values, default: otherwise }) => ({
    name,
    type: typeOfRef(typeRef, making.types),
    allows: allowance(values, making.types),
    default: otherwise === null || otherwise.trim() === "" ? null : textCode(otherwise, scope, making),
  }))
  const priorities = table.outputs.map(({ values }) => (values === null ? null : textCode(`[${values}]`, scope, making)))
  const columns = table.inputs.map(({ text, typeRef }) => {
    const column = new Scope(scope)
    column.declare(INPUT, typeOfRef(typeRef, making.types) ?? typeGiven(text, scope, making))
    return column
  })
  const rules = table.rules.map((rule) => compileRule(rule, table, scope, columns, making))
  const decide = hitPolicies[table.hitPolicy] ?? hitPolicies.UNIQUE
  return (frame, run) => {
    const tested = testedInputs(inputs, frame, run, making)
    if (!tested) return null
    const hits = rules.filter((rule) => passes(rule, tested, run))
    noteTable(run, making.element, inputs, tested, hits)
    if (hits.length === 0)
      return (
        defaults(outputs, frame, run) ??
        (table.aggregation === "COUNT" ? 0 : table.hitPolicy === "COLLECT" && table.aggregation === null ? [] : null)
      )
    const outcomes = hits.map((rule): Outcome => outcomeOf(rule, outputs, frame, run, making))
    const order = priorities.map((priority) => priority?.(frame, run) ?? null)
    const chosen = decide(outcomes, order, run, making.element)
    if (!chosen) return null
    if (table.hitPolicy === "COLLECT" && table.aggregation) return collected(table.aggregation, chosen, run)
    const values = chosen.map((outcome) => (single ? outcome[0]! : contextOf(outputs, outcome)))
    return ["COLLECT", "RULE ORDER", "OUTPUT ORDER"].includes(table.hitPolicy) ? run.hold(values) : values[0]!
  }
}

function compileRule(rule: Table["rules"][number], table: Table, scope: Scope, columns: readonly Scope[], making: Making): Rule {
  const cells = columns.flatMap((column, index) => {
    const text = rule.inputs[index]
    if (text === undefined || text === "-" || text === "") return []
    return [{ input: index, test: textCode(text, column, making, "UnaryTests") }]
  })
  const outputs = table.outputs.map(({ typeRef }, index) =>
    textCode(rule.outputs[index] ?? null, scope, making, "Expression", typeOfRef(typeRef, making.types)),
  )
  return { id: rule.id, cells, outputs }
}

/** A frame for each input, its value inside; null when one isn't among the values that are allowed. */
function testedInputs(inputs: readonly Input[], frame: Frame, run: Run, making: Making): Frame[] | null {
  const frames: Frame[] = []
  for (let index = 0; index < inputs.length; index++) {
    const { code, type, allows, label } = inputs[index]!
    const value = convertedResult(code(frame, run), type, run, label)
    if (allows && value !== null && !allows(value, run)) return run.warn("not-allowed", 0, 0, `${making.element}: ${label}`)
    frames.push(new Frame([value], frame))
  }
  return frames
}

function passes({ cells }: Rule, tested: readonly Frame[], run: Run): boolean {
  for (let i = 0; i < cells.length; i++) {
    const { input, test } = cells[i]!
    if (test(tested[input]!, run) !== true) return false
  }
  return true
}

function outcomeOf(rule: Rule, outputs: readonly Output[], frame: Frame, run: Run, making: Making): Value[] {
  return rule.outputs.map((code, index) => {
    const { type, allows, name } = outputs[index]!
    const value = convertedResult(code(frame, run), type, run, name || making.element)
    return allows && value !== null && !allows(value, run) ? run.warn("not-allowed", 0, 0, name || making.element) : value
  })
}

/** The default entries; undefined where there is none. */
function defaults(outputs: readonly Output[], frame: Frame, run: Run): Value | undefined {
  if (outputs.every((output) => output.default === null)) return undefined
  const values = outputs.map(({ default: code, type, name }) => convertedResult(code ? code(frame, run) : null, type, run, name))
  return outputs.length === 1 ? values[0]! : contextOf(outputs, values)
}

const contextOf = (outputs: readonly Output[], values: readonly Value[]): Value =>
  new Map(outputs.map(({ name }, index): [string, Value] => [name, values[index]!]))
