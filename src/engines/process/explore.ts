// Is a graph sound? Every answer of every condition and every order of events is tried, within limits, on the engine itself.
import { advance, begin, openTasks, startsOf, waits } from "./advance.ts"
import type { Finding, FindingCode, Graph, GraphNode } from "./graph.ts"
import { SOUNDNESS_LIVE_MAX, SOUNDNESS_MOVES_MAX, SOUNDNESS_STATES_MAX } from "./limits.ts"
import type { Ran, RunEvent, RunFault, RunState } from "./run-state.ts"

/** What is known of a graph: sound where nothing was found and everything was looked at. */
export interface Soundness {
  readonly decided: boolean
  readonly states: number
  readonly findings: readonly Finding[]
}

/** Choices within one move; more of them mean a circle in which nothing is waited for. */
const CHOICES_MAX = 40

interface Place {
  readonly state: RunState
  readonly from: number[]
  /** Ended, or given up: nothing follows. */
  readonly last: "end" | "stuck" | "given-up" | undefined
}

/**
 * Looks for dead tasks, deadlocks, ways without an end, tokens lost or doubled, gateways that may stick, circles without a wait. Looks at
 * no more than SOUNDNESS_STATES_MAX states; beyond them it says `undecided`, and reports only what it saw.
 */
export function soundnessOf(graph: Graph): Soundness {
  return new Exploration(graph).result()
}

class Exploration {
  private readonly places: Place[] = []
  private readonly known = new Map<string, number>()
  private readonly visited = new Set<string>()
  private readonly findings = new Map<string, Finding>()
  private moves = 0
  private decided = true

  constructor(private readonly graph: Graph) {}

  result(): Soundness {
    for (const node of this.graph.nodes.values()) if (mayStick(node)) this.report("no-default", node.id)
    this.tryAll(undefined, (oracle) => begin(this.graph, {}, 0, oracle))
    for (const start of startsOf(this.graph, this.graph.main)) {
      const { at, event } = start
      this.tryAll(undefined, (oracle) => begin(this.graph, { at, ...(event !== undefined && { event }) }, 0, oracle))
    }
    for (let index = 0; index < this.places.length && this.decided; index++) this.follow(index)
    if (this.decided) this.judge()
    else this.report("undecided", this.graph.main, { states: this.places.length })
    return { decided: this.decided, states: this.places.length, findings: [...this.findings.values()] }
  }

  private report(code: FindingCode, at: string, params: Finding["params"] = {}): void {
    const key = `${code} ${at}`
    if (!this.findings.has(key)) this.findings.set(key, { code, at, params })
  }

  /** Tries everything that can happen in a place. */
  private follow(index: number): void {
    const { state, last } = this.places[index]!
    if (last) return
    const before = this.places.length
    let tried = 0
    for (const event of this.eventsIn(state)) {
      tried++
      this.tryAll(index, (oracle) => advance(this.graph, state, event, 0, oracle))
    }
    if (tried > 0 || before !== this.places.length) return
    this.places[index] = { ...this.places[index]!, last: "stuck" }
    for (const { at, got } of state.live) if (got) this.report("deadlock", at)
  }

  /** What comes from outside as often as it likes comes again only when all is done that it began. */
  private *eventsIn(state: RunState): Generator<RunEvent> {
    const aside = state.live.some(({ at }) => this.isAside(at))
    for (const { id } of openTasks(this.graph, state)) {
      yield { type: "complete", id }
      for (const code of this.codes("error")) yield { type: "fail", id, code }
      for (const code of aside ? [] : this.codes("escalation")) yield { type: "escalate", id, code }
    }
    for (const { id, event } of waits(this.graph, state))
      if (event.events.some(({ on }) => COMES.has(on)) && (!aside || event.interrupting))
        yield { type: "due", id, event: event.id }
  }

  private readonly asides = new Map<string, boolean>()

