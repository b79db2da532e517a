// What a batch holds, and the bytes in which it is stored: JSON, encrypted, bound to its place.
import { createCipheriv, createDecipheriv, hash, randomBytes } from "node:crypto"
import { deflateRawSync, inflateRawSync } from "node:zlib"

/**
 * sent: the RFC 9421 signature base of a message that this site has signed. got: the receipt of a message that a peer has signed, with
 * the peer's proof. refused: why a message was not taken.
 */
export type RecordKind = "sent" | "got" | "refused"

export interface EvidenceRecord {
  readonly kind: RecordKind
  /** Names the exchange; at most 200 characters. */
  readonly message: string
  /** What the leaf is a hash of. Digests and names, no bodies. */
  readonly text: string
}

const IV_BYTES = 12
const TAG_BYTES = 16
/** Neighbours say nearly the same: the quickest way leaves a fifth. */
const QUICK = { level: 1, windowBits: 13, memLevel: 6 }
/** More than a full batch ever is. */
const PLAIN_BYTES_MAX = 64 * 1024 * 1024

/** SHA-256(0x00 || text): the leaf of a record (RFC 9162 section 2.1.1). */
export const recordLeaf = (text: string): Buffer => Buffer.from(hash("sha256", `\0${text}`, "binary"), "binary")

/** Packs the records of a batch (DEFLATE) and encrypts them (AES-256-GCM) so that they can be read at their own place alone. */
export function sealRecords(records: readonly EvidenceRecord[], secret: Buffer, place: string): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv("aes-256-gcm", secret, iv)
  cipher.setAAD(Buffer.from(place))
  const plain = JSON.stringify(records.map(({ kind, message, text }) => [kind, message, text]))
  return Buffer.concat([iv, cipher.update(deflateRawSync(plain, QUICK)), cipher.final(), cipher.getAuthTag()])
}

/** Throws where the bytes are not what was sealed at this place. */
export function openRecords(bytes: Buffer, secret: Buffer, place: string): EvidenceRecord[] {
  const decipher = createDecipheriv("aes-256-gcm", secret, bytes.subarray(0, IV_BYTES))
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
  const packed = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, bytes.length - TAG_BYTES)), decipher.final()])
  const plain = inflateRawSync(packed, { maxOutputLength: PLAIN_BYTES_MAX })
  const rows = JSON.parse(plain.toString()) as [RecordKind, string, string][]
  return rows.map(([kind, message, text]) => ({ kind, message, text }))
}
