// What the system does for a case: the steps of its process that are the system's, its papers, and the end of a wait.
import { EXPIRED } from "#engines/process"
import type { Tx } from "#platform/db"
import { todayOf } from "./clock.ts"
import { getOpenCase } from "./find-cases.ts"
import { hearEvent } from "./hear-event.ts"
import { issuePaper, issueResult } from "./issue-papers.ts"
import { MIGRATION_JOB, migrateBatch } from "./migrate-cases.ts"
import { move, type OpenCase } from "./move.ts"
import { noteSync } from "./store.ts"
import { takeDecision } from "./take-decision.ts"
import { tellApplicant } from "./tell-applicant.ts"
import { writeRegisters } from "./write-registers.ts"

/** Handlers by kind of job; each runs in one transaction of the system together with the completion of its job. */
export const caseJobs = {
  "case-step": runStep,
  "case-paper": makePaper,
  "case-expiry": expire,
  "correction-decided": takeDecision,
  "register-event": hearEvent,
  [MIGRATION_JOB]: migrateBatch,
} as const

interface CasePayload {
  readonly agency: string
  readonly caseId: string
}

async function load(tx: Tx, { agency, caseId }: CasePayload): Promise<OpenCase> {
  const open = await getOpenCase(tx, caseId)
  if (open.dossier.agency !== agency) throw new Error(`case ${caseId} is another agency's`)
  return open
}

/** Does the open step when it is the system's, and answers it with its one outcome. A step that is no longer open was done before. */
async function runStep(tx: Tx, payload: unknown): Promise<void> {
  const { step: stepId, ...which } = payload as CasePayload & { step: string }
  const open = await load(tx, which)
  if (open.dossier.process.at !== stepId) return
  const step = open.service.process.steps.get(stepId)!
  const today = todayOf(tx)
  const done = await doStep(tx, open, step.kind, today)
  if (done === "waiting") return noteSync(tx, open.dossier, "waiting")
  if (done.syncState === "waiting") await noteSync(tx, open.dossier, "synced")
  const outcome = [...step.next.keys()][0]!
  const event = { step: stepId, outcome, by: "system", roles: ["system"] }
  await move(tx, { ...open, dossier: done }, event, { facts: done.facts, deliveryState: done.deliveryState })
}

async function doStep(tx: Tx, open: OpenCase, kind: string, today: string): Promise<OpenCase["dossier"] | "waiting"> {
  switch (kind) {
    case "write-register":
      return writeRegisters(tx, open, today, nextOf(open))
    case "return-result": {
      const dossier = await issueResult(tx, open, today)
      await tellApplicant(tx, dossier, "result-ready")
      return { ...dossier, deliveryState: "delivered" }
    }
    case "notify":
      await tellApplicant(tx, open.dossier, "case-news")
      return open.dossier
    default:
      throw new Error(`no system step of the kind ${kind}`)
  }
}

/** The same step once more, when a register of another site has answered. */
const nextOf = ({ dossier: { agency, id, process } }: OpenCase) => ({
  kind: "case-step",
  payload: { agency, caseId: id, step: process.at },
})

async function makePaper(tx: Tx, payload: unknown): Promise<void> {
  const { form, ...which } = payload as CasePayload & { form: string }
  await issuePaper(tx, await load(tx, which), form, todayOf(tx))
}

/** Ends a case whose applicant did not answer in time; nothing when they did, though the case may wait for them once more. */
async function expire(tx: Tx, payload: unknown): Promise<void> {
  const { step, moves, ...which } = payload as CasePayload & { step: string; moves: number }
  const open = await load(tx, which)
  if (open.dossier.process.at !== step || open.dossier.process.moves !== moves) return
  await move(tx, open, { step, outcome: EXPIRED, by: "system", roles: ["applicant", "system"] })
}
