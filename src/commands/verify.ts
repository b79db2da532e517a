// `motlan verify log`: walks the book, also while the site runs.
import { join } from "node:path"
import { verifyBook } from "#audit"
import type { Config } from "#platform/config"
import { openKeys } from "#platform/crypto"
import { bringUp, openDb } from "#platform/db"
import { openLog } from "#platform/log"
import { openSite } from "./open-site.ts"

/** Prints the first broken link of each agency; 1 when there is any, or when `names` is not what can be verified. */
export async function verify(config: Config, names: readonly string[]): Promise<number> {
  if (names[0] !== "log") {
    console.error("motlan verify log: what to verify is missing or unknown")
    return 2
  }
  const keys = openKeys(join(config.data, "keys"))
  const { data: dataDir, databaseUrl: url, databaseAppUrl: appUrl } = config
  const database = await bringUp({ dataDir, keys, url, appUrl, alongside: true })
  const db = openDb(database.app, await openSite(config, keys, undefined, openLog("silent")))
  try {
    const verdict = await db.tx({ kind: "system", name: "verify" }, (tx) => verifyBook(tx))
    for (const { agency, seq, reason } of verdict.broken) console.log(`${agency}: entry ${seq} is ${reason}`)
    const count = `${verdict.entries} entries of ${verdict.agencies} agencies`
    console.log(
      verdict.broken.length === 0 ? `${count}: every link holds` : `${count}: ${verdict.broken.length} chains are broken`,
    )
    return verdict.broken.length === 0 ? 0 : 1
  } finally {
    await db.close()
    await database.stop()
  }
}
