// Pure moves of a step table over its graph: (process, state, event) → state and effects, or a refusal. Nothing here knows the time.
import { advance, begin } from "./advance.ts"
import type { Effect, Process, ProcessState, RefusalCode, Refused, Step, StepEvent, Stepped, Target } from "./process.ts"
import type { Ran, RunEvent, RunFault, RunState } from "./run-state.ts"
import { idOf } from "./table-graph.ts"

/** The outcome by which the system ends a supplement step that waited longer than its `closes:` allows. */
export const EXPIRED = "expired"
const MOVES_MAX = 500

/** Puts the token on the first step. */
export function start(process: Process): Stepped {
  return arrive(process, { moves: 0, asked: 0 }, placeOf(process, begin(process.graph, {}, NO_TIME)), [])
}

/**
 * Moves the token over the graph: the open step is answered with one of its outcomes. Gives the new state and what the caller must do in
 * the same transaction; or, with nothing changed, the refusal. `event.by` is the person, so a delegate can't approve what they appraised.
 */
export function step(process: Process, state: ProcessState, event: StepEvent): Stepped | Refused {
  const refusal = refusalOf(process, state, event)
  if (refusal) return refusal
  const here = process.steps.get(event.step)!
  const left = leave(process, state, here, event)
  return arrive(process, left, moved(process, left, here, event), leaving(here, event.outcome))
}

/** Timers of a table are kept by the caller's calendar. */
const NO_TIME = 0
const TASK = 1

/** Where the graph takes the token when the task of `here` is done. */
function moved(process: Process, state: ProcessState, here: Step, { outcome }: StepEvent): Place {
  const expired = outcome === EXPIRED && here.closes !== undefined
  const run: RunState = {
    process: process.graph.main,
    next: TASK + 1,
    live: [
      { id: 0, at: process.graph.main, in: -1 },
      { id: TASK, at: here.id, in: 0 },
    ],
    vars: state.asker === undefined ? {} : { asker: state.asker },
  }
  const happened: RunEvent = expired
    ? { type: "due", id: TASK, event: idOf.closes(here.id) }
    : { type: "complete", id: TASK, outcome }
  return placeOf(process, advance(process.graph, run, happened, NO_TIME))
}

type Place = Exclude<Target, { to: "asker" }>

function placeOf(process: Process, ran: Ran | RunFault): Place {
  if ("fault" in ran) throw new Error(`the table can't move: ${ran.fault.code} at ${ran.fault.node}`)
  const { ended, live } = ran.state
  if (ended) return { to: "end", as: process.ends.get(ended.at ?? "")! }
  return { to: "step", step: live.find(({ id }) => id !== 0)!.at }
}

/**
 * Ends the case from outside its table: withdrawn by the applicant, or stopped. Refused with `decision-issued` once a sign step was
 * answered `signed` (Decree 118/2025/NĐ-CP art. 21: only before the decision is issued).
 */
export function stop(process: Process, state: ProcessState, as: "withdrawn" | "stopped"): Stepped | Refused {
  if (state.at === undefined) return refused("process-ended")
  if (state.signed) return refused("decision-issued")
  const effects: Effect[] = process.steps.get(state.at)?.suspended ? [{ effect: "resume-clock" }] : []
  return arrive(process, { ...state, moves: state.moves + 1 }, { to: "end", as }, effects)
}

/** The step on which the token stands, or undefined once ended. */
export function openStep(process: Process, state: ProcessState): Step | undefined {
  if (state.at === undefined) return undefined
  const found = process.steps.get(state.at)
  if (!found) throw new Error(`the state stands on ${state.at}, which this version of the process does not have`)
  return found
}

/** The outcomes that this person may give to the open step now; empty when it is not theirs. */
export function outcomesFor(process: Process, state: ProcessState, who: Pick<StepEvent, "by" | "roles">): string[] {
  const here = openStep(process, state)
  if (!here) return []
  return [...here.next.keys()].filter((outcome) => !refusalOf(process, state, { step: here.id, outcome, ...who }))
}

/** The way of a case without incident: the first outcome of each step, from the first step to an end. */
export function usualPath(process: Process): Step[] {
  const path: Step[] = []
  let at: string | undefined = process.first
  while (at !== undefined && !path.some((s) => s.id === at)) {
    const here: Step = process.steps.get(at)!
    path.push(here)
    at = onward(process, here.id, new Set(path.map((s) => s.id)))
  }
  return path
}

