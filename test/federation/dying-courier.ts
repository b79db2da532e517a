// A courier that is killed with a parcel in its hands: its parent posts what it would post, and ends it before the answer is there.
import { loadCountry } from "#country"
import { carryParcels, linkSites } from "#exchange"
import { openAccessList, type SiteFile } from "#federation"
import { standingClock } from "#platform/clock"
import { openKeys } from "#platform/crypto"
import { openDb } from "#platform/db"
import { openLog } from "#platform/log"
import type { Site } from "#platform/site"

export interface CourierOrder {
  readonly connection: object
  readonly at: string
  readonly file: SiteFile
  readonly keys: string
}

process.once("message", (order: CourierOrder) => void carryUntilDeath(order))

async function carryUntilDeath({ connection, at, file, keys }: CourierOrder): Promise<void> {
  const reference = await loadCountry("countries/viet-nam")
  const site = {
    ...{ clock: standingClock(new Date(at)).clock, log: openLog("silent"), keys: openKeys(keys), reference, demo: true },
  } as unknown as Site
  const db = openDb(connection, site)
  const access = await openAccessList(db)
  const ask = (asked: unknown): Promise<never> => {
    process.send!(asked)
    return new Promise(() => setTimeout(() => undefined, 60_000))
  }
  linkSites(site, { file, access, ask })
  await carryParcels(db, site)
}
