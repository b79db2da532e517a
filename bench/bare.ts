// The bare side: plain `pg`, named statements, one statement a row, no walls, no checks and no locks that deeds share.
import { createHash, randomUUID } from "node:crypto"
import pg from "pg"

export type Row = Readonly<Record<string, unknown>>

/** Inserts one row. */
export type Insert = (client: pg.PoolClient, row: Row) => Promise<unknown>

/** Inserts rows like `sample` into `table`; what a row names replaces the sample's. `lists` are columns of arrays; other objects are JSON. */
export function insertInto(table: string, sample: Row, lists: readonly string[] = []): Insert {
  const columns = Object.keys(sample)
  const names = columns.map((column) => pg.escapeIdentifier(column)).join(", ")
  const text = `insert into ${table} (${names}) values (${columns.map((_, i) => `$${i + 1}`).join(", ")})`
  const send = statement(text)
  const value = (column: string, row: Row) => (column in row ? row[column] : sample[column])
  const ready = (column: string, row: Row) => (lists.includes(column) ? value(column, row) : stored(value(column, row)))
  return (client, row) =>
    send(
      client,
      columns.map((column) => ready(column, row)),
    )
}

/** A statement prepared once per connection. */
export function statement(text: string): (client: pg.PoolClient, values: readonly unknown[]) => Promise<unknown> {
  const name = createHash("sha256").update(text).digest("hex").slice(0, 32)
  return (client, values) => client.query({ name, text, values: values as unknown[] })
}

/** Objects are JSON; the rest goes as it came. */
const stored = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value)
    ? JSON.stringify(value)
    : value

/** Runs `act` in one bare transaction. */
export async function bareTransaction(pool: pg.Pool, act: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query("begin")
    await act(client)
    await client.query("commit")
  } finally {
    client.release()
  }
}

/** The rows of a table that a deed has left, as samples. */
export async function rowsOf(pool: pg.Pool, table: string, where: string, values: readonly unknown[]): Promise<Row[]> {
  const { rows } = await pool.query(`select * from ${table} where ${where}`, values as unknown[])
  if (rows.length === 0) throw new Error(`the deed left no row in ${table}`)
  return rows
}

let last = 0
/** Keys that no other row has. */
export const fresh = () => ({ id: randomUUID(), place: ++last })
