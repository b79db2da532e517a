// Planning that running cases go on under another version: the dry run, the proposal, and the second person's word.
import { keepsCatalogue } from "#catalogue"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { enqueue } from "#platform/jobs"
import { problem } from "#problems"
import { layRoute, type MigrationWish } from "./lay-route.ts"
import { jobOf } from "./migrate-cases.ts"
import { type Route, type StayReason, stays } from "./migration.ts"
import {
  countRunning,
  findMigration,
  holdMigration,
  insertMigration,
  type Migration,
  selectMigrations,
  updateMigration,
} from "./store.migrations.ts"

const PLANS_MAX = 100
const REASON_MAX = 500

/** What a plan would do now: counts by step, of those that go and of those that stay and why. */
export interface DryRun {
  readonly route: Route
  readonly goes: readonly { readonly step: string; readonly to: string; readonly cases: number }[]
  readonly stays: readonly { readonly step: string; readonly why: StayReason; readonly cases: number }[]
  readonly moving: number
  readonly staying: number
}

function keeper(tx: Tx): { subject: string; name: string } {
  if (tx.actor.kind !== "official" || !keepsCatalogue(tx)) throw problem("not-allowed")
  return tx.actor
}

/** Tries a plan on the counts of running cases; moves nothing. Throws `not-allowed`, `migration-needless`, `step-map-incomplete`. */
export async function dryRunMigration(tx: Tx, wish: MigrationWish): Promise<DryRun> {
  keeper(tx)
  const route = await layRoute(tx, wish)
  const rows = await countRunning(tx, wish.service, wish.from)
  const judged = rows.map(({ at_step, asker, signed, cases }) => {
    const standing = {
      ...(at_step !== null && { at: at_step }),
      ...(asker !== null && { asker }),
      ...(signed && { signed: true as const }),
    }
    return { step: at_step ?? "", cases, why: stays(route, standing) }
  })
  const goes = judged.flatMap(({ step, cases, why }) => (why ? [] : [{ step, to: route.steps[step]!, cases }]))
  const stay = judged.flatMap(({ step, cases, why }) => (why ? [{ step, cases, why }] : []))
  return { route, goes, stays: stay, moving: sum(goes), staying: sum(stay) }
}

const sum = (rows: readonly { readonly cases: number }[]) => rows.reduce((total, { cases }) => total + cases, 0)

/** Proposes a plan with its law and reason; gives its id. Throws as the dry run does, and `legal-basis-missing`, `reason-missing`. */
export async function proposeMigration(tx: Tx, wish: MigrationWish & { legalBasis: string; reason: string }): Promise<string> {
  const { subject, name } = keeper(tx)
  await layRoute(tx, wish)
  const [legalBasis, reason] = [wish.legalBasis.trim().slice(0, REASON_MAX), wish.reason.trim().slice(0, REASON_MAX)]
  if (legalBasis === "") throw problem("legal-basis-missing")
  if (reason === "") throw problem("reason-missing")
  const id = newId(tx.now)
  const { service, from, to, steps, recompute } = wish
  const undecided = { decidedAt: null, decidedName: null, batches: 0, reached: null, moved: 0, stayed: 0, endedAt: null }
  const proposed = { proposedAt: tx.now, proposedBy: subject, proposedName: name }
  await insertMigration(tx, {
    id,
    service,
    from,
    to,
    steps,
    recompute,
    legalBasis,
    reason,
    state: "proposed",
    ...proposed,
    ...undecided,
  })
  return id
}

/** A plan of a service. Throws `not-allowed`, `not-found`. */
export async function getMigration(tx: Tx, id: string): Promise<Migration> {
  keeper(tx)
  const migration = await findMigration(tx, id)
  if (!migration) throw problem("not-found")
  return migration
}

/** The plans of a service, newest first, at most 100. Throws `not-allowed`. */
export function listMigrations(tx: Tx, service: string): Promise<Migration[]> {
  keeper(tx)
  return selectMigrations(tx, service, PLANS_MAX)
}

/** Lets a plan run: its first batch is left as a job. Throws `second-person-needed` for whoever proposed it, `migration-decided`. */
export async function approveMigration(tx: Tx, id: string): Promise<void> {
  const { subject, name } = keeper(tx)
  const migration = await holdProposed(tx, id)
  if (migration.proposedBy === subject) throw problem("second-person-needed")
  await updateMigration(tx, { ...migration, state: "running", decidedAt: tx.now, decidedName: name })
  await enqueue(tx, jobOf(id, 0))
}

/** Gives a proposed plan up. Throws `migration-decided`. */
export async function dropMigration(tx: Tx, id: string): Promise<void> {
  const { name } = keeper(tx)
  const migration = await holdProposed(tx, id)
  await updateMigration(tx, { ...migration, state: "dropped", decidedAt: tx.now, decidedName: name })
}

async function holdProposed(tx: Tx, id: string): Promise<Migration> {
  const migration = await holdMigration(tx, id)
  if (!migration) throw problem("not-found")
  if (migration.state !== "proposed") throw problem("migration-decided")
  return migration
}
