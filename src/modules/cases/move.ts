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
import { type Dossier, type Status, status } from "./dossier.ts"
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
  await closeTask(tx, agency.id, dossier.id, event.outcome)
  const moved = await applyEffects(tx, open, { ...dossier, ...change, process: result.state }, result.effects)
  const next = { ...moved, status: statusAfter(dossier.status, service, event, result.effects) }
  if (!(await updateDossier(tx, next))) throw problem("case-changed")
  await insertEvent(tx, agency.id, dossier.id, {
    code: `${service.process.steps.get(event.step)!.kind}.${event.outcome}`,
    params: { step: event.step },
    actor: nameOf(tx.actor),
  })
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

/** Does the effects in their order and gives the dossier as they leave it; the caller stores it. */
export async function applyEffects(tx: Tx, open: OpenCase, dossier: Dossier, effects: readonly Effect[]): Promise<Dossier> {
  let next = dossier
  for (const effect of effects) next = await applyEffect(tx, open, next, effect)
  return next
}

async function applyEffect(tx: Tx, open: OpenCase, dossier: Dossier, effect: Effect): Promise<Dossier> {
  const payload = { agency: dossier.agency, caseId: dossier.id }
  switch (effect.effect) {
    case "open-task":
      await openTask(tx, open, dossier, effect)
      return dossier
    case "suspend-clock":
      return { ...dossier, suspensions: paused(dossier.suspensions, tx.now) }
    case "resume-clock": {
      const suspensions = resumed(dossier.suspensions, tx.now)
      const { due } = dueOf(tx, open.agency, open.service.definition, dossier.submittedAt, suspensions)
      return { ...dossier, suspensions, dueAt: due }
    }
    case "produce-form":
      await enqueue(tx, {
        kind: "case-paper",
        key: `${dossier.id}/${effect.form}/${dossier.process.moves}`,
        payload: { ...payload, form: effect.form },
      })
      return dossier
    case "system":
      await enqueue(tx, {
        kind: "case-step",
        key: `${dossier.id}/${effect.step}/${dossier.process.moves}`,
        payload: { ...payload, step: effect.step },
      })
      return dossier
    case "end":
      return { ...dossier, closedAt: tx.now }
  }
}

async function openTask(
  tx: Tx,
  { agency }: OpenCase,
  dossier: Dossier,
  effect: Extract<Effect, { effect: "open-task" }>,
): Promise<void> {
  const calendar = calendarFor(tx, agency)
  const closes = effect.closes && dueAt(calendar, { receivedAt: tx.now, limit: effect.closes.after }).due
  await insertTask(tx, {
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
  })
  if (!closes) return
  const payload = { agency: agency.id, caseId: dossier.id, step: effect.step }
  await enqueue(tx, { kind: "case-expiry", key: `${dossier.id}/${dossier.process.moves}`, payload, runAt: closes })
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
