// The elements of a process or sub-process: nodes first, then flows and what refers to nodes.
import type { OpenNode, OpenScope } from "./build.ts"
import type { Data } from "./graph.ts"
import { type Element, expressionText, nameOf, part, parts, text, typeOf } from "./moddle-element.ts"
import type { Reading } from "./reading.ts"

const SCOPES = new Set(["SubProcess", "Transaction", "AdHocSubProcess"])
const DATA = new Set(["DataObject", "DataObjectReference", "DataStoreReference"])

/** Fills `scope` with what `element` holds. */
export function readScope(reading: Reading, element: Element, scope: OpenScope): void {
  const elements = parts(element, "flowElements")
  scope.data = [...elements.filter((one) => typeOf(one) === "DataObject"), ...parts(element, "properties")].map((one) => ({
    name: nameOf(one),
    first: firstOf(one),
  }))
  for (const one of elements) {
    const type = typeOf(one)
    if (type === "SequenceFlow" || DATA.has(type)) continue
    const node = reading.node(scope, one)
    if (node && SCOPES.has(type)) readScope(reading, one, reading.building.scope(node.id, node.name, node))
  }
  for (const one of elements) {
    if (typeOf(one) === "BoundaryEvent") attach(reading, one)
    if (typeOf(one) === "SequenceFlow") readFlow(reading, scope, one)
  }
  for (const one of parts(element, "artifacts")) if (typeOf(one) === "Association") undo(reading, one)
  for (const node of scope.nodes) checkPlace(reading, node as OpenNode)
}

/** What a data object holds at first, where the document says so in our namespace. */
function firstOf(element: Element): Data {
  const given = element.$attrs["motlan:first"]
  if (typeof given !== "string") return null
  try {
    return JSON.parse(given) as Data
  } catch {
    return given
  }
}

function attach({ building }: Reading, element: Element): void {
  const event = building.nodes.get(element.id ?? "")
  const host = building.nodes.get(part(element, "attachedToRef")?.id ?? "")
  if (event && host && host.scope === event.scope) event.host = host
}

function readFlow(reading: Reading, scope: OpenScope, element: Element): void {
  const from = part(element, "sourceRef")
  const to = part(element, "targetRef")
  const condition = expressionText(element, "conditionExpression")
  reading.building.flow(
    scope,
    element.id ?? "",
    { from: from?.id ?? "", to: to?.id ?? "" },
    {
      name: text(element, "name") ?? "",
      ...(condition !== undefined && reading.condition(condition, element.id ?? "")),
      default: from !== undefined && part(from, "default")?.id === element.id,
    },
  )
}

/** A compensation event leads to what undoes its activity. */
function undo({ building }: Reading, association: Element): void {
  const event = building.nodes.get(part(association, "sourceRef")?.id ?? "")
  const handler = building.nodes.get(part(association, "targetRef")?.id ?? "")
  if (event?.kind.type === "boundary" && handler) event.undoneBy = handler
}

function checkPlace({ building }: Reading, node: OpenNode): void {
  const { type } = node.kind
  const broken = (reason: string) => building.report("event-broken", node.id, { reason })
  const owner = node.scope.owner?.kind.type
  if ((type === "start" || type === "boundary" || type === "event-sub") && node.incoming.length > 0)
    building.report("flow-broken", node.id, { reason: "nothing-may-lead-here" })
  if ((type === "end" || type === "event-sub") && node.outgoing.length > 0)
    building.report("flow-broken", node.id, { reason: "nothing-may-follow" })
  if ((type === "boundary" || type === "catch") && node.events.length === 0) broken("no-trigger")
  if (type === "start" && owner === "event-sub" && node.events.length === 0) broken("no-trigger")
  if (type === "end" && node.events.some(({ on }) => on === "cancel") && !inTransaction(node)) broken("not-in-a-transaction")
  if (node.kind.type === "gateway" && node.kind.gateway === "event" && node.outgoing.some(({ to }) => !isWait(to as OpenNode)))
    broken("not-a-wait-behind-the-gateway")
}

function inTransaction(node: OpenNode): boolean {
  for (let owner = node.scope.owner; owner; owner = owner.scope.owner) if (owner.kind.type === "transaction") return true
  return false
}

const isWait = ({ kind }: OpenNode): boolean => kind.type === "catch" || (kind.type === "task" && kind.task === "receive")
