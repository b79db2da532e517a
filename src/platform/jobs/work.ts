// Works one job: claims it, runs its handler in one transaction with the job's end, or notes why it failed.
import { type Actor, type Db, sql, type Tx } from "#platform/db"
import { Problem } from "#platform/problem"
import { enqueue } from "./enqueue.ts"

/** Does the work in `tx`; the job ends with the same commit. It may run again after a crash: nothing outside `tx` is taken back. */
export type Handler = (tx: Tx, payload: unknown) => Promise<void>

/** Handlers by the kind of job. `KIND.dead` is worked, with the same payload, when a job of KIND is given up. */
export type Handlers = Readonly<Record<string, Handler>>

interface Claimed {
  readonly id: string
  readonly kind: string
  readonly payload: unknown
  readonly attempts: number
}

/** A job that failed or crashed this often is dead: it stays, and an operator looks. About three hours in all. */
export const ATTEMPTS_MAX = 10
const FIRST_RETRY_SECONDS = 2
const RETRY_FACTOR = 4
const RETRY_SECONDS_MAX = 3_600
const FAULT_CHARACTERS_MAX = 500
const DONE_KEPT_DAYS = 30
const CLEARED_AT_ONCE_MAX = 1_000

const worker: Actor = { kind: "system", name: "jobs" }

/** Works all that is due now, one after the other, and gives how many jobs were tried. At most `max`. */
export async function workDue(db: Db, handlers: Handlers, max = 1_000): Promise<number> {
  let tried = 0
  while (tried < max && (await workOne(db, handlers))) tried++
  return tried
}

/** Works the job that is due longest; false when none is due. A handler's fault is noted, never thrown. */
export async function workOne(db: Db, handlers: Handlers): Promise<boolean> {
  const job = await db.tx(worker, (tx) => claim(tx, Object.keys(handlers)))
  if (!job) return false
  try {
    if (job.attempts > ATTEMPTS_MAX) throw new Error("the worker died in each attempt")
    await db.tx({ kind: "system", name: `jobs/${job.kind}` }, (tx) => perform(tx, job, handlers[job.kind]!))
  } catch (error) {
    await db.tx(worker, (tx) => noteFault(tx, job, error, handlers))
  }
  return true
}

/** Removes jobs done long ago; a job's key may be used again after that. */
export async function clearDone(db: Db): Promise<void> {
  await db.tx(worker, (tx) =>
    tx.run(sql`
      delete from platform.job where id in (
        select id from platform.job
        where state = 'done' and ended_at < ${tx.now}::timestamptz - make_interval(days => ${DONE_KEPT_DAYS}::integer)
        limit ${CLEARED_AT_ONCE_MAX})`),
  )
}

/**
 * Counts the attempt and puts the job off before it is tried, so that a job which kills its worker is tried later,
 * and not for ever.
 */
function claim(tx: Tx, kinds: readonly string[]): Promise<Claimed | undefined> {
  return tx.find<Claimed>(sql`
    update platform.job set
      attempts = attempts + 1,
      run_at = ${tx.now}::timestamptz
        + make_interval(secs => least(${FIRST_RETRY_SECONDS}::float8 * power(${RETRY_FACTOR}::float8, attempts), ${RETRY_SECONDS_MAX}))
    where id = (
      select id from platform.job
      where state = 'waiting' and run_at <= ${tx.now} and kind = any(${kinds}::text[])
      order by run_at limit 1
      for update skip locked)
    returning id, kind, payload, attempts`)
}

/**
 * The row's lock keeps a second worker away for as long as the handler takes. It is waited for: a worker that claims
 * another job may hold it for a moment, because PostgreSQL locks the newest version of a row before it looks at it again.
 */
async function perform(tx: Tx, job: Claimed, handler: Handler): Promise<void> {
  const held = await tx.find(sql`
    select id from platform.job where id = ${job.id} and state = 'waiting' and attempts = ${job.attempts} for update`)
  if (!held) return
  await handler(tx, job.payload)
  await tx.run(sql`update platform.job set state = 'done', ended_at = ${tx.now}, last_fault = null where id = ${job.id}`)
}

async function noteFault(tx: Tx, job: Claimed, error: unknown, handlers: Handlers): Promise<void> {
  const isDead = job.attempts >= ATTEMPTS_MAX
  const fault = faultText(error)
  await tx.run(sql`
    update platform.job set
      last_fault = ${fault},
      state = ${isDead ? "dead" : "waiting"},
      ended_at = ${isDead ? tx.now : null}
    where id = ${job.id} and state = 'waiting' and attempts = ${job.attempts}`)
  const heir = `${job.kind}.dead`
  if (isDead && Object.hasOwn(handlers, heir)) await enqueue(tx, { kind: heir, key: job.id, payload: job.payload })
  const about = { job: job.id, kind: job.kind, attempts: job.attempts, fault }
  if (isDead) tx.site.log.error(about, "a job is dead")
  else tx.site.log.warn(about, "a job failed and will be tried again")
}

/** What went wrong, without the values that messages quote: they could be personal data. */
export function faultText(error: unknown): string {
  if (error instanceof Problem) return `problem ${error.code}`
  const { name, message, code } = error as Error & { code?: string }
  const told = `${name}${code ? ` ${code}` : ""}: ${message}`
  return told
    .replace(/: "[^"]*"/g, ": …")
    .replace(/\d{6,}/g, "…")
    .slice(0, FAULT_CHARACTERS_MAX)
}
