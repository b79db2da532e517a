// Ends a site from outside: the program that holds the data folder's lock, then a database left running.
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { LOCK_NAME } from "./bring-up.ts"
import { holderOf } from "./embedded/lock.ts"
import { signal } from "./embedded/processes.ts"
import { stopServer } from "./embedded/server.ts"

const STOP_MAX_MS = 90_000

/** Asks the program of `dataDir` to end, waits for it, and stops the embedded server that may still run. Says what ran. */
export async function stopSite(dataDir: string): Promise<{ program: boolean; server: boolean }> {
  const lock = join(dataDir, LOCK_NAME)
  const pid = holderOf(lock)
  if (pid !== undefined) signal(pid, "SIGTERM")
  const deadline = Date.now() + STOP_MAX_MS
  while (pid !== undefined && holderOf(lock) === pid) {
    if (Date.now() > deadline) throw new Error(`motlan (pid ${pid}) does not end`)
    await sleep(20)
  }
  return { program: pid !== undefined, server: await stopServer(join(dataDir, "postgres")) }
}
