// Joins that wait for whoever can still come: inclusive and complex gateways, by reachability (BPMN 2.0.2, 13.4.3 and 13.4.5).
import type { Graph, GraphNode } from "../graph.ts"
import type { Live } from "../run-state.ts"
import { leaveBySome, takeOneOfEach } from "./flow.ts"
import type { Run } from "./run.ts"

/** Lets one waiting gateway go on, or one that has gone on forget; false when none may. */
export function settleJoins(run: Run): boolean {
  for (const join of run.live.values()) {
    const kind = join.got ? run.nodeOf(join)?.kind : undefined
    if (kind?.type !== "gateway") continue
    run.count(1, join.at)
    if (kind.gateway === "inclusive" && !mayStillCome(run, join)) return goOn(run, join)
    if (kind.gateway === "complex" && settleComplex(run, join)) return true
  }
  return breakCircle(run)
}

function goOn(run: Run, join: Live): true {
  takeOneOfEach(run, join)
  leaveBySome(run, run.node(join.at), join.in)
  return true
}

/** A complex gateway goes on by its condition, or like an inclusive one; then it takes the rest that can still come, and begins anew. */
function settleComplex(run: Run, join: Live): boolean {
  const node = run.node(join.at)
  if (join.fired) {
    const missing = node.incoming.some(({ id }) => !join.got!.some(([flow]) => flow === id))
    if (missing && mayStillCome(run, join)) return false
    delete join.fired
    takeOneOfEach(run, join)
    return true
  }
  if (!node.until) return mayStillCome(run, join) ? false : goOn(run, join)
  const activationCount = join.got!.reduce((sum, [, tokens]) => sum + tokens, 0)
  const vars = { ...run.seenBy(join.in), activationCount }
  const enough = run.oracle
    ? !mayStillCome(run, join) || run.oracle.choose(node, 2) === 1
    : run.evaluateIn(node.until, vars, node.id) === true
  if (!enough) return false
  join.fired = true
  leaveBySome(run, node, join.in)
  return true
}

/** Where every token of a scope waits at an inclusive gateway for another of them, the first goes on. */
function breakCircle(run: Run): boolean {
  const waits = [...run.live.values()].filter((one) => one.got && isInclusive(run, one))
  for (const join of waits) if (run.childrenOf(join.in).every((one) => one.got && isInclusive(run, one))) return goOn(run, join)
  return false
}

function isInclusive(run: Run, one: Live): boolean {
  const kind = run.nodeOf(one)?.kind
  return kind?.type === "gateway" && kind.gateway === "inclusive"
}

/** Whether a token of the same scope can reach a flow that has none, and no flow that has one, without passing the gateway. */
function mayStillCome(run: Run, join: Live): boolean {
  const node = run.node(join.at)
  const has = new Set(join.got!.map(([flow]) => flow))
  if (node.incoming.every(({ id }) => has.has(id))) return false
  const { empty, full } = sources(run.graph, node, has)
  for (const one of run.live.values())
    if (one.in === join.in && one !== join && empty.has(one.at) && !full.has(one.at)) return true
  return false
}

type Sources = Map<string, { empty: ReadonlySet<string>; full: ReadonlySet<string> }>
const known = new WeakMap<Graph, Sources>()
const KNOWN_MAX = 1_000

/** Nodes from which a flow without a token can be reached, and those from which one with a token can. */
function sources(graph: Graph, node: GraphNode, has: ReadonlySet<string>) {
  const of: Sources = known.get(graph) ?? new Map()
  known.set(graph, of)
  const key = JSON.stringify([node.id, ...has])
  let found = of.get(key)
  if (!found) {
    const empty = node.incoming.filter(({ id }) => !has.has(id)).map(({ from }) => from)
    const full = node.incoming.filter(({ id }) => has.has(id)).map(({ from }) => from)
    found = { empty: before(empty, node), full: before(full, node) }
    if (of.size >= KNOWN_MAX) of.clear()
    of.set(key, found)
  }
  return found
}

/** These nodes and all from which they can be reached without passing `but`. */
function before(nodes: readonly GraphNode[], but: GraphNode): Set<string> {
  const seen = new Set<string>()
  const open = [...nodes]
  for (let node = open.pop(); node; node = open.pop()) {
    if (node === but || seen.has(node.id)) continue
    seen.add(node.id)
    open.push(...node.incoming.map(({ from }) => from))
    if (node.host) open.push(node.host)
    if (node.kind.type === "catch") open.push(...linkedTo(node))
  }
  return seen
}

function linkedTo(node: GraphNode): GraphNode[] {
  const names = node.events.flatMap((event) => (event.on === "link" ? [event.name] : []))
  if (names.length === 0) return []
  return node.scope.nodes.filter(
    ({ kind, events }) => kind.type === "throw" && events.some((event) => event.on === "link" && names.includes(event.name)),
  )
}
