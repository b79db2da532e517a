// What the system does for a case: the steps of its process that are the system's, its papers, and the end of a wait.
import { EXPIRED } from "#engines/process"
import type { Tx } from "#platform/db"
import { goOnUnanswered, takeAnswer } from "./ask-agency.ts"
import { todayOf } from "./clock.ts"
import { type CaseKey, findCaseAt, getCaseOf, type StepKey } from "./find-cases.ts"
import { handOverDead } from "./hand-over.ts"
import { hearEvent } from "./hear-event.ts"
import { issuePaper } from "./issue-papers.ts"
import { MIGRATION_JOB, migrateBatch } from "./migrate-cases.ts"
import { move } from "./move.ts"
import { runStep } from "./run-step.ts"
import { takeDecision } from "./take-decision.ts"

/** Handlers by kind of job; each runs in one transaction of the system together with the completion of its job. */
export const caseJobs = {
  "case-step": runStep,
  "case-step.dead": handOverDead,
  "case-answer": takeAnswer,
  "case-unanswered": goOnUnanswered,
  "case-paper": makePaper,
  "case-expiry": expire,
  "correction-decided": takeDecision,
  "register-event": hearEvent,
  [MIGRATION_JOB]: migrateBatch,
} as const

async function makePaper(tx: Tx, payload: unknown): Promise<void> {
  const { form, ...which } = payload as CaseKey & { form: string }
  await issuePaper(tx, await getCaseOf(tx, which), form, todayOf(tx))
}

/** Ends a case whose applicant did not answer in time; nothing when they did, though the case may wait for them once more. */
async function expire(tx: Tx, payload: unknown): Promise<void> {
  const waiting = payload as StepKey
  const open = await findCaseAt(tx, waiting)
  if (open) await move(tx, open, { step: waiting.step, outcome: EXPIRED, by: "system", roles: ["applicant", "system"] })
}
