// The PostgreSQL of a test run: one server, one migrated template database that each world clones.
import { randomBytes } from "node:crypto"
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import pg from "pg"
import { ensureRole, findServer, MIGRATOR, migrate, migrationsHash, readMigrations, startServer } from "#platform/db"

export interface TestCluster {
  readonly host: string
  readonly port: number
  readonly superuser: { readonly user: string; readonly password: string }
  /** Of motlan_migrator and motlan_app alike: nothing here is worth a secret. */
  readonly password: string
  /** The migrated database to clone; its name follows from the migrations. */
  readonly template: string
}

const FOLDERS = "/tmp"
const FOLDER_NAME = /^motlan-test-(\d+)-/
const CONNECTIONS_MAX = 300

/**
 * Starts a server of this process' own, not durable, migrated. `stop` is synchronous, to fit an exit handler.
 * MOTLAN_TEST_SERVER, a superuser's URL, names a running server to use instead.
 */
export async function startCluster(): Promise<{ cluster: TestCluster; stop: () => void }> {
  const given = process.env.MOTLAN_TEST_SERVER
  if (given) return { cluster: await migrated(serverAt(given)), stop: () => undefined }
  sweep()
  const folder = mkdtempSync(join(FOLDERS, `motlan-test-${process.pid}-`))
  chmodSync(folder, 0o711)
  const password = randomBytes(16).toString("hex")
  const stop = () => remove(folder)
  try {
    const server = await startServer(join(folder, "postgres"), { password, durable: false, connectionsMax: CONNECTIONS_MAX })
    const { host, port, superuser } = server
    return { cluster: await migrated({ host, port, superuser, password, template: "" }), stop }
  } catch (error) {
    stop()
    throw error
  }
}

/** Runs statements as the superuser in `database`. */
export async function asSuperuser<T>(cluster: TestCluster, database: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ host: cluster.host, port: cluster.port, database, ...cluster.superuser })
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}

function serverAt(url: string): TestCluster {
  const { host, port, user = "", password } = new pg.Client({ connectionString: url })
  return { host, port, superuser: { user, password: password ?? "" }, password: randomBytes(16).toString("hex"), template: "" }
}

async function migrated(cluster: TestCluster): Promise<TestCluster> {
  const all = readMigrations(join(import.meta.dirname, "../db/migrations"))
  const template = `template_${migrationsHash(all).slice(0, 16)}`
  await asSuperuser(cluster, "postgres", async (client) => {
    await ensureRole(client, MIGRATOR, cluster.password)
    await ensureRole(client, "motlan_app", cluster.password)
    await client.query(`drop database if exists ${template}`)
    await client.query(`create database ${template} owner ${MIGRATOR}`)
  })
  const { host, port, password } = cluster
  await migrate({ host, port, database: template, user: MIGRATOR, password }, all, () => new Date("2026-03-09T03:00:00Z"))
  return { ...cluster, template }
}

/** Ends a server at once: nobody will miss its data. */
function remove(folder: string): void {
  const running = findServer(join(folder, "postgres"))
  if (running) process.kill(running.pid, "SIGQUIT")
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

/** Removes what killed runs left behind. */
function sweep(): void {
  for (const name of readdirSync(FOLDERS)) {
    const pid = Number(FOLDER_NAME.exec(name)?.[1])
    if (pid && pid !== process.pid && !isAlive(pid)) removeIfOurs(join(FOLDERS, name))
  }
}

function removeIfOurs(folder: string): void {
  try {
    remove(folder)
  } catch {
    // Another user's: that user's next run removes it.
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}
