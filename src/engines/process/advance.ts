// The pure function of the engine: a graph, where an instance stands, what happened, the time → where it stands then, what to do.
import type { Data, Graph, GraphNode, Scope, Vars } from "./graph.ts"
import { beginScope } from "./run/begin.ts"
import { done, settleScopes } from "./run/done.ts"
import { enter, throwError, throwEvents } from "./run/enter.ts"
import { broadcast, deliver, hit, settleConditions, throwOutward, waitsOf } from "./run/events.ts"
import { settleJoins } from "./run/joins.ts"
import { isOpenTask, MoveFailed, type Oracle, own, Run } from "./run/run.ts"
import { arm, dueOf, takeDue } from "./run/timers.ts"
import type { Live, Ran, RunEvent, RunFault, RunState } from "./run-state.ts"

/** How an instance comes to life. */
export interface Beginning {
  readonly process?: string
  readonly vars?: Vars
  /** Start event (or instantiating receiver) that was triggered; the start without a trigger unless said. */
  readonly at?: string
  /** Of an instantiating event gateway: the event behind it that came. */
  readonly event?: string
}

/**
 * Brings an instance to life. `now` in milliseconds of the epoch; timers are armed from it. Gives the state and what the caller must do,
 * or, where the process can't run so, the fault.
 */
export function begin(graph: Graph, beginning: Beginning, now: number, oracle?: Oracle): Ran | RunFault {
  const process = beginning.process ?? graph.main
  return moved(new Run(graph, process, now, undefined, oracle), (run) => {
    const scope = graph.processes.get(process) ?? run.fail("node-unknown", process)
    const root = run.beginRoot()
    for (const { name, first } of scope.data) own(run.vars, name, first)
    for (const name of Object.keys(beginning.vars ?? {})) own(run.vars, name, beginning.vars![name]!)
    if (beginning.at === undefined) return beginScope(run, root, scope)
    const start = scope.nodes.find(({ id }) => id === beginning.at) ?? run.fail("node-unknown", beginning.at)
    beginScope(run, root, scope, isGateway(start) ? [] : [start])
    beginAt(run, root, start, beginning.event)
  })
}

const isGateway = ({ kind }: GraphNode): boolean => kind.type === "gateway" || kind.type === "task"

/** A receiver that brings the process to life has what it waited for; behind a gateway for all, the others are still waited for. */
function beginAt(run: Run, root: Live, start: GraphNode, event: string | undefined): void {
  if (start.kind.type === "task") done(run, run.create(start, root.id))
  for (const definition of start.events)
    if (definition.on === "condition" && run.evaluate(definition.when, root.id, start.id) !== true)
      run.fail("nobody-waits", start.id, { condition: definition.when.text })
  if (start.kind.type !== "gateway") return
  for (const { to } of start.outgoing) {
    if (to.id !== event && !start.allEvents) continue
    const wait = run.create(to, root.id)
    if (to.id === event) done(run, wait)
    else arm(run, wait, to, root.id)
  }
}

/**
 * What happens to an instance. `state` is not changed; `now` in milliseconds of the epoch. Gives the new state and, in order, what the
 * caller must do in the same transaction; or, with nothing changed, the fault: a task that is not open, a message that nobody waits for,
 * a gateway without a way out, or a limit of docs/limits.md.
 */
export function advance(graph: Graph, state: RunState, event: RunEvent, now: number, oracle?: Oracle): Ran | RunFault {
  if (state.ended) return { fault: { code: "instance-ended", node: state.process, params: {} } }
  return moved(new Run(graph, state.process, now, state, oracle), (run) => happen(run, event))
}

function moved(run: Run, move: (run: Run) => void): Ran | RunFault {
  try {
    move(run)
    settle(run)
    return { state: run.state(), effects: run.effects }
  } catch (error) {
    if (!(error instanceof MoveFailed)) throw error
    return { fault: { code: error.code, node: error.node, params: error.params } }
  }
}

/** Lets tokens run until all wait. What throws goes last, so that whoever is about to wait hears it. */
function settle(run: Run): void {
  while (!run.ended) {
    const token = run.ready.shift()
    const thrown = token ? undefined : run.throws.shift()
    if (token) enter(run, token)
    else if (thrown) throwEvents(run, thrown)
    else if (!(settleScopes(run) || settleJoins(run) || settleConditions(run))) return
  }
}

