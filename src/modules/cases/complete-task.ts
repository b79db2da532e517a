// Completes a claimed task with an outcome: accept, refuse, ask for a supplement, approve, sign.
import { append } from "#audit"
import { dueAt } from "#engines/calendar"
import { askedFields, type Field, type FormContext, visiblePages } from "#engines/form"
import { outcomesFor, type Step } from "#engines/process"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import { getMyTask } from "./claim-task.ts"
import { calendarFor, todayOf } from "./clock.ts"
import type { Dossier, Facts, SupplementItem } from "./dossier.ts"
import { getOpenCase, officialOf, rolesOf } from "./find-cases.ts"
import { formContext } from "./form-context.ts"
import { move, type OpenCase } from "./move.ts"
import { insertSupplement } from "./store.ts"
import { tellApplicant } from "./tell-applicant.ts"
import { findDuplicates } from "./write-registers.ts"

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
 * `checks-missing`, `reason-missing`, `record-likely-duplicate` when what the case would write is on record already and nobody has said
 * that it isn't the same, and whatever the process forbids (`four-eyes`, `supplement-already-asked`, ...).
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
  const isCleared =
    isApproval(step, done.outcome) || leadsToRegisters(open, step, done.outcome) ? await cleared(tx, open, done) : false
  const facts = factsAfter(tx, open.dossier, step, { outcome: done.outcome, reason, isCleared })
  const event = { step: task.step, outcome: done.outcome, by: official.subject, roles: rolesOf(official) }
  const moved = await move(tx, open, event, { facts })
  if (asks) await askSupplement(tx, open, items)
  return moved
}

/** The outcomes that the signed-in official may give to the open step of a case now. */
export function possibleOutcomes(tx: Tx, open: OpenCase): string[] {
  const official = officialOf(tx)
  return outcomesFor(open.service.process, open.dossier.process, { by: official.subject, roles: rolesOf(official) })
}

/** True when this outcome leads to the applicant. */
export function asksSupplement(open: OpenCase, step: Step, outcome: string): boolean {
  const target = step.next.get(outcome)
  return target?.to === "step" && open.service.process.steps.get(target.step)?.kind === "supplement"
}

/** The first outcome of a step is the one of a case without incident. */
const isApproval = (step: Step, outcome: string): boolean => step.kind === "appraise" && [...step.next.keys()][0] === outcome

function leadsToRegisters({ service }: OpenCase, step: Step, outcome: string): boolean {
  const target = step.next.get(outcome)
  return target?.to === "step" && service.process.steps.get(target.step)?.kind === "write-register"
}

const needsReason = (step: Step, outcome: string): boolean => outcome === "refuse" || goesBack(step, outcome)
const goesBack = (step: Step, outcome: string): boolean => step.kind === "sign" && outcome === "back"

/** Has somebody looked at the likely duplicates and said that they are none? False when there are none to look at. */
async function cleared(tx: Tx, open: OpenCase, { duplicateCleared }: Completion): Promise<boolean> {
  if (open.dossier.facts.duplicateCleared) return true
  const [found] = await findDuplicates(tx, open)
  if (found && !duplicateCleared) throw problem("record-likely-duplicate", { register: found.register })
  return found !== undefined
}

/** The fields whose answers the applicant can be asked to complete: those that are theirs to give. */
export function supplementFields({ dossier, service }: Pick<OpenCase, "dossier" | "service">, context: FormContext): Field[] {
  const { values } = dossier
  return visiblePages(service.form, values, context)
    .flatMap((page) => askedFields(service.form, page, values, context))
    .filter((field) => field.type !== "declaration")
}

function itemsOf(tx: Tx, open: OpenCase, items: readonly SupplementItem[]): readonly SupplementItem[] {
  const askable = new Set(supplementFields(open, formContext(tx, open.dossier.lang)).map((field) => field.id))
  const named = items.filter((item) => askable.has(item.field)).slice(0, SUPPLEMENT_ITEMS_MAX)
  if (named.length === 0 || named.some((item) => item.reason.trim() === "")) throw problem("reason-missing")
  return named.map((item) => ({ field: item.field, reason: item.reason.trim().slice(0, REASON_LENGTH_MAX) }))
}

interface Decided {
  readonly outcome: string
  readonly reason: string
  readonly isCleared: boolean
}

/** What the outcome establishes: a reason holds until the step that gave it is answered otherwise. */
function factsAfter(tx: Tx, dossier: Dossier, step: Step, { outcome, reason, isCleared }: Decided): Facts {
  const official = officialOf(tx)
  const { refusal, remark, ...facts } = dossier.facts
  const isExamined = step.kind === "appraise" || step.kind === "receive-or-refuse"
  return {
    ...facts,
    ...(!isExamined && refusal !== undefined && { refusal }),
    ...(!isExamined && remark && { remark }),
    ...(outcome === "refuse" && { refusal: reason }),
    ...(goesBack(step, outcome) && { remark: { text: reason, name: official.name } }),
    ...(isCleared && { duplicateCleared: true }),
    ...(step.kind === "sign" &&
      outcome === "signed" && {
        decidedOn: todayOf(tx),
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
  await tellApplicant(tx, open.dossier, "supplement-asked")
}
