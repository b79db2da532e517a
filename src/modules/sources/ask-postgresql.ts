// A PostgreSQL database: the query as a cursor in a read-only transaction. A cursor takes nothing but a query.
import pg from "pg"
import type { Asker, Question } from "./asker.ts"
import type { Family, RawRow } from "./column.ts"
import { SourceFailure } from "./failure.ts"
import { IDLE_MS } from "./limits.ts"
import type { Query } from "./query.ts"
import { findSecret } from "./secret.ts"
import type { DatabaseSource } from "./source-file.ts"
import { tlsOf } from "./tls.ts"

const text = (value: string): string => value
const families: Readonly<Record<Family, readonly number[]>> = {
  text: [18, 19, 25, 1042, 1043, 2950],
  number: [20, 21, 23, 700, 701, 1700],
  date: [1082, 1114, 1184],
  time: [1083, 1266],
  "yes-no": [16],
  json: [114, 3802],
}
const JSON_TYPES: readonly number[] = families.json
const QUERY_CANCELED = "57014"

export function openPostgresql(declared: DatabaseSource, query: Query, folder: string, atOnce: number): Asker {
  const pool = openPool(declared, folder, atOnce)
  // Idle connections that a stopped database ends; the next question opens another.
  pool.on("error", () => undefined)
  const values = ({ parameters }: Pick<Question, "parameters">) => query.names.map((name) => parameters[name] ?? null)
  return {
    ask: async (question) => {
      const found = await fetched(pool, query, values(question), question.rowsMax + 1, question)
      if (found.rows.length > question.rowsMax) throw new SourceFailure("rows-too-many", String(question.rowsMax))
      return found.rows
    },
    describe: async (signal, leftMs) => {
      const nothing = query.names.map(() => null)
      const { fields } = await fetched(pool, query, nothing, 0, { signal, leftMs })
      return new Map(fields.map(({ name, dataTypeID }) => [name, familyOf(dataTypeID)]))
    },
    close: () => pool.end(),
  }
}

function openPool({ connection }: DatabaseSource, folder: string, atOnce: number): pg.Pool {
  const { host, port, socket, database, user, password } = connection
  return new pg.Pool({
    ...{ host: socket ?? host ?? "127.0.0.1", port: port ?? 5432, database, user },
    ...(password && { password: () => findSecret(folder, password) ?? "" }),
    ssl: tlsOf(connection, folder) ?? false,
    max: atOnce,
    idleTimeoutMillis: IDLE_MS,
    allowExitOnIdle: true,
    options: "-c default_transaction_read_only=on -c datestyle=ISO",
    application_name: "motlan",
    types: {
      getTypeParser: (oid: number) => (JSON_TYPES.includes(oid) ? (value: string) => JSON.parse(value) as unknown : text),
    },
  } as pg.PoolConfig)
}

const familyOf = (oid: number): Family | undefined =>
  (Object.keys(families) as Family[]).find((family) => families[family].includes(oid))

interface Fetched {
  readonly rows: readonly RawRow[]
  readonly fields: readonly pg.FieldDef[]
}

async function fetched(
  pool: pg.Pool,
  query: Query,
  values: unknown[],
  rows: number,
  { signal, leftMs }: Pick<Question, "signal" | "leftMs">,
): Promise<Fetched> {
  const client = await connected(pool, signal)
  let fault: Error | boolean = false
  let isReleased = false
  const release = (broken: Error | boolean) => {
    if (!isReleased) client.release(broken)
    isReleased = true
  }
  // A lost connection is told to the statement under way as well.
  const lost = (error: Error) => {
    fault = error
  }
  const abort = () => release(true)
  client.on("error", lost)
  signal.addEventListener("abort", abort)
  try {
    await client.query(`begin transaction read only; set local statement_timeout = ${Math.max(1, Math.ceil(leftMs))}`)
    await client.query({ text: `declare asked no scroll cursor for ${query.text}`, values })
    const found = await client.query<Record<string, unknown>>(`fetch forward ${rows} from asked`)
    await client.query("rollback")
    return { rows: found.rows, fields: found.fields }
  } catch (error) {
    fault = error as Error
    throw failureOf(error)
  } finally {
    signal.removeEventListener("abort", abort)
    release(fault)
    client.removeListener("error", lost)
  }
}

async function connected(pool: pg.Pool, signal: AbortSignal): Promise<pg.PoolClient> {
  const connecting = pool.connect().catch((error: unknown) => Promise.reject(failureOf(error)))
  const client = await connecting
  if (!signal.aborted) return client
  client.release()
  throw new SourceFailure("too-slow")
}

/** SQLSTATE alone: its words may quote values. Classes 08 and 57P are connections that went. */
function failureOf(error: unknown): SourceFailure {
  if (error instanceof SourceFailure) return error
  const code = String((error as { code?: unknown }).code ?? "")
  if (code === QUERY_CANCELED) return new SourceFailure("too-slow")
  if (error instanceof pg.DatabaseError && !/^(08|57P|53)/.test(code)) return new SourceFailure("refused", code)
  return new SourceFailure("no-connection", code)
}
