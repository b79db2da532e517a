// One move of a case: the process engine's effects become tasks, pauses, jobs and lines of the timeline, in the deed's transaction.
import { append } from "#audit"
import type { CompiledService } from "#catalogue"
import { type Agency, countryOf } from "#country"
import { addWorkingHours, dueAt } from "#engines/calendar"
import { type Effect, type ProcessState, type Refused, type StepEvent, type Stepped, step, stop } from "#engines/process"
import type { Actor, Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { enqueue } from "#platform/jobs"
import { problem } from "#problems"
import { calendarFor, calendarVersion, dueOf, paused, resumed } from "./clock.ts"
import { type Dossier, type Status, status, type Task } from "./dossier.ts"
import { closeConsultations } from "./store.steps.ts"
import { closeTask, insertEvent, insertTask, updateDossier } from "./store.ts"
import { type CaseNotice, tellApplicant } from "./tell-applicant.ts"

/** A case with what a move needs of it. */
export interface OpenCase {
  readonly dossier: Dossier
  readonly service: CompiledService
  readonly agency: Agency
}

/** What an outcome establishes beside where the process stands. */
type Change = Partial<Pick<Dossier, "facts" | "values" | "deliveryState" | "moneyState">>

/** The name under which a deed stands in the timeline. */
export const nameOf = (actor: Actor): string => (actor.kind === "public" ? "" : actor.name)

/**
 * Answers the open step of a case and does what follows. `change` alters what the outcome establishes (facts, values). Throws the problem
 * of a move that the process forbids, `case-changed` when somebody moved the case in between, and `task-not-claimed` when the official's
 * task has gone to somebody else.
 */
export async function move(tx: Tx, open: OpenCase, event: StepEvent, change: Change = {}): Promise<Dossier> {
  const { dossier, service } = open
  const stepped = allowed(step(service.process, dossier.process, event))
  const { kind } = service.process.steps.get(event.step)!
  const line = { code: `${kind}.${event.outcome}`, params: { step: event.step } }
  const moved = await land(tx, open, stepped, { kind, outcome: event.outcome, line, change })
  append(tx, {
    agency: dossier.agency,
    event: "step-completed",
    subject: dossier.subject,
    caseId: dossier.id,
    details: { code: dossier.code, step: event.step, outcome: event.outcome, position: positionOf(tx.actor) },
  })
  noteEnd(tx, moved)
  return moved
}

/** Ends a case from outside its table of steps. Throws `decision-issued`, `process-ended`, `case-changed`. */
export async function endCase(tx: Tx, open: OpenCase, as: "withdrawn" | "stopped"): Promise<Dossier> {
  const stopped = allowed(stop(open.service.process, open.dossier.process, as))
  const ended = await land(tx, open, stopped, { kind: "", outcome: as, line: { code: as, params: {} }, change: {} })
  noteEnd(tx, ended)
  return ended
}

function allowed(result: Stepped | Refused): Stepped {
  if ("refused" in result) throw problem(result.refused.code, result.refused.params)
  return result
}

interface Landing {
  /** Kind of the step that was answered; empty when none was. */
  readonly kind: string
  readonly outcome: string
  readonly line: { readonly code: string; readonly params: Readonly<Record<string, string>> }
  readonly change: Change
}

/** Stores where a case has come to, with everything that follows. */
async function land(
  tx: Tx,
  open: OpenCase,
  { state, effects }: Stepped,
  { kind, outcome, line, change }: Landing,
): Promise<Dossier> {
  const { dossier, agency } = open
  const moved = applyEffects(tx, open, { ...dossier, ...change, process: state }, effects)
  const next = { ...moved.dossier, status: statusAfter(dossier.status, kind, effects, moved.dossier.moneyState) }
  const news = newsOf(next)
  // The applicant's task of paying is done by whoever records the receipt.
  const by = tx.actor.kind === "official" && kind !== "pay" ? tx.actor.accountId : undefined
  await together([
    () => orElse("case-changed", updateDossier(tx, next, change.values !== undefined)),
    () => orElse("task-not-claimed", closeTask(tx, agency.id, dossier.id, outcome, by)),
    ...moved.writes,
    () => insertEvent(tx, agency.id, dossier.id, { ...line, actor: nameOf(tx.actor) }),
    ...(news ? [() => tellApplicant(tx, next, news)] : []),
    ...(next.closedAt && asksOthers(open) ? [() => closeConsultations(tx, agency.id, dossier.id)] : []),
  ])
  return { ...next, revision: next.revision + 1 }
}

/** What the applicant is told of where the case has come to. */
function newsOf({ status: now, closedAt, process }: Dossier): CaseNotice | undefined {
  if (now === status.payment) return "payment-asked"
  return closedAt && process.ended ? endNotices[process.ended] : undefined
}

const asksOthers = ({ service }: OpenCase): boolean => [...service.process.steps.values()].some(({ consult }) => consult)

/** What an applicant is told of an end; a completed case has its result to tell. */
const endNotices: Partial<Record<NonNullable<ProcessState["ended"]>, CaseNotice>> = {
  refused: "case-refused",
  stopped: "case-stopped",
  withdrawn: "case-withdrawn",
}

function noteEnd(tx: Tx, { agency, subject, id, code, closedAt, process }: Dossier): void {
  if (!closedAt) return
  append(tx, { agency, event: "case-ended", subject, caseId: id, details: { code, as: process.ended ?? "" } })
}

const positionOf = (actor: Actor): string => (actor.kind === "official" ? (actor.positions[0]?.id ?? "") : actor.kind)

async function orElse(code: "case-changed" | "task-not-claimed", done: Promise<boolean>): Promise<void> {
  if (!(await done)) throw problem(code)
}

/** Something still to be written. */
type Write = () => Promise<unknown>

/** Sends the writes in their order and in one round trip; the first fault is thrown, and none after it takes place. */
export async function together(writes: readonly Write[]): Promise<void> {
  await Promise.all(writes.map((write) => write()))
}

export interface Applied {
  /** The dossier as the effects leave it. */
  readonly dossier: Dossier
  readonly writes: readonly Write[]
}

/** What the effects, in their order, make of a dossier, and what is to be written for it; the caller stores both. */
export function applyEffects(tx: Tx, open: OpenCase, dossier: Dossier, effects: readonly Effect[]): Applied {
  const writes: Write[] = []
  const applied = effects.reduce((next, effect) => applyEffect(tx, open, next, effect, writes), dossier)
  return { dossier: applied, writes }
}

function applyEffect(tx: Tx, open: OpenCase, dossier: Dossier, effect: Effect, writes: Write[]): Dossier {
  const payload = { agency: dossier.agency, caseId: dossier.id }
  switch (effect.effect) {
    case "open-task":
      if (effect.kind === "pay" && dossier.moneyState !== "due") writes.push(() => enqueueStep(tx, dossier, effect.step))
      else openTask(tx, open, dossier, effect, writes)
      return dossier
    case "suspend-clock":
      return { ...dossier, suspensions: paused(dossier.suspensions, tx.now) }
    case "resume-clock": {
      const suspensions = resumed(dossier.suspensions, tx.now)
      const { due } = dueOf(tx, open.agency, open.service.definition, dossier.submittedAt, suspensions)
      return { ...dossier, suspensions, dueAt: due, calendar: calendarVersion(tx) }
    }
    case "produce-form": {
      const key = paperKey(dossier, effect.form)
      writes.push(() => enqueue(tx, { kind: "case-paper", key, payload: { ...payload, form: effect.form } }))
      return dossier
    }
    case "system":
      writes.push(() => enqueueStep(tx, dossier, effect.step))
      return dossier
    case "end":
      return { ...dossier, closedAt: tx.now }
  }
}

/** Leaves a step to the system; `again` names another try, of which `tries` have been. */
export function enqueueStep(
  tx: Tx,
  { agency, id, process }: Dossier,
  step: string,
  again?: { readonly name: string; readonly tries: number; readonly runAt: Date },
): Promise<void> {
  const key = [id, step, process.moves, ...(again ? [again.name] : [])].join("/")
  const payload = { agency, caseId: id, step, ...(again && { tries: again.tries }) }
  return enqueue(tx, { kind: "case-step", key, payload, ...(again && { runAt: again.runAt }) })
}

function openTask(
  tx: Tx,
  { agency }: OpenCase,
  dossier: Dossier,
  effect: Extract<Effect, { effect: "open-task" }>,
  writes: Write[],
): void {
  const calendar = calendarFor(tx, agency)
  const closes = effect.closes && dueAt(calendar, { receivedAt: tx.now, limit: effect.closes.after }).due
  const task: Task = {
    id: newId(tx.now),
    agency: agency.id,
    caseId: dossier.id,
    step: effect.step,
    kind: effect.kind,
    role: effect.role,
    unit: effect.unit ?? null,
    openedAt: tx.now,
    dueAt: closes ?? (effect.hours === undefined ? null : addWorkingHours(calendar, tx.now, effect.hours)),
    claimedBy: null,
    claimedName: null,
    doneAt: null,
    outcome: null,
    why: null,
  }
  writes.push(() => insertTask(tx, task))
  if (!closes) return
  const { moves } = dossier.process
  const payload = { agency: agency.id, caseId: dossier.id, step: effect.step, moves }
  const key = `${dossier.id}/${moves}`
  writes.push(() => enqueue(tx, { kind: "case-expiry", key, payload, runAt: closes }))
}

/** The portal status that follows from answering a step of this kind. */
function statusAfter(before: Status, kind: string, effects: readonly Effect[], money: Dossier["moneyState"]): Status {
  const end = effects.find((e) => e.effect === "end")
  if (end) {
    if (end.as === "completed") return status.returned
    if (end.as === "withdrawn") return status.withdrawn
    if (end.as === "stopped") return status.stopped
    return before === status.filed ? status.refused : status.settled
  }
  const opens = (task: string) => effects.some((e) => e.effect === "open-task" && e.kind === task)
  if (opens("supplement")) return status.supplement
  if (opens("pay") && money === "due") return status.payment
  if (before === status.payment) return status.inProcess
  if (kind === "supplement") return status.received
  if (kind === "receive-or-refuse") return status.received
  if (kind === "write-register" || kind === "issue") return status.settled
  return before === status.received ? status.inProcess : before
}

/** The agency of a dossier as the pack declares it. */
export function agencyIn(tx: Tx, id: string): Agency {
  const agency = countryOf(tx).agencies.get(id)
  if (!agency) throw new Error(`agency ${id} is not in the pack`)
  return agency
}

/** The receipt is given once in the life of a case; a request or a refusal each time that it is made. */
const paperKey = ({ id, process }: Dossier, form: string): string =>
  form === "01" ? `${id}/01` : `${id}/${form}/${process.moves}`
