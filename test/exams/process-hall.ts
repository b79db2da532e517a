// The instances of one model side by side: their scripts run, their messages and signals carried, their time passed.
import {
  advance,
  begin,
  type Graph,
  nextDue,
  type RunEffect,
  type RunEvent,
  type RunState,
  type Start,
  startsOf,
  startTimes,
  type Vars,
} from "#engines/process"

const MOVES_MAX = 5_000
const STARTS_MAX = 20
const START = Date.UTC(2026, 2, 9)

type Open = Extract<RunEffect, { effect: "open" }>

export class Hall {
  readonly trace: string[] = []
  private readonly instances: RunState[] = []
  private readonly work: (() => void)[] = []
  private readonly unheard: string[] = []
  private readonly alarms: { at: number; go: () => void }[] = []
  private now = START

  constructor(
    private readonly graph: Graph,
    private readonly vars: Vars,
  ) {}

  /** Brings a process to life by its start without a trigger, else by the first of its triggers that can come by itself. */
  start(process: string): void {
    const [first] = startsOf(this.graph, process)
    if (this.graph.processes.get(process)!.begins.length > 0) this.bringUp(process)
    else if (first?.on === "timer") {
      for (const at of startTimes(this.graph, first, this.now, STARTS_MAX))
        this.alarms.push({ at, go: () => this.bringUp(process, first) })
    } else if (first) this.bringUp(process, first)
  }

  private bringUp(process: string, { at, event }: Partial<Start> = {}): void {
    const index = this.instances.length
    const how = { process, vars: this.vars, ...(at !== undefined && { at }), ...(event !== undefined && { event }) }
    const began = begin(this.graph, how, this.now)
    if ("fault" in began) {
      if (began.fault.code !== "nobody-waits") this.trace.push("ERROR_runtime")
      return
    }
    this.instances.push(JSON.parse(JSON.stringify(began.state)) as RunState)
    this.perform(index, began.effects)
  }

  /** Works until nothing happens any more and no timer is left. */
  run(): void {
    for (let moves = 0; moves < MOVES_MAX; moves++) {
      const next = this.work.shift()
      if (next) next()
      else if (!this.passTime()) return
    }
    this.trace.push("ERROR_endless")
  }

  private passTime(): boolean {
    const dues = this.instances.flatMap((state, index) => {
      const at = state.ended ? undefined : nextDue(state)
      return at === undefined ? [] : [{ index, at }]
    })
    const first = dues.sort((one, other) => one.at - other.at)[0]
    const alarm = this.alarms[0]
    if (alarm && alarm.at <= (first?.at ?? Number.POSITIVE_INFINITY)) {
      this.now = Math.max(this.now, alarm.at)
      this.alarms.shift()
      alarm.go()
      return true
    }
    if (!first) return false
    this.now = Math.max(this.now, first.at)
    this.move(first.index, { type: "time" })
    return true
  }

  /** False when the instance could not make the move. */
  private move(index: number, event: RunEvent): boolean {
    const state = this.instances[index]!
    if (state.ended) return false
    const ran = advance(this.graph, state, event, this.now)
    if ("fault" in ran) {
      if (ran.fault.code === "nobody-waits" || ran.fault.code === "task-not-open") return false
      this.trace.push("ERROR_runtime")
      this.instances[index] = { ...state, live: [], ended: { how: "error" } }
      return false
    }
    this.instances[index] = JSON.parse(JSON.stringify(ran.state)) as RunState
    this.perform(index, ran.effects)
    return true
  }

  private perform(index: number, effects: readonly RunEffect[]): void {
    for (const effect of effects) {
      if (effect.effect === "open") this.work.push(() => this.work_on(index, effect))
      else if (effect.effect === "send") this.work.push(() => this.send(effect.message))
      else if (effect.effect === "signal") this.work.push(() => this.signal(index, effect.signal))
      else if (effect.effect === "escalated") this.trace.push("ERROR_thrownEscalationEvent")
      else if (effect.effect === "end" && effect.how === "error") this.trace.push("ERROR_thrownErrorEvent")
    }
    for (const message of this.unheard.splice(0)) this.work.push(() => this.send(message))
  }

  private work_on(index: number, task: Open): void {
    const state = this.instances[index]!
    if (!state.live.some(({ id }) => id === task.id)) return
    const script = this.graph.nodes.get(task.node)!.script?.text ?? ""
    if (/THROW_ERROR/.test(script)) this.move(index, { type: "fail", id: task.id, code: "" })
    else this.move(index, { type: "complete", id: task.id, vars: this.runScript(script, state.vars) })
  }

  /** What the scripts of the models do: leave their name in the trace, count, or keep and show data. */
  private runScript(script: string, vars: Vars): Vars {
    if (/^SCRIPT_/.test(script)) this.trace.push(script)
    if (script === "CREATE_MARKER_FILE") this.trace.push("MARKER_EXISTS")
    if (/^LOG_/.test(script)) this.trace.push(String(vars.data ?? ""))
    if (/^INCREMENT/.test(script)) {
      if (/LOG/.test(script)) this.trace.push("INCREMENT")
      return { integerVariable: Number(vars.integerVariable) + 1 }
    }
    return {}
  }

  /** A message goes to whoever waits, else brings a process to life, else lies until somebody waits. */
  private send(name: string): void {
    for (const index of this.instances.keys()) if (this.move(index, { type: "message", name })) return
    for (const process of this.graph.processes.keys()) {
      const start = startsOf(this.graph, process).find((one) => one.on === "message" && one.name === name)
      if (!start) continue
      this.bringUp(process, start)
      return
    }
    this.unheard.push(name)
  }

  private signal(from: number, name: string): void {
    for (const index of this.instances.keys()) if (index !== from) this.move(index, { type: "signal", name })
    for (const process of this.graph.processes.keys())
      for (const start of startsOf(this.graph, process))
        if (start.on === "signal" && start.name === name) this.bringUp(process, start)
  }
}
