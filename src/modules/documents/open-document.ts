// Opens a paper for those who may read it.
import { append } from "#audit"
import type { Tx } from "#platform/db"
import { isId } from "#platform/ids"
import { problem } from "#problems"
import type { OpenedFile } from "./document.ts"
import { servedFile } from "./served-file.ts"
import { findDocument } from "./store.ts"

/** The bytes of a paper, for its holder or its agency. Throws `not-found` for everybody else. Each open stands in the book. */
export async function openDocument(tx: Tx, id: string): Promise<OpenedFile> {
  const found = isId(id) ? await findDocument(tx, id) : undefined
  if (!found) throw problem("not-found")
  const { agency, subject, caseId } = found
  append(tx, { agency, event: "document-read", subject, caseId, details: { document: id } })
  return servedFile(tx.site, { name: `${found.title}.pdf`, type: "application/pdf", bytes: found.bytes, sha256: found.sha256 })
}
