// Opens the pool of the application role and runs deeds as transactions.
import pg from "pg"
import type { Site } from "#platform/site"
import { openAlone } from "./alone.ts"
import { type Bell, openBell } from "./bell.ts"
import { IN_FAILED_TRANSACTION, openFlights, type Send } from "./flight.ts"
import { type Sql, sql } from "./sql.ts"
import type { Actor, Db, LateAct, Tx } from "./tx.ts"

const CONNECTIONS_MAX = 16
const STATEMENT_MAX_MS = 15_000
const WAIT_FOR_CONNECTION_MAX_MS = 5_000

// Dates of the calendar stay text ("2026-03-09"); whole numbers of 64 bits come as numbers, ours stay below 2^53.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** Opens the database for the application role. `connection` is what `pg` takes: a URL, or host, port, user, database. */
export function openDb(connection: pg.PoolConfig, site: Site): Db {
  const limits = { connectionTimeoutMillis: WAIT_FOR_CONNECTION_MAX_MS, statement_timeout: STATEMENT_MAX_MS }
  const pool = new pg.Pool({ max: CONNECTIONS_MAX, ...limits, ...connection })
  const alone = openAlone({ ...limits, ...connection })
  // A connection may be lost in the very moment in which it is handed out: unheard, that would end the program.
  pool.on("connect", (client) => client.on("error", () => undefined))
  pool.on("error", (error) => site.log.error({ err: error }, "idle database connection lost"))
  const bell = openBell(pool, connection, site.log)
  return {
    tx: (actor, deed) => runDeed(pool, bell, site, actor, deed),
    run: (...statements) => alone.run(...statements),
    listen: bell.listen,
    close: async () => {
      await bell.close()
      await alone.close()
      await pool.end()
    },
  }
}

/** The first fault of a statement that nobody waited for; the opening of the transaction is one. */
interface Sent {
  fault: unknown
}

/** True for a fault that only says that a statement before it had failed. */
const isFollowing = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === IN_FAILED_TRANSACTION

async function runDeed<T>(pool: pg.Pool, bell: Bell, site: Site, actor: Actor, deed: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const send = openFlights(client)
  let broken: Error | undefined
  // A client in use tells nobody else that its connection is lost; unheard, that would end the program.
  const hear = (lost: Error) => {
    broken = lost
  }
  client.on("error", hear)
  const sent: Sent = { fault: undefined }
  const opened = begin(send, actor).catch((fault: unknown) => (sent.fault ??= fault))
  try {
    const late = new Map<string, LateAct>()
    const woken = new Set<string>()
    const tx = transaction(send, site, actor, { late, woken, sent })
    const result = await deed(tx)
    const last = await runLate(late, tx)
    await commit(send, tx, last, sent)
    bell.ring(woken)
    return result
  } catch (error) {
    await opened
    await send(sql`rollback`).catch(hear)
    throw isFollowing(error) ? (sent.fault ?? error) : error
  } finally {
    client.off("error", hear)
    client.release(broken)
  }
}

/** Begins the transaction and tells row-level security who acts. It travels with the first statements; its fault is theirs too. */
const begin = (send: Send, actor: Actor): Promise<unknown> => Promise.all([send(sql`begin`), send(actsAs(actor))])

function actsAs(actor: Actor): Sql {
  const subject = actor.kind === "person" ? actor.subject : ""
  const agency = actor.kind === "official" ? actor.agency : ""
  const roles = actor.kind === "official" ? [...new Set(actor.positions.flatMap((p) => p.roles))].join(",") : ""
  return sql`select set_config('motlan.kind', ${actor.kind}, true), set_config('motlan.subject', ${subject}, true),
    set_config('motlan.agency', ${agency}, true), set_config('motlan.roles', ${roles}, true)`
}

interface Gathered {
  readonly late: Map<string, LateAct>
  readonly woken: Set<string>
  readonly sent: Sent
}

function transaction(send: Send, site: Site, actor: Actor, { late, woken, sent }: Gathered): Tx {
  const find = async <Row>(s: Sql): Promise<Row | undefined> => {
    const { rows } = await send(s)
    if (rows.length > 1) throw new Error(`one row expected, ${rows.length} came: ${s.text}`)
    return rows[0] as Row | undefined
  }
  return {
    actor,
    now: site.clock(),
    site,
    rows: async <Row>(s: Sql) => (await send(s)).rows as Row[],
    find,
    get: async <Row>(s: Sql) => {
      const row = await find<Row>(s)
      if (row === undefined) throw new Error(`one row expected, none came: ${s.text}`)
      return row
    },
    run: async (s) => (await send(s)).count,
    send: (s) => void send(s).catch((fault: unknown) => (sent.fault ??= fault)),
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
async function commit(send: Send, tx: Tx, last: readonly Sql[], sent: Sent): Promise<void> {
  for (const statement of last) tx.send(statement)
  const { tag } = await send(sql`commit`)
  if (sent.fault !== undefined) throw sent.fault
  // A transaction that failed unnoticed is rolled back by its commit: that must never look like a success.
  if (tag !== "COMMIT") throw new Error("the transaction had failed and was rolled back")
}

const smallest = (keys: Iterable<string>): string | undefined => [...keys].sort()[0]
