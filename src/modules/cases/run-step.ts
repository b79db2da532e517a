// Does the steps of a process that are the system's: each kind has one executor, and each step is answered exactly once.
import type { Step } from "#engines/process"
import type { Tx } from "#platform/db"
import { askAgency } from "./ask-agency.ts"
import { todayOf } from "./clock.ts"
import { decideByTable } from "./decide-by-table.ts"
import type { Executed } from "./executed.ts"
import { getCaseOf } from "./find-cases.ts"
import { handOver } from "./hand-over.ts"
import { issueResult } from "./issue-papers.ts"
import { enqueueStep, move, type OpenCase } from "./move.ts"
import { queryRegister } from "./query-register.ts"
import { noteSync } from "./store.ts"
import { tellApplicant } from "./tell-applicant.ts"
import { writeRegisters } from "./write-registers.ts"

const MINUTE_MS = 60_000

type Executor = (tx: Tx, open: OpenCase, step: Step, today: string, tries: number) => Promise<Executed>

/** What the system does, by kind of step. A step of the applicant's is passed where it asks nothing of them. */
const executors: Readonly<Record<string, Executor>> = {
  "write-register": writeAll,
  "query-register": queryRegister,
  decide: decideByTable,
  consult: askAgency,
  pay: passUnlessDue,
  issue: async (tx, open, _, today) => ({ dossier: await issueResult(tx, open, today) }),
  "return-result": returnResult,
  notify: async (tx, open) => {
    await tellApplicant(tx, open.dossier, "case-news")
    return { dossier: open.dossier }
  },
}

/**
 * Works the job `case-step`: does the open step when it is the system's, and answers it. A step that is no longer open was done before;
 * whatever the executor changed stands or falls with the move.
 */
export async function runStep(tx: Tx, payload: unknown): Promise<void> {
  const { step: stepId, tries = 0, ...which } = payload as { agency: string; caseId: string; step: string; tries?: number }
  const open = await getCaseOf(tx, which)
  if (open.dossier.process.at !== stepId) return
  const step = open.service.process.steps.get(stepId)!
  const execute = executors[step.kind]
  if (!execute) throw new Error(`no system step of the kind ${step.kind}`)
  const done = await execute(tx, open, step, todayOf(tx), tries)
  if (done === "waiting") return
  if ("stuck" in done) return handOver(tx, open, step, done.stuck)
  if ("againInMinutes" in done) {
    const runAt = new Date(tx.now.getTime() + done.againInMinutes * MINUTE_MS)
    return enqueueStep(tx, open.dossier, stepId, { name: `try-${tries + 1}-${tx.now.getTime()}`, tries: tries + 1, runAt })
  }
  const { dossier } = done
  const outcome = done.outcome ?? [...step.next.keys()][0]!
  const event = { step: stepId, outcome, by: "system", roles: ["system", step.role] }
  await move(tx, { ...open, dossier }, event, { facts: dossier.facts, deliveryState: dossier.deliveryState })
}

async function writeAll(tx: Tx, open: OpenCase, _: Step, today: string): Promise<Executed> {
  const { dossier } = open
  const next = { kind: "case-step", payload: { agency: dossier.agency, caseId: dossier.id, step: dossier.process.at } }
  const done = await writeRegisters(tx, open, today, next)
  if (done === "waiting" || done.syncState === "waiting") await noteSync(tx, dossier, done === "waiting" ? "waiting" : "synced")
  return done === "waiting" ? "waiting" : { dossier: done }
}

/** Where a step before has issued the result, it is given back as it is. */
async function returnResult(tx: Tx, open: OpenCase, _: Step, today: string): Promise<Executed> {
  const issued = open.dossier.facts.resultNumber !== undefined
  const dossier = issued ? open.dossier : await issueResult(tx, open, today)
  await tellApplicant(tx, dossier, "result-ready")
  return { dossier: { ...dossier, deliveryState: "delivered" } }
}

async function passUnlessDue(_: Tx, { dossier }: OpenCase): Promise<Executed> {
  return dossier.moneyState === "due" ? "waiting" : { dossier }
}
