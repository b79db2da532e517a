// A step that asks another agency: the question goes onto its officials' desk with a due time of its own, and the case waits.
import { append } from "#audit"
import { type Agency, agencyFor, countryOf } from "#country"
import { addWorkingHours } from "#engines/calendar"
import type { Consult, Step } from "#engines/process"
import { isHere } from "#exchange"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { enqueue } from "#platform/jobs"
import { calendarFor } from "./clock.ts"
import { divisionIn } from "./competent-agency.ts"
import type { Executed } from "./executed.ts"
import { findCaseAt, type StepKey } from "./find-cases.ts"
import { move, type OpenCase } from "./move.ts"
import { closeConsultations, findConsultation, insertConsultation } from "./store.steps.ts"
import { insertEvent } from "./store.ts"

/** The outcome of a question that nobody answered in time, where the step has one. */
export const SILENT = "silent"

/** Asks once for each time that the step is reached; the answer, or its absence, leaves the job that goes on. */
export async function askAgency(tx: Tx, open: OpenCase, step: Step): Promise<Executed> {
  const { dossier, service } = open
  const { consult } = step
  const consulted = consult && findConsulted(tx, open, consult)
  if (!consult || !consulted) return { stuck: "no-agency" }
  if (!isHere(tx, consulted.id)) return { stuck: "agency-elsewhere" }
  const { agency, id: caseId, code, subject, values, process } = dossier
  const dueAt = addWorkingHours(calendarFor(tx, consulted), tx.now, step.hours ?? 0)
  const shown = Object.fromEntries(consult.shows.flatMap((path) => (values[path] ? [[path, values[path]]] : [])))
  const asked = await insertConsultation(tx, {
    ...{ agency, id: newId(tx.now), caseId, code, subject, service: service.code, definition: service.hash },
    ...{ step: step.id, moves: process.moves, consulted: consulted.id, role: consult.role, shown, askedAt: tx.now, dueAt },
    ...{ state: "open" as const, outcome: null, answer: null, answeredBy: null, answeredAt: null },
  })
  if (!asked) return "waiting"
  if (step.next.has(SILENT)) {
    const payload = { agency, caseId, step: step.id, moves: process.moves }
    await enqueue(tx, { kind: "case-unanswered", key: `${caseId}/${process.moves}`, payload, runAt: dueAt })
  }
  await insertEvent(tx, agency, caseId, { code: "asked", params: { step: step.id, agency: consulted.id }, actor: "" })
  const details = { code, step: step.id, consulted: consulted.id }
  append(tx, { agency, event: "consultation-asked", subject, caseId, details })
  return "waiting"
}

/** The agency named, or that of the kind which sits where the first address that was given lies. */
function findConsulted(tx: Tx, { dossier }: OpenCase, { agency, kind, of = [] }: Consult): Agency | undefined {
  const country = countryOf(tx)
  if (agency) return country.agencies.get(agency)
  for (const path of of) {
    const division = divisionIn(dossier.values[path]?.value)
    const found = division && kind ? agencyFor(country, kind, division) : undefined
    if (found) return found
  }
  return undefined
}

/** Works the job `case-answer`: the answer moves the case, unless it has gone on without. */
export async function takeAnswer(tx: Tx, payload: unknown): Promise<void> {
  const { consultation: id } = payload as { consultation: string }
  const answered = await findConsultation(tx, id)
  if (answered?.state !== "answered") return
  const open = await findCaseAt(tx, answered)
  if (open) await move(tx, open, { step: answered.step, outcome: answered.outcome!, by: "system", roles: ["system"] })
}

/** Works the job `case-unanswered`: the case goes on without an answer that hasn't come. */
export async function goOnUnanswered(tx: Tx, payload: unknown): Promise<void> {
  const waiting = payload as StepKey
  const open = await findCaseAt(tx, waiting)
  if (!open) return
  await closeConsultations(tx, waiting.agency, waiting.caseId)
  await move(tx, open, { step: waiting.step, outcome: SILENT, by: "system", roles: ["system"] })
}