/** The step after `from` on a way that ends completed and comes back to none of `passed`; canonical JSON keeps no order of outcomes. */
function onward(process: Process, from: string, passed: ReadonlySet<string>): string | undefined {
  const targets = [...process.steps.get(from)!.next.values()]
  if (targets.some((target) => target.to === "end" && target.as === "completed")) return undefined
  const steps = targets.flatMap((target) => (target.to === "step" && !passed.has(target.step) ? [target.step] : []))
  return steps.find((step) => completes(process, step, new Set(passed)))
}

function completes(process: Process, at: string, seen: Set<string>): boolean {
  seen.add(at)
  return [...process.steps.get(at)!.next.values()].some((target) => {
    if (target.to === "end") return target.as === "completed"
    return target.to === "step" && !seen.has(target.step) && completes(process, target.step, seen)
  })
}

function refusalOf(process: Process, state: ProcessState, event: StepEvent): Refused | undefined {
  const here = openStep(process, state)
  if (!here) return refused("process-ended")
  if (event.step !== here.id) return refused("step-not-open", { step: event.step, open: here.id })
  if (state.moves >= MOVES_MAX) return refused("too-many-moves", { max: MOVES_MAX })
  if (event.outcome === EXPIRED && here.closes) {
    return event.roles.includes("system") ? undefined : refused("role-missing", { step: here.id, role: "system" })
  }
  if (!event.roles.includes(here.role)) return refused("role-missing", { step: here.id, role: here.role })
  const target = here.next.get(event.outcome)
  if (!target) return refused("outcome-unknown", { step: here.id, outcome: event.outcome })
  const seen = here.not.find((other) => doers(state, other).includes(event.by))
  if (seen !== undefined) return refused("four-eyes", { step: here.id, other: seen })
  if (asks(process, target) && state.asked >= process.supplementsMax) {
    return refused("supplement-already-asked", { max: process.supplementsMax })
  }
  return undefined
}

const refused = (code: RefusalCode, params: Record<string, string | number> = {}): Refused => ({ refused: { code, params } })

const doers = (state: ProcessState, id: string): readonly string[] =>
  state.who !== undefined && Object.hasOwn(state.who, id) ? state.who[id]! : []

const asks = (process: Process, target: Target): boolean =>
  target.to === "step" && process.steps.get(target.step)!.kind === "supplement"

/** The state once the open step is answered, before the token lands. */
function leave(process: Process, state: ProcessState, here: Step, event: StepEvent): ProcessState {
  const target = here.next.get(event.outcome)
  const known = doers(state, here.id)
  const remember = process.watched.has(here.id) && !known.includes(event.by)
  return {
    ...state,
    moves: state.moves + 1,
    ...(target && asks(process, target) && { asked: state.asked + 1, asker: here.id }),
    ...(here.kind === "sign" && event.outcome === "signed" && { signed: true as const }),
    ...(remember && { who: { ...state.who, [here.id]: [...known, event.by] } }),
  }
}

function leaving(here: Step, outcome: string): Effect[] {
  const forms = [here.form, here.forms.get(outcome)].filter((form) => form !== undefined)
  const effects: Effect[] = forms.map((form) => ({ effect: "produce-form", step: here.id, form }))
  if (here.suspended) effects.push({ effect: "resume-clock" })
  return effects
}

function arrive(process: Process, state: ProcessState, target: Place, effects: Effect[]): Stepped {
  if (target.to === "end") {
    const { at: _, asker: __, ...rest } = state
    effects.push({ effect: "end", as: target.as })
    return { state: { ...rest, ended: target.as }, effects }
  }
  const here = process.steps.get(target.step)!
  if (here.role === "system") effects.push({ effect: "system", step: here.id, kind: here.kind })
  else effects.push(opening(here))
  if (here.suspended) effects.push({ effect: "suspend-clock" })
  return { state: { ...state, at: here.id }, effects }
}

function opening(here: Step): Effect {
  return {
    effect: "open-task",
    step: here.id,
    kind: here.kind,
    role: here.role,
    ...(here.unit !== undefined && { unit: here.unit }),
    ...(here.hours !== undefined && { hours: here.hours }),
    ...(here.closes && { closes: here.closes }),
  }
}
