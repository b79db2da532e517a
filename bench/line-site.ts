// One site of the line as a process of its own: told by its parent what it is, it listens, and says what processor time it took.
import { createPrivateKey } from "node:crypto"
import { join } from "node:path"
import { openSealer } from "#evidence"
import { openLine } from "#line"
import { systemClock } from "#platform/clock"
import { packageRoot } from "#platform/config"
import { openKeys } from "#platform/crypto"
import { bringUp, migrate, openDb, readMigrations, sql } from "#platform/db"
import { openFiles } from "#platform/files"
import { openLog } from "#platform/log"
import type { Site } from "#platform/site"
import { type Federation, INSTANCE, roadsOf, sealingKeyOf, tlsOf } from "../test/line/two-sites.ts"

export interface LineSiteOrder {
  readonly federation: Federation
  readonly id: string
  readonly data: string
  /** Line addresses by site. */
  readonly addresses: readonly (readonly [string, string])[]
  readonly ports: { readonly sealed: LinePorts; readonly bare: LinePorts }
  /** Where the service is. */
  readonly url: string
}

/** What the log of this site holds. */
export interface Kept {
  readonly batches: number
  readonly records: number
  /** Of all rows with evidence, as stored. */
  readonly bytes: number
}

const kept = sql`
  select count(*)::int as batches, sum(size)::int as records, sum(octet_length(records) + octet_length(signature) + octet_length(root) + 100)::int as bytes from evidence.batch b`

/** For peers and for clients. */
interface LinePorts {
  readonly peers: number
  readonly clients: number
}

process.once("message", (order: LineSiteOrder) => void serve(order))

/** Opens the line twice: once as it is, once without evidence, to be measured against each other in one process. */
async function serve({ federation, id, data, addresses, ports, url }: LineSiteOrder): Promise<void> {
  const keys = openKeys(join(data, "keys"))
  const database = await bringUp({ dataDir: data, keys })
  const site: Site = {
    origin: "http://127.0.0.1",
    clock: systemClock,
    log: openLog("error"),
    files: await openFiles(join(data, "files")),
    keys,
    reference: undefined,
    demo: false,
  }
  await migrate(database.migrator, readMigrations(join(packageRoot(), "db/migrations")), site.clock)
  const db = openDb(database.app, site)
  const own = federation.sites.find((one) => one.id === id)!
  const note = { name: `${id}.test/log`, private: createPrivateKey(own.noteKey) }
  const sealer = await openSealer({ db, site, book: id, key: sealingKeyOf(own, createPrivateKey(own.sealKey)), note })
  const common = { site, instance: INSTANCE, tls: tlsOf(federation, own), folder: join(data, "line") }
  const sealed = openLine({ ...common, sealer, roads: roadsOf(federation, id, { addresses: new Map(addresses), url }) })
  const bareAt = new Map(addresses.map(([name, address]) => [name, address.replace(/\d+$/, (port) => String(Number(port) + 1))]))
  const bare = openLine({ ...common, roads: roadsOf(federation, id, { addresses: bareAt, url }) })
  for (const [line, at] of [
    [sealed, ports.sealed],
    [bare, ports.bare],
  ] as const) {
    await line.listenToPeers(at.peers, "127.0.0.1")
    await line.listenToClients(at.clients, "127.0.0.1")
  }
  process.on("message", async (asked) => {
    if (asked === "cpu") process.send!(process.cpuUsage())
    if (asked === "kept") process.send!(await db.tx({ kind: "system", name: "bench" }, (tx) => tx.get(kept)))
    if (asked !== "stop") return
    await Promise.all([sealed.close(), bare.close()])
    await sealer.close()
    await db.close()
    await database.stop()
    process.exit(0)
  })
  process.send!("ready")
}
