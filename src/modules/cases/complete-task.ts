// Completes a claimed task with an outcome: accept, refuse, ask for a supplement, approve, sign.
import { append } from "#audit"
import { dueAt } from "#engines/calendar"
import { reachedFields, visiblePages } from "#engines/form"
import { outcomesFor, type Step } from "#engines/process"
import { notify } from "#notices"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import { getMyTask } from "./claim-task.ts"
import { calendarFor } from "./clock.ts"
import type { Dossier, Facts, SupplementItem } from "./dossier.ts"
import { getOpenCase, officialOf, rolesOf } from "./find-cases.ts"
import { formContext } from "./form-context.ts"
import { move, type OpenCase } from "./move.ts"
import { insertSupplement } from "./store.ts"

export interface Completion {
  readonly caseId: string
  readonly outcome: string
  /** The revision that the official has seen; a case that moved meanwhile is not decided on. */
  readonly revision: number
  /** Why: demanded for refusals and for what goes back. */
  readonly reason?: string
  /** What is to be completed, each with its reason; demanded when the outcome asks for a supplement. */
  readonly items?: readonly SupplementItem[]
  /** The official has looked at the likely duplicate and says that it is none. */
  readonly duplicateCleared?: boolean
  /** The checks of the step that the official has ticked; approving demands all of them. */
  readonly checks?: readonly string[]
}

const SUPPLEMENT_ITEMS_MAX = 40
const REASON_LENGTH_MAX = 2_000

/**
 * Completes the open task. Throws `task-not-claimed` unless the official has claimed it, `case-changed` when the revision is old,
 * `reason-missing`, and whatever the process forbids (`four-eyes`, `supplement-already-asked`, ...).
 */
export async function completeTask(tx: Tx, done: Completion): Promise<Dossier> {
  const official = officialOf(tx)
  const [open, task] = await Promise.all([getOpenCase(tx, done.caseId), getMyTask(tx, done.caseId)])
  if (task.claimedBy !== official.accountId) throw problem("task-not-claimed")
  if (open.dossier.revision !== done.revision) throw problem("case-changed")
  const step = open.service.process.steps.get(task.step)!
  const reason = (done.reason ?? "").trim().slice(0, REASON_LENGTH_MAX)
  if (isApproval(step, done.outcome) && step.checks.some((check) => !done.checks?.includes(check)))
    throw problem("checks-missing")
  const asks = asksSupplement(open, step, done.outcome)
  if (reason === "" && needsReason(step, done.outcome)) throw problem("reason-missing")
  const items = asks ? itemsOf(tx, open, done.items ?? []) : []
  const facts = factsAfter(tx, open.dossier, step, done, reason)
  const event = { step: task.step, outcome: done.outcome, by: official.accountId, roles: rolesOf(official) }
  const moved = await move(tx, open, event, { facts })
  if (asks) await askSupplement(tx, open, items)
  if (done.outcome === "refuse") await tell(tx, open, "case-refused")
  return moved
}

/** The outcomes that the signed-in official may give to the open step of a case now. */
export function possibleOutcomes(tx: Tx, open: OpenCase): string[] {
  const official = officialOf(tx)
  return outcomesFor(open.service.process, open.dossier.process, { by: official.accountId, roles: rolesOf(official) })
}

/** True when this outcome leads to the applicant. */
export function asksSupplement(open: OpenCase, step: Step, outcome: string): boolean {
  const target = step.next.get(outcome)
  return target?.to === "step" && open.service.process.steps.get(target.step)?.kind === "supplement"
}

/** The first outcome of a step is the one of a case without incident. */
const isApproval = (step: Step, outcome: string): boolean => step.kind === "appraise" && [...step.next.keys()][0] === outcome

const needsReason = (step: Step, outcome: string): boolean => outcome === "refuse" || (outcome === "back" && step.kind === "sign")

function itemsOf(tx: Tx, { dossier, service }: OpenCase, items: readonly SupplementItem[]): readonly SupplementItem[] {
  const context = formContext(tx, dossier.lang)
  const reached = new Set(
    visiblePages(service.form, dossier.values, context).flatMap((page) =>
      reachedFields(service.form, page, dossier.values, context).map((f) => f.id),
    ),
  )
  const named = items.filter((item) => reached.has(item.field)).slice(0, SUPPLEMENT_ITEMS_MAX)
  if (named.length === 0 || named.some((item) => item.reason.trim() === "")) throw problem("reason-missing")
  return named.map((item) => ({ field: item.field, reason: item.reason.trim().slice(0, REASON_LENGTH_MAX) }))
}

function factsAfter(tx: Tx, { facts }: Dossier, step: Step, done: Completion, reason: string): Facts {
  const official = officialOf(tx)
  return {
    ...facts,
    ...(done.outcome === "refuse" && { refusal: reason }),
    ...(done.duplicateCleared && { duplicateCleared: true }),
    ...(step.kind === "sign" &&
      done.outcome === "signed" && {
        decidedOn: formContext(tx, "").today,
        signer: { name: official.name, position: official.positions[0]?.id ?? "" },
      }),
  }
}

async function askSupplement(tx: Tx, open: OpenCase, items: readonly SupplementItem[]): Promise<void> {
  const waiting = [...open.service.process.steps.values()].find((s) => s.kind === "supplement")
  const until = waiting?.closes && dueAt(calendarFor(tx, open.agency), { receivedAt: tx.now, limit: waiting.closes.after }).due
  await insertSupplement(tx, open.agency.id, {
    id: newId(tx.now),
    caseId: open.dossier.id,
    items,
    askedAt: tx.now,
    askedName: officialOf(tx).name,
    answerUntil: until ?? null,
    answeredAt: null,
  })
  append(tx, {
    agency: open.agency.id,
    event: "supplement-asked",
    subject: open.dossier.subject,
    caseId: open.dossier.id,
    details: { code: open.dossier.code, items: items.length },
  })
  await tell(tx, open, "supplement-asked")
}

async function tell(tx: Tx, { dossier }: OpenCase, code: string): Promise<void> {
  await notify(tx, {
    agency: dossier.agency,
    subject: dossier.subject,
    caseId: dossier.id,
    code,
    params: { code: dossier.code },
    link: `/my/cases/${dossier.id}`,
  })
}
