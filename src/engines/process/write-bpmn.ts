// Writes a step table as a BPMN 2.0 document with its drawing, and reads such a document back; nothing of the table is lost.
import { ASKER, ENDS, type ProcessDefinition, type StepDefinition } from "./definition.ts"
import { type EventDefinition, type Flow, type Graph, GraphFaults, type GraphNode, type Scope } from "./graph.ts"
import { type Layout, layoutOf } from "./layout.ts"
import { readBpmn } from "./read-bpmn.ts"
import { graphOfTable, TABLE } from "./table-graph.ts"

/** The namespace of what BPMN has no word for: role, norm, kind of a step and so on. */
export const EXTENSION_NAMESPACE = "urn:motlan:process:1"

/** A sound step table as BPMN 2.0 XML with a laid-out diagram. */
export function bpmnOfTable(table: ProcessDefinition): string {
  const { processes } = graphOfTable(table)
  const scope = processes.get(TABLE)!
  const layout = layoutOf(scope)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:motlan="${EXTENSION_NAMESPACE}" id="table_definitions" targetNamespace="${EXTENSION_NAMESPACE}" expressionLanguage="https://www.omg.org/spec/DMN/20191111/FEEL/">`,
    `  <bpmn:process id="${TABLE}" isExecutable="true">`,
    ...scope.nodes.map(nodeXml),
    ...scope.flows.map(flowXml),
    "  </bpmn:process>",
    ...diagramXml(scope, layout),
    "</bpmn:definitions>",
    "",
  ].join("\n")
}

const MARKS: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
  "\r": "&#13;",
}

/** Text as it stands in XML. */
export const escaped = (text: string): string => text.replace(/[&<>"\n\t\r]/g, (mark) => MARKS[mark]!)

const attribute = (name: string, value: string | undefined): string => (value ? ` ${name}="${escaped(value)}"` : "")

const TAGS: Readonly<Record<string, string>> = {
  start: "startEvent",
  end: "endEvent",
  boundary: "boundaryEvent",
  gateway: "exclusiveGateway",
  user: "userTask",
  service: "serviceTask",
}

function nodeXml(node: GraphNode): string {
  const { id, name, kind, host, attributes, incoming, outgoing } = node
  const tag = `bpmn:${TAGS[kind.type === "task" ? kind.task : kind.type]}`
  const ours = [...attributes].map(([key, value]) => attribute(`motlan:${key}`, value)).join("")
  const ends = [
    ...incoming.map((flow) => `<bpmn:incoming>${flow.id}</bpmn:incoming>`),
    ...outgoing.map((flow) => `<bpmn:outgoing>${flow.id}</bpmn:outgoing>`),
    ...node.events.map(timerXml),
  ]
  const open = `    <${tag} id="${id}"${attribute("name", name)}${attribute("attachedToRef", host?.id)}${ours}`
  return `${open}>${ends.join("")}</${tag}>`
}

/** Working time has no word in ISO 8601: the duration says calendar time, the attribute what is meant. */
function timerXml(event: EventDefinition): string {
  const limit = event.on === "timer" ? event.at.text : ""
  const [value = "", unit = ""] = limit.split(" ")
  const iso = unit.includes("hour") ? `PT${value}H` : unit.startsWith("month") ? `P${value}M` : `P${value}D`
  const duration = `<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${iso}</bpmn:timeDuration>`
  return `<bpmn:timerEventDefinition motlan:after="${escaped(limit)}">${duration}</bpmn:timerEventDefinition>`
}

function flowXml({ id, name, from, to, when }: Flow): string {
  const open = `    <bpmn:sequenceFlow id="${id}"${attribute("name", name)} sourceRef="${from.id}" targetRef="${to.id}"`
  if (!when) return `${open} />`
  const condition = `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${escaped(when.text)}</bpmn:conditionExpression>`
  return `${open}>${condition}</bpmn:sequenceFlow>`
}

function diagramXml(scope: Scope, { shapes, edges }: Layout): string[] {
  const bounds = ([id, { x, y, width, height }]: [string, { x: number; y: number; width: number; height: number }]) =>
    `      <bpmndi:BPMNShape id="shape_${id}" bpmnElement="${id}"><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}" /></bpmndi:BPMNShape>`
  const way = ([id, points]: [string, readonly { x: number; y: number }[]]) =>
    `      <bpmndi:BPMNEdge id="edge_${id}" bpmnElement="${id}">${points.map(({ x, y }) => `<di:waypoint x="${x}" y="${y}" />`).join("")}</bpmndi:BPMNEdge>`
  return [
    '  <bpmndi:BPMNDiagram id="diagram">',
    `    <bpmndi:BPMNPlane id="plane" bpmnElement="${scope.id}">`,
    ...[...shapes].map(bounds),
    ...[...edges].map(way),
    "    </bpmndi:BPMNPlane>",
    "  </bpmndi:BPMNDiagram>",
  ]
}

