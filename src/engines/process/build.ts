// Puts nodes and flows together to a graph; both the reader of BPMN and that of step tables build with it.
import type { Expression, Finding, FindingCode, Flow, Graph, GraphNode, NodeKind, Scope } from "./graph.ts"
import { GraphFaults } from "./graph.ts"
import { GRAPH_NODES_MAX } from "./limits.ts"

type Open<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] }
export type OpenScope = Open<Scope>
export type OpenNode = Open<GraphNode>

/** Everything of a node but its id and kind where it is not as usual. */
export type NodeFacts = Partial<Omit<OpenNode, "id" | "kind" | "scope" | "incoming" | "outgoing">>

const FINDINGS_MAX = 50
/** Shared by all nodes that have none. */
const NONE: never[] = []
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map()

/** A graph in the making. */
export class Building {
  readonly processes = new Map<string, OpenScope>()
  readonly nodes = new Map<string, OpenNode>()
  readonly findings: Finding[] = []
  private readonly scopes: OpenScope[] = []
  private size = 0
  /** Whether anything waits for a condition. */
  conditional = false

  report(code: FindingCode, at: string, params: Finding["params"] = {}): void {
    if (this.findings.length < FINDINGS_MAX) this.findings.push({ code, at, params })
  }

  private count(): void {
    if (++this.size <= GRAPH_NODES_MAX) return
    throw new GraphFaults([{ code: "too-large", at: "", params: { max: GRAPH_NODES_MAX } }])
  }

  scope(id: string, name: string, owner?: OpenNode): OpenScope {
    const scope: OpenScope = {
      id,
      name,
      ...(owner && { owner }),
      nodes: [],
      flows: [],
      begins: [],
      triggers: [],
      eventSubs: [],
      data: [],
    }
    this.scopes.push(scope)
    if (owner) owner.body = scope as Scope
    else this.processes.set(id, scope)
    return scope
  }

  node(scope: OpenScope, id: string, kind: NodeKind, facts: NodeFacts = {}): OpenNode {
    this.count()
    if (this.nodes.has(id)) this.report("flow-broken", id, { reason: "double-id" })
    const node: OpenNode = {
      id,
      kind,
      name: "",
      scope: scope as Scope,
      incoming: [],
      outgoing: [],
      events: NONE,
      allEvents: false,
      interrupting: true,
      boundary: [],
      forCompensation: false,
      startQuantity: 1,
      completionQuantity: 1,
      sequential: false,
      cancelsRest: true,
      instantiates: false,
      into: NONE,
      out: NONE,
      attributes: NO_ATTRIBUTES,
      ...facts,
    }
    this.nodes.set(id, node)
    scope.nodes.push(node as GraphNode)
    return node
  }

  flow(
    scope: OpenScope,
    id: string,
    ends: { from: string; to: string },
    facts: { name?: string; when?: Expression; outcome?: string; default?: boolean } = {},
  ): void {
    this.count()
    const [from, to] = [this.nodes.get(ends.from), this.nodes.get(ends.to)]
    if (!from || !to || from.scope !== (scope as Scope) || to.scope !== (scope as Scope)) {
      this.report("flow-broken", id, { from: ends.from, to: ends.to })
      return
    }
    const { when, outcome } = facts
    const flow = {
      id,
      name: facts.name ?? "",
      from: from as GraphNode,
      to: to as GraphNode,
      ...(when && { when }),
      ...(outcome !== undefined && { outcome }),
    } satisfies Flow
    from.outgoing.push(flow)
    to.incoming.push(flow)
    scope.flows.push(flow)
    if (facts.default) from.default = flow
  }

  /** The graph. Throws GraphFaults with all that was reported. */
  done(main: string): Graph {
    for (const scope of this.scopes) this.settle(scope)
    if (this.findings.length > 0) throw new GraphFaults(this.findings)
    const graph: unknown = { main, processes: this.processes, nodes: this.nodes, conditional: this.conditional }
    return graph as Graph
  }

  private settle(scope: OpenScope): void {
    for (const node of scope.nodes) {
      if (node.kind.type === "boundary") this.attach(node)
      if (node.kind.type === "event-sub") scope.eventSubs.push(node)
      else if (isTrigger(node)) scope.triggers.push(node)
    }
    const starts = scope.nodes.filter(({ kind, events }) => kind.type === "start" && events.length === 0)
    const loose = scope.nodes.filter((node) => node.incoming.length === 0 && canBegin(node))
    scope.begins = starts.length > 0 ? starts.slice(0, 1) : scope.triggers.length > 0 ? [] : loose
    const empty = scope.begins.length === 0 && scope.triggers.length === 0
    if (empty && (!scope.owner || scope.nodes.length > 0)) this.report("no-start", scope.id)
  }

  private attach(event: GraphNode): void {
    const host = event.host as OpenNode | undefined
    if (!host) this.report("event-broken", event.id, { reason: "attached-to-nothing" })
    else if (event.events.some(({ on }) => on === "compensate")) {
      const { undoneBy } = event
      if (undoneBy) host.undoneBy = undoneBy
    } else host.boundary.push(event)
  }
}

const isTrigger = ({ kind, events, instantiates }: GraphNode): boolean =>
  (kind.type === "start" && events.length > 0) || instantiates

const canBegin = ({ kind, forCompensation, events }: GraphNode): boolean =>
  kind.type !== "boundary" &&
  kind.type !== "event-sub" &&
  kind.type !== "start" &&
  !forCompensation &&
  !(kind.type === "catch" && events.some(({ on }) => on === "link"))
