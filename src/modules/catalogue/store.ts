// The statements of the catalogue. Rows are added, never changed.
import { sql, type Tx } from "#platform/db"

export interface PublicationRow {
  code: string
  version: number
  hash: string
  kind: "published" | "withdrawn"
  valid_from: string
  valid_until: string | null
  signature: string
  published_at: Date
  /** The country pack, or two officials at the desk. */
  origin: "pack" | "desk"
  legal_basis: string | null
  author_name: string | null
  publisher_name: string | null
  /** Of a withdrawal: the service that takes its place. */
  replaced_by: string | null
}

/** What lists read of a publication. */
export type DatedRow = Pick<PublicationRow, "code" | "version" | "hash" | "kind" | "valid_from" | "valid_until" | "origin">

export interface NewPublicationRow extends PublicationRow {
  published_by: string
}

const columns = sql`code, version, hash, kind, valid_from, valid_until, signature, published_at, origin, legal_basis, author_name,
  publisher_name, replaced_by`

const dated = sql`code, version, hash, kind, valid_from, valid_until, origin`

/** Names all that is published: it is another when there is one row more. A signature is never made twice (ES256). */
export async function nameOfAll(tx: Tx): Promise<string> {
  const { name } = await tx.get<{ name: string }>(sql`
    select count(*) || ' ' || coalesce(bit_xor(hashtextextended(code || signature, version)), 0) as name from catalogue.publication`)
  return name
}

/** The row in force on `day` for each code: of those that had begun the latest, the newest first. */
export function selectInForce(tx: Tx, day: string): Promise<DatedRow[]> {
  return tx.rows<DatedRow>(sql`
    select distinct on (code) ${dated}
    from catalogue.publication where valid_from <= ${day}
    order by code, valid_from desc, version desc`)
}

export function findInForce(tx: Tx, code: string, day: string): Promise<PublicationRow | undefined> {
  return tx.find<PublicationRow>(sql`
    select ${columns}
    from catalogue.publication where code = ${code} and valid_from <= ${day}
    order by valid_from desc, version desc limit 1`)
}

/** The newest row of each code, begun or not; of all, or of those that came with the pack. */
export function selectNewest(tx: Tx, origin?: PublicationRow["origin"]): Promise<DatedRow[]> {
  return tx.rows<DatedRow>(sql`
    select distinct on (code) ${dated}
    from catalogue.publication where ${origin ?? null}::text is null or origin = ${origin ?? null}
    order by code, version desc`)
}

export function selectVersions(tx: Tx, code: string): Promise<PublicationRow[]> {
  return tx.rows<PublicationRow>(sql`
    select ${columns}
    from catalogue.publication where code = ${code} order by version`)
}

/** The newest publication of one definition; a withdrawal doesn't hide it from the cases pinned to it. */
export function findPublication(tx: Tx, code: string, hash: string): Promise<PublicationRow | undefined> {
  return tx.find<PublicationRow>(sql`
    select ${columns}
    from catalogue.publication where code = ${code} and hash = ${hash} and kind = 'published'
    order by version desc limit 1`)
}

export function selectDefinitions(
  tx: Tx,
  wanted: readonly { readonly code: string; readonly hash: string }[],
): Promise<{ code: string; hash: string; canonical: string }[]> {
  const [codes, hashes] = [wanted.map(({ code }) => code), wanted.map(({ hash }) => hash)]
  return tx.rows(sql`
    select code, hash, canonical from catalogue.definition
    where (code, hash) in (select * from unnest(${codes}::text[], ${hashes}::text[]))`)
}

export async function insertDefinition(tx: Tx, code: string, hash: string, canonical: string): Promise<void> {
  await tx.run(sql`
    insert into catalogue.definition (code, hash, canonical) values (${code}, ${hash}, ${canonical})
    on conflict (code, hash) do nothing`)
}

/** False when somebody else published this version of the code first. */
export async function insertPublication(tx: Tx, row: NewPublicationRow): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into catalogue.publication
      (code, version, hash, kind, valid_from, valid_until, signature, published_at, published_by, origin, legal_basis, author_name,
      publisher_name, replaced_by)
    values (${row.code}, ${row.version}, ${row.hash}, ${row.kind}, ${row.valid_from}, ${row.valid_until}, ${row.signature},
      ${row.published_at}, ${row.published_by}, ${row.origin}, ${row.legal_basis}, ${row.author_name}, ${row.publisher_name},
      ${row.replaced_by})
    on conflict (code, version) do nothing`)
  return inserted === 1
}

export function findCalendarRow(tx: Tx, version: string): Promise<{ hash: string; canonical: string } | undefined> {
  return tx.find(sql`select hash, canonical from catalogue.calendar where version = ${version}`)
}

export async function insertCalendar(tx: Tx, version: string, hash: string, canonical: string): Promise<void> {
  await tx.run(sql`
    insert into catalogue.calendar (version, hash, canonical, published_at) values (${version}, ${hash}, ${canonical}, ${tx.now})
    on conflict (version) do nothing`)
}
