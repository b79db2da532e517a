// `motlan start`: database, migrations, country pack, web, jobs; and the way down in the opposite order.
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { caseJobs } from "#cases"
import { type Country, loadCountry } from "#country"
import { countDeliveries } from "#exchange"
import { exchangeMeasures } from "#oversight"
import { boundHeap, type Config, packageRoot } from "#platform/config"
import { openKeys } from "#platform/crypto"
import { bringUp, type Db, migrate, openDb, readMigrations } from "#platform/db"
import { countJobs, type Handlers, startWorker } from "#platform/jobs"
import { openLog } from "#platform/log"
import type { Site } from "#platform/site"
import type { Sources } from "#sources"
import { openWeb } from "#web/server.ts"
import { announcement } from "./announce.ts"
import { federate, findFile } from "./federate.ts"
import { linkDeclared } from "./link-sources.ts"
import { openSite } from "./open-site.ts"
import { publish, refuseOtherKind } from "./publish.ts"

const DRAIN_MAX_MS = 20_000
/** npm and a terminal may both pass on the same Ctrl-C. */
const SAME_SIGNAL_MS = 1_000

/** Work that follows deeds, by kind of job. */
const handlers: Handlers = { ...caseJobs }

type Step = () => Promise<unknown>

/** Runs the site until SIGTERM or SIGINT; resolves when everything is stopped. */
export async function start(config: Config): Promise<number> {
  const began = performance.now()
  boundHeap()
  const down: Step[] = []
  const asked = askedToEnd()
  try {
    const { site, country, db, about, sources } = await openData(config, down)
    const web = await openWeb(site, db, {
      languages: country.languages,
      gauges: [jobsGauge(db), deliveriesGauge(db), ...exchangeMeasures(site), ...sources.measures],
    })
    const address = await web.listen(config.port, config.host)
    down.push(() => within(DRAIN_MAX_MS, web.close()))
    const worker = await startWorker(db, handlers, site.log)
    down.push(() => within(DRAIN_MAX_MS, worker.stop()))
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    console.log(announcement(site, country, { address, seconds, about }).join("\n"))
    await asked
    return 0
  } finally {
    // Worker and web end before the database that they need.
    for (const step of down.reverse()) await step().catch((error: Error) => console.error(`motlan: ${error.message}`))
  }
}

const jobsGauge = (db: Db) => ({
  name: "motlan_jobs",
  help: "jobs that are due, that wait for their time or next attempt, and that are dead",
  label: "state",
  read: () => countJobs(db),
})

const deliveriesGauge = (db: Db) => ({
  name: "motlan_deliveries",
  help: "what stands in the outbox for other sites without a receipt, and what was given up",
  label: "state",
  read: () => countDeliveries(db),
})

interface OpenedData {
  readonly site: Site
  readonly country: Country
  readonly db: Db
  /** What is to be said of the site's place in a federation. */
  readonly about: readonly string[]
  readonly sources: Sources
}

/** Everything that must stand before the first request; `down` gains what undoes it. */
async function openData(config: Config, down: Step[]): Promise<OpenedData> {
  mkdirSync(config.data, { recursive: true, mode: 0o700 })
  const keys = openKeys(join(config.data, "keys"))
  const log = openLog(config.logLevel)
  const bringing = bringUp({ dataDir: config.data, keys, url: config.databaseUrl, appUrl: config.databaseAppUrl, log })
  // The pack is read while PostgreSQL starts; a fault of one must not leave the other running.
  bringing.catch(() => undefined)
  const loading = Promise.resolve().then(() => loadCountry(config.country))
  loading.catch(() => undefined)
  const database = await bringing
  down.push(() => database.stop())
  const country = await loading
  const found = findFile(config, country)
  const site = await openSite(config, keys, country, log)
  const applied = await migrate(database.migrator, readMigrations(join(packageRoot(), "db/migrations")), site.clock)
  const db = openDb(database.app, site)
  down.push(() => db.close())
  await refuseOtherKind(db)
  const published = await publish(db, found?.file.agencies)
  const counts = { services: published.services.published.length, changed: published.agencies.changed, seeds: published.seeds }
  site.log.info({ database: database.how, migrations: applied.length, ...counts }, "the site is ready")
  const sources = linkDeclared(config, site, country, down)
  const about = found ? await federate({ config, site, db, database, found }, down) : []
  return { site, country, db, about, sources }
}

/** Resolves at the first signal; another one after a moment ends the program at once, and the next start recovers. */
function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined
    const hear = () => {
      if (first !== undefined && performance.now() - first > SAME_SIGNAL_MS) process.exit(1)
      first ??= performance.now()
      resolve()
    }
    process.on("SIGTERM", hear)
    process.on("SIGINT", hear)
  })
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}