  private isAside(id: string): boolean {
    const known = this.asides.get(id)
    if (known !== undefined) return known
    const node = this.graph.nodes.get(id)
    const aside = node !== undefined && isAside(node)
    this.asides.set(id, aside)
    return aside
  }

  private codesKnown: Record<string, string[]> = {}

  /** Codes that something catches. */
  private codes(on: "error" | "escalation"): string[] {
    this.codesKnown[on] ??= [
      ...new Set(
        [...this.graph.nodes.values()]
          .filter(({ kind }) => kind.type === "boundary" || kind.type === "start")
          .flatMap(({ events }) => events.flatMap((event) => (event.on === on ? [(event as { code?: string }).code ?? ""] : []))),
      ),
    ]
    return this.codesKnown[on]!
  }

  /** Makes a move with every combination of answers. */
  private tryAll(from: number | undefined, move: (oracle: Answers) => Ran | RunFault): void {
    for (let answers: Answers | undefined = new Answers(this.graph, []); answers; answers = answers.next()) {
      if (++this.moves > SOUNDNESS_MOVES_MAX || this.places.length >= SOUNDNESS_STATES_MAX) {
        this.decided = false
        return
      }
      const ran = move(answers)
      for (const id of answers.seen) this.visited.add(id)
      for (const id of answers.thrownAway) this.report("token-lost", id)
      if ("fault" in ran) this.fault(ran)
      else if (ran.state.ended?.how !== "error" || this.isEnd(ran.state.ended.at)) this.arrive(from, ran.state)
    }
  }

  /** An error thrown by an end event ends by design; one of a task that nobody catches is not looked at. */
  private isEnd(at: string | undefined): boolean {
    return at !== undefined && this.graph.nodes.get(at)?.kind.type === "end"
  }

  private fault({ fault: { code, node } }: RunFault): void {
    if (code === "too-many-visits" || code === "too-many-tokens" || code === "too-deep") this.report("runs-away", node)
    else if (code === "no-way-out") this.report("no-default", node)
  }

  private arrive(from: number | undefined, state: RunState): void {
    const key = keyOf(state)
    const known = this.known.get(key)
    if (known !== undefined) {
      if (from !== undefined) this.places[known]!.from.push(from)
      return
    }
    this.known.set(key, this.places.length)
    this.places.push({ state, from: from === undefined ? [] : [from], last: state.ended ? "end" : this.givenUp(state) })
  }

  /** A place in which a token was doubled is looked at no further. */
  private givenUp(state: RunState): "given-up" | undefined {
    const seen = new Set<string>()
    let doubled = false
    for (const { at, in: within, got, nth, onward } of state.live) {
      const node = this.graph.nodes.get(at)
      if (!node || nth !== undefined || onward || this.isAside(at)) continue
      const twice = got ? got.some(([, tokens]) => tokens > node.startQuantity) : seen.has(`${within} ${at}`)
      if (!got) seen.add(`${within} ${at}`)
      if (!twice || node.incoming.some((flow) => flow.from.completionQuantity > 1)) continue
      this.report("token-doubled", at)
      doubled = true
    }
    if (state.live.length > SOUNDNESS_LIVE_MAX) this.decided = false
    return doubled || state.live.length > SOUNDNESS_LIVE_MAX ? "given-up" : undefined
  }

  /** What only the whole shows: nodes never visited, places from which no end is reached. */
  private judge(): void {
    const complete = !this.places.some(({ last }) => last === "given-up")
    if (complete)
      for (const node of nodesWithin(this.graph, this.graph.main))
        if (!this.visited.has(node.id) && isCounted(node)) this.report("dead-task", node.id, { name: node.name })
    const ends = new Set<number>()
    const open = this.places.flatMap(({ last }, index) => (last ? [index] : []))
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (ends.has(index)) continue
      ends.add(index)
      open.push(...this.places[index]!.from)
    }
    for (const [index, { state }] of this.places.entries())
      if (!ends.has(index)) for (const { at, id } of state.live) if (id !== 0) this.report("never-ends", at)
  }
}

