// Takes in a file that somebody sends: looked at while it comes, looked through when it is there, cleaned, stored.
import { createHash } from "node:crypto"
import type { Readable } from "node:stream"
import { fileTypeFromBuffer } from "file-type"
import type { Site } from "#platform/site"
import { claimedByEnding, safeName } from "./file-name.ts"
import { inspectPdf } from "./inspect-pdf.ts"
import { type CleanPicture, cleanJpeg } from "./jpeg.ts"
import { cleanPng } from "./png.ts"
import { isAlsoSomethingElse } from "./polyglot.ts"
import { refuse } from "./refusal.ts"
import { HEAD_BYTES, spooled } from "./spool.ts"
import { type ReceivedFile, type Scanner, type SentFile, type UploadType, uploadTypes } from "./upload.ts"
import { VERIFY_BYTES_MAX } from "./verify-document.ts"

/** No field may ask for more. */
export const UPLOAD_BYTES_MAX = 25 * 1024 * 1024
/** A telephone's best camera stays below; one that unpacks to gigabytes does not. */
export const PIXELS_MAX = 120_000_000

let scanner: Scanner | undefined

/** Sets the scanner of this process; undefined for none. */
export function setScanner(next: Scanner | undefined): void {
  scanner = next
}

/**
 * Receives a file without a transaction, so that a slow line holds no connection; `recordUpload` then enters it. Throws
 * a problem `upload-…` as soon as something speaks against the file; nothing of it is kept then.
 */
export async function receiveUpload(site: Pick<Site, "files">, sent: SentFile): Promise<ReceivedFile> {
  const file = await spooled(sent.stream, Math.min(sent.bytesMax, UPLOAD_BYTES_MAX), (head) => typeOf(head, sent))
  const type = await typeOf(file, sent)
  if (isAlsoSomethingElse(file)) throw refuse("upload-polyglot")
  const clean = cleaned(file, type)
  await scan(clean)
  const { sha256, bytes } = await site.files.putBytes(clean)
  const sentSha256 = createHash("sha256").update(file).digest("hex")
  return { name: safeName(sent.name, type), type, bytes, sha256, sentSha256 }
}

/** The type by content; what the sender's program and the name claim must not differ from it. */
async function typeOf(file: Buffer, sent: SentFile): Promise<UploadType> {
  const found = await fileTypeFromBuffer(file.subarray(0, HEAD_BYTES))
  const type = uploadTypes.find((known) => known === found?.mime)
  const startsRight = type !== "application/pdf" || file.indexOf("%PDF-") === 0
  if (!type || !startsRight || !sent.types.includes(type)) throw refuse("upload-type-refused", { types: sent.types.join(" ") })
  const declared = sent.declaredType.split(";")[0]!.trim().toLowerCase()
  const claims = [declared === "image/jpg" ? "image/jpeg" : declared, claimedByEnding(sent.name) ?? ""]
  const silent = ["", "application/octet-stream"]
  if (claims.some((claim) => !silent.includes(claim) && claim !== type)) throw refuse("upload-type-differs")
  return type
}

/**
 * Receives a paper that somebody shows to have it verified; it is held in memory for `verifyDocument` and never stored.
 * Throws a problem `upload-…` for what can't be a paper.
 */
export function receiveShown(stream: Readable): Promise<Buffer> {
  return spooled(stream, VERIFY_BYTES_MAX, async (head) => {
    if (head.indexOf("%PDF-") !== 0) throw refuse("upload-type-refused", { types: "application/pdf" })
  })
}

function cleaned(file: Buffer, type: UploadType): Buffer {
  if (type === "application/pdf") {
    inspectPdf(file)
    return file
  }
  const picture: CleanPicture = type === "image/jpeg" ? cleanJpeg(file) : cleanPng(file)
  if (picture.width * picture.height > PIXELS_MAX) throw refuse("upload-too-many-pixels", { max: PIXELS_MAX / 1_000_000 })
  return picture.bytes
}

async function scan(bytes: Buffer): Promise<void> {
  if (!scanner) return
  const found = await scanner.scan(bytes).catch(() => {
    throw refuse("upload-not-scanned")
  })
  if (found !== undefined) throw refuse("upload-infected")
}
