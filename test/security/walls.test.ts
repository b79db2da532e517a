// Every table by its catalogue entry: who could hold something about a person or an agency is walled in, with no side door.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { sql } from "#platform/db"
import { openWorld, type World } from "../world.ts"

let world: World
before(async () => {
  world = await openWorld({ country: false })
})
after(() => world?.close())

const OURS = sql`n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'`
type Named = { name: string }

/** Tables that anybody in the program may read whole, each with its reason. */
const OPEN: Record<string, string> = {
  "audit.head": "number and hash of the last link of each agency's chain; the walk needs every one",
  "cases.counter": "the last number of a series; agency and day, nobody's data",
  "identity.unit": "the public directory of the state's agencies",
  'identity."position"': "the public directory of the state's agencies; who holds a post is identity.holding",
}

/** Columns by which a row concerns a person or an agency. */
const CONCERNS = "^(subject|agency|.*_subject|claimed_by|granted_by|account|login|person_number|holder|applicant)$"

const unwalled = (columns: string) =>
  world.migrator.rows<Named>(sql`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${OURS} and c.relkind in ('r', 'p')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attname ~ ${columns})
      and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`)

test("a table with a person or an agency in it has row-level security, forced on its owner too", async () => {
  const open = (await unwalled(CONCERNS)).map((row) => row.name)
  assert.deepEqual(open.sort(), Object.keys(OPEN).sort())
})

test("the rule would find a table that forgot its wall", async () => {
  await world.migrator.run(sql`create table cases.forgotten (agency text, subject uuid)`)
  try {
    assert.ok((await unwalled(CONCERNS)).some((row) => row.name === "cases.forgotten"))
    await world.migrator.run(sql`alter table cases.forgotten enable row level security`)
    assert.ok(
      (await unwalled(CONCERNS)).some((row) => row.name === "cases.forgotten"),
      "enabled is not forced",
    )
    await world.migrator.run(sql`alter table cases.forgotten force row level security`)
    assert.ok(!(await unwalled(CONCERNS)).some((row) => row.name === "cases.forgotten"))
  } finally {
    await world.migrator.run(sql`drop table cases.forgotten`)
  }
})

/** Policies that let everybody through, each with its reason. */
const FOR_EVERYBODY: Record<string, string> = {
  "catalogue.calendar reads": "published to everybody: deadlines are explained by it",
  "catalogue.definition reads": "published to everybody",
  "catalogue.publication reads": "published to everybody",
  "consents.consent gives": "one that another site has signed comes in nobody's name, and proves itself",
  "consents.revocation revokes": "the same",
  "consents.use uses": "whoever asks under a consent leaves its use",
  "exchange.message writes": "every actor's request is logged, the refused one of a stranger too",
}

test("no policy lets everybody through but those that say why", async () => {
  const open = await world.migrator.rows<Named>(sql`
    select p.polrelid::regclass || ' ' || p.polname as name from pg_policy p
    where p.polpermissive and (pg_get_expr(p.polqual, p.polrelid) = 'true' or pg_get_expr(p.polwithcheck, p.polrelid) = 'true') order by 1`)
  assert.deepEqual(
    open.map((row) => row.name),
    Object.keys(FOR_EVERYBODY),
  )
})

test("no view and no function runs with its owner's rights", async () =>
  assert.deepEqual(
    await world.migrator.rows(sql`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and (c.relkind = 'm' or c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false))
      union all
      select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${OURS} and p.prosecdef`),
    [],
  ))

test("whatever a statement can name has a comment that says what it holds", async () =>
  assert.deepEqual(
    await world.migrator.rows(sql`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'f') and length(coalesce(obj_description(c.oid, 'pg_class'), '')) < 20`),
    [],
  ))

test("a table that says it is append-only or never changed can't be changed by the application", async () =>
  assert.deepEqual(
    await world.migrator.rows(sql`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and obj_description(c.oid, 'pg_class') ~* 'append-only|never changed'
        and (has_table_privilege('motlan_app', c.oid, 'update, delete, truncate') or has_any_column_privilege('motlan_app', c.oid, 'update'))`),
    [],
  ))
