// Beginning: activities, their instances, scopes, event sub-processes.
import type { Data, GraphNode, Scope } from "../graph.ts"
import { INSTANCES_MAX } from "../limits.ts"
import type { Live } from "../run-state.ts"
import { done, finished } from "./done.ts"
import { beginsToHold } from "./events.ts"
import { own, type Run } from "./run.ts"
import { arm } from "./timers.ts"

/** Begins an activity: once, or its loop. */
export function beginActivity(run: Run, node: GraphNode, within: number): void {
  if (!node.loop) {
    beginOnce(run, node, within)
    return
  }
  const whole = run.create(node, within, { many: { begun: 0, done: 0, of: 0 } })
  armBoundary(run, whole, node)
  if (!run.isAlive(whole)) return
  if (node.loop.loop === "standard") {
    if (node.loop.before && !goesOn(run, whole, node)) {
      finished(run, whole)
      return
    }
    beginNext(run, whole, node)
    return
  }
  const items = itemsOf(run, node, within)
  whole.many!.of = items?.length ?? countOf(run, node, within)
  if (items) whole.many!.items = items
  if (whole.many!.of === 0) {
    finished(run, whole)
    return
  }
  const atOnce = node.loop.sequential ? 1 : whole.many!.of
  for (let n = 0; n < atOnce && run.isAlive(whole); n++) beginNext(run, whole, node)
}

/** Whether a standard loop runs once more. */
export function goesOn(run: Run, whole: Live, { loop, id }: GraphNode): boolean {
  if (loop?.loop !== "standard") return false
  if (loop.max !== undefined && whole.many!.done >= loop.max) return false
  if (!loop.while) return true
  if (run.oracle) return run.oracle.choose(run.node(id), 2) === 1
  const vars = { ...run.seenBy(whole.id), loopCounter: whole.many!.done }
  return run.evaluateIn(loop.while, vars, id) === true
}

function itemsOf(run: Run, { loop, id }: GraphNode, within: number): readonly Data[] | undefined {
  if (loop?.loop !== "many" || loop.list === undefined) return undefined
  if (run.oracle) return [null, null]
  const seen = run.seenBy(within)
  const list = Object.hasOwn(seen, loop.list) ? seen[loop.list] : null
  if (!Array.isArray(list)) return run.fail("loop-count-wrong", id, { list: loop.list })
  if (list.length > INSTANCES_MAX) run.fail("too-many-instances", id, { max: INSTANCES_MAX })
  return list as readonly Data[]
}

function countOf(run: Run, { loop, id }: GraphNode, within: number): number {
  if (loop?.loop !== "many" || !loop.count) return run.fail("loop-count-wrong", id)
  if (run.oracle) return 2
  const count = run.evaluate(loop.count, within, id)
  if (typeof count !== "number" || !Number.isInteger(count) || count < 0)
    return run.fail("loop-count-wrong", id, { count: String(count) })
  if (count > INSTANCES_MAX) run.fail("too-many-instances", id, { max: INSTANCES_MAX })
  return count
}

/** Begins the next of several instances. */
export function beginNext(run: Run, whole: Live, node: GraphNode): void {
  const nth = ++whole.many!.begun
  const vars: Record<string, Data> = { loopCounter: nth }
  const { items } = whole.many!
  if (items && node.loop?.loop === "many" && node.loop.item !== undefined) own(vars, node.loop.item, items[nth - 1] ?? null)
  beginOnce(run, node, whole.id, { nth, ...(node.loop?.loop === "many" && { vars }) })
}

function beginOnce(run: Run, node: GraphNode, within: number, facts: Pick<Live, "nth" | "vars"> = {}): void {
  const { kind } = node
  for (const { to, from } of node.into) run.write(within, to, run.evaluate(from, within, node.id))
  const one = run.create(node, within, facts)
  if (facts.nth === undefined) armBoundary(run, one, node)
  if (!run.isAlive(one)) return
  switch (kind.type) {
    case "task":
      beginTask(run, one, node)
      return

    case "call":
      beginScope(run, one, run.graph.processes.get(node.called!)!)
      return

    default:
      beginScope(run, one, node.body ?? run.fail("node-unknown", node.id))
      return
  }
}

function beginTask(run: Run, one: Live, node: GraphNode): void {
  if (node.kind.type !== "task") return
  const { task } = node.kind
  if (task === "receive") {
    arm(run, one, node, one.id)
    return
  }
  if (task === "manual") {
    done(run, one)
    return
  }
  if (task === "send") {
    run.throws.push({ node, in: one.id })
    return
  }
  if (task === "script" && node.script?.value) {
    const value = run.oracle ? null : run.evaluate(node.script.value, one.id, node.id)
    if (node.script.result !== undefined) run.write(one.in, node.script.result, value)
    done(run, one)
    return
  }
  run.effects.push({ effect: "open", id: one.id, node: node.id, task, ...(one.nth !== undefined && { nth: one.nth }) })
}

/** Arms timers and conditions of the events attached to an activity. */
function armBoundary(run: Run, one: Live, node: GraphNode): void {
  for (const event of node.boundary) arm(run, one, event, one.in)
}

/** Begins a scope: its data, its event sub-processes, then the token at its beginning. */
export function beginScope(run: Run, one: Live, body: Scope, from: readonly GraphNode[] = body.begins): void {
  run.checkDepth(one)
  if (body.data.length > 0 && one.in >= 0) {
    one.vars ??= {}
    for (const { name, first } of body.data) own(one.vars, name, first)
  }
  for (const sub of body.eventSubs) for (const event of sub.body!.triggers) arm(run, one, event, one.id)
  if (beginsInterrupted(run, one, body)) return
  const node = run.nodeOf(one)
  if (node?.kind.type !== "ad-hoc") {
    for (const begin of from) run.ready.push({ node: begin, in: one.id })
    return
  }
  const nodes = body.begins.map(({ id }) => ({ node: id }))
  if (!node.sequential) for (const begin of body.begins) run.ready.push({ node: begin, in: one.id })
  one.todo = node.sequential ? nodes : []
}

/** An event sub-process whose condition holds at once takes the place of what it interrupts. */
function beginsInterrupted(run: Run, one: Live, body: Scope): boolean {
  if (run.oracle || !run.graph.conditional) return false
  for (const sub of body.eventSubs)
    for (const event of sub.body!.triggers)
      for (const definition of event.events)
        if (definition.on === "condition" && beginsToHold(run, one, event, definition)) {
          beginEventSub(run, one, event)
          if (event.interrupting) return true
        }
  return false
}

/** Begins an event sub-process in `scope` at its start event; where it interrupts, nothing else goes on there. */
export function beginEventSub(run: Run, scope: Live, start: GraphNode): void {
  const sub = start.scope.owner!
  if (start.interrupting && !start.events.some(({ on }) => on === "compensate")) {
    run.clear(scope)
    scope.stopped = true
    const triggers = new Set(sub.scope.eventSubs.flatMap((each) => each.body!.triggers.map(({ id }) => id)))
    const due = scope.due?.filter(([event]) => !triggers.has(event))
    if (due?.length) scope.due = due
    else delete scope.due
  }
  const one = run.create(sub, scope.id)
  beginScope(run, one, sub.body!, [start])
}
