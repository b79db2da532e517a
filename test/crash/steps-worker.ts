// A worker of the site that works the jobs of cases until it is killed; it waits for the word, so that the kill meets it at work.
import { caseJobs } from "#cases"
import { loadCountry } from "#country"
import { standingClock } from "#platform/clock"
import { openKeys } from "#platform/crypto"
import { openDb } from "#platform/db"
import { openFiles } from "#platform/files"
import { workDue } from "#platform/jobs"
import { openLog } from "#platform/log"
import type { Site } from "#platform/site"

/** What the worker is told when it begins. */
export interface Orders {
  readonly connection: object
  readonly dir: string
  readonly country: string
}

const { connection, dir, country } = JSON.parse(process.argv[2]!) as Orders
const standing = standingClock(new Date(0))
const site: Site = {
  origin: "http://127.0.0.1:8080",
  clock: standing.clock,
  log: openLog("silent"),
  files: await openFiles(`${dir}/files`),
  keys: openKeys(`${dir}/keys`),
  reference: loadCountry(country),
  demo: true,
}
const db = openDb(connection, site)
// Everything that takes long the first time is taken once before the word: a statement that finds nothing.
await workDue(db, { "trial.none": async () => undefined })
process.on("message", (now: number) => {
  standing.move(now - standing.clock().getTime())
  void workDue(db, caseJobs).then(() => process.send!("idle"))
})
process.send!("ready")
