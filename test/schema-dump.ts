// Writes a migrated database down as SQL in a stable order: what db/schema.sql holds and a test keeps fresh.
import type pg from "pg"

const HEAD = `-- The whole shape of the database, generated from the migrations by "npm run schema". For reading and linting; never applied.\n`
const OURS = "n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname !~ '^pg_'"

interface Table {
  readonly oid: number
  readonly name: string
  readonly comment: string | null
  readonly secured: boolean
  readonly forced: boolean
}

/** The text of db/schema.sql for the database that `client` is connected to. */
export async function dumpSchema(client: pg.Client): Promise<string> {
  const lines = async (text: string, values: unknown[] = []) =>
    (await client.query(text, values)).rows.map((row: { line: string }) => row.line)
  const parts = [HEAD]
  const extensions = await lines(`
    select format('create extension %I;', extname) as line from pg_extension where extname <> 'plpgsql' order by 1`)
  parts.push(...extensions)
  const schemas = await client.query(`
    select n.oid, quote_ident(n.nspname) as name, obj_description(n.oid, 'pg_namespace') as comment
    from pg_namespace n where ${OURS} order by 2`)
  for (const { oid, name, comment } of schemas.rows as { oid: number; name: string; comment: string | null }[]) {
    parts.push(`\ncreate schema ${name};`, ...(comment ? [`comment on schema ${name} is ${literal(comment)};`] : []))
    parts.push(...(await lines(grants("nspacl", "pg_namespace", "schema"), [oid, name])))
    const tables = await client.query(TABLES, [oid])
    for (const table of tables.rows as Table[]) parts.push(...(await tableLines(table, lines)))
    parts.push(...(await lines(VIEWS, [oid])), ...(await lines(FUNCTIONS, [oid])))
  }
  return `${parts.join("\n")}\n`
}

type Ask = (text: string, values?: unknown[]) => Promise<string[]>

async function tableLines(table: Table, lines: Ask): Promise<string[]> {
  const { oid, name, comment } = table
  const inside = [...(await lines(COLUMNS, [oid])), ...(await lines(CONSTRAINTS, [oid]))]
  return [
    `\ncreate table ${name} (\n  ${inside.join(",\n  ")}\n);`,
    ...(comment ? [`comment on table ${name} is\n  ${literal(comment)};`] : []),
    ...(await lines(COLUMN_COMMENTS, [oid])),
    ...(await lines(INDEXES, [oid])),
    ...(table.secured ? [`alter table ${name} enable row level security;`] : []),
    ...(table.forced ? [`alter table ${name} force row level security;`] : []),
    ...(await lines(POLICIES, [oid])),
    ...(await lines(grants("relacl", "pg_class", "table"), [oid, name])),
    ...(await lines(COLUMN_GRANTS, [oid, name])),
  ]
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

const TABLES = `
  select c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name, obj_description(c.oid, 'pg_class') as comment,
    c.relrowsecurity as secured, c.relforcerowsecurity as forced
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.oid = $1 and c.relkind in ('r', 'p') order by 2`

const COLUMNS = `
  select quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
    || case when t.typcollation <> a.attcollation then ' collate ' || quote_ident(l.collname) else '' end
    || case when a.attgenerated = 's' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
            when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end
    || case when a.attnotnull then ' not null' else '' end as line
  from pg_attribute a join pg_type t on t.oid = a.atttypid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    left join pg_collation l on l.oid = a.attcollation
  where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`

// Not-null constraints (contype n, from PostgreSQL 18 on) already stand with their columns.
const CONSTRAINTS = `
  select 'constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) as line
  from pg_constraint where conrelid = $1 and contype in ('p', 'u', 'f', 'c', 'x')
  order by position(contype in 'pufcx'), conname`

const COLUMN_COMMENTS = `
  select format('comment on column %s.%I is %L;', c.oid::regclass, a.attname, col_description(c.oid, a.attnum)) as line
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.oid = $1 and a.attnum > 0 and col_description(c.oid, a.attnum) is not null order by a.attnum`

const INDEXES = `
  select pg_get_indexdef(i.indexrelid) || ';' as line from pg_index i
  where i.indrelid = $1 and not exists (select from pg_constraint where conindid = i.indexrelid and conrelid = $1)
  order by 1`

const POLICIES = `
  select format('create policy %I on %s', p.polname, p.polrelid::regclass)
    || case when p.polpermissive then '' else ' as restrictive' end
    || case p.polcmd when 'r' then ' for select' when 'a' then ' for insert' when 'w' then ' for update' when 'd' then ' for delete' else '' end
    || case when p.polroles = '{0}' then '' else ' to ' || (select string_agg(r::regrole::text, ', ' order by r::regrole::text) from unnest(p.polroles) r) end
    || coalesce(E'\\n  using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
    || coalesce(E'\\n  with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '') || ';' as line
  from pg_policy p where p.polrelid = $1 order by p.polname`

/** Rights of others than the owner on one object, one line for each who has any. */
const grants = (column: string, catalog: string, kind: "table" | "schema"): string => `
  select 'grant ' || string_agg(lower(a.privilege_type), ', ' order by a.privilege_type)
    || ' on ${kind} ' || $2 || ' to ' || case a.grantee when 0 then 'public' else a.grantee::regrole::text end || ';' as line
  from ${catalog} o, aclexplode(o.${column}) a
  where o.oid = $1 and a.grantee <> a.grantor group by a.grantee order by 1`

const COLUMN_GRANTS = `
  select format('grant %s (%s) on table ', lower(x.privilege_type), string_agg(quote_ident(a.attname), ', ' order by a.attnum))
    || $2 || ' to ' || x.grantee::regrole || ';' as line
  from pg_attribute a, aclexplode(a.attacl) x where a.attrelid = $1 group by x.privilege_type, x.grantee order by 1`

const VIEWS = `
  select format(E'\\ncreate %sview %s as\\n%s', case c.relkind when 'm' then 'materialized ' else '' end, c.oid::regclass, pg_get_viewdef(c.oid, true)) as line
  from pg_class c where c.relnamespace = $1 and c.relkind in ('v', 'm') order by 1`

const FUNCTIONS = `
  select E'\\n' || pg_get_functiondef(p.oid) || ';' as line
  from pg_proc p where p.pronamespace = $1 and p.prokind in ('f', 'p')
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by 1`
