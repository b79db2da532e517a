// Lists the papers of a person.
import type { Tx } from "#platform/db"
import type { ListedDocument } from "./document.ts"
import { documentsOf } from "./store.ts"

/** The papers of a person that the actor may see, the newest first (at most 200). */
export async function listDocuments(tx: Tx, subject: string): Promise<ListedDocument[]> {
  const rows = await documentsOf(tx, subject)
  return rows.map(({ dated, revokedAt, subject: _, holder: __, lang: ___, signed: ____, ...row }) => ({
    ...row,
    date: dated,
    ...(revokedAt ? { revokedAt } : {}),
  }))
}
