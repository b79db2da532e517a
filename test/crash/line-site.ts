// One site of the line as a process to be killed: told by its parent what it is, it brings up its database, its log and its line.
import { openLine } from "#line"
import { openOwnSite } from "../line/own-site.ts"
import { type Federation, roadsOf } from "../line/two-sites.ts"

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
  const { sealer, options, close } = await openOwnSite({ federation, id, data })
  const line = openLine({ ...options, sealer, roads: roadsOf(federation, id, { addresses: new Map(addresses), url }) })
  await line.listenToPeers(peers, "127.0.0.1")
  await line.listenToClients(clients, "127.0.0.1")
  process.on("message", async () => {
    await line.close()
    await close()
    process.exit(0)
  })
  process.send!("ready")
}
