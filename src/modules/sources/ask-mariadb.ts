// A MariaDB database: the query as a prepared statement in a read-only transaction, with its time and rows limited by the server as well.
import { isIP } from "node:net"
import { checkServerIdentity, TLSSocket } from "node:tls"
import mysql from "mysql2"
import type { Asker, Question } from "./asker.ts"
import type { Family, RawRow } from "./column.ts"
import { SourceFailure } from "./failure.ts"
import { IDLE_MS, WAIT_MAX_MS } from "./limits.ts"
import type { Query } from "./query.ts"
import { findSecret } from "./secret.ts"
import type { DatabaseSource } from "./source-file.ts"
import { tlsOf } from "./tls.ts"

/** Numbers of the protocol for the types of columns. */
const families: Readonly<Record<Exclude<Family, "yes-no">, readonly number[]>> = {
  text: [15, 247, 248, 249, 250, 251, 252, 253, 254],
  number: [0, 1, 2, 3, 4, 5, 8, 9, 13, 246],
  date: [7, 10, 12, 14],
  time: [11],
  json: [245],
}
const TOO_SLOW = new Set(["ER_STATEMENT_TIMEOUT", "ER_QUERY_INTERRUPTED"])
/** Told by the server itself as it goes down or is full; all that has no SQLSTATE is of the connection. */
const GONE = new Set(["ER_SERVER_SHUTDOWN", "ER_CON_COUNT_ERROR", "ER_TOO_MANY_USER_CONNECTIONS", "ER_CONNECTION_KILLED"])

export function openMariadb(declared: DatabaseSource, query: Query, folder: string, atOnce: number): Asker {
  const pool = openPool(declared, folder, atOnce)
  return {
    ask: async (question) => {
      const values = query.names.map((name) => question.parameters[name] ?? null)
      const { rows } = await fetched(pool, query, values, question.rowsMax, question)
      return rows
    },
    describe: async (signal, leftMs) => {
      const nothing = query.names.map(() => null)
      const { fields } = await fetched(pool, query, nothing, 0, { signal, leftMs })
      return new Map(fields.map(({ name, columnType }) => [name, familyOf(columnType ?? -1)]))
    },
    close: () => new Promise((resolve) => pool.end(() => resolve())),
  }
}

function openPool({ connection }: DatabaseSource, folder: string, atOnce: number): mysql.Pool {
  const { host = "127.0.0.1", port, socket, database, user, password } = connection
  const tls = tlsOf(connection, folder)
  return mysql.createPool({
    ...(socket ? { socketPath: socket } : { host, port: port ?? 3306 }),
    ...{ database, user, ...(password && { password: findSecret(folder, password) ?? "" }) },
    ...(tls && { ssl: { ...tls, verifyIdentity: isIP(host) === 0 } }),
    connectionLimit: atOnce,
    maxIdle: atOnce,
    idleTimeout: IDLE_MS,
    connectTimeout: WAIT_MAX_MS,
    charset: "utf8mb4",
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    disableEval: true,
  })
}

const familyOf = (type: number): Family | undefined =>
  type === 16 ? "yes-no" : (Object.keys(families) as (keyof typeof families)[]).find((family) => families[family].includes(type))

interface Fetched {
  readonly rows: readonly RawRow[]
  readonly fields: readonly mysql.FieldPacket[]
}

async function fetched(
  pool: mysql.Pool,
  query: Query,
  values: unknown[],
  rowsMax: number,
  { signal, leftMs }: Pick<Question, "signal" | "leftMs">,
): Promise<Fetched> {
  const connection = await connected(pool, signal)
  const abort = () => connection.destroy()
  // A connection that is lost between two statements is told to the next one.
  const lost = () => undefined
  connection.on("error", lost)
  signal.addEventListener("abort", abort)
  try {
    const seconds = Math.max(1, Math.ceil(leftMs)) / 1000
    await said(connection, `set session max_statement_time = ${seconds}, sql_select_limit = ${rowsMax + 1}`)
    await said(connection, "start transaction read only")
    const found = await streamed(connection, query, values, rowsMax)
    await said(connection, "rollback")
    connection.release()
    return found
  } catch (error) {
    connection.destroy()
    throw failureOf(error)
  } finally {
    signal.removeEventListener("abort", abort)
    connection.removeListener("error", lost)
  }
}

function connected(pool: mysql.Pool, signal: AbortSignal): Promise<mysql.PoolConnection> {
  return new Promise((resolve, reject) => {
    pool.getConnection((error, connection) => {
      if (error) return reject(failureOf(error))
      if (!isWhom(connection)) {
        connection.destroy()
        return reject(new SourceFailure("no-connection", "certificate", false))
      }
      if (!signal.aborted) return resolve(connection)
      connection.release()
      reject(new SourceFailure("too-slow"))
    })
  })
}

/** The driver holds a certificate against a name, and not against an address: that is done here, before anything is asked. */
function isWhom({ config, stream }: mysql.PoolConnection & { readonly stream?: unknown }): boolean {
  const { host = "" } = config
  if (!(stream instanceof TLSSocket) || isIP(host) === 0) return true
  return checkServerIdentity(host, stream.getPeerCertificate()) === undefined
}

const said = (connection: mysql.PoolConnection, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.query(text, (error) => (error ? reject(error) : resolve()))
  })

/** Row by row: a query with a LIMIT of its own goes round `sql_select_limit`. */
function streamed(connection: mysql.PoolConnection, query: Query, values: unknown[], rowsMax: number): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    const rows: RawRow[] = []
    let fields: readonly mysql.FieldPacket[] = []
    const asking = connection.execute({ sql: query.text, values } as mysql.QueryOptions)
    asking.on("error", reject)
    asking.on("fields", (told: mysql.FieldPacket[]) => {
      fields = told
    })
    asking.on("result", (row: RawRow) => {
      rows.push(row)
      if (rows.length > Math.max(rowsMax, 1)) connection.destroy()
      if (rows.length > rowsMax && rowsMax > 0) reject(new SourceFailure("rows-too-many", String(rowsMax)))
    })
    asking.on("end", () => resolve({ rows, fields }))
  })
}

/** The server's name for the error alone: its words may quote values. */
function failureOf(error: unknown): SourceFailure {
  if (error instanceof SourceFailure) return error
  const { code = "", sqlState } = error as { code?: string; sqlState?: string }
  if (TOO_SLOW.has(code)) return new SourceFailure("too-slow")
  if (sqlState && !GONE.has(code) && !sqlState.startsWith("08")) return new SourceFailure("refused", code)
  return new SourceFailure("no-connection", code)
}
