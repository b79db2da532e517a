// Moves the cases of a plan, a batch a job: each job is one transaction that leaves the next, so that a kill loses nothing and doubles nothing.
import { append } from "#audit"
import { countryOf } from "#country"
import { localDateOf } from "#engines/calendar"
import type { Tx } from "#platform/db"
import { enqueue, type NewJob } from "#platform/jobs"
import { calendarFor, calendarVersion, dueOf } from "./clock.ts"
import { layRoute } from "./lay-route.ts"
import { carried, type Route, stays } from "./migration.ts"
import {
  changeTasks,
  holdMigration,
  holdRunning,
  insertStays,
  type Migration,
  type Movable,
  type Moved,
  moveAll,
  updateMigration,
} from "./store.migrations.ts"

/** Cases of one batch: they are locked together, and an official waits for no more than these. */
export const MIGRATION_BATCH_CASES = 500

export const MIGRATION_JOB = "case-migration"

/** The job of a batch; batches count from 0. */
export const jobOf = (migration: string, batch: number): NewJob => ({
  kind: MIGRATION_JOB,
  key: `${migration}/${batch}`,
  payload: { migration, batch },
})

/** Moves one batch and leaves the next. A batch that was done before, or of a plan that has ended, does nothing. */
export async function migrateBatch(tx: Tx, payload: unknown): Promise<void> {
  const { migration: id, batch } = payload as { migration: string; batch: number }
  const plan = await holdMigration(tx, id)
  if (plan?.state !== "running" || plan.batches !== batch) return
  const route = await layRoute(tx, plan)
  const held = await holdRunning(tx, plan, MIGRATION_BATCH_CASES)
  const judged = held.map((one) => ({ one, why: stays(route, one.process) }))
  const moved = judged.flatMap(({ one, why }) => (why ? [] : [movedBy(tx, plan, route, one)]))
  const staying = judged.flatMap(({ one: { agency, id: caseId }, why }) => (why ? [{ agency, id: caseId, why }] : []))
  await moveAll(tx, plan, moved)
  await changeTasks(tx, moved, tasksOf(route))
  await insertStays(tx, id, staying)
  note(tx, plan, route, moved)
  const isLast = held.length < MIGRATION_BATCH_CASES
  await updateMigration(tx, {
    ...plan,
    batches: batch + 1,
    reached: held.at(-1)?.id ?? plan.reached,
    moved: plan.moved + moved.length,
    stayed: plan.stayed + staying.length,
    ...(isLast && { state: "done", endedAt: tx.now }),
  })
  if (!isLast) await enqueue(tx, jobOf(id, batch + 1))
}

function movedBy(tx: Tx, plan: Migration, route: Route, one: Movable): Moved {
  const process = carried(route, one.process)
  const told = { from: route.from.version, to: route.to.version, law: plan.legalBasis }
  const { agency, id, dueAt, calendar } = one
  if (!route.recomputes) return { agency, id, process, due: dueAt, calendar, params: told }
  const owner = countryOf(tx).agencies.get(agency) ?? { kind: "" }
  const { due } = dueOf(tx, owner, route.to.definition, one.submittedAt, one.suspensions)
  const day = (at: Date) => localDateOf(calendarFor(tx, owner), at)
  const params = { ...told, dueBefore: day(dueAt), dueAfter: day(due) }
  return { agency, id, process, due, calendar: calendarVersion(tx), params }
}

const tasksOf = ({ to, steps }: Route) =>
  Object.entries(steps).map(([from, target]) => {
    const { id, kind, role, unit } = to.process.steps.get(target)!
    return { from, step: id, kind, role, unit: unit ?? null }
  })

/** One entry for each agency of the batch; each case tells its own in its timeline. */
function note(tx: Tx, plan: Migration, { to }: Route, moved: readonly Moved[]): void {
  const counts = new Map<string, number>()
  for (const { agency } of moved) counts.set(agency, (counts.get(agency) ?? 0) + 1)
  for (const [agency, count] of counts) {
    const details = { migration: plan.id, service: plan.service, version: to.version, count }
    append(tx, { agency, event: "cases-migrated", details })
  }
}
