// The working copy of an instance during one move: tokens under way, what is alive, effects, and the limits of the move.
import { ExpressionFailed } from "../expressions.ts"
import type { Data, Expression, Flow, Graph, GraphNode, Scope, Vars } from "../graph.ts"
import { EVALUATION_VISITS, LIVE_MAX, NESTING_MAX, VISITS_MAX } from "../limits.ts"
import type { Live, RunEffect, RunFaultCode, RunState } from "../run-state.ts"

/** Thrown inside a move that can't be made; the move ends with the fault and changes nothing. */
export class MoveFailed extends Error {
  constructor(
    readonly code: RunFaultCode,
    readonly node: string,
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(code)
  }
}

/** A token on its way to a node; without a flow where it begins there. */
export interface Token {
  readonly node: GraphNode
  readonly flow?: Flow
  readonly in: number
}

/** Decides what conditions say in place of the data: for the soundness check, which tries every answer. */
export interface Oracle {
  choose(node: GraphNode, options: number): number
  visited(node: GraphNode): void
  /** A token was thrown away. */
  lost(node: string): void
}

export const ROOT = 0
const NOWHERE = -1

export class Run {
  readonly live = new Map<number, Live>()
  readonly effects: RunEffect[] = []
  readonly ready: Token[] = []
  readonly throws: Token[] = []
  vars: Record<string, Data>
  next: number
  ended: RunState["ended"]
  /** The end event that the last token reached in this move. */
  endedAt: string | undefined
  private visits = 0

  constructor(
    readonly graph: Graph,
    readonly process: string,
    readonly now: number,
    from: RunState | undefined,
    readonly oracle?: Oracle,
  ) {
    this.next = from?.next ?? 1
    this.vars = { ...from?.vars }
    this.ended = from?.ended
    for (const one of from?.live ?? []) this.live.set(one.id, copyOf(one))
  }

  state(): RunState {
    return {
      process: this.process,
      next: this.next,
      live: [...this.live.values()],
      vars: this.vars,
      ...(this.ended && { ended: this.ended }),
    }
  }

  visit(node: GraphNode): void {
    this.count(1, node.id)
    this.oracle?.visited(node)
  }

  /** Counts what a move costs. */
  count(visits: number, at: string): void {
    this.visits += visits
    if (this.visits > VISITS_MAX) throw new MoveFailed("too-many-visits", at, { max: VISITS_MAX })
  }

  fail(code: RunFaultCode, node: string, params: Readonly<Record<string, string | number>> = {}): never {
    throw new MoveFailed(code, node, params)
  }

  // Who is alive.

  root(): Live {
    return this.live.get(ROOT)!
  }

  beginRoot(): Live {
    const root: Live = { id: ROOT, at: this.process, in: NOWHERE }
    this.live.set(ROOT, root)
    return root
  }

  create(node: GraphNode, within: number, facts: Omit<Live, "id" | "at" | "in"> = {}): Live {
    if (this.live.size >= LIVE_MAX) this.fail("too-many-tokens", node.id, { max: LIVE_MAX })
    const one: Live = { id: this.next++, at: node.id, in: within, ...facts }
    this.live.set(one.id, one)
    return one
  }

  isAlive(one: Live): boolean {
    return this.live.get(one.id) === one
  }

  node(id: string): GraphNode {
    return this.graph.nodes.get(id) ?? this.fail("node-unknown", id)
  }

  nodeOf(one: Live): GraphNode | undefined {
    return one.id === ROOT ? undefined : this.node(one.at)
  }

  /** What runs inside something alive: a process, the content of a sub-process, the process that a call runs. */
  bodyOf(one: Live): Scope | undefined {
    if (one.id === ROOT) return this.graph.processes.get(one.at)
    const node = this.node(one.at)
    if (node.loop && !one.nth) return undefined
    return node.kind.type === "call" ? this.graph.processes.get(node.called!) : node.body
  }

  childrenOf(id: number): Live[] {
    const children: Live[] = []
    for (const one of this.live.values()) if (one.in === id) children.push(one)
    return children
  }

