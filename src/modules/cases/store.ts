// Statements on dossiers, tasks, supplements, the timeline and readings.
import { sql, type Tx } from "#platform/db"
import type { Dossier, Supplement, SupplementItem, Task, TimelineEvent } from "./dossier.ts"

const dossierColumns = sql`agency, id, code, subject, applicant, service, definition, status, money_state as "moneyState",
  delivery_state as "deliveryState", sync_state as "syncState", process, form_values as values, revision, lang,
  submitted_at as "submittedAt", due_at as "dueAt", calendar, suspensions, facts, closed_at as "closedAt"`
const taskColumns = sql`agency, id, case_id as "caseId", step, kind, role, unit, opened_at as "openedAt", due_at as "dueAt",
  claimed_by as "claimedBy", claimed_name as "claimedName", done_at as "doneAt", outcome, why`

/** The next number of a series that begins anew on `since`; the row stays locked until the commit: no gap, no double. */
export async function nextNumber(tx: Tx, agency: string, series: string, since: string): Promise<number> {
  const { last } = await tx.get<{ last: number }>(sql`
    insert into cases.counter (agency, series, since, last) values (${agency}, ${series}, ${since}, 1)
    on conflict (agency, series, since) do update set last = counter.last + 1 returning last`)
  return last
}

export async function insertDossier(tx: Tx, d: Dossier): Promise<void> {
  await tx.run(sql`
    insert into cases.dossier (agency, id, code, subject, applicant, service, definition, status, money_state, delivery_state, sync_state,
      process, form_values, revision, lang, submitted_at, due_at, calendar, suspensions, facts)
    values (${d.agency}, ${d.id}, ${d.code}, ${d.subject}, ${d.applicant}, ${d.service}, ${d.definition}, ${d.status}, ${d.moneyState},
      ${d.deliveryState}, ${d.syncState}, ${JSON.stringify(d.process)}, ${JSON.stringify(d.values)}, ${d.revision}, ${d.lang},
      ${d.submittedAt}, ${d.dueAt}, ${d.calendar}, ${JSON.stringify(d.suspensions)}, ${JSON.stringify(d.facts)})`)
}

/** The dossier as far as the actor may see it (row-level security). */
export function findDossier(tx: Tx, id: string): Promise<Dossier | undefined> {
  return tx.find<Dossier>(sql`select ${dossierColumns} from cases.dossier where id = ${id}`)
}

export function selectDossiersOf(tx: Tx, subject: string, limit: number): Promise<Dossier[]> {
  return tx.rows<Dossier>(sql`
    select ${dossierColumns} from cases.dossier where subject = ${subject} order by submitted_at desc limit ${limit}`)
}

/** Writes what a move changed; the answers, which are large, only where it changed them. False when somebody moved the case in between. */
export async function updateDossier(tx: Tx, d: Dossier, withValues: boolean): Promise<boolean> {
  const values = withValues ? JSON.stringify(d.values) : null
  const changed = await tx.run(sql`
    update cases.dossier set status = ${d.status}, money_state = ${d.moneyState}, delivery_state = ${d.deliveryState}, process = ${JSON.stringify(d.process)},
      form_values = coalesce(${values}::jsonb, form_values), revision = revision + 1, due_at = ${d.dueAt}, calendar = ${d.calendar},
      suspensions = ${JSON.stringify(d.suspensions)}, facts = ${JSON.stringify(d.facts)}, closed_at = ${d.closedAt}
    where agency = ${d.agency} and id = ${d.id} and revision = ${d.revision}`)
  return changed === 1
}

/** Notes whether registers of other sites have been reached; no move of the case. */
export async function noteSync(tx: Tx, { agency, id }: Dossier, state: Dossier["syncState"]): Promise<void> {
  await tx.run(sql`update cases.dossier set sync_state = ${state} where agency = ${agency} and id = ${id}`)
}

/** The answers alone. False when somebody moved the case in between. */
export async function updateValues(tx: Tx, { agency, id, revision, values }: Dossier): Promise<boolean> {
  const changed = await tx.run(sql`
    update cases.dossier set form_values = ${JSON.stringify(values)}, revision = revision + 1
    where agency = ${agency} and id = ${id} and revision = ${revision}`)
  return changed === 1
}

