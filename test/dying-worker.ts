// A worker that is killed in the middle of a job: after the handler's statements, before the commit.
import { standingClock } from "#platform/clock"
import { openDb, sql } from "#platform/db"
import { workDue } from "#platform/jobs"
import { openLog } from "#platform/log"
import type { Site } from "#platform/site"

const { connection, at } = JSON.parse(process.argv[2]!) as { connection: object; at: string }
const site = { clock: standingClock(new Date(at)).clock, log: openLog("silent") } as unknown as Site
const db = openDb(connection, site)
await workDue(db, {
  "trial.note": async (tx, payload) => {
    await tx.run(sql`insert into platform.site_fact (name, value, noted_at) values (${payload}, 'true', ${tx.now})`)
    process.kill(process.pid, "SIGKILL")
    await new Promise(() => setTimeout(() => undefined, 10_000))
  },
})
