// Statements on what steps leave behind: decisions by table, questions to other agencies, payments.
import type { FormValues } from "#engines/form"
import { sql, type Tx } from "#platform/db"
import type { Trace } from "./decide-by-table.ts"

/** A decision as it was stored, once for each time that its step was reached. */
export interface DecisionRow {
  readonly step: string
  readonly moves: number
  readonly table: string
  readonly outcome: string
  readonly trace: Trace
  readonly at: Date
}

export async function insertDecision(tx: Tx, agency: string, id: string, caseId: string, d: DecisionRow): Promise<void> {
  await tx.run(sql`
    insert into cases.decision (agency, id, case_id, step, moves, table_id, outcome, trace, decided_at)
    values (${agency}, ${id}, ${caseId}, ${d.step}, ${d.moves}, ${d.table}, ${d.outcome}, ${JSON.stringify(d.trace)}, ${d.at})`)
}

export function selectDecisions(tx: Tx, agency: string, caseId: string): Promise<DecisionRow[]> {
  return tx.rows<DecisionRow>(sql`
    select step, moves, table_id as table, outcome, trace, decided_at as at from cases.decision
    where agency = ${agency} and case_id = ${caseId} order by moves`)
}

/** A question of a case to another agency. */
export interface Consultation {
  /** The agency that asks. */
  readonly agency: string
  readonly id: string
  readonly caseId: string
  readonly code: string
  readonly subject: string
  readonly service: string
  readonly definition: string
  readonly step: string
  readonly moves: number
  /** The agency that is asked, and the role of those who answer. */
  readonly consulted: string
  readonly role: string
  /** Answers of the form that the other agency sees. */
  readonly shown: FormValues
  readonly askedAt: Date
  readonly dueAt: Date
  readonly state: "open" | "answered" | "closed"
  readonly outcome: string | null
  readonly answer: string | null
  readonly answeredBy: string | null
  readonly answeredAt: Date | null
}

const consultationColumns = sql`agency, id, case_id as "caseId", code, subject, service, definition, step, moves, consulted, role, shown,
  asked_at as "askedAt", due_at as "dueAt", state, outcome, answer, answered_by as "answeredBy", answered_at as "answeredAt"`

/** False when the step has asked already. */
export async function insertConsultation(tx: Tx, c: Consultation): Promise<boolean> {
  const added = await tx.run(sql`
    insert into cases.consultation (agency, id, case_id, code, subject, service, definition, step, moves, consulted, role, shown,
      asked_at, due_at, state)
    values (${c.agency}, ${c.id}, ${c.caseId}, ${c.code}, ${c.subject}, ${c.service}, ${c.definition}, ${c.step}, ${c.moves},
      ${c.consulted}, ${c.role}, ${JSON.stringify(c.shown)}, ${c.askedAt}, ${c.dueAt}, ${c.state})
    on conflict (agency, case_id, step, moves) do nothing`)
  return added === 1
}

export function selectConsultationsOf(tx: Tx, agency: string, caseId: string): Promise<Consultation[]> {
  return tx.rows<Consultation>(sql`
    select ${consultationColumns} from cases.consultation where agency = ${agency} and case_id = ${caseId} order by asked_at`)
}

/** The question as far as the actor may see it (row-level security). */
export function findConsultation(tx: Tx, id: string): Promise<Consultation | undefined> {
  return tx.find<Consultation>(sql`select ${consultationColumns} from cases.consultation where id = ${id}`)
}

/** Open questions to an agency that these roles may answer, the most urgent first. */
export function selectOpenConsultations(
  tx: Tx,
  consulted: string,
  roles: readonly string[],
  limit: number,
): Promise<Consultation[]> {
  return tx.rows<Consultation>(sql`
    select ${consultationColumns} from cases.consultation
    where consulted = ${consulted} and state = 'open' and role = any (${roles}) order by due_at, id limit ${limit}`)
}

export async function countOpenConsultations(tx: Tx, consulted: string, roles: readonly string[]): Promise<number> {
  const { count } = await tx.get<{ count: number }>(sql`
    select count(*)::int as count from cases.consultation
    where consulted = ${consulted} and state = 'open' and role = any (${roles})`)
  return count
}

/** False when it is open no more. */
export async function markConsultationAnswered(
  tx: Tx,
  { agency, id }: Pick<Consultation, "agency" | "id">,
  { outcome, answer, by }: { readonly outcome: string; readonly answer: string; readonly by: string },
): Promise<boolean> {
  const changed = await tx.run(sql`
    update cases.consultation set state = 'answered', outcome = ${outcome}, answer = ${answer}, answered_by = ${by}, answered_at = ${tx.now}
    where agency = ${agency} and id = ${id} and state = 'open'`)
  return changed === 1
}

/** Nobody needs an answer any more: the case has ended, or gone on without. */
export async function closeConsultations(tx: Tx, agency: string, caseId: string): Promise<void> {
  await tx.run(sql`
    update cases.consultation set state = 'closed' where agency = ${agency} and case_id = ${caseId} and state = 'open'`)
}

/** The receipt of a fee. */
export interface Payment {
  readonly reference: string
  /** Whole units of the currency. */
  readonly amount: number
  readonly currency: string
  readonly by: string
  readonly at: Date
}

/** False when the case has a receipt already. */
export async function insertPayment(tx: Tx, agency: string, id: string, caseId: string, p: Payment): Promise<boolean> {
  const added = await tx.run(sql`
    insert into cases.payment (agency, id, case_id, reference, amount, currency, recorded_by, recorded_at)
    values (${agency}, ${id}, ${caseId}, ${p.reference}, ${p.amount}, ${p.currency}, ${p.by}, ${p.at})
    on conflict (agency, case_id) do nothing`)
  return added === 1
}

export function findPayment(tx: Tx, agency: string, caseId: string): Promise<Payment | undefined> {
  return tx.find<Payment>(sql`
    select reference, amount::float8 as amount, currency, recorded_by as by, recorded_at as at from cases.payment
    where agency = ${agency} and case_id = ${caseId}`)
}

/** Notes that the fee is paid where no step waits for it. */
export async function markPaid(tx: Tx, agency: string, caseId: string): Promise<void> {
  await tx.run(sql`
    update cases.dossier set money_state = 'paid', revision = revision + 1 where agency = ${agency} and id = ${caseId}`)
}

/** Holds the row of a dossier until the commit, so that two don't hand the same step to officials. */
export async function holdDossier(tx: Tx, agency: string, caseId: string): Promise<void> {
  await tx.find(sql`select id from cases.dossier where agency = ${agency} and id = ${caseId} for update`)
}