export async function insertTask(tx: Tx, t: Task): Promise<void> {
  await tx.run(sql`
    insert into cases.task (agency, id, case_id, step, kind, role, unit, opened_at, due_at, why)
    values (${t.agency}, ${t.id}, ${t.caseId}, ${t.step}, ${t.kind}, ${t.role}, ${t.unit}, ${t.openedAt}, ${t.dueAt}, ${t.why})`)
}

export function findOpenTask(tx: Tx, agency: string, caseId: string): Promise<Task | undefined> {
  return tx.find<Task>(
    sql`select ${taskColumns} from cases.task where agency = ${agency} and case_id = ${caseId} and done_at is null`,
  )
}

export function selectTasks(tx: Tx, agency: string, caseId: string): Promise<Task[]> {
  return tx.rows<Task>(
    sql`select ${taskColumns} from cases.task where agency = ${agency} and case_id = ${caseId} order by opened_at, id`,
  )
}

/** Claims the open task of a case and gives it; undefined when there is none that nobody has. */
export function claimOpen(tx: Tx, agency: string, caseId: string, by: string, name: string): Promise<Task | undefined> {
  return tx.find<Task>(sql`
    update cases.task set claimed_by = ${by}, claimed_name = ${name}, claimed_at = ${tx.now}
    where agency = ${agency} and case_id = ${caseId} and done_at is null and claimed_by is null
    returning ${taskColumns}`)
}

/** Where an official sits: whose tasks they see. */
export interface Seat {
  readonly agency: string
  readonly roles: readonly string[]
  readonly units: readonly string[]
}

const isFor = ({ agency, roles, units }: Seat) =>
  sql`t.agency = ${agency} and t.done_at is null and t.role = any (${roles}) and (t.unit is null or t.unit = any (${units}))`

/** Claims the most urgent open task that nobody has; one that a colleague is just claiming is passed over. */
export function claimFirst(tx: Tx, seat: Seat, by: string, name: string): Promise<Task | undefined> {
  return tx.find<Task>(sql`
    update cases.task set claimed_by = ${by}, claimed_name = ${name}, claimed_at = ${tx.now}
    where agency = ${seat.agency} and id = (
      select t.id from cases.task t join cases.dossier d on d.agency = t.agency and d.id = t.case_id
      where ${isFor(seat)} and t.claimed_by is null
      order by d.due_at, t.opened_at limit 1 for update of t skip locked)
    returning ${taskColumns}`)
}

/** False when it isn't this official's (any more). */
export async function release(tx: Tx, agency: string, taskId: string, by: string): Promise<boolean> {
  const changed = await tx.run(sql`update cases.task set claimed_by = null, claimed_name = null, claimed_at = null
    where agency = ${agency} and id = ${taskId} and claimed_by = ${by} and done_at is null`)
  return changed === 1
}

/** Closes the open task of a case, if it has one; false when `by` is told and somebody else has it by now. */
export async function closeTask(tx: Tx, agency: string, caseId: string, outcome: string, by?: string): Promise<boolean> {
  const closed = await tx.run(sql`update cases.task set done_at = ${tx.now}, outcome = ${outcome}
    where agency = ${agency} and case_id = ${caseId} and done_at is null
      and (${by ?? null}::uuid is null or claimed_by = ${by ?? null})`)
  return by === undefined || closed === 1
}

export interface QueueRow extends Task {
  readonly code: string
  readonly applicant: string
  readonly service: string
  readonly status: Dossier["status"]
  readonly caseDueAt: Date
}

/** Open tasks of a seat, the most urgent first. */
export function selectQueue(tx: Tx, seat: Seat, limit: number): Promise<QueueRow[]> {
  return tx.rows<QueueRow>(sql`
    select t.agency, t.id, t.case_id as "caseId", t.step, t.kind, t.role, t.unit, t.opened_at as "openedAt", t.due_at as "dueAt",
      t.claimed_by as "claimedBy", t.claimed_name as "claimedName", t.done_at as "doneAt", t.outcome, t.why,
      d.code, d.applicant, d.service, d.status, d.due_at as "caseDueAt"
    from cases.task t join cases.dossier d on d.agency = t.agency and d.id = t.case_id
    where ${isFor(seat)}
    order by d.due_at, t.opened_at limit ${limit}`)
}

