// What officials of one agency are asked by a case of another: the list, one question, and their answer.
import { append } from "#audit"
import { type CompiledService, compiled } from "#catalogue"
import type { Step } from "#engines/process"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { enqueue } from "#platform/jobs"
import { problem } from "#problems"
import { SILENT } from "./ask-agency.ts"
import { officialOf, rolesOf } from "./find-cases.ts"
import {
  type Consultation,
  countOpenConsultations,
  findConsultation,
  markConsultationAnswered,
  selectOpenConsultations,
} from "./store.steps.ts"
import { insertReading } from "./store.ts"

export const CONSULTATIONS_MAX = 200
const ANSWER_LENGTH_MAX = 2_000

/** A question with the step of the published process that asks it; `outcomes` are the answers that may be given. */
export interface OpenConsultation {
  readonly consultation: Consultation
  readonly service: CompiledService
  readonly step: Step
  readonly outcomes: readonly string[]
}

/** Open questions to the official's agency that they may answer, the most urgent first. Throws `not-allowed`. */
export function listConsultations(tx: Tx): Promise<Consultation[]> {
  const official = officialOf(tx)
  return selectOpenConsultations(tx, official.agency, rolesOf(official), CONSULTATIONS_MAX)
}

/** How many questions wait for the official. */
export function countConsultations(tx: Tx): Promise<number> {
  const official = officialOf(tx)
  return countOpenConsultations(tx, official.agency, rolesOf(official))
}

/** One question to the official's agency; the person whom it concerns sees that it was opened. Throws `consultation-not-found`. */
export async function openConsultation(tx: Tx, id: string): Promise<OpenConsultation> {
  const official = officialOf(tx)
  const open = await getConsultation(tx, id)
  const { subject, caseId, service, code } = open.consultation
  const position = official.positions[0]?.id ?? ""
  await insertReading(tx, newId(tx.now), {
    ...{ agency: official.agency, caseId, subject, reader: official.name, position, service, code },
  })
  append(tx, { agency: official.agency, event: "case-read", subject, caseId, details: { code } })
  return open
}

/** The same once more in one visit; not another reading. Throws `consultation-not-found`. */
export async function getConsultation(tx: Tx, id: string): Promise<OpenConsultation> {
  const official = officialOf(tx)
  const consultation = await findConsultation(tx, id)
  if (consultation?.consulted !== official.agency || !rolesOf(official).includes(consultation.role))
    throw problem("consultation-not-found")
  const service = await compiled(tx, consultation.service, consultation.definition)
  const step = service?.process.steps.get(consultation.step)
  if (!service || !step) throw problem("consultation-not-found")
  return { consultation, service, step, outcomes: [...step.next.keys()].filter((outcome) => outcome !== SILENT) }
}

export interface ConsultationAnswer {
  readonly id: string
  readonly outcome: string
  /** What was found; demanded, for the other agency decides on it. */
  readonly answer: string
}

/**
 * Answers a question. The case, which this agency can't see, goes on by a job. Throws `consultation-not-found`, `consultation-closed`,
 * `outcome-unknown`, `reason-missing`.
 */
export async function answerConsultation(tx: Tx, { id, outcome, answer }: ConsultationAnswer): Promise<void> {
  const official = officialOf(tx)
  const { consultation, step, outcomes } = await getConsultation(tx, id)
  if (!outcomes.includes(outcome)) throw problem("outcome-unknown", { step: step.id, outcome })
  const text = answer.trim().slice(0, ANSWER_LENGTH_MAX)
  if (text === "") throw problem("reason-missing")
  const done = await markConsultationAnswered(tx, consultation, { outcome, answer: text, by: official.name })
  if (!done) throw problem("consultation-closed")
  await enqueue(tx, { kind: "case-answer", key: id, payload: { consultation: id } })
  const { subject, caseId } = consultation
  const details = { consultation: id, asked: consultation.agency, outcome }
  append(tx, { agency: official.agency, event: "consultation-answered", subject, caseId, details })
}
