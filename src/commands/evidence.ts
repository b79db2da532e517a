// `motlan evidence export MESSAGE`: writes what this site can prove of one exchange, to be checked anywhere by `motlan verify exchange`.
import { exportExchange } from "#evidence"
import { knownKeys } from "#federation"
import type { Config } from "#platform/config"
import type { Actor } from "#platform/db"
import { alongside } from "./alongside.ts"

const SYSTEM: Actor = { kind: "system", name: "evidence" }

/** Prints the bundle as JSON; 1 when this site has none, 2 when it is not spelt rightly. */
export async function evidence(config: Config, names: readonly string[]): Promise<number> {
  const [verb, message, ...more] = names
  if (verb !== "export" || message === undefined || more.length > 0) {
    console.error("motlan evidence export MESSAGE > FILE")
    return 2
  }
  return alongside(config, async ({ db, isFederated }) => {
    if (!isFederated) {
      console.error("this site has no site.yaml: it exchanges with nobody and keeps no evidence")
      return 1
    }
    const bundle = await db.tx(SYSTEM, async (tx) => {
      const known = await knownKeys(tx)
      return exportExchange(tx, known.site, message, known)
    })
    if (!bundle) {
      console.error(`no evidence of ${message} here; that of the last seconds lies too near for a checkpoint`)
      return 1
    }
    console.log(JSON.stringify(bundle, undefined, 2))
    return 0
  })
}
