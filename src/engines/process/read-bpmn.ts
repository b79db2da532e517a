// Reads a BPMN 2.0 document (ISO/IEC 19510) and compiles it to a graph.
import { BpmnModdle } from "bpmn-moddle"
import { Building, type OpenScope } from "./build.ts"
import { type Graph, GraphFaults } from "./graph.ts"
import { type Element, nameOf, parts, typeOf } from "./moddle-element.ts"
import { readScope } from "./read-scope.ts"
import { Reading } from "./reading.ts"
import { checkBounds } from "./xml-bounds.ts"

export interface BpmnOptions {
  /** Names of the data that conditions may read, besides the data objects of the document. */
  readonly names?: readonly string[]
  /** Who runs script tasks: the engine, which knows FEEL alone, or the caller, who gets them as open tasks. */
  readonly scripts?: "feel" | "outside"
  /** How a condition becomes FEEL, where it is written in another language. */
  readonly translate?: (text: string) => string
  /** The process to run; the first of the document unless said. */
  readonly main?: string
}

/**
 * The graph of a document. Its XML is read within limits, without entities of its own. Throws GraphFaults with everything that is wrong:
 * `not-xml`, `too-large`, `id-reserved`, `not-bpmn`, `no-process`, and what the parts report.
 */
export async function readBpmn(xml: string, options: BpmnOptions = {}): Promise<Graph> {
  const scripts = checkBounds(xml)
  const root = await parsed(xml)
  const all = parts(root, "rootElements")
  const processes = all.filter((one) => typeOf(one) === "Process")
  const building = new Building()
  const reading = new Reading(building, options, all, scripts)
  for (const one of processes) readProcess(reading, one)
  for (const one of all.filter((other) => /^Global\w*Task$/.test(typeOf(other)))) readGlobalTask(reading, one)
  const main = options.main ?? processes[0]?.id
  if (main === undefined || !building.processes.has(main)) throw fault("no-process", options.main ?? "")
  for (const node of building.nodes.values())
    if (node.called !== undefined && !building.processes.has(node.called))
      building.report("called-unknown", node.id, { called: node.called })
  return building.done(main)
}

const fault = (code: "not-bpmn" | "no-process", at: string, params = {}) => new GraphFaults([{ code, at, params }])

async function parsed(xml: string): Promise<Element> {
  try {
    const { rootElement } = await new BpmnModdle().fromXML(xml)
    const root = rootElement as Element
    if (typeOf(root) !== "Definitions") throw fault("not-bpmn", root.id ?? "")
    return root
  } catch (error) {
    if (error instanceof GraphFaults) throw error
    throw fault("not-bpmn", "", { reason: error instanceof Error ? error.message.slice(0, 200) : "" })
  }
}

function readProcess(reading: Reading, process: Element): void {
  const scope = reading.building.scope(process.id ?? "process", nameOf(process))
  readScope(reading, process, scope)
}

/** A task that several processes call: a process of one task. */
function readGlobalTask(reading: Reading, task: Element): void {
  const scope: OpenScope = reading.building.scope(task.id ?? "", nameOf(task))
  reading.node(scope, task, { id: `${task.id}_task`, type: typeOf(task).replace(/^Global/, "") })
}