/**
 * The step table of a BPMN document of the linear and branching subset: tasks, each followed by a gateway of its outcomes. Throws
 * GraphFaults `not-a-table` for whatever a table has no words for; the result still goes through `checkProcess`.
 */
export async function tableOfBpmn(xml: string): Promise<unknown> {
  return tableOfGraph(await readBpmn(xml))
}

/** The step table of such a graph. */
export function tableOfGraph(graph: Graph): unknown {
  const scope = graph.processes.get(graph.main)!
  const start = scope.begins[0]
  const supplements = start?.attributes.get("supplements")
  const tasks = scope.nodes.filter(({ kind }) => kind.type === "task")
  const first = start?.kind.type === "start" ? start.outgoing[0]?.to : start
  if (first?.kind.type !== "task") throw notTable(first?.id ?? scope.id)
  const covered = new Set<GraphNode>([...(start ? [start] : []), ...tasks])
  const rows = [first, ...tasks.filter((task) => task !== first)].map((task) => rowOf(task, covered))
  for (const node of scope.nodes) if (!covered.has(node) && node.kind.type !== "end") throw notTable(node.id)
  return { ...(supplements !== undefined && { supplements: Number(supplements) }), steps: rows }
}

const notTable = (at: string) => new GraphFaults([{ code: "not-a-table", at, params: {} }])

function rowOf(task: GraphNode, covered: Set<GraphNode>): Partial<StepDefinition> {
  const [after, ...more] = task.outgoing
  if (!after || more.length > 0 || task.loop || task.undoneBy) throw notTable(task.id)
  const isGate = after.to.kind.type === "gateway"
  if (isGate) covered.add(gateOf(after.to))
  const flows = isGate ? after.to.outgoing : [{ ...after, outcome: "done" }]
  if (flows.some(({ when, outcome }) => when && outcome === undefined)) throw notTable(after.to.id)
  const outcomes = flows.map((flow) => [flow.outcome ?? flow.name, targetOf(flow.to, covered)])
  for (const event of task.boundary) covered.add(event)
  const given = [...task.attributes].map(([key, value]) => [key, valueIn(value)])
  // biome-ignore lint/suspicious/noThenProperty: the word of the grammar; no promise is near
  return { id: task.id, ...Object.fromEntries(given), then: Object.fromEntries(outcomes) } as Partial<StepDefinition>
}

function gateOf(node: GraphNode): GraphNode {
  if (node.kind.type !== "gateway" || node.kind.gateway !== "exclusive") throw notTable(node.id)
  return node
}

function targetOf(node: GraphNode, covered: Set<GraphNode>): string {
  if (node.kind.type === "task") return node.id
  if (node.kind.type === "end") return Object.hasOwn(ENDS, node.attributes.get("as") ?? "") ? node.attributes.get("as")! : "end"
  const gate = gateOf(node)
  if (!gate.outgoing.every(({ when }) => when?.text.startsWith("asker ="))) throw notTable(node.id)
  covered.add(gate)
  return ASKER
}

function valueIn(text: string): unknown {
  if (!/^[[{"\d]/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
