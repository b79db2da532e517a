// One site of the invented federation in a process of its own: its database, its log, and what its line needs.
import { createPrivateKey } from "node:crypto"
import { join } from "node:path"
import { openSealer } from "#evidence"
import { packageRoot } from "#platform/config"
import { bringUp, migrate, openDb, readMigrations } from "#platform/db"
import { siteOver } from "../crash/look-at-evidence.ts"
import { type Federation, INSTANCE, sealingKeyOf, tlsOf } from "./two-sites.ts"

/** Brings the site up over its data folder. `options` are those of its line but for the roads; lines are closed before `close`. */
export async function openOwnSite({ federation, id, data }: { federation: Federation; id: string; data: string }) {
  const site = await siteOver(data)
  const database = await bringUp({ dataDir: data, keys: site.keys, log: site.log })
  await migrate(database.migrator, readMigrations(join(packageRoot(), "db/migrations")), site.clock)
  const db = openDb(database.app, site)
  const own = federation.sites.find((one) => one.id === id)!
  const note = { name: `${id}.test/log`, private: createPrivateKey(own.noteKey) }
  const sealer = await openSealer({ db, site, book: id, key: sealingKeyOf(own, createPrivateKey(own.sealKey)), note })
  const close = async () => {
    await sealer.close()
    await db.close()
    await database.stop()
  }
  return { db, sealer, options: { site, instance: INSTANCE, tls: tlsOf(federation, own), folder: join(data, "line") }, close }
}
