// A process that was drawn: BPMN read, checked for soundness, and rewritten as the step table that cases run on.
import {
  findingText,
  type Graph,
  GraphFaults,
  type Finding as GraphFinding,
  type ProcessDefinition,
  readBpmn,
  soundnessOf,
  tableOfGraph,
} from "#engines/process"
import { type Finding, type FindingCode, finding } from "./finding.ts"
import type { ServicePart } from "./pack.ts"
import { isDrawing, type SourceFile } from "./source.ts"

/** The step table that a drawing is; nothing where it is none or can't be read, which its check tells. */
export async function drawnTable(data: unknown): Promise<unknown> {
  if (!isDrawing(data)) return data
  try {
    return tableOfGraph(await readBpmn(data))
  } catch (error) {
    if (error instanceof GraphFaults) return undefined
    throw error
  }
}

/** A service whose process, if it is drawn, has become a table; and all that is wrong with the drawing, by its elements. */
export async function withTable(part: ServicePart): Promise<{ part: ServicePart; findings: readonly Finding[] }> {
  const { process: source, ...others } = part
  if (!source || !isDrawing(source.data)) return { part, findings: [] }
  let graph: Graph | undefined
  try {
    graph = await readBpmn(source.data)
    const { findings } = soundnessOf(graph)
    if (findings.length > 0) throw new GraphFaults(findings)
    return { part: { ...part, process: tableSource(source, tableOfGraph(graph)) }, findings: [] }
  } catch (error) {
    if (!(error instanceof GraphFaults)) throw error
    return { part: others, findings: error.findings.map((found) => told(source, found, graph)) }
  }
}

/** The table's places are those of the drawing: a step is the element of its id. */
function tableSource({ file, at }: SourceFile, data: unknown): SourceFile {
  const { steps } = data as Partial<ProcessDefinition>
  return { file, data, at: (keys) => at(keys[0] === "steps" ? [steps?.[Number(keys[1])]?.id ?? ""] : []) }
}

/** What the engine finds in a drawing and what the same is called in a table. */
const codes: Readonly<Partial<Record<GraphFinding["code"], FindingCode>>> = {
  "dead-task": "process-dead-step",
  "never-ends": "process-never-ends",
  deadlock: "process-deadlock",
  "not-a-table": "process-not-a-table",
}

function told(source: SourceFile, found: GraphFinding, graph: Graph | undefined): Finding {
  const name = graph?.nodes.get(found.at)?.name
  const step = name ? `“${name}” (${found.at})` : found.at ? `“${found.at}”` : source.file
  const named = name ? { ...found, at: name } : found
  const says = { vi: findingText(named, "vi"), en: findingText(named, "en") }
  return finding(source.at([found.at]), codes[found.code] ?? "process-bpmn", { step, says })
}
