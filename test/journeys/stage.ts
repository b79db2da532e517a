// The stage of a journey: the whole site on a port of this machine, its cast, its worker, and a browser.
import type { Browser } from "playwright-core"
import { caseJobs } from "#cases"
import { systemClock } from "#platform/clock"
import { type Db, openDb } from "#platform/db"
import { startWorker } from "#platform/jobs"
import type { Site } from "#platform/site"
import { openWeb } from "#web/server.ts"
import { publish } from "../../src/commands/publish.ts"
import { freePort } from "../free-port.ts"
import { openWorld, type World } from "../world.ts"
import { openChromium } from "./chromium.ts"

export interface Stage {
  /** Where the site is: `http://127.0.0.1:PORT`. */
  readonly origin: string
  /** Launched when first asked for. */
  browser(): Promise<Browser>
  /** The site's own door to its database. */
  readonly db: Db
  /** The database and the folder behind the site, for looking behind it. */
  readonly world: World
  close(): Promise<void>
}

/** Opens a site as `motlan start --demo` does, in a fresh database; the clock runs as in life. */
export async function openStage(): Promise<Stage> {
  const world = await openWorld({ demo: true })
  const port = await freePort()
  const site: Site = { ...world.site, origin: `http://127.0.0.1:${port}`, clock: systemClock }
  const db = openDb(world.connection, site)
  await publish(db)
  const web = await openWeb(site, db)
  await web.listen(port, "127.0.0.1")
  const worker = await startWorker(db, caseJobs, site.log)
  let launched: Promise<Browser> | undefined
  return {
    origin: site.origin,
    browser: () => {
      launched ??= openChromium()
      return launched
    },
    db,
    world,
    close: async () => {
      await (await launched)?.close()
      await worker.stop()
      await web.close()
      await db.close()
      await world.close()
    },
  }
}

/** Opens the pages of a world that stands already, by its own clock; the world itself is left to who opened it. */
export async function openStageOver(world: World): Promise<Stage> {
  const port = await freePort()
  // The sign-in must know the address before the site listens.
  Object.assign(world.site, { origin: `http://127.0.0.1:${port}` })
  const web = await openWeb(world.site, world.db)
  await web.listen(port, "127.0.0.1")
  const launched = openChromium()
  return {
    origin: world.site.origin,
    browser: () => launched,
    db: world.db,
    world,
    close: async () => {
      await (await launched).close()
      await web.close()
    },
  }
}
