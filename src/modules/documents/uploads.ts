// The files of drafts and cases: entered, listed, opened, handed over, removed.
import { append } from "#audit"
import type { Tx } from "#platform/db"
import { isId, newId } from "#platform/ids"
import { problem } from "#problems"
import type { OpenedFile } from "./document.ts"
import { receiveUpload } from "./receive-upload.ts"
import { servedFile } from "./served-file.ts"
import {
  deleteUpload,
  findUpload,
  giveUploadsToCase,
  insertUpload,
  type UploadRow,
  uploadsOfCase,
  uploadsOfDraft,
} from "./store.ts"
import type { ReceivedFile, SentFile, UploadPlace, UploadReceipt } from "./upload.ts"

/** In whose book a file stands that no agency has yet. */
const SITE_BOOK = "site"

/** Receives a file and enters it. For a stream that is at hand (the file store); off a slow line use receiveUpload, then recordUpload. */
export async function storeUpload(tx: Tx, input: UploadPlace & SentFile): Promise<UploadReceipt> {
  return recordUpload(tx, input, await receiveUpload(tx.site, input))
}

/** Enters a received file into a draft; the receipt is what its sender is shown. */
export async function recordUpload(tx: Tx, place: UploadPlace, file: ReceivedFile): Promise<UploadReceipt> {
  const id = newId(tx.now)
  const { name, type, bytes, sha256, sentSha256 } = file
  const { owner: subject, draftId, field } = place
  await insertUpload(tx, { subject, id, draftId, field, name, type, bytes, sha256, sentSha256, receivedAt: tx.now })
  append(tx, { agency: SITE_BOOK, event: "file-received", subject, details: { file: id, sha256, bytes, type } })
  return { id, field, name, type, bytes, sha256, sentSha256, receivedAt: tx.now }
}

/** The files of a draft (or of the case it became) that the actor may see, in the order they came; at most 200. */
export async function listUploads(tx: Tx, draftId: string): Promise<UploadReceipt[]> {
  return (await uploadsOfDraft(tx, draftId)).map(receiptOf)
}

/** The files that were handed over to a case, in the order they came. */
export async function listCaseUploads(tx: Tx, caseId: string): Promise<UploadReceipt[]> {
  return (await uploadsOfCase(tx, caseId)).map(receiptOf)
}

function receiptOf({ id, field, name, type, bytes, sha256, sentSha256, receivedAt }: UploadRow): UploadReceipt {
  return { id, field, name, type, bytes, sha256, sentSha256, receivedAt }
}

/** A file for its owner, or for the agency that handles its case. Throws `not-found`. Each open stands in the book. */
export async function openUpload(tx: Tx, id: string): Promise<OpenedFile> {
  const found = isId(id) ? await findUpload(tx, id) : undefined
  if (!found) throw problem("not-found")
  const { agency, subject, caseId } = found
  append(tx, { agency: agency ?? SITE_BOOK, event: "file-read", subject, ...(caseId ? { caseId } : {}), details: { file: id } })
  return servedFile(tx.site, found)
}

/** On submission: gives the files of a draft to its case and the agency that handles it. Gives their number. */
export function handOverUploads(tx: Tx, input: { draftId: string; caseId: string; agency: string }): Promise<number> {
  return giveUploadsToCase(tx, input.draftId, input.caseId, input.agency)
}

/** Takes a file out of a draft; one that was handed over stays. Throws `not-found`. */
export async function removeUpload(tx: Tx, id: string): Promise<void> {
  const removed = isId(id) ? await deleteUpload(tx, id) : 0
  if (removed === 0) throw problem("not-found")
}
