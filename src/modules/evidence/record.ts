// What a batch holds, and the bytes in which it is stored: JSON, encrypted, bound to its place.
import { createCipheriv, createDecipheriv, hash, randomBytes } from "node:crypto"
import { inflateRawSync } from "node:zlib"
import { type Filled, type Kept, TextReader, TextWriter } from "./filled.ts"

/**
 * sent: the RFC 9421 signature base of a message that this site has signed. got: the receipt of a batch that a peer has signed, and the
 * messages of it that came here. refused: why a message was not taken.
 */
export type RecordKind = "sent" | "got" | "refused"

export interface EvidenceRecord {
  readonly kind: RecordKind
  /** Names the exchange; at most 200 characters. Empty for `got`: each of its messages has its own. */
  readonly message: string
  /** What the leaf is a hash of. Digests and names, no bodies. */
  readonly text: string
  /** How the text was made, where it was by a pattern: it is kept in less room then. */
  readonly filled?: Filled
  /** What a receipt is for. It is bound to the text by the root that stands there. */
  readonly of?: PeerBatch
}

/** A batch of a peer as far as this site has seen it. */
export interface PeerBatch {
  /** In the order of their places in the batch. */
  readonly messages: readonly GotMessage[]
  /** Leaves at the other places, in their order. */
  readonly others: readonly Buffer[]
}

export interface GotMessage {
  readonly message: string
  readonly place: number
  /** The RFC 9421 signature base that the peer has signed. */
  readonly text: string
  readonly filled?: Filled
}

const IV_BYTES = 12
const TAG_BYTES = 16
const HASH_BYTES = 32
/** More than a full batch ever is. */
const PLAIN_BYTES_MAX = 64 * 1024 * 1024

/** SHA-256(0x00 || text): the leaf of a record (RFC 9162 section 2.1.1). */
export const recordLeaf = (text: string): Buffer => Buffer.from(hash("sha256", `\0${text}`, "binary"), "binary")

/** All leaves of a peer's batch, in their order. */
export function leavesOf({ messages, others }: PeerBatch): Buffer[] {
  const leaves: Buffer[] = []
  const left = others.values()
  for (const { place, text } of messages) {
    while (leaves.length < place) leaves.push(left.next().value!)
    leaves.push(recordLeaf(text))
  }
  return [...leaves, ...left]
}

/** The exchanges that a record is about. */
export const messagesOf = ({ message, of }: EvidenceRecord): readonly string[] =>
  of ? of.messages.map((one) => one.message) : [message]

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const TAG_DIGITS = 16
/** Where the last two parts of a UUID begin. */
const [FOURTH, FIFTH] = [19, 24]

/** By these eight bytes, as hexadecimal digits, a batch is found again that may hold a message: the end of a UUID, of others their SHA-256. */
function tagDigits(message: string): string {
  return UUID.test(message)
    ? message.slice(FOURTH, FIFTH - 1) + message.slice(FIFTH)
    : hash("sha256", message, "hex").slice(0, TAG_DIGITS)
}

export const tagOf = (message: string): Buffer => Buffer.from(tagDigits(message), "hex")

/** Of all messages that the records are about, one behind the other. */
export function tagsOf(records: readonly EvidenceRecord[]): Buffer {
  let digits = ""
  for (const { message, of } of records)
    if (of) for (const one of of.messages) digits += tagDigits(one.message)
    else digits += tagDigits(message)
  return Buffer.from(digits, "hex")
}

type Row = readonly [RecordKind, string, Kept] | readonly [RecordKind, string, Kept, readonly GotRow[], string]
type GotRow = readonly [message: string, place: number, text: Kept]

/** What is encrypted. */
interface Plain {
  readonly patterns: readonly (readonly string[])[]
  readonly rows: readonly Row[]
}

function rowOf({ kind, message, text, filled, of }: EvidenceRecord, texts: TextWriter): Row {
  const kept = texts.write(text, filled)
  if (!of) return [kind, message, kept]
  const messages = of.messages.map((one): GotRow => [one.message, one.place, texts.write(one.text, one.filled)])
  return [kind, message, kept, messages, Buffer.concat(of.others).toString("base64")]
}

function recordOf([kind, message, kept, messages, others]: Row, texts: TextReader): EvidenceRecord {
  const text = texts.read(kept)
  if (!messages) return { kind, message, text }
  const bytes = Buffer.from(others!, "base64")
  const hashes = Array.from({ length: bytes.length / HASH_BYTES }, (_, i) => bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES))
  const got = messages.map(([message, place, kept]) => ({ message, place, text: texts.read(kept) }))
  return { kind, message, text, of: { messages: got, others: hashes } }
}

/** Encrypts the records of a batch (AES-256-GCM) so that they can be read at their own place alone. */
export function sealRecords(records: readonly EvidenceRecord[], secret: Buffer, place: string): Buffer {
  const texts = new TextWriter()
  const rows = records.map((record) => rowOf(record, texts))
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv("aes-256-gcm", secret, iv)
  cipher.setAAD(Buffer.from(place))
  const plain = JSON.stringify({ patterns: texts.patterns, rows } satisfies Plain)
  return Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()])
}

/** Throws where the bytes are not what was sealed at this place. */
export function openRecords(bytes: Buffer, secret: Buffer, place: string): EvidenceRecord[] {
  const decipher = createDecipheriv("aes-256-gcm", secret, bytes.subarray(0, IV_BYTES))
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
  const { patterns, rows } = plainOf(
    Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, bytes.length - TAG_BYTES)), decipher.final()]),
  )
  const texts = new TextReader(patterns)
  return rows.map((row) => recordOf(row, texts))
}

const OPEN_BRACE = 0x7b

/** Batches of before 0112 are rows alone, packed (RFC 1951); what is packed never begins with a brace: "[" is coded otherwise. */
function plainOf(bytes: Buffer): Plain {
  if (bytes[0] === OPEN_BRACE) return JSON.parse(bytes.toString()) as Plain
  const rows = inflateRawSync(bytes, { maxOutputLength: PLAIN_BYTES_MAX }).toString()
  return { patterns: [], rows: JSON.parse(rows) as Row[] }
}
