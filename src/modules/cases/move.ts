// One move of a case: the process engine's effects become tasks, pauses, jobs and lines of the timeline, in the deed's transaction.
import { append } from "#audit"
import type { CompiledService } from "#catalogue"
import { type Agency, countryOf } from "#country"
import { addWorkingHours, dueAt } from "#engines/calendar"
import { type Effect, type Refused, type StepEvent, type Stepped, step } from "#engines/process"
import type { Actor, Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { enqueue } from "#platform/jobs"
import { problem } from "#problems"
import { calendarFor, dueOf, paused, resumed } from "./clock.ts"
import { type Dossier, type Status, status, type Task } from "./dossier.ts"
import { closeTask, insertEvent, insertTask, updateDossier } from "./store.ts"

/** A case with what a move needs of it. */
export interface OpenCase {
  readonly dossier: Dossier
  readonly service: CompiledService
  readonly agency: Agency
}

/** The name under which a deed stands in the timeline. */
export const nameOf = (actor: Actor): string => (actor.kind === "public" ? "" : actor.name)

/**
 * Answers the open step of a case and does what follows. `change` alters what the outcome establishes (facts, values). Throws the problem
 * of a move that the process forbids, and `case-changed` when somebody moved the case in between.
 */
export async function move(
  tx: Tx,
  open: OpenCase,
  event: StepEvent,
  change: Partial<Pick<Dossier, "facts" | "values" | "deliveryState">> = {},
): Promise<Dossier> {
  const { dossier, service, agency } = open
  const result: Stepped | Refused = step(service.process, dossier.process, event)
  if ("refused" in result) throw problem(result.refused.code, result.refused.params)
  const moved = applyEffects(tx, open, { ...dossier, ...change, process: result.state }, result.effects)
  const next = { ...moved.dossier, status: statusAfter(dossier.status, service, event, result.effects) }
  const line = {
    code: `${service.process.steps.get(event.step)!.kind}.${event.outcome}`,
    params: { step: event.step },
    actor: nameOf(tx.actor),
  }
  await together([
    () => refuseChanged(updateDossier(tx, next, change.values !== undefined)),
    () => closeTask(tx, agency.id, dossier.id, event.outcome),
    ...moved.writes,
    () => insertEvent(tx, agency.id, dossier.id, line),
  ])
  const { code } = dossier
  append(tx, {
    agency: agency.id,
    event: "step-completed",
    subject: dossier.subject,
    caseId: dossier.id,
    details: { code, step: event.step, outcome: event.outcome, position: positionOf(tx.actor) },
  })
  if (next.closedAt)
    append(tx, {
      agency: agency.id,
      event: "case-ended",
      subject: dossier.subject,
      caseId: dossier.id,
      details: { code, as: result.state.ended ?? "" },
    })
  return next
}

const positionOf = (actor: Actor): string => (actor.kind === "official" ? (actor.positions[0]?.id ?? "") : actor.kind)

async function refuseChanged(updating: Promise<boolean>): Promise<void> {
  if (!(await updating)) throw problem("case-changed")
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
      openTask(tx, open, dossier, effect, writes)
      return dossier
    case "suspend-clock":
      return { ...dossier, suspensions: paused(dossier.suspensions, tx.now) }
    case "resume-clock": {
      const suspensions = resumed(dossier.suspensions, tx.now)
      const { due } = dueOf(tx, open.agency, open.service.definition, dossier.submittedAt, suspensions)
      return { ...dossier, suspensions, dueAt: due }
    }
    case "produce-form": {
      const key = paperKey(dossier, effect.form)
      writes.push(() => enqueue(tx, { kind: "case-paper", key, payload: { ...payload, form: effect.form } }))
      return dossier
    }
    case "system": {
      const key = `${dossier.id}/${effect.step}/${dossier.process.moves}`
      writes.push(() => enqueue(tx, { kind: "case-step", key, payload: { ...payload, step: effect.step } }))
      return dossier
    }
    case "end":
      return { ...dossier, closedAt: tx.now }
  }
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
    openedAt: tx.now,
    dueAt: closes ?? (effect.hours === undefined ? null : addWorkingHours(calendar, tx.now, effect.hours)),
    claimedBy: null,
    claimedName: null,
    doneAt: null,
    outcome: null,
  }
  writes.push(() => insertTask(tx, task))
  if (!closes) return
  const payload = { agency: agency.id, caseId: dossier.id, step: effect.step }
  const key = `${dossier.id}/${dossier.process.moves}`
  writes.push(() => enqueue(tx, { kind: "case-expiry", key, payload, runAt: closes }))
}

/** The portal status that follows from a move. */
function statusAfter(before: Status, service: CompiledService, event: StepEvent, effects: readonly Effect[]): Status {
  const end = effects.find((e) => e.effect === "end")
  if (end) {
    if (end.as === "completed") return status.returned
    if (end.as === "withdrawn") return status.withdrawn
    if (end.as === "stopped") return status.stopped
    return before === status.filed ? status.refused : status.settled
  }
  const kind = service.process.steps.get(event.step)!.kind
  if (effects.some((e) => e.effect === "suspend-clock")) return status.supplement
  if (kind === "supplement") return status.received
  if (kind === "receive-or-refuse") return status.received
  if (kind === "write-register") return status.settled
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
