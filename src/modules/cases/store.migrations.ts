// Statements on plans of migration, on the cases that they move and on those that they leave.
import { sql, type Tx } from "#platform/db"
import type { Dossier } from "./dossier.ts"
import type { StayReason, StepMap } from "./migration.ts"

/** A plan by which running cases go on under another version. */
export interface Migration {
  readonly id: string
  readonly service: string
  readonly from: string
  readonly to: string
  readonly steps: StepMap
  readonly recompute: boolean
  readonly legalBasis: string
  readonly reason: string
  readonly state: "proposed" | "running" | "done" | "dropped"
  readonly proposedAt: Date
  readonly proposedBy: string
  readonly proposedName: string
  readonly decidedAt: Date | null
  readonly decidedName: string | null
  readonly batches: number
  /** The last case that was looked at. */
  readonly reached: string | null
  readonly moved: number
  readonly stayed: number
  readonly endedAt: Date | null
}

const columns = sql`id, service, from_hash as "from", to_hash as "to", steps, recompute, legal_basis as "legalBasis", reason, state,
  proposed_at as "proposedAt", proposed_by as "proposedBy", proposed_name as "proposedName", decided_at as "decidedAt",
  decided_name as "decidedName", batches, reached, moved, stayed, ended_at as "endedAt"`

export async function insertMigration(tx: Tx, m: Migration): Promise<void> {
  await tx.run(sql`
    insert into cases.migration (id, service, from_hash, to_hash, steps, recompute, legal_basis, reason, state, proposed_at, proposed_by,
      proposed_name)
    values (${m.id}, ${m.service}, ${m.from}, ${m.to}, ${JSON.stringify(m.steps)}, ${m.recompute}, ${m.legalBasis}, ${m.reason},
      ${m.state}, ${m.proposedAt}, ${m.proposedBy}, ${m.proposedName})`)
}

export function findMigration(tx: Tx, id: string): Promise<Migration | undefined> {
  return tx.find<Migration>(sql`select ${columns} from cases.migration where id = ${id}`)
}

/** The same, held until the commit. */
export function holdMigration(tx: Tx, id: string): Promise<Migration | undefined> {
  return tx.find<Migration>(sql`select ${columns} from cases.migration where id = ${id} for update`)
}

/** Plans of a service, newest first. */
export function selectMigrations(tx: Tx, service: string, limit: number): Promise<Migration[]> {
  return tx.rows<Migration>(sql`
    select ${columns} from cases.migration where service = ${service} order by proposed_at desc limit ${limit}`)
}

export async function updateMigration(tx: Tx, m: Migration): Promise<void> {
  await tx.run(sql`
    update cases.migration set state = ${m.state}, decided_at = ${m.decidedAt}, decided_name = ${m.decidedName},
      batches = ${m.batches}, reached = ${m.reached}, moved = ${m.moved}, stayed = ${m.stayed}, ended_at = ${m.endedAt}
    where id = ${m.id}`)
}

export interface RunningRow {
  readonly at_step: string | null
  readonly asker: string | null
  readonly signed: boolean
  readonly cases: number
}

/** How many running cases of a version stand where, over all agencies. */
export function countRunning(tx: Tx, service: string, definition: string): Promise<RunningRow[]> {
  return tx.rows<RunningRow>(sql`select at_step, asker, signed, cases from cases.running(${service}, ${definition})`)
}

/** What a plan reads of a case; the answers stay where they are. */
export type Movable = Pick<Dossier, "agency" | "id" | "process" | "submittedAt" | "dueAt" | "calendar" | "suspensions">

/** The next running cases of a version after `after`, in the order of their ids, held until the commit. */
export function holdRunning(tx: Tx, m: Migration, limit: number): Promise<Movable[]> {
  return tx.rows<Movable>(sql`
    select agency, id, process, submitted_at as "submittedAt", due_at as "dueAt", calendar, suspensions
    from cases.dossier
    where service = ${m.service} and definition = ${m.from} and closed_at is null
      and (${m.reached}::uuid is null or id > ${m.reached}::uuid)
    order by id limit ${limit} for update`)
}

/** A case as it goes on. */
export interface Moved {
  readonly agency: string
  readonly id: string
  readonly process: Dossier["process"]
  readonly due: Date
  readonly calendar: string | null
  readonly params: Readonly<Record<string, string | number>>
}

/** Writes the cases of one batch: pinned to their new version, their deadline, and the line in their timeline. */
export async function moveAll(tx: Tx, m: Migration, moved: readonly Moved[]): Promise<void> {
  const rows = JSON.stringify(moved)
  tx.send(sql`
    update cases.dossier d set definition = ${m.to}, process = r.process, due_at = r.due, calendar = r.calendar, revision = d.revision + 1
    from jsonb_to_recordset(${rows}::jsonb) r (agency text, id uuid, process jsonb, due timestamptz, calendar text)
    where d.agency = r.agency and d.id = r.id`)
  await tx.run(sql`
    insert into cases.event (agency, case_id, seq, code, params, actor, occurred_at)
    select r.agency, r.id, coalesce((select max(e.seq) from cases.event e where e.agency = r.agency and e.case_id = r.id), 0) + 1,
      'migrated', r.params, ${m.decidedName ?? ""}, ${tx.now}
    from jsonb_to_recordset(${rows}::jsonb) r (agency text, id uuid, params jsonb)`)
}

/** A step as its open task says it. */
export interface TaskChange {
  readonly from: string
  readonly step: string
  readonly kind: string
  readonly role: string
  readonly unit: string | null
}

/** Says of the open tasks of these cases what their steps are now; a task that goes to other hands is given back. */
export async function changeTasks(tx: Tx, moved: readonly Moved[], changes: readonly TaskChange[]): Promise<void> {
  await tx.run(sql`
    update cases.task t set step = c.step, kind = c.kind, role = c.role, unit = c.unit,
      claimed_by = case when t.role = c.role and t.unit is not distinct from c.unit then t.claimed_by end,
      claimed_name = case when t.role = c.role and t.unit is not distinct from c.unit then t.claimed_name end
    from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) r (agency text, id uuid),
      jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) c ("from" text, step text, kind text, role text, unit text)
    where t.agency = r.agency and t.case_id = r.id and t.done_at is null and t.step = c."from"`)
}

export async function insertStays(
  tx: Tx,
  migration: string,
  stays: readonly { agency: string; id: string; why: StayReason }[],
): Promise<void> {
  if (stays.length === 0) return
  await tx.run(sql`
    insert into cases.migration_stay (agency, migration, case_id, why, noted_at)
    select r.agency, ${migration}, r.id, r.why, ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(stays)}::jsonb) r (agency text, id uuid, why text)`)
}
