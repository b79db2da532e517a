// Leaves a job in the transaction of the deed that needs it: both happen, or neither.
import { sql, type Tx } from "#platform/db"
import { newId } from "#platform/ids"

export interface NewJob {
  /** Names the handler: "notices.send". */
  readonly kind: string
  /** Names the work among those of its kind: the same key is done once. At most 200 characters. */
  readonly key: string
  /** JSON for the handler: ids and codes, never personal data. */
  readonly payload: unknown
  /** Not before; default at once. */
  readonly runAt?: Date
}

/** The channel that wakes workers. */
export const CHANNEL = "motlan_job"

/**
 * Leaves a job; it runs after the commit, in a transaction of its own. A job of this kind and key that is there
 * already (waiting, dead, or done within the last 30 days) stays as it is, and nothing is added.
 */
export async function enqueue(tx: Tx, job: NewJob): Promise<void> {
  await tx.run(sql`
    insert into platform.job (id, kind, key, payload, run_at, created_at)
    values (${newId(tx.now)}, ${job.kind}, ${job.key}, ${JSON.stringify(job.payload)}, ${job.runAt ?? tx.now}, ${tx.now})
    on conflict do nothing`)
  tx.wake(CHANNEL)
}
