// Statements on drafts of definitions and their saves.
import { sql, type Tx } from "#platform/db"

export interface DraftRow {
  code: string
  id: string
  kind: "version" | "retirement"
  state: "open" | "proposed" | "published" | "dropped"
  revision: number
  canonical: string
  base: string | null
  replaced_by: string | null
  valid_from: string | null
  valid_until: string | null
  legal_basis: string | null
  saved_at: Date
  proposed_at: Date | null
  proposed_by: string | null
  proposed_name: string | null
  remark: string | null
}

export interface SaveRow {
  revision: number
  why: string
  author: string
  author_name: string
  saved_at: Date
}

const columns = sql`code, id, kind, state, revision, canonical, base, replaced_by, valid_from, valid_until, legal_basis, saved_at,
  proposed_at, proposed_by, proposed_name, remark`

export function findDraftRow(tx: Tx, code: string, id: string): Promise<DraftRow | undefined> {
  return tx.find<DraftRow>(sql`select ${columns} from catalogue.draft where code = ${code} and id = ${id}`)
}

/** The same, held until the commit. */
export function holdDraftRow(tx: Tx, code: string, id: string): Promise<DraftRow | undefined> {
  return tx.find<DraftRow>(sql`select ${columns} from catalogue.draft where code = ${code} and id = ${id} for update`)
}

/** The draft that became the version published at that time; the deed gives both the same. */
export function findPublishedDraft(tx: Tx, code: string, at: Date): Promise<DraftRow | undefined> {
  return tx.find<DraftRow>(sql`
    select ${columns} from catalogue.draft
    where code = ${code} and state = 'published' and kind = 'version' and decided_at = ${at}
    order by id desc limit 1`)
}

/** Drafts that are being written or wait for a second person, the newest first; of one service or of all. */
export function selectOpenDrafts(tx: Tx, code: string | undefined, limit: number): Promise<DraftRow[]> {
  return tx.rows<DraftRow>(sql`
    select ${columns} from catalogue.draft
    where state in ('open', 'proposed') and (${code ?? null}::text is null or code = ${code ?? null})
    order by saved_at desc limit ${limit}`)
}

export async function insertDraft(tx: Tx, row: Omit<DraftRow, "proposed_at" | "remark"> & { opened_at: Date }): Promise<void> {
  const proposedAt = row.state === "proposed" ? row.saved_at : null
  await tx.run(sql`
    insert into catalogue.draft (code, id, kind, state, revision, canonical, base, replaced_by, valid_from, valid_until, legal_basis,
      opened_at, saved_at, proposed_at, proposed_by, proposed_name)
    values (${row.code}, ${row.id}, ${row.kind}, ${row.state}, ${row.revision}, ${row.canonical}, ${row.base}, ${row.replaced_by},
      ${row.valid_from}, ${row.valid_until}, ${row.legal_basis}, ${row.opened_at}, ${row.saved_at}, ${proposedAt},
      ${row.proposed_by}, ${row.proposed_name})`)
}

/** Writes a new state of the head; the caller holds the row. */
export async function updateDraft(tx: Tx, row: DraftRow, decidedName?: string): Promise<void> {
  await tx.run(sql`
    update catalogue.draft set state = ${row.state}, revision = ${row.revision}, canonical = ${row.canonical},
      valid_from = ${row.valid_from}, valid_until = ${row.valid_until}, legal_basis = ${row.legal_basis}, saved_at = ${row.saved_at},
      proposed_at = ${row.proposed_at}, proposed_by = ${row.proposed_by}, proposed_name = ${row.proposed_name},
      decided_at = ${decidedName === undefined ? null : tx.now}, decided_name = ${decidedName ?? null}, remark = ${row.remark}
    where code = ${row.code} and id = ${row.id}`)
}

export async function insertSave(tx: Tx, code: string, draft: string, canonical: string, save: SaveRow): Promise<void> {
  await tx.run(sql`
    insert into catalogue.draft_save (code, draft, revision, canonical, why, author, author_name, saved_at)
    values (${code}, ${draft}, ${save.revision}, ${canonical}, ${save.why}, ${save.author}, ${save.author_name}, ${save.saved_at})`)
}

/** The saves of a draft, newest first. */
export function selectSaves(tx: Tx, code: string, draft: string): Promise<SaveRow[]> {
  return tx.rows<SaveRow>(sql`
    select revision, why, author, author_name, saved_at from catalogue.draft_save
    where code = ${code} and draft = ${draft} order by revision desc`)
}
