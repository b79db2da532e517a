// The two roles of the database: the migrator owns the tables, the application works in them behind row-level security.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto"
import pg from "pg"
import type { Server } from "./embedded/server.ts"

export const MIGRATOR = "motlan_migrator"
export const APP = "motlan_app"

type Login = { readonly database: string; readonly user: string; readonly password: string }

/** Makes roles and database of an embedded server where they are missing; a warm start costs one connection. */
export async function ensureEmbedded(server: Server, migrator: pg.ClientConfig & Login, app: Login): Promise<void> {
  if (await opens(migrator)) return
  const at = { host: server.host, port: server.port, database: "postgres", ...server.superuser }
  await withClient(at, async (client) => {
    await ensureRole(client, migrator.user, migrator.password)
    await ensureRole(client, app.user, app.password)
    const { rowCount } = await client.query("select from pg_database where datname = $1", [migrator.database])
    if (!rowCount) await client.query(`create database ${pg.escapeIdentifier(migrator.database)} owner ${MIGRATOR}`)
    const name = pg.escapeIdentifier(migrator.database)
    await client.query(`revoke all on database ${name} from public; grant connect on database ${name} to ${APP}`)
  })
}

/** Makes the role or gives it this password; it may log in and nothing else. */
export async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query("select from pg_roles where rolname = $1", [role])
  const verb = rowCount ? "alter" : "create"
  const rights = "login nosuperuser nocreatedb nocreaterole noreplication nobypassrls"
  await client.query(`${verb} role ${pg.escapeIdentifier(role)} ${rights} password ${pg.escapeLiteral(scram(password))}`)
}

/**
 * The application role on a server of one's own. With `appUrl` its user becomes a member of motlan_app; else
 * motlan_app is made with a password of the site's. Throws with words where the migrator may not make roles.
 */
export async function ensureAppRole(url: string, appUrl: string | undefined, password: () => string): Promise<pg.PoolConfig> {
  const app: pg.PoolConfig = appUrl ? { connectionString: appUrl } : { ...serverOf(url), user: APP, password: password() }
  await withClient({ connectionString: url }, async (client) => {
    const { rowCount } = await client.query("select from pg_roles where rolname = $1", [APP])
    if (!rowCount) await makeRole(client, appUrl ? undefined : password())
    const user = new pg.Client(app).user
    if (user && user !== APP) await joinRole(client, user)
    const { rows } = await client.query("select current_database() as name")
    await client.query(`grant connect on database ${pg.escapeIdentifier((rows[0] as { name: string }).name)} to ${APP}`)
  })
  const connection = { ...app, options: "-c TimeZone=UTC" }
  if (await opens(connection)) return connection
  throw new Error(
    appUrl
      ? "DATABASE_APP_URL does not open the database"
      : `the role ${APP} exists on this server with another password than that of this data folder: set DATABASE_APP_URL with the role's password`,
  )
}

/** Refuses a role that row-level security would not bind: a superuser, one that bypasses it, or an owner of tables. */
export async function refuseWeakWalls(app: pg.PoolConfig): Promise<void> {
  await withClient(app, async (client) => {
    const { rows } = await client.query(`
      select r.rolsuper or r.rolbypassrls as above,
        exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_toast'
            and pg_has_role(current_user, c.relowner, 'member')) as owner
      from pg_roles r where r.rolname = current_user`)
    const found = rows[0] as { above: boolean; owner: boolean }
    if (found.above)
      throw new Error("the application's database role is a superuser or bypasses row-level security: give it a plain role")
    if (found.owner) throw new Error("the application's database role owns tables: DATABASE_APP_URL must not be the migrator's")
  })
}

async function makeRole(client: pg.Client, password: string | undefined): Promise<void> {
  try {
    if (password) await ensureRole(client, APP, password)
    else await client.query(`create role ${APP} nologin`)
  } catch (error) {
    if ((error as pg.DatabaseError).code !== "42501") throw error
    throw new Error(`the user of DATABASE_URL may not make roles: make the role ${APP} and set DATABASE_APP_URL`, {
      cause: error,
    })
  }
}

async function joinRole(client: pg.Client, user: string): Promise<void> {
  const { rows } = await client.query("select pg_has_role($1, $2, 'member') as member", [user, APP])
  if (!(rows[0] as { member: boolean }).member) await client.query(`grant ${APP} to ${pg.escapeIdentifier(user)}`)
}

/** Where a URL leads, without its login; `pg` reads the URL, so that every spelling it takes is taken here. */
function serverOf(url: string): pg.PoolConfig {
  const { host, port, database, ssl } = new pg.Client({ connectionString: url })
  return { host, port, ssl, ...(database === undefined ? {} : { database }) }
}

const NOT_THERE = ["28P01", "28000", "3D000"]

/** True when the login works; false when role, password or database are missing. Throws when the server can't be reached. */
async function opens(connection: pg.ClientConfig): Promise<boolean> {
  try {
    await withClient(connection, async () => undefined)
    return true
  } catch (error) {
    if (NOT_THERE.includes((error as pg.DatabaseError).code ?? "")) return false
    throw error
  }
}

async function withClient(connection: pg.ClientConfig, act: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...connection })
  try {
    await client.connect()
    await act(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The verifier that PostgreSQL keeps (RFC 5802 with SHA-256), made here so that no log of the server ever sees a password. */
function scram(password: string): string {
  const iterations = 4096
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256")
  const hmac = (text: string) => createHmac("sha256", salted).update(text).digest()
  const stored = createHash("sha256").update(hmac("Client Key")).digest("base64")
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${stored}:${hmac("Server Key").toString("base64")}`
}
