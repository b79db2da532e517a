// Migrations: plain SQL files, in order, forward only, each in its own transaction, one migrator at a time.
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import pg from "pg"

export interface Migration {
  /** Four digits. */
  readonly number: string
  /** The file's name without its number and ending. */
  readonly name: string
  readonly text: string
  /** SHA-256 of the text with line ends of one byte, in hex. */
  readonly sha256: string
}

const FILE_NAME = /^(\d{4})_([a-z0-9_]+)\.sql$/
const LOCK_WAIT_MAX_MS = 60_000
const BOOTSTRAP_TRIES_MAX = 3

const BOOTSTRAP = `
  create schema if not exists platform;
  create table if not exists platform.migration (
    number text primary key check (number ~ '^[0-9]{4}$'),
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null
  );
  comment on table platform.migration is 'Applied migrations with the hash of their text; a changed file is refused.'`

/** Reads the migrations of `dir` in order. Throws on a file whose name is no migration's, or two of one number. */
export function readMigrations(dir: string): Migration[] {
  const found = readdirSync(dir)
    .sort()
    .map((file) => {
      const [, number, name] = FILE_NAME.exec(file) ?? []
      if (!number || !name) throw new Error(`${join(dir, file)} is not a migration: name it NNNN_name.sql`)
      const text = readFileSync(join(dir, file), "utf8").replaceAll("\r\n", "\n")
      return { number, name, text, sha256: createHash("sha256").update(text).digest("hex") }
    })
  const twin = found.find((one, i) => found[i - 1]?.number === one.number)
  if (twin) throw new Error(`two migrations have the number ${twin.number}`)
  return found
}

/** One hash over all migrations: two databases of the same hash have the same shape. */
export const migrationsHash = (all: readonly Migration[]): string =>
  createHash("sha256")
    .update(all.map((one) => `${one.number}_${one.name} ${one.sha256}\n`).join(""))
    .digest("hex")

/**
 * Applies what is missing and gives it back. Refuses, and changes nothing, when an applied migration has changed or
 * is gone, or when a missing one would come before an applied one. `clock` gives the time written beside each.
 */
export async function migrate(connection: pg.ClientConfig, all: readonly Migration[], clock: () => Date): Promise<Migration[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await bootstrap(client)
    const applied: Migration[] = []
    for (let next = await applyNext(client, all, clock); next; next = await applyNext(client, all, clock)) applied.push(next)
    return applied
  } finally {
    await client.end()
  }
}

/** Two migrators may make the table at the same moment; the one who loses finds it there. */
async function bootstrap(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`select to_regclass('platform.migration') is not null as there`)
  if ((rows[0] as { there: boolean }).there) return
  for (let i = 1; ; i++) {
    try {
      return void (await client.query(BOOTSTRAP))
    } catch (error) {
      const raced = ["23505", "42P06", "42P07", "XX000"].includes((error as pg.DatabaseError).code ?? "")
      if (!raced || i === BOOTSTRAP_TRIES_MAX) throw error
    }
  }
}

/** Applies the first missing migration under a lock that lets no other migrator look before it is done. */
async function applyNext(client: pg.Client, all: readonly Migration[], clock: () => Date): Promise<Migration | undefined> {
  await client.query(
    `begin; set local lock_timeout = ${LOCK_WAIT_MAX_MS}; lock table platform.migration in share row exclusive mode`,
  )
  try {
    const { rows } = await client.query("select number, name, sha256 from platform.migration order by number")
    const next = firstMissing(all, rows as Pick<Migration, "number" | "name" | "sha256">[])
    if (next) {
      await client.query(next.text).catch((error: pg.DatabaseError) => {
        throw new Error(`migration ${next.number}_${next.name}${lineOf(next.text, error)}: ${error.message}`, { cause: error })
      })
      const row = [next.number, next.name, next.sha256, clock()]
      await client.query("insert into platform.migration (number, name, sha256, applied_at) values ($1, $2, $3, $4)", row)
    }
    await client.query("commit")
    return next
  } catch (error) {
    await client.query("rollback").catch(() => undefined)
    throw error
  }
}

function firstMissing(
  all: readonly Migration[],
  applied: readonly Pick<Migration, "number" | "name" | "sha256">[],
): Migration | undefined {
  for (const row of applied) {
    const file = all.find((one) => one.number === row.number)
    const name = `${row.number}_${row.name}`
    if (!file)
      throw new Error(`the database has the migration ${name}, which this program does not know: it is newer than the program`)
    if (file.sha256 !== row.sha256)
      throw new Error(`the migration ${name} was changed after it was applied: take the change back and write a new one`)
  }
  const last = applied.at(-1)?.number ?? ""
  const next = all.find((one) => !applied.some((row) => row.number === one.number))
  if (next && next.number < last)
    throw new Error(`the migration ${next.number}_${next.name} comes before ${last}, which is applied: give it a higher number`)
  return next
}

const lineOf = (text: string, error: pg.DatabaseError): string =>
  error.position ? ` line ${text.slice(0, Number(error.position)).split("\n").length}` : ""
