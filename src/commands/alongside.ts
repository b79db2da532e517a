// Opens a data folder for a single command, alongside a running site where there is one.
import { dirname, join } from "node:path"
import { findSiteFile, openStanding, readSiteFile } from "#federation"
import type { Config } from "#platform/config"
import { openKeys } from "#platform/crypto"
import { bringUp, type Db, openDb } from "#platform/db"
import { openLog } from "#platform/log"
import type { Site } from "#platform/site"
import { openSite } from "./open-site.ts"

export interface Alongside {
  readonly site: Site
  readonly db: Db
  /** Has it a place in a federation? Then its standing is open. */
  readonly isFederated: boolean
}

/** Does the work and closes what was opened; a database that ran before runs on. `reference` is the country pack, where one is needed. */
export async function alongside<T>(config: Config, work: (open: Alongside) => Promise<T>, reference?: unknown): Promise<T> {
  const keys = openKeys(join(config.data, "keys"))
  const { data: dataDir, databaseUrl: url, databaseAppUrl: appUrl } = config
  const database = await bringUp({ dataDir, keys, url, appUrl, alongside: true })
  const site = await openSite(config, keys, reference, openLog("silent"))
  const db = openDb(database.app, site)
  try {
    const file = findSiteFile(config.data, config.site)
    if (file !== undefined) await openStanding(db, site, readSiteFile(file), dirname(file))
    return await work({ site, db, isFederated: file !== undefined })
  } finally {
    await db.close()
    await database.stop()
  }
}
