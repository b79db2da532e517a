// A world for one test: a fresh database, a site whose clock stands still, and the cast's country.
import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import pg from "pg"
import { standingClock } from "#platform/clock"
import { openKeys } from "#platform/crypto"
import { type Actor, type Db, openDb, type Sql, type Tx } from "#platform/db"
import { openFiles } from "#platform/files"
import { openLog } from "#platform/log"
import type { Site } from "#platform/site"
import { asSuperuser, startCluster, type TestCluster } from "./cluster.ts"

export interface World {
  readonly db: Db
  readonly site: Site
  /** Monday 9 March 2026, 10:00 in Ha Noi, until moved by milliseconds. */
  readonly clock: { move(ms: number): void }
  /** Where the world keeps its files and keys; gone after `close`. */
  readonly dir: string
  /** Connection of the application role, for tests that open a second pool or a listener. */
  readonly connection: pg.PoolConfig
  /** Connection of the owner's role. */
  readonly migratorConnection: pg.ClientConfig
  /** Statements above all walls (owner's rights, no row-level security), for tests that tamper or look behind. */
  readonly migrator: {
    rows<Row>(statement: Sql): Promise<Row[]>
    run(statement: Sql): Promise<number>
  }
  tx<T>(actor: Actor, deed: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface WorldOptions {
  /** Folder of the country pack, from the package's root; false for none. Default: countries/viet-nam. */
  readonly country?: string | false
  /** A Country made by the test itself; goes before `country`. */
  readonly reference?: unknown
  /** As with `motlan start --demo`: seed records, synthetic numbers. */
  readonly demo?: boolean
}

const START = new Date("2026-03-09T03:00:00Z")
const POOL_MAX = 10

/** Opens a world in a database of its own, cloned from the migrated template. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const cluster = await theCluster()
  const database = `world_${randomUUID().replaceAll("-", "")}`
  const reference = options.reference ?? (await countryAt(options.country ?? "countries/viet-nam"))
  await asSuperuser(cluster, "postgres", (client) =>
    client.query(`create database ${database} template ${cluster.template} owner motlan_migrator`),
  )
  const dir = mkdtempSync(join(tmpdir(), "motlan-world-"))
  dirs.add(dir)
  const standing = standingClock(START)
  const site: Site = {
    origin: "http://127.0.0.1:8080",
    clock: standing.clock,
    log: openLog("silent"),
    files: await openFiles(join(dir, "files")),
    keys: openKeys(join(dir, "keys")),
    reference,
    demo: options.demo ?? false,
  }
  const { host, port } = cluster
  const connection = {
    host,
    port,
    database,
    user: "motlan_app",
    password: cluster.password,
    max: POOL_MAX,
    options: "-c TimeZone=UTC",
  }
  const db = openDb(connection, site)
  const above = new pg.Pool({ host, port, database, ...cluster.superuser, max: 2, allowExitOnIdle: true })
  const query = (s: Sql) => above.query(s.text, s.values as unknown[])
  return {
    db,
    site,
    clock: { move: standing.move },
    dir,
    connection,
    migratorConnection: { host, port, database, user: "motlan_migrator", password: cluster.password },
    migrator: {
      rows: async <Row>(s: Sql) => (await query(s)).rows as Row[],
      run: async (s) => (await query(s)).rowCount ?? 0,
    },
    tx: (actor, deed) => db.tx(actor, deed),
    close: async () => {
      await Promise.all([db.close(), above.end()])
      await asSuperuser(cluster, "postgres", (client) => dropDatabase(client, database))
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Those of tests that failed before they closed their world go with the process. */
const dirs = new Set<string>()
process.on("exit", () => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true })
})

const LAST_CONNECTIONS_MAX_MS = 3_000

/** Waits for connections that are on their way out: one cut by force would fail the test that is running then. */
async function dropDatabase(client: pg.Client, database: string): Promise<void> {
  const until = Date.now() + LAST_CONNECTIONS_MAX_MS
  const open = async () => (await client.query("select 1 from pg_stat_activity where datname = $1", [database])).rowCount
  while ((await open()) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20))
  await client.query(`drop database ${database} with (force)`)
}

let own: Promise<TestCluster> | undefined

/** The run's server, which test/run.ts names; a test file run by itself starts one and ends it at its exit. */
function theCluster(): Promise<TestCluster> {
  const given = process.env.MOTLAN_TEST_DATABASE
  if (given) return Promise.resolve(JSON.parse(given) as TestCluster)
  own ??= startCluster().then(({ cluster, stop }) => {
    process.on("exit", stop)
    return cluster
  })
  return own
}

const countries = new Map<string, Promise<unknown>>()

/** Loads each pack once per process. */
function countryAt(dir: string | false): Promise<unknown> {
  if (dir === false) return Promise.resolve(undefined)
  const path = resolve(import.meta.dirname, "..", dir)
  const known = countries.get(path) ?? loadedCountry(path)
  countries.set(path, known)
  return known
}

async function loadedCountry(path: string): Promise<unknown> {
  const door = "#country"
  const country = (await import(door).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ERR_MODULE_NOT_FOUND") return undefined
    throw error
  })) as { loadCountry(dir: string): Promise<unknown> } | undefined
  return country?.loadCountry(path)
}
