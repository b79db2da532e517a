// The whole way up: roles, walls, the lock, and a server of one's own with and without a second URL.
import assert from "node:assert/strict"
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import { after, test } from "node:test"
import pg from "pg"
import { openKeys } from "#platform/crypto"
import { type BringUp, bringUp } from "./bring-up.ts"
import { LockHeld } from "./embedded/lock.ts"
import { findServer } from "./embedded/server.ts"

const root = mkdtempSync("/tmp/motlan-up-")
chmodSync(root, 0o711)
const ends: (() => Promise<void>)[] = []
after(async () => {
  for (const end of ends.reverse()) await end()
  rmSync(root, { recursive: true, force: true })
})

async function up(name: string, options: Partial<BringUp> = {}) {
  const dataDir = join(root, name)
  const database = await bringUp({ dataDir, keys: openKeys(join(dataDir, "keys")), ...options })
  ends.push(database.stop)
  return database
}

async function ask(connection: pg.ClientConfig, text: string): Promise<unknown> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return [await client.query(text)].flat()[0]?.rows[0]
  } finally {
    await client.end()
  }
}

const embedded = up("site")

test("a server that was killed under a running program comes up again by itself", async () => {
  const { app } = await up("watched")
  const pid = findServer(join(root, "watched", "postgres"))!.pid
  process.kill(pid, "SIGKILL")
  const deadline = Date.now() + 20_000
  while (!(await ask(app, "select 1").catch(() => undefined))) {
    assert.ok(Date.now() < deadline, "it did not come up again")
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.notEqual(findServer(join(root, "watched", "postgres"))!.pid, pid)
})

/** The embedded server seen as a server of one's own: a URL of its superuser into `database`, made when new. */
async function url(user: string, password: string, database: string): Promise<string> {
  const { app } = await embedded
  return `postgres://${user}:${encodeURIComponent(password)}@/${database}?host=${encodeURIComponent(String(app.host))}`
}

async function superuserUrl(database: string): Promise<string> {
  const password = openKeys(join(root, "site", "keys"))
    .secret("postgres-superuser")
    .toString("base64url")
  return url("postgres", password, database)
}

test("the application's role is bound by row-level security and owns nothing", async () => {
  const { app, migrator } = await embedded
  const role = await ask(
    app,
    "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user",
  )
  assert.deepEqual(role, { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false })
  await assert.rejects(ask(app, "create table public.mine (n integer)"), /permission denied/)
  await ask(migrator, "create schema trial; create table trial.t (n integer)")
  await assert.rejects(ask(app, "select from trial.t"), /permission denied/)
  assert.deepEqual(await ask(app, "show timezone"), { TimeZone: "UTC" })
})

test("a second program on the same data folder is refused", async () => {
  await embedded
  await assert.rejects(up("site"), LockHeld)
})

test("on a server of one's own the application's role is made, and found again at the next start", async () => {
  await ask(await embedded.then((d) => ({ ...d.migrator })), "select 1")
  await ask({ connectionString: await superuserUrl("postgres") }, "create role owner_a login createrole password 'a'")
  await ask({ connectionString: await superuserUrl("postgres") }, "alter role motlan_app rename to motlan_app_embedded")
  await ask({ connectionString: await superuserUrl("postgres") }, "create database site_a owner owner_a")
  const options = { url: await url("owner_a", "a", "site_a") }
  const first = await up("own-a", options)
  assert.deepEqual(await ask(first.app, "select current_user as name, current_database() as db"), {
    name: "motlan_app",
    db: "site_a",
  })
  await first.stop()
  const again = await up("own-a", options)
  assert.deepEqual(await ask(again.app, "select current_user as name"), { name: "motlan_app" })
})

test("another site's keys do not take the role over", async () => {
  await assert.rejects(
    up("own-b", { url: await url("owner_a", "a", "site_a") }),
    /motlan_app exists on this server with another password/,
  )
})

test("DATABASE_APP_URL names a role of one's own; the migrator's role is refused as that of the application", async () => {
  await ask({ connectionString: await superuserUrl("postgres") }, "create role clerk login password 'c'")
  const migratorUrl = await url("owner_a", "a", "site_a")
  const database = await up("own-c", { url: migratorUrl, appUrl: await url("clerk", "c", "site_a") })
  assert.deepEqual(await ask(database.app, "select current_user as name, pg_has_role('motlan_app', 'usage') as member"), {
    name: "clerk",
    member: true,
  })
  await ask({ connectionString: migratorUrl }, "create table mine (n integer)")
  await assert.rejects(up("own-d", { url: migratorUrl, appUrl: migratorUrl }), /owns tables/)
  const above = await superuserUrl("site_a")
  await assert.rejects(up("own-e", { url: migratorUrl, appUrl: above }), /superuser or bypasses|owner_a/)
})

test("a migrator that may not make roles is told what to do", async () => {
  await ask({ connectionString: await superuserUrl("postgres") }, "create role owner_f login password 'f'")
  await ask({ connectionString: await superuserUrl("postgres") }, "create database site_f owner owner_f")
  await ask({ connectionString: await superuserUrl("site_a") }, "drop owned by motlan_app; revoke motlan_app from clerk")
  await ask({ connectionString: await superuserUrl("postgres") }, "drop owned by motlan_app")
  await ask({ connectionString: await superuserUrl("postgres") }, "drop role motlan_app")
  await assert.rejects(up("own-f", { url: await url("owner_f", "f", "site_f") }), /may not make roles: make the role motlan_app/)
})
