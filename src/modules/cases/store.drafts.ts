// Statements on drafts.
import { sql, type Tx } from "#platform/db"
import type { Draft } from "./draft.ts"

const draftColumns = sql`id, subject, service, definition, carried_from as "carriedFrom", form_values as values, fetched, silent, typed, revision, lang, opened_at as "openedAt",
  saved_at as "savedAt", expires_at as "expiresAt", case_id as "caseId", agency`

export async function insertDraft(tx: Tx, d: Draft): Promise<void> {
  await tx.run(sql`
    insert into cases.draft (subject, id, service, definition, form_values, fetched, silent, typed, revision, lang, opened_at, saved_at, expires_at)
    values (${d.subject}, ${d.id}, ${d.service}, ${d.definition}, ${JSON.stringify(d.values)}, ${JSON.stringify(d.fetched)},
      ${d.silent}, ${JSON.stringify(d.typed)}, ${d.revision}, ${d.lang}, ${d.openedAt}, ${d.savedAt}, ${d.expiresAt})`)
}

export function findDraft(tx: Tx, subject: string, id: string): Promise<Draft | undefined> {
  return tx.find<Draft>(sql`select ${draftColumns} from cases.draft where subject = ${subject} and id = ${id}`)
}

/** The draft, held until the transaction ends: two submissions of it wait for each other. */
export function lockDraft(tx: Tx, subject: string, id: string): Promise<Draft | undefined> {
  return tx.find<Draft>(sql`select ${draftColumns} from cases.draft where subject = ${subject} and id = ${id} for update`)
}

/** Waits for whoever begins a draft of this person at the same time: a double click opens one. */
export async function lockDraftsOf(tx: Tx, subject: string): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('cases.draft ' || ${subject}, 0))`)
}

export function selectOpenDrafts(tx: Tx, subject: string, now: Date): Promise<Draft[]> {
  return tx.rows<Draft>(sql`
    select ${draftColumns} from cases.draft
    where subject = ${subject} and case_id is null and expires_at > ${now} order by saved_at desc limit 100`)
}

/** False when somebody saved in between. */
export async function updateDraft(tx: Tx, d: Draft): Promise<boolean> {
  const changed = await tx.run(sql`
    update cases.draft set definition = ${d.definition}, carried_from = ${d.carriedFrom}, form_values = ${JSON.stringify(d.values)}, fetched = ${JSON.stringify(d.fetched)},
      silent = ${d.silent}, typed = ${JSON.stringify(d.typed)}, revision = revision + 1, lang = ${d.lang}, saved_at = ${tx.now}
    where subject = ${d.subject} and id = ${d.id} and revision = ${d.revision} and case_id is null`)
  return changed === 1
}

/** The version to which a plan has moved the cases of this one; null without such a plan. */
export async function findMovedTo(tx: Tx, service: string, definition: string): Promise<string | null> {
  const row = await tx.find<{ to: string | null }>(sql`select cases.moved_to(${service}, ${definition}) as "to"`)
  return row?.to ?? null
}

export async function markSubmitted(tx: Tx, d: Draft, agency: string, caseId: string): Promise<void> {
  await tx.run(sql`update cases.draft set case_id = ${caseId}, agency = ${agency}, revision = revision + 1
    where subject = ${d.subject} and id = ${d.id}`)
}
