// db/schema.sql says what the migrations make, and what they make keeps the rules of the house.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { after, before, test } from "node:test"
import pg from "pg"
import { sql } from "#platform/db"
import { dumpSchema } from "./schema-dump.ts"
import { openWorld, type World } from "./world.ts"

let world: World
before(async () => {
  world = await openWorld({ country: false })
})
after(() => world.close())

const OURS = sql`n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'`
const names = async (statement: ReturnType<typeof sql>) =>
  (await world.migrator.rows<{ name: string }>(statement)).map((row) => row.name)

test("db/schema.sql is fresh: npm run schema writes it", async () => {
  const client = new pg.Client(world.migratorConnection)
  await client.connect()
  const dumped = await dumpSchema(client).finally(() => client.end())
  assert.equal(readFileSync(join(import.meta.dirname, "../db/schema.sql"), "utf8"), dumped)
})

test("every table has a comment", async () =>
  assert.deepEqual(
    await names(sql`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind in ('r', 'p') and obj_description(c.oid, 'pg_class') is null order by 1`),
    [],
  ))

test("no trigger, sequence, enum or exclusion constraint", async () =>
  assert.deepEqual(
    await names(sql`
      select 'trigger ' || t.tgname as name from pg_trigger t where not t.tgisinternal
      union all select 'sequence ' || c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS} and c.relkind = 'S'
      union all select 'enum ' || t.typname from pg_type t where t.typtype = 'e'
      union all select 'exclusion ' || x.conname from pg_constraint x where x.contype = 'x'`),
    [],
  ))

/** Tables of an agency that hold nothing about a person: everyone who may use the table may read all of it. */
const WITHOUT_PEOPLE = ["audit.head", "cases.counter", 'identity."position"', "identity.unit"]

test("a table with a subject or an agency is behind forced row-level security, with a policy", async () => {
  const open = await names(sql`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${OURS} and c.relkind in ('r', 'p')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('subject', 'agency'))
      and not (c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid)) order by 1`)
  assert.deepEqual(
    open.filter((name) => !WITHOUT_PEOPLE.includes(name)),
    [],
  )
})

test("a table with a subject or an agency has one of them in its primary and unique keys", async () =>
  assert.deepEqual(
    await names(sql`
      select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and i.indisunique
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('subject', 'agency'))
        and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('subject', 'agency') and a.attnum = any(i.indkey)) order by 1`),
    [],
  ))

test("moments are timestamptz, and their names say that they are moments", async () =>
  assert.deepEqual(
    await names(sql`
      select c.oid::regclass || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
        and case when a.atttypid = 'timestamptz'::regtype then a.attname !~ '(^|_)(at|until)$'
          else a.atttypid = 'timestamp'::regtype or a.attname ~ '(^|_)at$' end
      order by 1`),
    [],
  ))

test("the application's role may change nothing of the migrations", async () => {
  const change = (tx: { run(s: ReturnType<typeof sql>): Promise<number> }) => tx.run(sql`delete from platform.migration`)
  await assert.rejects(world.tx({ kind: "system", name: "test" }, change), /permission denied/)
})
