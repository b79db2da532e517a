// Migrations on a real database: in order, once, all or nothing, and never changed afterwards.
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { type Migration, migrate, migrationsHash, readMigrations, sql } from "#platform/db"
import { openWorld } from "../../../test/world.ts"

const clock = () => new Date("2026-03-09T03:00:00Z")

const made = (number: string, name: string, text: string): Migration => ({
  number,
  name,
  text,
  sha256: createHash("sha256").update(text).digest("hex"),
})

const one = made("9001", "one", "create schema trial; create table trial.one (n integer);")
const two = made("9002", "two", "insert into trial.one values (2);")

async function withWorld(act: (world: Awaited<ReturnType<typeof openWorld>>, all: Migration[]) => Promise<void>): Promise<void> {
  const world = await openWorld({ country: false })
  try {
    await act(world, readMigrations(join(import.meta.dirname, "../../../db/migrations")))
  } finally {
    await world.close()
  }
}

test("a missing migration is applied once, with the time and hash written beside it", () =>
  withWorld(async (world, all) => {
    const applied = await migrate(world.migratorConnection, [...all, one, two], clock)
    assert.deepEqual(applied, [one, two])
    assert.deepEqual(await migrate(world.migratorConnection, [...all, one, two], clock), [])
    const row = await world.migrator.rows(sql`select name, sha256, applied_at from platform.migration where number = '9002'`)
    assert.deepEqual(row, [{ name: "two", sha256: two.sha256, applied_at: clock() }])
    assert.deepEqual(await world.migrator.rows(sql`select n from trial.one`), [{ n: 2 }])
  }))

test("four migrators at the same moment apply each migration once", () =>
  withWorld(async (world, all) => {
    const rounds = await Promise.all([1, 2, 3, 4].map(() => migrate(world.migratorConnection, [...all, one, two], clock)))
    assert.equal(rounds.flat().length, 2)
    assert.deepEqual(await world.migrator.rows(sql`select n from trial.one`), [{ n: 2 }])
  }))

test("four migrators of an empty database do not disturb each other", () =>
  withWorld(async (world) => {
    await world.migrator.run(sql`drop schema platform cascade`)
    const rounds = await Promise.all([1, 2, 3, 4].map(() => migrate(world.migratorConnection, [one, two], clock)))
    assert.equal(rounds.flat().length, 2)
  }))

test("a migration that fails leaves nothing, and the fault names file and line", () =>
  withWorld(async (world, all) => {
    const broken = made("9001", "broken", "create schema trial;\ncreate table trial.t (n integer);\nselect nothing;")
    await assert.rejects(migrate(world.migratorConnection, [...all, broken], clock), /9001_broken line 3: column "nothing"/)
    const left = await world.migrator.rows(sql`select from pg_namespace where nspname = 'trial'`)
    assert.equal(left.length, 0)
  }))

test("a changed, a vanished and a belated migration are refused", () =>
  withWorld(async (world, all) => {
    await migrate(world.migratorConnection, [...all, two].slice(0, all.length).concat(one), clock)
    const changed = made("9001", "one", `${one.text} -- changed`)
    await assert.rejects(migrate(world.migratorConnection, [...all, changed], clock), /9001_one was changed after it was applied/)
    await assert.rejects(migrate(world.migratorConnection, all, clock), /9001_one, which this program does not know/)
    const belated = made("9000", "belated", "select 1")
    await assert.rejects(migrate(world.migratorConnection, [...all, belated, one], clock), /9000_belated comes before 9001/)
  }))

test("files are read in order, line ends do not matter, a strange name and a number given twice are refused", () => {
  const dir = mkdtempSync(join(tmpdir(), "motlan-migrations-"))
  writeFileSync(join(dir, "0002_b.sql"), "select 1;\r\nselect 2;\r\n")
  writeFileSync(join(dir, "0001_a.sql"), "select 1;")
  const read = readMigrations(dir)
  assert.deepEqual(
    read.map((m) => m.number),
    ["0001", "0002"],
  )
  assert.equal(read[1]!.sha256, createHash("sha256").update("select 1;\nselect 2;\n").digest("hex"))
  assert.notEqual(migrationsHash(read), migrationsHash([read[0]!]))
  writeFileSync(join(dir, "0002_c.sql"), "select 1;")
  assert.throws(() => readMigrations(dir), /two migrations have the number 0002/)
  writeFileSync(join(dir, "notes.txt"), "")
  assert.throws(() => readMigrations(dir), /notes.txt is not a migration/)
  rmSync(dir, { recursive: true })
})
