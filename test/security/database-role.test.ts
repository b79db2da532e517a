// The application's database role can't climb: no way round row-level security, no making of things, no look at secrets.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { sql } from "#platform/db"
import { system } from "../cast.ts"
import { openWorld, type World } from "../world.ts"
import { rawSql } from "./raw-sql.ts"

let world: World
before(async () => {
  world = await openWorld({ country: false })
})
after(() => world?.close())

const tries: Record<string, [statement: string, why: RegExp]> = {
  "take row-level security off its role": ["alter role motlan_app bypassrls", /permission denied|must have/],
  "become a superuser": ["alter role motlan_app superuser", /permission denied|must/],
  "become the owner of the tables": ["set role motlan_migrator", /permission denied/],
  "become another in the session": ["set session authorization motlan_migrator", /permission denied/],
  "make itself a member of the owner": ["grant motlan_migrator to motlan_app", /permission denied|must have/],
  "make a role": ["create role helper login", /permission denied/],
  "make a database": ["create database beside", /permission denied|transaction block/],
  "make a schema": ["create schema beside", /permission denied/],
  "make a table in the open schema": ["create table public.beside (a int)", /permission denied/],
  "make a table in a schema of the house": ["create table cases.beside (a int)", /permission denied/],
  "make a function": ["create function cases.f() returns int language sql as 'select 1'", /permission denied/],
  "make a policy": ["create policy open on cases.dossier using (true)", /must be owner/],
  "drop a policy": ["drop policy reads on cases.dossier", /must be owner/],
  "switch row-level security off": ["alter table cases.dossier disable row level security", /must be owner/],
  "load an extension": ["create extension dblink", /permission denied|not available/],
  "read the passwords": ["select rolpassword from pg_authid", /permission denied/],
  "read the passwords another way": ["select passwd from pg_shadow", /permission denied/],
  "read a file of the server": ["select pg_read_file('pg_hba.conf')", /permission denied/],
  "list the files of the server": ["select pg_ls_dir('.')", /permission denied/],
  "copy a file in": ["copy platform.site_fact from '/etc/passwd'", /permission denied|must be/],
  "run a program": ["copy (select 1) to program 'id'", /permission denied|must be/],
  "write a large object from a file": ["select lo_import('/etc/passwd')", /permission denied/],
  "change the server's settings": ["alter system set log_statement = 'all'", /permission denied|transaction block/],
  "load a library": ["load 'auto_explain'", /permission denied|access/],
  "disable triggers and keys": ["set session_replication_role = 'replica'", /permission denied/],
  "change what the migrations noted": ["insert into platform.migration select * from platform.migration", /permission denied/],
  "end other sessions of the owner": [
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'motlan_migrator' union all select pg_terminate_backend(pid) from pg_stat_activity where usesysid = 10",
    /permission denied/,
  ],
}

for (const [what, [statement, why]] of Object.entries(tries))
  test(`the application can't ${what}`, () =>
    assert.rejects(
      world.tx(system, (tx) => tx.run(rawSql(statement))),
      why,
    ))

test("asking for no row-level security gives a refusal, not rows", () =>
  assert.rejects(
    world.tx(system, async (tx) => {
      await tx.run(sql`set local row_security = off`)
      return tx.rows(sql`select * from cases.dossier`)
    }),
    /row-level security/,
  ))

test("the role is plain: it owns nothing and belongs to nobody", async () => {
  const [role] = await world.migrator.rows<Record<string, boolean | number>>(sql`
    select r.rolsuper, r.rolbypassrls, r.rolcreatedb, r.rolcreaterole, r.rolreplication,
      (select count(*) from pg_auth_members m where m.member = r.oid) as memberships,
      (select count(*) from pg_class c where c.relowner = r.oid) as tables
    from pg_roles r where r.rolname = 'motlan_app'`)
  assert.deepEqual(role, {
    rolsuper: false,
    rolbypassrls: false,
    rolcreatedb: false,
    rolcreaterole: false,
    rolreplication: false,
    memberships: 0,
    tables: 0,
  })
})
