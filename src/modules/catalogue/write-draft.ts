// Writing a definition: a draft begun from the version in force or from nothing, saved as often as needed, or dropped.
import { checkDefinition, countryOf, type Finding, type Service, type ServiceTexts } from "#country"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import { canonicalJson } from "./canonical.ts"
import { contentOf, type Draft, type DraftContent, draftOf, keeperOf } from "./draft.ts"
import { findService } from "./services.ts"
import { type DraftRow, findDraftRow, holdDraftRow, insertDraft, insertSave, selectSaves, updateDraft } from "./store.drafts.ts"
import { today } from "./today.ts"
import { writtenOf } from "./written.ts"

/** Characters of a reason, and of the text that is a legal basis. */
export const REASON_MAX = 500
/** Bytes of a draft with all its files. */
export const DRAFT_BYTES_MAX = 256 * 1024

const CODE = /^[A-Za-z0-9][A-Za-z0-9.]{0,39}$/

/** Begins a draft from the version in force, or empty for a new code; gives its id. Throws `not-allowed`, `reason-missing`, `not-found`. */
export async function beginDraft(tx: Tx, code: string, why: string): Promise<string> {
  const { subject, name } = keeperOf(tx)
  if (!CODE.test(code)) throw problem("not-found")
  const base = await findService(tx, code)
  const content: DraftContent = base ? await writtenOf(tx, base) : { service: { code, name: {} } }
  const id = newId(tx.now)
  const canonical = canonicalJson(content)
  const nothing = {
    replaced_by: null,
    valid_from: null,
    valid_until: null,
    legal_basis: null,
    proposed_by: null,
    proposed_name: null,
  }
  const head = { code, id, kind: "version", state: "open", revision: 1, canonical, base: base?.hash ?? null, ...nothing } as const
  await insertDraft(tx, { ...head, opened_at: tx.now, saved_at: tx.now })
  await insertSave(tx, code, id, canonical, saved(tx, 1, why, subject, name))
  return id
}

const saved = (tx: Tx, revision: number, why: string, author: string, name: string) => ({
  revision,
  why: reasonOf(why),
  author,
  author_name: name,
  saved_at: tx.now,
})

/** A reason as it is kept. Throws `reason-missing`. */
export function reasonOf(text: string): string {
  const reason = text.trim().slice(0, REASON_MAX)
  if (reason === "") throw problem("reason-missing")
  return reason
}

/**
 * Saves the files of an open draft as the next revision; with texts that are no YAML nothing is saved and the findings say where. Throws
 * `draft-not-found`, `draft-changed` when somebody saved since `revision`, `draft-too-large`, `reason-missing`.
 */
export async function saveDraft(
  tx: Tx,
  code: string,
  id: string,
  { revision, texts, why }: { revision: number; texts: ServiceTexts; why: string },
): Promise<readonly Finding[]> {
  const { subject, name } = keeperOf(tx)
  const row = await holdOpen(tx, code, id)
  if (row.revision !== revision) throw problem("draft-changed")
  const { content, findings } = contentOf(code, texts)
  if (findings.length > 0) return findings
  const canonical = canonicalOf(content)
  if (Buffer.byteLength(canonical) > DRAFT_BYTES_MAX) throw problem("draft-too-large")
  const save = saved(tx, revision + 1, why, subject, name)
  await updateDraft(tx, { ...row, revision: save.revision, canonical, saved_at: tx.now })
  await insertSave(tx, code, id, canonical, save)
  return []
}

function canonicalOf(content: DraftContent): string {
  try {
    return canonicalJson(content)
  } catch {
    throw problem("bad-request") // numbers without end, or deeper than anything that is a definition
  }
}

/** Gives a draft up; its saves stay. Throws `draft-not-found`. */
export async function dropDraft(tx: Tx, code: string, id: string): Promise<void> {
  const { name } = keeperOf(tx)
  const row = await holdDraftRow(tx, code, id)
  if (!row || (row.state !== "open" && row.state !== "proposed")) throw problem("draft-not-found")
  await updateDraft(tx, { ...row, state: "dropped" }, name)
}

/** An open draft, held until the commit. Throws `draft-not-found`. */
export async function holdOpen(tx: Tx, code: string, id: string): Promise<DraftRow> {
  const row = await holdDraftRow(tx, code, id)
  if (row?.state !== "open" || row.kind !== "version") throw problem("draft-not-found")
  return row
}

/** A draft with what the check says of it, as of the day from which it would hold. */
export interface CheckedDraft {
  readonly draft: Draft
  readonly findings: readonly Finding[]
  /** The service where its files fit their schemas. */
  readonly service?: Service
}

/** A draft as it is saved. Throws `not-allowed`, `draft-not-found`. */
export async function getDefinitionDraft(tx: Tx, code: string, id: string): Promise<Draft> {
  keeperOf(tx)
  const row = await findDraftRow(tx, code, id)
  if (!row) throw problem("draft-not-found")
  return draftOf(tx, row, await selectSaves(tx, code, id))
}

/** Reads and checks a draft. Throws `not-allowed`, `draft-not-found`. */
export async function getCheckedDraft(tx: Tx, code: string, id: string): Promise<CheckedDraft> {
  const draft = await getDefinitionDraft(tx, code, id)
  if (draft.kind === "retirement") return { draft, findings: [] }
  const day = draft.proposal?.validFrom ?? today(tx)
  return { draft, ...(await checkDefinition(countryOf(tx), code, draft.texts, day)) }
}
