// One site of the line as a process of its own: told by its parent what it is, it listens, and says what processor time it took.
import { openLine } from "#line"
import { boundHeap } from "#platform/config"
import { sql } from "#platform/db"
import { openOwnSite } from "../test/line/own-site.ts"
import { type Federation, roadsOf } from "../test/line/two-sites.ts"

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
  /** Sealed here or got from a peer: four for an exchange, two a site. */
  readonly messages: number
  /** Of all rows with evidence, as stored. */
  readonly bytes: number
}

const kept = sql`
  select count(*)::int as batches, (sum(octet_length(tags)) / 8)::int as messages, sum(octet_length(records) + octet_length(signature) + octet_length(root) + octet_length(tags) + 100)::int as bytes from evidence.batch b`

/** For peers and for clients. */
interface LinePorts {
  readonly peers: number
  readonly clients: number
}

boundHeap()
process.once("message", (order: LineSiteOrder) => void serve(order))

/** Opens the line twice: once as it is, once without evidence, to be measured against each other in one process. */
async function serve({ federation, id, data, addresses, ports, url }: LineSiteOrder): Promise<void> {
  const { db, sealer, options, close } = await openOwnSite({ federation, id, data })
  const sealed = openLine({ ...options, sealer, roads: roadsOf(federation, id, { addresses: new Map(addresses), url }) })
  const bareAt = new Map(addresses.map(([name, address]) => [name, address.replace(/\d+$/, (port) => String(Number(port) + 1))]))
  const bare = openLine({ ...options, roads: roadsOf(federation, id, { addresses: bareAt, url }) })
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
    await close()
    process.exit(0)
  })
  process.send!("ready")
}
