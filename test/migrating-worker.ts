// A worker of the site that is killed in the middle of a batch of a migration: after its statements, before the commit.
import { caseJobs } from "#cases"
import { loadCountry } from "#country"
import { standingClock } from "#platform/clock"
import { openKeys } from "#platform/crypto"
import { openDb } from "#platform/db"
import { workDue } from "#platform/jobs"
import { openLog } from "#platform/log"
import type { Site } from "#platform/site"

const told = JSON.parse(process.argv[2]!) as { connection: object; at: string; dir: string; country: string; batches: number }
const site = {
  clock: standingClock(new Date(told.at)).clock,
  log: openLog("silent"),
  keys: openKeys(told.dir),
  reference: loadCountry(told.country),
  demo: true,
} as unknown as Site
const db = openDb(told.connection, site)
let left = told.batches
await workDue(db, {
  "case-migration": async (tx, payload) => {
    await caseJobs["case-migration"](tx, payload)
    if (left-- > 0) return
    await tx.rows({ text: "select 1", values: [] } as never)
    process.kill(process.pid, "SIGKILL")
    await new Promise(() => setTimeout(() => undefined, 10_000))
  },
})
