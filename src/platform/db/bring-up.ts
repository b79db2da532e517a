// Brings up the site's database: the embedded server of the data folder, or a server of one's own named by URLs.
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import type pg from "pg"
import type { KeyStore } from "#platform/crypto"
import type { Log } from "#platform/log"
import { holderOf, type Lock, takeLock } from "./embedded/lock.ts"
import { findServer, startServer, stopServer } from "./embedded/server.ts"
import { APP, ensureAppRole, ensureEmbedded, MIGRATOR, refuseWeakWalls } from "./roles.ts"

export interface Database {
  /** Owns the tables; migrates. */
  readonly migrator: pg.ClientConfig
  /** Does the work: no superuser, no way around row-level security. */
  readonly app: pg.PoolConfig
  readonly how: "made" | "started" | "adopted" | "own"
  /** Stops the embedded server and frees the data folder; a server of one's own is left alone. */
  stop(): Promise<void>
}

export interface BringUp {
  readonly dataDir: string
  readonly keys: KeyStore
  /** A server of one's own: this URL is the migrator's. */
  readonly url?: string | undefined
  /** The application role's URL there; without it the role is made with a password kept in the keys. */
  readonly appUrl?: string | undefined
  readonly mayUseNamespace?: boolean
  readonly log?: Log
  /** Looks on while another program works on the data folder: takes no lock then, and stops nothing. */
  readonly alongside?: boolean
}

const LOOK_EVERY_MS = 1_000

export const LOCK_NAME = "motlan.lock"

/** Takes the data folder's lock (throws LockHeld) and brings up the database with its two roles. */
export async function bringUp(options: BringUp): Promise<Database> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const lock = lockOf(options)
  try {
    const database = options.url ? await ownServer(options, options.url, lock) : await embedded(options, lock)
    await refuseWeakWalls(database.app)
    return database
  } catch (error) {
    lock?.release()
    throw error
  }
}

function lockOf({ dataDir, alongside }: BringUp): Lock | undefined {
  const path = join(dataDir, LOCK_NAME)
  return alongside && holderOf(path) !== undefined ? undefined : takeLock(path)
}

async function embedded(options: BringUp, lock: Lock | undefined): Promise<Database> {
  const password = (name: string) => options.keys.secret(`postgres-${name}`).toString("base64url")
  const folder = join(options.dataDir, "postgres")
  const start = () => startServer(folder, { password: password("superuser"), mayUseNamespace: options.mayUseNamespace ?? true })
  const server = await start()
  const at = { host: server.host, port: server.port, database: "motlan" }
  const migrator = { ...at, user: MIGRATOR, password: password("migrator") }
  const app = { ...at, user: APP, password: password("app") }
  await ensureEmbedded(server, migrator, app)
  const unwatch = lock && keepUp(folder, start, options.log)
  return {
    migrator,
    app,
    how: server.how,
    stop: async () => {
      await unwatch?.()
      if (lock) await stopServer(folder)
      lock?.release()
    },
  }
}

/** Starts the server again when it is gone, as after a kill; pools and listeners find it at the same socket. */
function keepUp(folder: string, start: () => Promise<unknown>, log: Log | undefined): () => Promise<void> {
  let starting: Promise<unknown> = Promise.resolve()
  let isBusy = false
  const look = () => {
    if (isBusy || findServer(folder)) return
    isBusy = true
    log?.error({}, "PostgreSQL is gone and is started again")
    starting = start()
      .catch((error: Error) => log?.error({ fault: error.message }, "PostgreSQL could not be started again"))
      .finally(() => {
        isBusy = false
      })
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await starting
  }
}

async function ownServer(options: BringUp, url: string, lock: Lock | undefined): Promise<Database> {
  const migrator = { connectionString: url }
  const app = await ensureAppRole(url, options.appUrl, () => options.keys.secret("postgres-app").toString("base64url"))
  return { migrator, app, how: "own", stop: async () => lock?.release() }
}
