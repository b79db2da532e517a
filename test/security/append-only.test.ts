// What the application's role may do to each table: the whole list of its rights, and what happens when it tries more.
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

const APPEND_ONLY = [
  "audit.entry",
  "cases.decision",
  "cases.event",
  "cases.migration_stay",
  "cases.payment",
  "cases.reading",
  "catalogue.calendar",
  "catalogue.definition",
  "catalogue.draft_save",
  "catalogue.publication",
  "consents.consent",
  "consents.revocation",
  "consents.use",
  "documents.document",
  "documents.revocation",
  "evidence.batch",
  "evidence.certificate",
  "evidence.checkpoint",
  "evidence.cosignature",
  "evidence.timestamp",
  "evidence.witnessed",
  "exchange.delivery",
  "exchange.message",
  "exchange.passage",
  "federation.certificate",
  "federation.contract",
  "federation.contract_signature",
  "federation.member",
  "federation.own_certificate",
  "platform.site_fact",
  "registers.event",
  "registers.likeness",
  "registers.record",
]

/** Rights beyond select and insert, each with its reason; a right on some columns names them. */
const MORE: Record<string, string> = {
  "audit.head": "update", // the next link
  "cases.consultation": "update", // it is answered, or needed no more
  "cases.counter": "update", // the next number
  "cases.dossier": "update", // a case moves
  "cases.draft": "update", // a draft is filled in
  "cases.migration": "update", // a plan is approved, and comes on
  "cases.supplement": "update", // it is answered
  "cases.task": "update", // it is claimed and done
  "catalogue.draft": "update", // it is written on, proposed and published
  "consents.errand": "delete, update", // done, or put off
  "documents.upload": "delete, update (agency, case_id)", // taken out of a draft, handed over with the case
  "exchange.correction": "update (decided_at, decided_by, reason, state)",
  "exchange.parcel": "update (ended_at, fault, message, next_at, receipt, since_at, state, tries)",
  "federation.directory": "delete", // a few are kept
  "federation.errand": "delete, update", // done, or put off
  "federation.invitation": "update (used_at, used_by)", // once
  "federation.site": "update (facts, told_at)", // it says something new
  "identity.account": "update (name, signed_in_at)",
  "identity.agency": "update", // it ends
  "identity.delegation": "update (ended_at, ended_by)",
  "identity.holding": "update", // it ends
  "identity.position": "update", // it ends
  "identity.session": "delete, update", // signing out deletes it
  "identity.sign_in_attempt": "delete, update (started_at)", // taken once, swept
  "identity.unit": "update", // it ends
  "notices.message": "update (read_at)",
  "oversight.figure": "delete", // minutes become hours, and old hours go
  "platform.job": "delete, update", // work is done and cleared away
}

test("the application's role has exactly these rights beyond reading and adding", async () => {
  const rows = await world.migrator.rows<{ name: string; rights: string }>(sql`
    with rights as (
      select c.oid, lower(a.privilege_type) as right, null as columns from pg_class c, aclexplode(c.relacl) a
      where a.grantee = 'motlan_app'::regrole and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      union all
      select c.oid, lower(a.privilege_type), string_agg(t.attname, ', ' order by t.attname)
      from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
      where a.grantee = 'motlan_app'::regrole group by c.oid, a.privilege_type)
    select n.nspname || '.' || c.relname as name,
      string_agg(r.right || coalesce(' (' || r.columns || ')', ''), ', ' order by r.right, r.columns) as rights
    from rights r join pg_class c on c.oid = r.oid join pg_namespace n on n.oid = c.relnamespace
    where r.right not in ('select', 'insert') group by 1 order by 1`)
  assert.deepEqual(Object.fromEntries(rows.map((row) => [row.name, row.rights])), MORE)
})

test("nobody but owner and application has a right on any table or schema, nor has the public", async () =>
  assert.deepEqual(
    await world.migrator.rows(sql`
      select c.oid::regclass::text as name, a.grantee::regrole::text as who from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
      where n.nspname not in ('pg_catalog', 'information_schema') and a.grantee not in ('motlan_app'::regrole, c.relowner)
      union all
      select n.nspname, a.grantee::regrole::text from pg_namespace n, aclexplode(n.nspacl) a
      where n.nspname !~ '^(pg_|information_schema|public)' and a.grantee not in ('motlan_app'::regrole, n.nspowner)`),
    [],
  ))

const refused = (statement: string, why: RegExp) =>
  assert.rejects(
    world.tx(system, (tx) => tx.run(rawSql(statement))),
    why,
  )

for (const name of APPEND_ONLY)
  test(`${name} can be added to and nothing else, even by the system`, async () => {
    const columns = await world.migrator.rows<{ name: string }>(
      sql`select quote_ident(attname) as name from pg_attribute where attrelid = ${name}::regclass and attnum > 0 and not attisdropped`,
    )
    assert.ok(columns.length > 1)
    for (const column of columns) await refused(`update ${name} set ${column.name} = ${column.name}`, /permission denied/)
    await refused(`delete from ${name}`, /permission denied/)
    await refused(`truncate ${name}`, /permission denied/)
    await refused(`truncate ${name} cascade`, /permission denied/)
    await refused(`drop table ${name}`, /must be owner/)
    await refused(`alter table ${name} no force row level security`, /must be owner/)
    await refused(`select from ${name} for update`, /permission denied/)
  })

test("an issued number, an outcome, an acknowledgement: what may be changed is named column by column", async () => {
  await refused("update notices.message set params = '{}'", /permission denied/)
  await refused("update identity.account set person_number = ''", /permission denied/)
  await refused("update identity.delegation set until_at = until_at + interval '1 day'", /permission denied/)
  await refused("update documents.upload set sha256 = ''", /permission denied/)
})
