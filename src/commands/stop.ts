// `motlan stop`: ends the program that works on a data folder, and the database that it or a killed one left running.
import type { Config } from "#platform/config"
import { stopSite } from "#platform/db"

/** Ends the site and waits for its end. Stopping what does not run is no fault. */
export async function stop(config: Config): Promise<number> {
  const ended = await stopSite(config.data)
  console.log(ended.program || ended.server ? `stopped: ${config.data}` : `nothing runs on ${config.data}`)
  return 0
}
