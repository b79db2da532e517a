// What the system can't do by itself is handed to an official: a task says why, and they try again or answer in its stead.
import { append } from "#audit"
import { addWorkingHours } from "#engines/calendar"
import { openStep, type Process, type Step } from "#engines/process"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import { getMyTask } from "./claim-task.ts"
import { calendarFor } from "./clock.ts"
import type { Dossier, Facts, StuckReason, Task } from "./dossier.ts"
import { getCaseOf, getOpenCase, officialOf, rolesOf } from "./find-cases.ts"
import { enqueueStep, move, type OpenCase } from "./move.ts"
import { closeConsultations, holdDossier } from "./store.steps.ts"
import { closeTask, findOpenTask, insertEvent, insertTask } from "./store.ts"

/** The kind of a task by which a step of the system is handed over. */
export const HANDED_OVER = "handed-over"
/** Working hours that an official has to look at it. */
const HELP_HOURS = 4
const REASON_LENGTH_MAX = 2_000
/** Steps whose outcome an official may find out or decide instead; the others are the system's alone, and are tried again. */
const BY_HAND: ReadonlySet<string> = new Set(["decide", "query-register", "consult"])

/** Opens the task, once however often the step fails. */
export async function handOver(tx: Tx, { dossier, service, agency }: OpenCase, step: Step, why: StuckReason): Promise<void> {
  await holdDossier(tx, dossier.agency, dossier.id)
  if (await findOpenTask(tx, dossier.agency, dossier.id)) return
  const { role, unit } = helperIn(service.process)
  const task: Task = {
    ...{
      id: newId(tx.now),
      agency: dossier.agency,
      caseId: dossier.id,
      step: step.id,
      kind: HANDED_OVER,
      role,
      unit: unit ?? null,
    },
    ...{ openedAt: tx.now, dueAt: addWorkingHours(calendarFor(tx, agency), tx.now, HELP_HOURS), why },
    ...{ claimedBy: null, claimedName: null, doneAt: null, outcome: null },
  }
  await insertTask(tx, task)
  await insertEvent(tx, dossier.agency, dossier.id, { code: "handed-over", params: { step: step.id, why }, actor: "" })
  append(tx, {
    ...{ agency: dossier.agency, event: "step-stuck", subject: dossier.subject, caseId: dossier.id },
    details: { code: dossier.code, step: step.id, reason: why },
  })
}

/** Who examines a case knows it best; else the first official of the process. */
function helperIn({ steps }: Process): Step {
  const officials = [...steps.values()].filter(({ role }) => role !== "system" && role !== "applicant")
  const helper = officials.find(({ kind }) => kind === "appraise") ?? officials[0]
  if (!helper) throw new Error("a process without officials can't hand a step over")
  return helper
}

/** Works the job `case-step.dead`: the executor has failed for hours, so officials are told. */
export async function handOverDead(tx: Tx, payload: unknown): Promise<void> {
  const { step: stepId, ...which } = payload as { agency: string; caseId: string; step: string }
  const open = await getCaseOf(tx, which)
  if (open.dossier.process.at === stepId) await handOver(tx, open, open.service.process.steps.get(stepId)!, "failed")
}

/** The outcomes that an official may give to a step of the system that was handed over. */
export function outcomesByHand({ service, dossier }: OpenCase): string[] {
  const here = openStep(service.process, dossier.process)
  return here && BY_HAND.has(here.kind) ? [...here.next.keys()] : []
}

export interface TakenOver {
  readonly caseId: string
  readonly revision: number
  /** The outcome that the official gives; left out, the system tries again. */
  readonly outcome?: string
  /** Why; demanded with an outcome. */
  readonly reason?: string
}

/**
 * Answers a step that was handed over, or has the system try it again. Throws `task-not-found`, `task-not-claimed`, `case-changed`,
 * `outcome-unknown`, `reason-missing`.
 */
export async function takeOver(tx: Tx, { caseId, revision, outcome, reason = "" }: TakenOver): Promise<Dossier> {
  const official = officialOf(tx)
  const open = await getOpenCase(tx, caseId)
  const task = await getMyTask(tx, caseId)
  if (task.kind !== HANDED_OVER) throw problem("task-not-found")
  if (task.claimedBy !== official.accountId) throw problem("task-not-claimed")
  if (open.dossier.revision !== revision) throw problem("case-changed")
  if (outcome === undefined) return tryAgain(tx, open, task)
  if (!outcomesByHand(open).includes(outcome)) throw problem("outcome-unknown", { step: task.step, outcome })
  const text = reason.trim().slice(0, REASON_LENGTH_MAX)
  if (text === "") throw problem("reason-missing")
  const { facts, agency } = open.dossier
  const byHand = [...(facts.byHand ?? []), { step: task.step, outcome, reason: text, name: official.name }]
  await closeConsultations(tx, agency, caseId)
  const event = { step: task.step, outcome, by: official.subject, roles: [...rolesOf(official), "system"] }
  const found = foundByHand(tx, open, outcome)
  return move(tx, open, event, { facts: { ...facts, byHand, ...(found && { found: { ...facts.found, ...found } }) } })
}

/** What an official says of a register that was silent, so that the tables after it know whether there is a record. */
function foundByHand(tx: Tx, { service, dossier }: OpenCase, outcome: string): Facts["found"] {
  const query = openStep(service.process, dossier.process)?.query
  if (!query) return undefined
  const source = { register: query.service.replace(/\.read$/, ""), record: "", asOf: tx.now.toISOString(), message: "" }
  return { [query.as]: { record: outcome === "found" ? {} : null, state: "declared", source } }
}

async function tryAgain(tx: Tx, { dossier }: OpenCase, task: Task): Promise<Dossier> {
  const official = officialOf(tx)
  const { agency, id } = dossier
  if (!(await closeTask(tx, agency, id, "again", official.accountId))) throw problem("task-not-claimed")
  await enqueueStep(tx, dossier, task.step, { name: task.id, tries: 0, runAt: tx.now })
  await insertEvent(tx, agency, id, { code: "tried-again", params: { step: task.step }, actor: official.name })
  return dossier
}
