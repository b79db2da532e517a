// Ending: an instance of an activity, the whole of its loop, a scope without tokens, a terminated or failed process.
import type { EventDefinition, GraphNode } from "../graph.ts"
import type { Live, RunState } from "../run-state.ts"
import { beginNext, goesOn } from "./begin.ts"
import { compensationDone, runNext } from "./compensation.ts"
import { waitsOf } from "./events.ts"
import { leave } from "./flow.ts"
import { ROOT, type Run } from "./run.ts"

/** A task, a wait or a scope is done. */
export function done(run: Run, one: Live): void {
  const node = run.node(one.at)
  for (const { to, from } of node.out) run.write(one.in, to, run.evaluate(from, one.id, node.id))
  note(run, one, node)
  if (one.nth === undefined) {
    finished(run, one)
    return
  }
  const whole = run.live.get(one.in)!
  run.live.delete(one.id)
  for (const child of run.childrenOf(one.id)) run.remove(child)
  whole.many!.done++
  if (node.loop?.loop === "many") {
    instanceDone(run, whole, node)
    return
  }
  goesOn(run, whole, node) ? beginNext(run, whole, node) : finished(run, whole)
  return
}

/** Remembers what can be undone. */
function note(run: Run, one: Live, node: GraphNode): void {
  if (node.forCompensation || node.kind.type === "event-sub") return
  const undoes = node.undoneBy || node.body?.eventSubs.some(isCompensation)
  if (!undoes && !one.log) return
  const scope = scopeAround(run, one)
  scope.log = [...(scope.log ?? []), { node: node.id, ...(one.log && { log: one.log }) }]
}

const isCompensation = (sub: GraphNode): boolean =>
  sub.body!.triggers.some(({ events }) => events.some(({ on }) => on === "compensate"))

function scopeAround(run: Run, one: Live): Live {
  const around = run.live.get(one.in)!
  return one.nth === undefined ? around : run.live.get(around.in)!
}

function instanceDone(run: Run, whole: Live, node: GraphNode): void {
  const loop = node.loop
  if (loop?.loop !== "many") return
  const many = whole.many!
  const vars = {
    ...run.seenBy(whole.id),
    numberOfInstances: many.of,
    numberOfActiveInstances: many.begun - many.done,
    numberOfCompletedInstances: many.done,
    numberOfTerminatedInstances: 0,
  }
  if (loop.behaviour === "none" || (loop.behaviour === "one" && many.done === 1)) tell(run, whole, loop.event)
  for (const each of loop.behaviour === "complex" ? loop.complex : [])
    if (!run.oracle && run.evaluateIn(each.when, vars, node.id) === true) tell(run, whole, each.event)
  if (!run.isAlive(whole)) return
  const enough =
    loop.until && (run.oracle ? run.oracle.choose(node, 2) === 1 : run.evaluateIn(loop.until, vars, node.id) === true)
  if (enough || many.done >= many.of) {
    finished(run, whole)
    return
  }
  if (many.begun < many.of && loop.sequential) beginNext(run, whole, node)
}

/** Tells the boundary of an activity with several instances that one of them is done; the others go on. */
function tell(run: Run, whole: Live, event: EventDefinition | undefined): void {
  if (!event) return
  for (const wait of waitsOf(run, whole)) {
    if (wait.how !== "boundary" || !wait.event.events.some((each) => isSame(each, event))) continue
    run.visit(wait.event)
    leave(run, wait.event, whole.in)
  }
}

const isSame = (one: EventDefinition, other: EventDefinition): boolean =>
  one.on === other.on &&
  (one.on === "signal" || one.on === "message" ? one.name === (other as typeof one).name : true) &&
  (one.on === "error" || one.on === "escalation" ? one.code === undefined || one.code === (other as typeof one).code : true)

/** The whole of an activity is done: the token goes on. */
export function finished(run: Run, one: Live): void {
  const node = run.node(one.at)
  run.live.delete(one.id)
  for (const child of run.childrenOf(one.id)) run.remove(child)
  if (node.forCompensation || node.kind.type === "event-sub") return
  leave(run, node, one.in, node.completionQuantity)
  settleAdHoc(run, one.in)
}

/** An ad hoc sub-process looks after each of its activities whether it is done. */
function settleAdHoc(run: Run, within: number): void {
  const scope = run.live.get(within)
  const node = scope && run.nodeOf(scope)
  if (!scope || !node?.until || node.kind.type !== "ad-hoc") return
  const enough = run.oracle ? run.oracle.choose(node, 2) === 1 : run.evaluate(node.until, within, node.id) === true
  if (!enough) return
  scope.todo = []
  if (node.cancelsRest) run.clear(scope)
}

/** Ends the deepest scopes in which nothing is alive any more, or begins what they have yet to do; false when there is none. */
export function settleScopes(run: Run): boolean {
  for (const one of run.deepestFirst()) {
    if (one.todo) {
      settleTodo(run, one)
      return true
    }
    if (one.many || one.got || !run.bodyOf(one)) continue
    if (one.id === ROOT) end(run, { how: "completed", ...(run.endedAt !== undefined && { at: run.endedAt }) })
    else done(run, one)
    return true
  }
  return false
}

function settleTodo(run: Run, one: Live): void {
  const node = run.nodeOf(one)
  if (node?.kind.type !== "ad-hoc" || one.onward) {
    runNext(run, one) ? undefined : compensationDone(run, one)
    return
  }
  if (one.todo!.length === 0) {
    done(run, one)
    return
  }
  const [first, ...rest] = one.todo!
  one.todo = rest
  run.ready.push({ node: run.node(first!.node), in: one.id })
}

/** Ends the instance. */
export function end(run: Run, ended: NonNullable<RunState["ended"]>): void {
  run.clear(run.root())
  run.live.clear()
  run.ready.length = 0
  run.throws.length = 0
  run.ended = ended
  run.effects.push({ effect: "end", ...ended })
}
