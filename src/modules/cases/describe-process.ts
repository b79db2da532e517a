// How a case goes through its process, step by step: what is done, where it stands and since when, what usually comes.
import { workingMinutesBetween } from "#engines/calendar"
import { type EndAs, openStep, type Process, type ProcessState, type Step, usualPath } from "#engines/process"
import type { Tx } from "#platform/db"
import { calendarFor } from "./clock.ts"
import type { Task } from "./dossier.ts"
import type { CaseFile } from "./find-cases.ts"

type Text = Readonly<Record<string, string>>

/** One step of a case's process, told once however often it was done. */
export interface StepShown {
  readonly step: Step
  readonly state: "done" | "now" | "next"
  /** Names of the positions that may do it; none where the applicant or the system does. */
  readonly positions: readonly Text[]
  /** When it was last answered. */
  readonly doneAt?: Date
  /** Working minutes that it has lain with officials, all its times together. */
  readonly minutesTaken?: number
}

/** For whom or what a case waits at its open step. */
export interface Wait {
  readonly waitsFor: "supplement" | "payment" | "answer" | "claim" | "official" | "register" | "consultation" | "system"
  readonly since: Date
  /** What must have come by then. */
  readonly until?: Date
}

export interface CaseCourse {
  readonly steps: readonly StepShown[]
  readonly wait?: Wait
  readonly ended?: { readonly as: EndAs; readonly at: Date }
  /** Nodes of the process's graph already passed, and the one on which the case stands or ended. */
  readonly passed: readonly string[]
  readonly at: readonly string[]
}

/** The steps of a case that the actor has found: those done by their first time, the open one, then those that usually follow. */
export function describeProcess(tx: Tx, file: CaseFile): CaseCourse {
  const { dossier, service } = file
  const { process } = service
  const here = openStep(process, dossier.process)
  const done = answeredAt(file)
  const ahead = here ? aheadOf(process, dossier.process, here) : []
  const before = [...done.keys()].map((id) => process.steps.get(id)!).filter((step) => step !== here && !ahead.includes(step))
  const shown = (step: Step, state: StepShown["state"]) => shownStep(tx, file, step, state, done.get(step.id))
  const ended = dossier.process.ended
  const ends = [...process.ends].flatMap(([id, as]) => (as === ended && process.graph.nodes.has(id) ? [id] : []))
  return {
    steps: [
      ...before.map((step) => shown(step, "done")),
      ...(here ? [shown(here, "now")] : []),
      ...ahead.map((step) => shown(step, "next")),
    ],
    ...(here && { wait: waitOf(file, here) }),
    ...(ended && dossier.closedAt && { ended: { as: ended, at: dossier.closedAt } }),
    passed: before.map(({ id }) => id),
    at: here ? [here.id] : ends,
  }
}

/** Steps that have been answered, in the order of their first time, each with the last. */
function answeredAt({ service, timeline }: CaseFile): Map<string, Date> {
  const done = new Map<string, Date>()
  for (const { code, params, at } of timeline) {
    const step = service.process.steps.get(String(params.step))
    if (step && code.startsWith(`${step.kind}.`)) done.set(step.id, at)
  }
  return done
}

/** Steps after the open one without incident; an answered supplement goes back to who asked. None off the usual way. */
function aheadOf(process: Process, state: ProcessState, here: Step): Step[] {
  const usual = usualPath(process)
  const isAsked = here.kind === "supplement" && state.asker !== undefined
  const place = usual.findIndex(({ id }) => id === (isAsked ? state.asker : here.id))
  return place < 0 ? [] : usual.slice(isAsked ? place : place + 1)
}

function shownStep(tx: Tx, file: CaseFile, step: Step, state: StepShown["state"], doneAt: Date | undefined): StepShown {
  const { positions } = file.agency
  const calendar = calendarFor(tx, file.agency)
  const tasks = file.tasks.filter((task) => task.step === step.id && step.hours !== undefined)
  const minutes = tasks.map((task) => workingMinutesBetween(calendar, task.openedAt, task.doneAt ?? tx.now))
  const may = positions.filter(({ roles, unit }) => [...roles].some((role) => role === step.role) && unit === (step.unit ?? unit))
  return {
    step,
    state,
    positions: [...new Map(may.map(({ name }) => [JSON.stringify(name), name])).values()],
    ...(doneAt && { doneAt }),
    ...(tasks.length > 0 && { minutesTaken: minutes.reduce((sum, one) => sum + one, 0) }),
  }
}

function waitOf({ dossier, tasks, timeline, consultations }: CaseFile, here: Step): Wait {
  const task = tasks.find(({ doneAt }) => doneAt === null)
  if (task) return { waitsFor: reasonOf(task), since: task.openedAt, ...(task.dueAt && { until: task.dueAt }) }
  const asked = consultations.find(({ state }) => state === "open")
  if (asked) return { waitsFor: "consultation", since: asked.askedAt, until: asked.dueAt }
  const since = timeline.findLast(({ params }) => params.step !== undefined)?.at ?? dossier.submittedAt
  const isWritten = here.kind === "write-register" || here.kind === "query-register"
  return { waitsFor: isWritten ? "register" : "system", since }
}

function reasonOf({ role, kind, claimedBy }: Task): Wait["waitsFor"] {
  if (kind === "supplement") return "supplement"
  if (kind === "pay") return "payment"
  if (role === "applicant") return "answer"
  return claimedBy === null ? "claim" : "official"
}
