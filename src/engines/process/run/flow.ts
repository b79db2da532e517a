// Tokens on flows: leaving a node by the flows whose conditions hold, arriving at the next.
import type { Flow, GraphNode, Vars } from "../graph.ts"
import type { Live } from "../run-state.ts"
import type { Run } from "./run.ts"

/** Sends a token along a flow. */
export const send = (run: Run, flow: Flow, within: number): void => {
  run.ready.push({ node: flow.to, flow, in: within })
}

/** A token leaves an activity or an event: all flows without a condition, those whose conditions hold, else the default. */
export function leave(run: Run, node: GraphNode, within: number, tokens = 1): void {
  const flows = node.outgoing
  if (flows.length === 0) return
  const taken = flows.length === 1 && !flows[0]!.when ? flows : flowsTaken(run, node, within)
  if (taken.length === 0) run.fail("no-way-out", node.id)
  for (let token = 0; token < tokens; token++) for (const flow of taken) send(run, flow, within)
}

function flowsTaken(run: Run, node: GraphNode, within: number): Flow[] {
  const conditional = node.outgoing.filter((flow) => flow.when && flow !== node.default)
  const free = node.outgoing.filter((flow) => !flow.when && flow !== node.default)
  if (conditional.length === 0 && !node.default) return free
  const held = chosen(run, node, conditional, within, free.length > 0 || node.default !== undefined)
  const otherwise = held.length === 0 && node.default ? [node.default] : []
  const taken = new Set([...free, ...held, ...otherwise])
  return node.outgoing.filter((flow) => taken.has(flow))
}

/** The flows whose conditions hold; asked of the oracle where there is one: each set of them once. */
function chosen(run: Run, node: GraphNode, flows: readonly Flow[], within: number, mayBeNone: boolean): Flow[] {
  if (run.oracle && flows.length > 0) {
    const width = Math.min(flows.length, 4)
    const mask = run.oracle.choose(node, 2 ** width - (mayBeNone ? 0 : 1)) + (mayBeNone ? 0 : 1)
    return flows.filter((_, i) => (mask & (1 << Math.min(i, width - 1))) !== 0)
  }
  const vars = run.seenBy(within)
  return flows.filter((flow) => holds(run, flow, vars))
}

function holds(run: Run, flow: Flow, vars: Vars): boolean {
  if (flow.outcome !== undefined) return Object.hasOwn(vars, "outcome") && vars.outcome === flow.outcome
  return flow.when === undefined || run.evaluateIn(flow.when, vars, flow.id) === true
}

/** An exclusive gateway: the first flow whose condition holds, else the default. */
export function leaveByOne(run: Run, node: GraphNode, within: number): void {
  const { outgoing } = node
  if (outgoing.length === 0) return
  if (run.oracle) {
    send(run, outgoing[run.oracle.choose(node, outgoing.length)]!, within)
    return
  }
  const vars = run.seenBy(within)
  const first = outgoing.find((flow) => flow !== node.default && holds(run, flow, vars)) ?? node.default
  if (!first) run.fail("no-way-out", node.id)
  send(run, first, within)
}

/** An inclusive or complex gateway: every flow whose condition holds, else the default. */
export function leaveBySome(run: Run, node: GraphNode, within: number): void {
  if (node.outgoing.length === 0) return
  const flows = node.outgoing.filter((flow) => flow !== node.default)
  const free = flows.filter((flow) => !flow.when)
  const conditional = flows.filter((flow) => flow.when)
  const held = new Set([...free, ...chosen(run, node, conditional, within, free.length > 0 || node.default !== undefined)])
  if (held.size === 0 && node.default) held.add(node.default)
  if (held.size === 0) run.fail("no-way-out", node.id)
  for (const flow of node.outgoing) if (held.has(flow)) send(run, flow, within)
}

export function leaveByAll(run: Run, node: GraphNode, within: number): void {
  for (const flow of node.outgoing) send(run, flow, within)
}

/** Notes a token at a join; gives what waits there now. */
export function arrivedAt(run: Run, node: GraphNode, within: number, flow: string): Live {
  const known = run.childrenOf(within).find((one) => one.at === node.id && one.got)
  const join = known ?? run.create(node, within, { got: [] })
  const entry = join.got!.find(([id]) => id === flow)
  if (entry) entry[1]++
  else join.got!.push([flow, 1])
  return join
}

/** Takes one token of each flow that has some; the join is gone when nothing is left and it need not remember. */
export function takeOneOfEach(run: Run, join: Live): void {
  join.got = join.got!.flatMap(([flow, tokens]): [string, number][] => (tokens > 1 ? [[flow, tokens - 1]] : []))
  if (join.got.length === 0 && !join.fired) run.remove(join)
}
