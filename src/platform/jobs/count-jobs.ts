// How many jobs there are, for the operator's measures.
import { type Db, sql } from "#platform/db"

/** Jobs that are due now, that wait for their time or their next attempt, and that are dead. */
export function countJobs(db: Db): Promise<Readonly<Record<"due" | "later" | "dead", number>>> {
  return db.tx({ kind: "system", name: "measures" }, (tx) =>
    tx.get(sql`
      select count(*) filter (where state = 'waiting' and run_at <= ${tx.now}) as due,
        count(*) filter (where state = 'waiting' and run_at > ${tx.now}) as later,
        count(*) filter (where state = 'dead') as dead
      from platform.job where state <> 'done'`),
  )
}