const COMES: ReadonlySet<string> = new Set(["message", "signal", "timer", "condition"])

/** Started by events that come as often as they like, hence alive several times by right. */
const isAside = (node: GraphNode): boolean => {
  if (node.kind.type === "event-sub") return true
  const seen = new Set<GraphNode>()
  const open = [node]
  for (let at = open.pop(); at; at = open.pop()) {
    if (seen.has(at)) continue
    seen.add(at)
    if (at.kind.type === "boundary" && comesOften(at)) return true
    open.push(...at.incoming.map(({ from }) => from))
  }
  return false
}

const comesOften = ({ interrupting, host }: GraphNode): boolean =>
  !interrupting || (host?.loop?.loop === "many" && host.loop.behaviour !== "all")

const isCounted = ({ kind, forCompensation, scope, events }: GraphNode): boolean =>
  kind.type !== "gateway" &&
  kind.type !== "start" &&
  kind.type !== "event-sub" &&
  !forCompensation &&
  !events.some(({ on }) => on === "compensate") &&
  !(scope.owner?.forCompensation ?? false)

/** The nodes of a process, of its sub-processes and of the processes that it calls. */
function nodesWithin(graph: Graph, process: string): Set<GraphNode> {
  const nodes = new Set<GraphNode>()
  const open = [graph.processes.get(process)]
  const seen = new Set<unknown>()
  for (let scope = open.pop(); scope; scope = open.pop()) {
    if (seen.has(scope)) continue
    seen.add(scope)
    for (const node of scope.nodes) {
      nodes.add(node)
      if (node.body) open.push(node.body)
      if (node.called !== undefined) open.push(graph.processes.get(node.called))
    }
  }
  return nodes
}

/** A gateway whose conditions may all fail. */
function mayStick({ kind, outgoing, default: otherwise }: GraphNode): boolean {
  if (kind.type !== "gateway" || kind.gateway === "parallel" || kind.gateway === "event" || otherwise) return false
  return (
    outgoing.length > 0 &&
    outgoing.every(({ when, outcome }) => when && outcome === undefined && !when.text.startsWith("asker ="))
  )
}

/** Where tokens are, whatever their ids and data. */
function keyOf({ live, ended }: RunState): string {
  if (ended) return `${ended.how} ${ended.at ?? ""}`
  const byId = new Map(live.map((one) => [one.id, one]))
  const path = (id: number): string => {
    const one = byId.get(id)
    if (!one) return ""
    const several = (byId.get(one.in)?.many?.of ?? 0) > 0
    return `${path(one.in)}/${one.at}${several ? one.nth : ""}`
  }
  return live
    .map(
      ({ id, got, hits, many, log, todo, fired, stopped }) =>
        `${path(id)} ${JSON.stringify([got, hits, many?.of ? many : 0, log, todo, fired, stopped])}`,
    )
    .sort()
    .join("\n")
}

/** Answers to the choices of one move, and the next combination of them. */
class Answers {
  readonly seen = new Set<string>()
  readonly thrownAway: string[] = []
  private readonly asked: [answer: number, options: number][] = []

  constructor(
    private readonly graph: Graph,
    private readonly given: readonly number[],
  ) {}

  choose(_node: GraphNode, options: number): number {
    const answer = this.given[this.asked.length] ?? 0
    this.asked.push([answer, options])
    return Math.min(answer, options - 1)
  }

  visited({ id }: GraphNode): void {
    this.seen.add(id)
  }

  lost(node: string): void {
    this.thrownAway.push(node)
  }

  next(): Answers | undefined {
    const asked = this.asked.slice(0, CHOICES_MAX)
    while (asked.length > 0) {
      const [answer, options] = asked.pop()!
      if (answer + 1 < options) return new Answers(this.graph, [...asked.map(([each]) => each), answer + 1])
    }
    return undefined
  }
}
