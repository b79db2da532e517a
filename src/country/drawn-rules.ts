// Rules that were drawn: DMN read, and its decision tables rewritten as those of rules.yaml. What DMN has no place for, descriptions hold.
import { parse, YAMLParseError } from "yaml"
import { type Decision, DmnError, type Model, readDmn, type Table } from "#engines/dmn"
import { type Finding, finding } from "./finding.ts"
import { foldName } from "./names.ts"
import { FIRST_DAY, LAST_DAY } from "./rules.ts"
import { isDrawing, type Keys, type SourceFile } from "./source.ts"

/**
 * The tables that a text of DMN 1.2 to 1.5 is (OMG DMN 1.5, 8.3), as data for the schema of rules.yaml; any other source as it is. Each
 * decision is one table of its id. Its description holds `name` and `law` in YAML, that of an input `name`, that of a rule `because` and
 * `law`; a column `today` holds the days of rules. Findings where the text is no such DMN.
 */
export function drawnRules(source: SourceFile): SourceFile | readonly Finding[] {
  if (!isDrawing(source.data)) return source
  const findings: Finding[] = []
  try {
    const drawn = tablesIn(readDmn(source.data), (name, id) => {
      findings.push(finding(source.at([id]), "rules-not-tables", { name }))
    })
    const tables = drawn.map(({ decision, table }) => tableOf(source, decision, table))
    return findings.length > 0 ? findings : { file: source.file, data: { tables }, at: locator(source, drawn) }
  } catch (error) {
    if (error instanceof Misdescribed) return [finding(error.at, "not-readable", { says: error.message })]
    if (!(error instanceof DmnError)) throw error
    return [finding(source.at([error.element]), "rules-not-dmn", { says: error.detail || error.code })]
  }
}

interface Drawn {
  readonly decision: Decision
  readonly table: Table
}

const hits = new Map([
  ["UNIQUE", "unique"],
  ["FIRST", "first"],
])

/** The tables of a model; everything in it that a case couldn't be decided by is told. */
function tablesIn({ imports, elements }: Model, tell: (name: string, id: string) => void): Drawn[] {
  for (const { name } of imports) tell(name, name)
  return elements.flatMap((element) => {
    if (element.kind === "input") return []
    const { name, id } = element
    const table = element.kind === "decision" && element.logic?.kind === "table" ? element.logic : undefined
    if (!table || !hits.has(table.hitPolicy) || table.outputs.length !== 1 || table.outputs[0]!.default !== null) tell(name, id)
    const odd = table?.rules.find(({ outputs }) => wordOf(outputs[0]) === undefined)
    if (odd) tell(`${name}: ${odd.id}`, odd.id)
    return table ? [{ decision: element as Decision, table }] : []
  })
}

const wordOf = (text: string | null | undefined): string | undefined => /^\s*"([^"\\]*)"\s*$/.exec(text ?? "")?.[1]

/** Editors give ids such as `DecisionRule_1`; here they are of lower case with hyphens. */
const idOf = (id: string): string =>
  foldName(id)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")

function tableOf(source: SourceFile, { id, description }: Decision, { hitPolicy, inputs, rules }: Table) {
  const days = inputs.findIndex(
    ({ text, description: about }, i) =>
      text?.trim() === "today" && about === undefined && rules.every((r) => daysOf(r.inputs[i])),
  )
  const columns = [...inputs.keys()].filter((i) => i !== days)
  return {
    ...described(source, id, description),
    id: idOf(id),
    hit: hits.get(hitPolicy),
    inputs: columns.map((i) => {
      const { id: own = `${id}-${i + 1}`, description: about, text } = inputs[i]!
      return { ...described(source, own, about), id: idOf(own), value: text ?? "" }
    }),
    rules: rules.map(({ id: own, description: about, inputs: cells, outputs }) => ({
      ...described(source, own, about),
      ...(days >= 0 && daysOf(cells[days])),
      id: idOf(own),
      when: cells.filter((_, i) => i !== days),
      // biome-ignore lint/suspicious/noThenProperty: the word of the grammar; no promise is near
      then: wordOf(outputs[0]) ?? "",
    })),
  }
}

/** The days of a cell: none for any day; undefined where it holds something else. */
function daysOf(cell: string | undefined): { from?: string; until?: string } | undefined {
  if (cell === "-") return {}
  const [, from, until] = /^\[@"(\d{4}-\d\d-\d\d)"\.\.@"(\d{4}-\d\d-\d\d)"\]$/.exec(cell ?? "") ?? []
  if (from === undefined || until === undefined) return undefined
  return { ...(from !== FIRST_DAY && { from }), ...(until !== LAST_DAY && { until }) }
}

class Misdescribed extends Error {
  constructor(
    message: string,
    readonly at: ReturnType<SourceFile["at"]>,
  ) {
    super(message)
  }
}

/** What a description says in YAML; words that are no YAML of names and values say nothing that the schema would miss. */
function described(source: SourceFile, id: string, description = ""): object {
  try {
    const data: unknown = parse(description, { maxAliasCount: 0 })
    return typeof data === "object" && data !== null && !Array.isArray(data) ? data : {}
  } catch (error) {
    const says = error instanceof YAMLParseError ? error.message.split(" at line")[0]! : (error as Error).message
    throw new Misdescribed(says.split("\n")[0]!, source.at([id]))
  }
}

/** A place in the tables is that of the nearest element with an id: the rule, the input, the decision. */
function locator(source: SourceFile, drawn: readonly Drawn[]): SourceFile["at"] {
  return ([, table, part, nth]) => {
    const { decision, table: own } = drawn[Number(table)] ?? {}
    const inner = part === "rules" ? own?.rules[Number(nth)] : part === "inputs" ? own?.inputs[Number(nth)] : undefined
    const keys: Keys = [inner?.id ?? decision?.id ?? ""]
    return source.at(keys)
  }
}