  /** What is alive and has nothing alive within, the youngest first; tasks and waits, of which most is, left out. */
  *deepestFirst(): Generator<Live> {
    const parents = new Set<number>()
    const all = [...this.live.values()]
    for (const one of all) parents.add(one.in)
    for (let i = all.length - 1; i >= 0; i--) if (!parents.has(all[i]!.id)) yield all[i]!
  }

  /** How many scopes lie around. */
  checkDepth(one: Live): void {
    let depth = 0
    for (let at: Live | undefined = one; at; at = this.live.get(at.in))
      if (++depth > NESTING_MAX) this.fail("too-deep", one.at, { max: NESTING_MAX })
  }

  /** Removes something alive with all that lives in it; open tasks are closed. */
  remove(one: Live): void {
    if (!this.live.delete(one.id)) return
    for (const child of this.childrenOf(one.id)) this.remove(child)
    if (isOpenTask(this, one)) this.effects.push({ effect: "close", id: one.id, node: one.at })
  }

  /** Removes all that lives in a scope and the tokens under way in it, but not the scope. */
  clear(scope: Live): void {
    for (const child of this.childrenOf(scope.id)) this.remove(child)
    for (const queue of [this.ready, this.throws])
      for (let i = queue.length - 1; i >= 0; i--) if (queue[i]!.in === scope.id) queue.splice(i, 1)
  }

  // Data.

  /** All data that something alive sees: its own before those around it. */
  seenBy(id: number): Vars {
    const chain: Record<string, Data>[] = []
    for (let at = this.live.get(id); at; at = this.live.get(at.in)) if (at.vars) chain.push(at.vars)
    let seen: Vars = this.vars
    for (let i = chain.length - 1; i >= 0; i--) seen = { ...seen, ...chain[i] }
    return seen
  }

  /** Writes where the name is known, from the inside out; else to the whole instance. */
  write(id: number, name: string, value: Data): void {
    for (let at = this.live.get(id); at; at = this.live.get(at.in)) {
      if (!at.vars || !Object.hasOwn(at.vars, name)) continue
      at.vars = own(at.vars, name, value)
      return
    }
    own(this.vars, name, value)
  }

  writeAll(id: number, vars: Vars | undefined): void {
    if (vars) for (const name of Object.keys(vars)) this.write(id, name, vars[name]!)
  }

  evaluate(expression: Expression, within: number, node: string): Data {
    return this.evaluateIn(expression, this.seenBy(within), node)
  }

  evaluateIn(expression: Expression, vars: Vars, node: string): Data {
    this.count(EVALUATION_VISITS, node)
    try {
      return expression.value(vars)
    } catch (error) {
      if (error instanceof ExpressionFailed) return this.fail("expression-failed", node, { reason: error.message })
      throw error
    }
  }
}

/** Sets a name, whatever it is called. */
export function own(vars: Record<string, Data>, name: string, value: Data): Record<string, Data> {
  if (name !== "__proto__") vars[name] = value
  else Object.defineProperty(vars, name, { value, enumerable: true, configurable: true, writable: true })
  return vars
}

/** Tasks that the caller does; a receive task waits like an event. */
export const isOpenTask = (run: Run, one: Live): boolean => {
  const node = run.nodeOf(one)
  return node?.kind.type === "task" && !(node.loop && !one.nth) && node.kind.task !== "receive" && one.got === undefined
}

/** A copy in which lists may be changed. */
function copyOf(one: Live): Live {
  const copy = { ...one }
  if (copy.got) copy.got = copy.got.map(([flow, tokens]) => [flow, tokens])
  if (copy.due) copy.due = copy.due.map((each) => [...each])
  if (copy.hits) copy.hits = [...copy.hits]
  if (copy.held) copy.held = [...copy.held]
  if (copy.vars) copy.vars = { ...copy.vars }
  if (copy.many) copy.many = { ...copy.many }
  if (copy.log) copy.log = [...copy.log]
  if (copy.todo) copy.todo = [...copy.todo]
  return copy
}
