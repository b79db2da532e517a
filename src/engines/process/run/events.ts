// What is caught, and by whom: waits, receivers behind an event gateway, boundary events, starts of event sub-processes.
import type { Data, EventDefinition, GraphNode } from "../graph.ts"
import type { Live } from "../run-state.ts"
import { beginEventSub } from "./begin.ts"
import { done } from "./done.ts"
import { leave } from "./flow.ts"
import { ROOT, type Run } from "./run.ts"

/** A place where something alive waits for an event. */
export interface Wait {
  readonly on: Live
  readonly event: GraphNode
  readonly how: "wait" | "gateway" | "boundary" | "start"
}

/** Where something alive waits, in the order in which it is asked. */
export function waitsOf(run: Run, on: Live): Wait[] {
  const node = run.nodeOf(on)
  const waits: Wait[] = []
  if (on.onward) return waits
  if (!on.stopped) {
    for (const sub of run.bodyOf(on)?.eventSubs ?? [])
      for (const event of sub.body!.triggers) waits.push({ on, event, how: "start" })
  }
  if (!node) return waits
  const { kind } = node
  if (kind.type === "catch" || (kind.type === "task" && kind.task === "receive" && (!node.loop || on.nth)))
    waits.push({ on, event: node, how: "wait" })
  if (kind.type === "gateway" && kind.gateway === "event")
    for (const { to } of node.outgoing) waits.push({ on, event: to, how: "gateway" })
  if (!on.nth && on.got === undefined) for (const event of node.boundary) waits.push({ on, event, how: "boundary" })
  return waits
}

/** Every wait for an event that `is` accepts. */
export function waitsFor(run: Run, is: (definition: EventDefinition, on: Live) => boolean): [Wait, number][] {
  const found: [Wait, number][] = []
  for (const on of run.live.values())
    for (const wait of waitsOf(run, on))
      wait.event.events.forEach((definition, index) => {
        if (is(definition, on)) found.push([wait, index])
      })
  return found
}

/** An event has come for a wait: what waited goes on; of several that must all come, only with the last. */
export function hit(run: Run, { on, event, how }: Wait, index: number): void {
  if (!run.isAlive(on)) return
  run.visit(event)
  if (event.allEvents && event.events.length > 1 && event.kind.type !== "gateway") {
    const hits = on.hits ?? []
    if (!hits.some(([id, n]) => id === event.id && n === index)) hits.push([event.id, index])
    on.hits = hits
    if (hits.filter(([id]) => id === event.id).length < event.events.length) return
    on.hits = hits.filter(([id]) => id !== event.id)
  }
  goOn(run, { on, event, how })
}

function goOn(run: Run, { on, event, how }: Wait): void {
  switch (how) {
    case "wait":
      done(run, on)
      return

    case "gateway":
      run.remove(on)
      {
        passEvent(run, event, on.in)
        return
      }
    case "boundary":
      if (event.interrupting) run.remove(on)
      {
        passEvent(run, event, on.in)
        return
      }
    case "start":
      beginEventSub(run, on, event)
      return
  }
}

/** The token that an event lets go. */
function passEvent(run: Run, event: GraphNode, within: number): void {
  for (const { to, from } of event.out) run.write(within, to, run.evaluate(from, within, event.id))
  leave(run, event, within, event.completionQuantity)
}

/** Everybody who waits for the signal hears it. */
export function broadcast(run: Run, name: string): number {
  const heard = waitsFor(run, (definition) => definition.on === "signal" && definition.name === name)
  for (const [wait, index] of heard) hit(run, wait, index)
  return heard.length
}

/** The first who waits for the message, under its key where it has one, takes it. */
export function deliver(run: Run, name: string, key: Data | undefined): Live | undefined {
  const [first] = waitsFor(
    run,
    (definition, on) =>
      definition.on === "message" && definition.name === name && (key === undefined || matches(run, definition, on, key)),
  )
  if (!first) return undefined
  hit(run, ...first)
  return first[0].on
}

function matches(run: Run, definition: EventDefinition, on: Live, key: Data): boolean {
  if (definition.on !== "message" || !definition.key) return true
  return JSON.stringify(run.evaluate(definition.key, on.id, on.at)) === JSON.stringify(key)
}

/**
 * An error or escalation goes outward from where it was thrown: to the event sub-processes of each scope, then to the boundary of its
 * activity. False when nobody catches it.
 */
export function throwOutward(run: Run, on: "error" | "escalation", code: string, from: Live): boolean {
  for (let at: Live | undefined = from; at; at = run.live.get(at.in)) {
    const waits = waitsOf(run, at).filter(({ how }) => how === "start" || how === "boundary")
    for (const exact of [true, false])
      for (const wait of waits) {
        const index = wait.event.events.findIndex(
          (definition) => definition.on === on && (exact ? definition.code === code : definition.code === undefined),
        )
        if (index < 0) continue
        if (on === "error" && wait.how === "boundary") run.remove(at)
        if (on === "error" && wait.how === "boundary") passCaught(run, wait)
        else hit(run, wait, index)
        return true
      }
    if (at.id === ROOT) return false
  }
  return false
}

function passCaught(run: Run, { on, event }: Wait): void {
  run.visit(event)
  passEvent(run, event, on.in)
}

/** Fires the conditions that have begun to hold; false when none has. */
export function settleConditions(run: Run): boolean {
  if (!run.graph.conditional || run.oracle) return false
  for (const on of run.live.values())
    for (const wait of waitsOf(run, on))
      for (const [index, definition] of wait.event.events.entries())
        if (definition.on === "condition" && beginsToHold(run, on, wait.event, definition)) {
          hit(run, wait, index)
          return true
        }
  return false
}

/** Whether a condition holds that did not hold when it was last looked at. */
export function beginsToHold(
  run: Run,
  on: Live,
  event: GraphNode,
  definition: Extract<EventDefinition, { on: "condition" }>,
): boolean {
  const holds = run.evaluate(definition.when, on.id, event.id) === true
  const held = on.held?.includes(event.id) ?? false
  if (holds === held) return false
  on.held = holds ? [...(on.held ?? []), event.id] : on.held!.filter((id) => id !== event.id)
  if (on.held.length === 0) delete on.held
  return holds
}
