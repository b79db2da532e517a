// A token reaches a node: what each kind of node does with it.
import type { EventDefinition, GraphNode } from "../graph.ts"
import type { Live } from "../run-state.ts"
import { beginActivity } from "./begin.ts"
import { cancel, compensate } from "./compensation.ts"
import { done, end } from "./done.ts"
import { broadcast, throwOutward } from "./events.ts"
import { arrivedAt, leave, leaveByAll, leaveByOne, leaveBySome, takeOneOfEach } from "./flow.ts"
import { ROOT, type Run, type Token } from "./run.ts"
import { arm } from "./timers.ts"

/** Lets a token in. */
export function enter(run: Run, token: Token): void {
  const { node } = token
  if (!run.live.has(token.in)) return
  run.visit(node)
  switch (node.kind.type) {
    case "start":
    case "boundary":
      leave(run, node, token.in)
      return

    case "gateway":
      enterGateway(run, token, node)
      return

    case "catch":
      beginWait(run, node, token.in)
      return

    case "throw":
    case "end":
      if (node.events.length > 0) run.throws.push(token)
      else if (node.kind.type === "end") run.endedAt = node.id
      else if (node.kind.type === "throw") leave(run, node, token.in)
      return
    default:
      enterActivity(run, token, node)
      return
  }
}

/** An activity may need several tokens to begin. */
function enterActivity(run: Run, token: Token, node: GraphNode): void {
  if (node.startQuantity > 1) {
    const join = arrivedAt(run, node, token.in, "")
    const [arrived] = join.got!
    if (arrived![1] < node.startQuantity) return
    run.remove(join)
  }
  beginActivity(run, node, token.in)
}

function beginWait(run: Run, node: GraphNode, within: number): void {
  if (node.events.some(({ on }) => on === "link")) {
    leave(run, node, within)
    return
  }
  const one = run.create(node, within)
  arm(run, one, node, within)
}

function enterGateway(run: Run, token: Token, node: GraphNode): void {
  if (node.kind.type !== "gateway") return
  const { gateway } = node.kind
  if (gateway === "exclusive") {
    leaveByOne(run, node, token.in)
    return
  }
  if (gateway === "event") {
    const wait = run.create(node, token.in)
    for (const { to } of node.outgoing) arm(run, wait, to, token.in)
    return
  }
  if (node.incoming.length < 2) {
    gateway === "parallel" ? leaveByAll(run, node, token.in) : leaveBySome(run, node, token.in)
    return
  }
  const join = arrivedAt(run, node, token.in, token.flow?.id ?? "")
  if (gateway !== "parallel" || join.got!.length < node.incoming.length) return
  takeOneOfEach(run, join)
  leaveByAll(run, node, token.in)
}

/** Throws what an event or send task throws, then lets its token go on. */
export function throwEvents(run: Run, { node, in: within }: Token): void {
  if (!run.live.has(within)) return
  if (node.kind.type === "task") {
    for (const event of node.events) throwOne(run, node, within, event)
    done(run, run.live.get(within)!)
    return
  }
  const thrower = run.create(node, within, { got: [] })
  for (const event of node.events) {
    throwOne(run, node, within, event)
    if (!run.isAlive(thrower)) return
  }
  run.remove(thrower)
  if (node.kind.type === "end") run.endedAt = node.id
  else if (!node.events.some(({ on }) => on === "link" || on === "compensate")) leave(run, node, within)
}

function throwOne(run: Run, node: GraphNode, within: number, event: EventDefinition): void {
  switch (event.on) {
    case "message": {
      const key = event.key ? run.evaluate(event.key, within, node.id) : undefined
      run.effects.push({ effect: "send", node: node.id, message: event.name, ...(key !== undefined && { key }) })
      return
    }
    case "signal":
      run.effects.push({ effect: "signal", node: node.id, signal: event.name })
      broadcast(run, event.name)
      return
    case "escalation": {
      const code = event.code ?? ""
      const caught = throwOutward(run, "escalation", code, run.live.get(within)!)
      if (!caught) run.effects.push({ effect: "escalated", node: node.id, code })
      return
    }
    case "error":
      throwError(run, event.code ?? "", run.live.get(within)!, node.id)
      return

    case "terminate":
      terminate(run, run.live.get(within)!, node.id)
      return

    case "compensate":
      compensate(run, node, within, event, node.kind.type === "throw" ? "leave" : "end")
      return

    case "cancel":
      cancel(run, node, within)
      return

    case "link":
      follow(run, node, within, event.name)
      return
  }
}

/** An error that nobody catches ends the instance. */
export function throwError(run: Run, code: string, from: Live, at: string): void {
  if (!throwOutward(run, "error", code, from)) end(run, { how: "error", code, at })
}

/** Ends all that runs in a scope: the whole instance, or a sub-process, which is then done. */
function terminate(run: Run, scope: Live, at: string): void {
  const others = run.childrenOf(scope.id).length > 1 || run.ready.length > 0
  if (others) run.oracle?.lost(at)
  if (scope.id === ROOT) {
    end(run, { how: "terminated", at })
    return
  }
  run.clear(scope)
  if (scope.todo) scope.todo = []
}

/** A link leads to the catching event of its name in the same scope. */
function follow(run: Run, node: GraphNode, within: number, name: string): void {
  const target = node.scope.nodes.find(
    ({ kind, events }) => kind.type === "catch" && events.some((event) => event.on === "link" && event.name === name),
  )
  if (!target) {
    run.fail("no-way-out", node.id, { link: name })
    return
  }
  run.ready.push({ node: target, in: within })
}
