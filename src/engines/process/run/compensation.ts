// Compensation: what was done is undone in the opposite order, one after the other (BPMN 2.0.2, 10.6).
import type { EventDefinition, GraphNode } from "../graph.ts"
import type { Done, Live } from "../run-state.ts"
import { beginActivity, beginEventSub } from "./begin.ts"
import { finished } from "./done.ts"
import { leave } from "./flow.ts"
import { ROOT, type Run } from "./run.ts"

type Compensate = Extract<EventDefinition, { on: "compensate" }>

/** Begins to undo what was done in the scope around `within`; what follows says `onward`. */
export function compensate(run: Run, node: GraphNode, within: number, event: Compensate, onward: "leave" | "end"): void {
  const scope = scopeToUndo(run, within)
  const [chosen, rest] = split(scope.log ?? [], event.activity)
  if (rest.length > 0) scope.log = rest
  else delete scope.log
  if (event.waits) {
    begin(run, node, within, chosen, onward)
    return
  }
  begin(run, node, within, chosen, "end")
  if (onward === "leave") leave(run, node, within)
}

function begin(run: Run, node: GraphNode, within: number, todo: readonly Done[], onward: "leave" | "end" | "cancel"): void {
  run.create(node, within, { todo: [...todo], onward })
}

/** An event sub-process undoes what was done in the scope to which it belongs. */
function scopeToUndo(run: Run, within: number): Live {
  let scope = run.live.get(within)!
  while (scope.id !== ROOT && PASSING.has(run.node(scope.at).kind.type)) scope = run.live.get(scope.in)!
  return scope
}

/** What lives in these has its scope further out. */
const PASSING: ReadonlySet<string> = new Set(["event-sub", "throw", "end"])

function split(log: readonly Done[], activity: string | undefined): [Done[], Done[]] {
  if (activity === undefined) return [[...log], []]
  return [log.filter(({ node }) => node === activity), log.filter(({ node }) => node !== activity)]
}

/** Cancels the transaction around `within`: undoes all that was done in it, then leaves by its cancel event. */
export function cancel(run: Run, node: GraphNode, within: number): void {
  let scope = run.live.get(within)!
  while (scope.id !== ROOT && run.node(scope.at).kind.type !== "transaction") scope = run.live.get(scope.in)!
  if (scope.id === ROOT) return
  const log = scope.log ?? []
  delete scope.log
  run.clear(scope)
  begin(run, node, scope.id, log, "cancel")
}

/** Undoes the last of what is left to undo; false when nothing is left. */
export function runNext(run: Run, one: Live): boolean {
  const last = one.todo!.pop()
  if (!last) return false
  const node = run.node(last.node)
  const log = [...(last.log ?? [])]
  if (node.undoneBy) {
    beginActivity(run, node.undoneBy, one.id)
    return true
  }
  const sub = node.body?.eventSubs.find((each) => isCompensation(each))
  if (sub)
    beginEventSub(run, run.create(node, one.id, { log, todo: [], onward: "end" }), sub.body!.triggers.find(hasCompensation)!)
  else if (log.length > 0) run.create(node, one.id, { todo: log, onward: "end" })
  return true
}

const hasCompensation = ({ events }: GraphNode) => events.some(({ on }) => on === "compensate")
const isCompensation = (sub: GraphNode) => sub.body!.triggers.some(hasCompensation)

/** All is undone: the token goes on, ends, or leaves the cancelled transaction. */
export function compensationDone(run: Run, one: Live): void {
  const node = run.node(one.at)
  run.live.delete(one.id)
  if (one.onward === "leave") {
    leave(run, node, one.in)
    return
  }
  if (one.onward === "cancel") leaveCancelled(run, run.live.get(one.in)!)
}

function leaveCancelled(run: Run, transaction: Live): void {
  const node = run.node(transaction.at)
  const event = node.boundary.find(({ events }) => events.some(({ on }) => on === "cancel"))
  if (!event) {
    finished(run, transaction)
    return
  }
  run.remove(transaction)
  run.visit(event)
  leave(run, event, transaction.in)
}