/** The agency's cases by code or applicant's name, newest first. */
export function selectAgencyDossiers(tx: Tx, agency: string, words: string, limit: number): Promise<Dossier[]> {
  return tx.rows<Dossier>(sql`
    select ${dossierColumns} from cases.dossier
    where agency = ${agency} and (${words} = '' or strpos(code, ${words}) > 0 or strpos(lower(applicant), lower(${words})) > 0)
    order by submitted_at desc limit ${limit}`)
}

export interface QueueCounts {
  readonly mine: number
  readonly unclaimed: number
  readonly overdue: number
  readonly waiting: number
}

/** Open tasks of a seat: those of the account, those that nobody has, those of cases that are late; and what waits for applicants. */
export function countQueue(tx: Tx, seat: Seat, account: string): Promise<QueueCounts> {
  return tx.get<QueueCounts>(sql`
    select count(*) filter (where ${isFor(seat)} and t.claimed_by = ${account})::int as mine,
      count(*) filter (where ${isFor(seat)} and t.claimed_by is null)::int as unclaimed,
      count(*) filter (where ${isFor(seat)} and d.due_at < ${tx.now})::int as overdue,
      count(*) filter (where t.role = 'applicant')::int as waiting
    from cases.task t join cases.dossier d on d.agency = t.agency and d.id = t.case_id
    where t.agency = ${seat.agency} and t.done_at is null`)
}

export async function insertSupplement(tx: Tx, agency: string, s: Supplement): Promise<void> {
  await tx.run(sql`
    insert into cases.supplement (agency, id, case_id, items, asked_at, asked_name, answer_until)
    values (${agency}, ${s.id}, ${s.caseId}, ${JSON.stringify(s.items)}, ${s.askedAt}, ${s.askedName}, ${s.answerUntil})`)
}

export function selectSupplements(tx: Tx, agency: string, caseId: string): Promise<Supplement[]> {
  return tx.rows<Supplement & { items: readonly SupplementItem[] }>(sql`
    select id, case_id as "caseId", items, asked_at as "askedAt", asked_name as "askedName", answer_until as "answerUntil",
      answered_at as "answeredAt"
    from cases.supplement where agency = ${agency} and case_id = ${caseId} order by asked_at`)
}

/** False when it was answered before. */
export async function markAnswered(tx: Tx, agency: string, id: string): Promise<boolean> {
  const changed = await tx.run(
    sql`update cases.supplement set answered_at = ${tx.now} where agency = ${agency} and id = ${id} and answered_at is null`,
  )
  return changed === 1
}

/** Appends to the timeline. The caller's update holds the row of the dossier or of its open task, so numbers don't collide. */
export async function insertEvent(tx: Tx, agency: string, caseId: string, e: Omit<TimelineEvent, "seq" | "at">): Promise<void> {
  tx.send(sql`
    insert into cases.event (agency, case_id, seq, code, params, actor, occurred_at)
    select ${agency}, ${caseId}, coalesce(max(seq), 0) + 1, ${e.code}, ${JSON.stringify(e.params)}, ${e.actor}, ${tx.now}
    from cases.event where agency = ${agency} and case_id = ${caseId}`)
}

export function selectEvents(tx: Tx, agency: string, caseId: string): Promise<TimelineEvent[]> {
  return tx.rows<TimelineEvent>(sql`
    select seq, code, params, actor, occurred_at as at from cases.event where agency = ${agency} and case_id = ${caseId} order by seq`)
}

export interface Reading {
  readonly agency: string
  readonly caseId: string
  readonly reader: string
  readonly position: string
  readonly service: string
  readonly code: string
  readonly at: Date
}

export async function insertReading(tx: Tx, id: string, r: Omit<Reading, "at"> & { subject: string }): Promise<void> {
  await tx.run(sql`
    insert into cases.reading (agency, id, case_id, subject, reader, position, service, code, opened_at)
    values (${r.agency}, ${id}, ${r.caseId}, ${r.subject}, ${r.reader}, ${r.position}, ${r.service}, ${r.code}, ${tx.now})`)
}

export function selectReadings(tx: Tx, subject: string, from: Date, until: Date, limit: number): Promise<Reading[]> {
  return tx.rows<Reading>(sql`
    select agency, case_id as "caseId", reader, position, service, code, opened_at as at from cases.reading
    where subject = ${subject} and opened_at >= ${from} and opened_at < ${until} order by opened_at desc limit ${limit}`)
}
