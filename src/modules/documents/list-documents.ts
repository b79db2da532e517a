// Lists the papers of a person, or of a case.
import type { Tx } from "#platform/db"
import type { ListedDocument } from "./document.ts"
import { type DocumentRow, documentsOf, documentsOfCase } from "./store.ts"

/** The papers of a person that the actor may see, the newest first (at most 200). */
export async function listDocuments(tx: Tx, subject: string): Promise<ListedDocument[]> {
  return (await documentsOf(tx, subject)).map(listed)
}

/** The papers of a case, the oldest first. */
export async function listCaseDocuments(tx: Tx, caseId: string): Promise<ListedDocument[]> {
  return (await documentsOfCase(tx, caseId)).map(listed)
}

const listed = ({ dated, revokedAt, subject: _, holder: __, lang: ___, signed: ____, ...row }: DocumentRow): ListedDocument => ({
  ...row,
  date: dated,
  ...(revokedAt ? { revokedAt } : {}),
})