function happen(run: Run, event: RunEvent): void {
  switch (event.type) {
    case "complete": {
      const task = openTask(run, event.id)
      run.writeAll(task.in, event.vars)
      if (event.outcome !== undefined) own(run.vars, "outcome", event.outcome)
      done(run, task)
      return
    }
    case "fail":
      throwError(run, event.code, openTask(run, event.id), run.live.get(event.id)!.at)
      return

    case "escalate": {
      const task = openTask(run, event.id)
      if (!throwOutward(run, "escalation", event.code, task))
        run.effects.push({ effect: "escalated", node: task.at, code: event.code })
      return
    }
    case "message": {
      run.writeAll(0, event.vars)
      if (!deliver(run, event.name, event.key)) run.fail("nobody-waits", run.process, { message: event.name })
      return
    }
    case "signal":
      run.writeAll(0, event.vars)
      broadcast(run, event.name)
      return
    case "due": {
      const on = run.live.get(event.id)
      const wait = on && waitsOf(run, on).find((each) => each.event.id === event.event)
      if (!wait) run.fail("nobody-waits", event.event)
      for (const index of wait.event.allEvents ? wait.event.events.keys() : [0]) hit(run, wait, index)
      return
    }
    case "time":
      pass(run)
      return

    case "set":
      run.writeAll(0, event.vars)
      return
  }
}

function openTask(run: Run, id: number): Live {
  const task = run.live.get(id)
  return task && isOpenTask(run, task) ? task : run.fail("task-not-open", String(id))
}

/** Fires what is due, the earliest first, letting tokens run in between. */
function pass(run: Run): void {
  for (let due = takeDue(run); due; due = run.ended ? undefined : takeDue(run)) {
    const { on, event } = due
    const wait = waitsOf(run, on).find((each) => each.event === event)
    const index = event.events.findIndex((definition) => definition.on === "timer")
    if (wait) hit(run, wait, index)
    settle(run)
  }
}

/** When the next timer of an instance is due, in milliseconds of the epoch; undefined when it has none. */
export function nextDue(state: RunState): number | undefined {
  let first: number | undefined
  for (const one of state.live) for (const [, at] of one.due ?? []) if (first === undefined || at < first) first = at
  return first
}

/** How a process may come to life: its start events with a trigger and its instantiating receivers. */
export interface Start {
  readonly at: string
  readonly event?: string
  readonly on: string
  /** Name of the message or signal. */
  readonly name?: string
}

/** All ways by which an event brings a process to life. */
export function startsOf(graph: Graph, process: string): Start[] {
  const scope: Scope | undefined = graph.processes.get(process)
  return (scope?.triggers ?? []).flatMap((node) =>
    (node.kind.type === "gateway" ? node.outgoing.map(({ to }) => to) : [node]).flatMap((event) =>
      event.events.map((definition): Start => {
        const name = definition.on === "message" || definition.on === "signal" ? definition.name : undefined
        return {
          at: node.id,
          on: definition.on,
          ...(event !== node && { event: event.id }),
          ...(name !== undefined && { name }),
        }
      }),
    ),
  )
}

/** Every event that could come for an instance in this state, other than the completion of its tasks. */
export function waits(graph: Graph, state: RunState): { id: number; event: GraphNode }[] {
  const run = new Run(graph, state.process, 0, state)
  return [...run.live.values()].flatMap((on) => waitsOf(run, on).map(({ event }) => ({ id: on.id, event })))
}

/** The tasks that an instance waits for. */
export function openTasks(graph: Graph, state: RunState): { id: number; node: string }[] {
  const run = new Run(graph, state.process, 0, state)
  return [...run.live.values()].flatMap((one) => (isOpenTask(run, one) ? [{ id: one.id, node: one.at }] : []))
}

/** What an instance waits for besides tasks and time: messages and signals by name. */
export function awaited(graph: Graph, state: RunState): { on: "message" | "signal"; name: string; node: string; key?: Data }[] {
  const run = new Run(graph, state.process, 0, state)
  return [...run.live.values()].flatMap((on) =>
    waitsOf(run, on).flatMap(({ event }) =>
      event.events.flatMap((definition) => {
        if (definition.on !== "message" && definition.on !== "signal") return []
        const key = definition.on === "message" && definition.key ? run.evaluate(definition.key, on.id, event.id) : undefined
        return [{ on: definition.on, name: definition.name, node: event.id, ...(key !== undefined && { key }) }]
      }),
    ),
  )
}

/** The instants at which a timer brings a process to life, at most `max` of them; `now` in milliseconds of the epoch. */
export function startTimes(graph: Graph, { at, event }: Start, now: number, max: number): number[] {
  const node = graph.nodes.get(event ?? at)
  const timer = node?.events.find((definition) => definition.on === "timer")
  if (!node || timer?.on !== "timer") return []
  const due = dueOf(new Run(graph, graph.main, now, undefined), node, timer, 0)
  if (!due) return []
  const times = due.again < 0 ? max : Math.min(max, due.again + 1)
  return Array.from({ length: times }, (_, n) => due.at + n * due.every)
}
