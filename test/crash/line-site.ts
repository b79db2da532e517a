// One site of the line as a process to be killed: told by its parent what it is, it brings up its database, its log and its line.
import { createPrivateKey } from "node:crypto"
import { join } from "node:path"
import { openSealer } from "#evidence"
import { openLine } from "#line"
import { packageRoot } from "#platform/config"
import { bringUp, migrate, openDb, readMigrations } from "#platform/db"
import { type Federation, INSTANCE, roadsOf, sealingKeyOf, tlsOf } from "../line/two-sites.ts"
import { siteOver } from "./look-at-evidence.ts"

export interface LineSiteOrder {
  readonly federation: Federation
  readonly id: string
  readonly data: string
  /** Line addresses by site. */
  readonly addresses: readonly (readonly [string, string])[]
  readonly peers: number
  readonly clients: number
  /** Where the service is. */
  readonly url: string
}

process.once("message", (order: LineSiteOrder) => void serve(order))

async function serve({ federation, id, data, addresses, peers, clients, url }: LineSiteOrder): Promise<void> {
  const site = await siteOver(data)
  const database = await bringUp({ dataDir: data, keys: site.keys, log: site.log })
  await migrate(database.migrator, readMigrations(join(packageRoot(), "db/migrations")), site.clock)
  const db = openDb(database.app, site)
  const own = federation.sites.find((one) => one.id === id)!
  const note = { name: `${id}.test/log`, private: createPrivateKey(own.noteKey) }
  const sealer = await openSealer({ db, site, book: id, key: sealingKeyOf(own, createPrivateKey(own.sealKey)), note })
  const roads = roadsOf(federation, id, { addresses: new Map(addresses), url })
  const line = openLine({ site, instance: INSTANCE, tls: tlsOf(federation, own), folder: join(data, "line"), sealer, roads })
  await line.listenToPeers(peers, "127.0.0.1")
  await line.listenToClients(clients, "127.0.0.1")
  process.on("message", async () => {
    await line.close()
    await sealer.close()
    await db.close()
    await database.stop()
    process.exit(0)
  })
  process.send!("ready")
}
