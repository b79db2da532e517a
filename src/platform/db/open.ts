// Opens the pool of the application role and runs deeds as transactions.
import type { Socket } from "node:net"
import pg from "pg"
import type { Site } from "#platform/site"
import { type Bell, openBell } from "./bell.ts"
import { Sql } from "./sql.ts"
import type { Actor, Db, LateAct, Tx } from "./tx.ts"

const CONNECTIONS_MAX = 16
const STATEMENT_MAX_MS = 15_000
const WAIT_FOR_CONNECTION_MAX_MS = 5_000

// Dates of the calendar stay text ("2026-03-09"); whole numbers of 64 bits come as numbers, ours stay below 2^53.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** Opens the database for the application role. `connection` is what `pg` takes: a URL, or host, port, user, database. */
export function openDb(connection: pg.PoolConfig, site: Site): Db {
  const pool = new pg.Pool({
    max: CONNECTIONS_MAX,
    pipeline: true,
    connectionTimeoutMillis: WAIT_FOR_CONNECTION_MAX_MS,
    statement_timeout: STATEMENT_MAX_MS,
    ...connection,
  })
  pool.on("error", (error) => site.log.error({ err: error }, "idle database connection lost"))
  const bell = openBell(pool, connection, site.log)
  return {
    tx: (actor, deed) => runDeed(pool, bell, site, actor, deed),
    listen: bell.listen,
    close: async () => {
      await bell.close()
      await pool.end()
    },
  }
}

async function runDeed<T>(pool: pg.Pool, bell: Bell, site: Site, actor: Actor, deed: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const opened = openFor(client, actor)
    const late = new Map<string, LateAct>()
    const woken = new Set<string>()
    const tx = transaction(client, site, actor, late, woken)
    const result = await deed(tx)
    const last = await runLate(late, tx)
    await opened
    await commit(client, tx, last)
    bell.ring(woken)
    return result
  } catch (error) {
    await client.query("rollback").catch((lost: Error) => {
      broken = lost
    })
    throw error
  } finally {
    client.release(broken)
  }
}

const SETTINGS = ["kind", "subject", "agency", "roles"] as const
const settings = new Sql(`select ${SETTINGS.map((name, i) => `set_config('motlan.${name}', $${i + 1}, true)`).join(", ")}`, [])

/** Begins the transaction and tells row-level security who acts. It travels with the first statement; a fault of it is a fault of that one. */
function openFor(client: pg.PoolClient, actor: Actor): Promise<unknown> {
  const subject = actor.kind === "person" ? actor.subject : ""
  const agency = actor.kind === "official" ? actor.agency : ""
  const roles = actor.kind === "official" ? [...new Set(actor.positions.flatMap((p) => p.roles))].join(",") : ""
  gather(client)
  const begun = client.query("begin")
  const told = client.query({ name: settings.name, text: settings.text, values: [actor.kind, subject, agency, roles] })
  const opened = Promise.all([begun, told])
  opened.catch(() => undefined)
  return opened
}

/** Holds what is sent to the server until the program waits: statements that are sent together travel together. */
function gather(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
}

function transaction(client: pg.PoolClient, site: Site, actor: Actor, late: Map<string, LateAct>, woken: Set<string>): Tx {
  const query = (s: Sql) => {
    gather(client)
    return client.query({ name: s.name, text: s.text, values: s.values as unknown[] })
  }
  const find = async <Row>(s: Sql): Promise<Row | undefined> => {
    const { rows } = await query(s)
    if (rows.length > 1) throw new Error(`one row expected, ${rows.length} came: ${s.text}`)
    return rows[0] as Row | undefined
  }
  return {
    actor,
    now: site.clock(),
    site,
    rows: async <Row>(s: Sql) => (await query(s)).rows as Row[],
    find,
    get: async <Row>(s: Sql) => {
      const row = await find<Row>(s)
      if (row === undefined) throw new Error(`one row expected, none came: ${s.text}`)
      return row
    },
    run: async (s) => (await query(s)).rowCount ?? 0,
    beforeCommit: (key, act) => void late.set(key, act),
    wake: (channel) => void woken.add(channel),
  }
}

/**
 * Runs what was put off to the end, in the order of the keys; an act that puts off another one has it run too. Gives the statements that
 * go with the commit.
 */
async function runLate(late: Map<string, LateAct>, tx: Tx): Promise<Sql[]> {
  const last: Sql[] = []
  for (let next = smallest(late.keys()); next !== undefined; next = smallest(late.keys())) {
    const act = late.get(next)!
    late.delete(next)
    const statement = await act(tx)
    if (statement) last.push(statement)
  }
  return last
}

/** Sends the last statements and the commit together, so that locks which they take are held for no round trip. */
async function commit(client: pg.PoolClient, tx: Tx, last: readonly Sql[]): Promise<void> {
  gather(client)
  const sent = last.map((statement) => tx.run(statement))
  const [{ command }] = await Promise.all([client.query("commit"), ...sent])
  // A transaction that failed unnoticed is rolled back by its commit: that must never look like a success.
  if (command !== "COMMIT") throw new Error("the transaction had failed and was rolled back")
}

const smallest = (keys: Iterable<string>): string | undefined => [...keys].sort()[0]
