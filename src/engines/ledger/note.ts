// Signed notes (c2sp.org/signed-note): a text, a blank line, and a line for each signature.
import { type KeyObject, sign, verify } from "node:crypto"
import { NoteError } from "./note-error.ts"
import { fromBase64, isKeyName, type NoteKey, noteKey } from "./note-key.ts"

export const NOTE_BYTES_MAX = 262_144
/** The specification asks for sixteen at least. */
export const NOTE_SIGNATURES_MAX = 100
const DASH = "\u2014"
const ID_BYTES = 4
const TIME_BYTES = 8
const ED25519_BYTES = 64

export interface NoteSignature {
  readonly name: string
  readonly id: number
  /** Behind the key id: 64 bytes of Ed25519, or 8 of time and 64 of a cosignature, or what we don't know. */
  readonly signature: Buffer
}

export interface Note {
  /** With the newline at its end. Not to be trusted before verifyNote. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** A signature that holds; `time` (seconds since 1970) is when a witness says it saw the checkpoint. */
export interface NoteVouch {
  readonly key: NoteKey
  readonly time?: number
}

export interface NoteSigner {
  readonly name: string
  readonly key: KeyObject
}

/** Reads a note without trusting it. Throws NoteError "note-malformed", "note-too-long". */
export function parseNote(note: string | Uint8Array): Note {
  const text = typeof note === "string" ? note : decode(note)
  if (text.length > NOTE_BYTES_MAX) throw new NoteError("note-too-long", `more than ${NOTE_BYTES_MAX}`)
  const blank = text.lastIndexOf("\n\n")
  if (blank < 0 || !text.endsWith("\n") || blank + 2 === text.length) throw malformed("no signatures")
  requireNoteText(text)
  const lines = text.slice(blank + 2, -1).split("\n")
  if (lines.length > NOTE_SIGNATURES_MAX) throw new NoteError("note-too-long", `more than ${NOTE_SIGNATURES_MAX} signatures`)
  return { text: text.slice(0, blank + 1), signatures: lines.map(parseSignatureLine) }
}

/** Text, blank line, signature lines. */
export function noteText({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(signatureLine).join("")}`
}

/** `— name base64\n` */
export function signatureLine({ name, id, signature }: NoteSignature): string {
  const head = Buffer.alloc(ID_BYTES)
  head.writeUInt32BE(id)
  return `${DASH} ${name} ${Buffer.concat([head, signature]).toString("base64")}\n`
}

/** Signs a text that ends with a newline. Throws NoteError "note-malformed" for other texts, "key-malformed" for other keys. */
export function signNote(text: string, ...signers: readonly NoteSigner[]): string {
  if (!text.endsWith("\n") || signers.length === 0) throw malformed("a text ends with a newline and somebody signs it")
  requireNoteText(text)
  const signatures = signers.map(({ name, key }) => {
    return { name, id: noteKey(name, key).id, signature: sign(null, Buffer.from(text, "utf8"), key) }
  })
  return noteText({ text, signatures })
}

/**
 * The signature of a witness on a checkpoint, with the time at which it saw it (c2sp.org/tlog-cosignature): a line to add to the note.
 * Throws NoteError as signNote, and a RangeError for a time that is not whole seconds since 1970.
 */
export function cosign(text: string, { name, key }: NoteSigner, timeSeconds: number): NoteSignature {
  if (!Number.isSafeInteger(timeSeconds) || timeSeconds < 0) throw new RangeError("whole seconds since 1970")
  if (!text.endsWith("\n")) throw malformed("a text ends with a newline")
  requireNoteText(text)
  const time = Buffer.alloc(TIME_BYTES)
  time.writeBigUInt64BE(BigInt(timeSeconds))
  const signature = Buffer.concat([time, sign(null, cosignedBytes(text, timeSeconds), key)])
  return { name, id: noteKey(name, key, "cosignature").id, signature }
}

/**
 * Holds a note against the keys that we know: who of them has signed it. Signatures of other keys are left alone. Throws NoteError
 * "note-forged" when a signature under the name and id of a known key doesn't hold, "note-unsigned" when no known key has signed.
 */
export function verifyNote(note: Note, keys: readonly NoteKey[]): NoteVouch[] {
  const vouches = new Map<NoteKey, NoteVouch>()
  for (const signature of note.signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.id)
    if (!key) continue
    const vouch = vouchOf(note.text, signature.signature, key)
    if (!vouch) throw new NoteError("note-forged", key.name)
    vouches.set(key, vouch)
  }
  if (vouches.size === 0) throw new NoteError("note-unsigned")
  return [...vouches.values()]
}

function vouchOf(text: string, signature: Buffer, key: NoteKey): NoteVouch | undefined {
  if (key.use === "note") {
    const holds = signature.length === ED25519_BYTES && verify(null, Buffer.from(text, "utf8"), key.key, signature)
    return holds ? { key } : undefined
  }
  if (signature.length !== TIME_BYTES + ED25519_BYTES) return undefined
  const time = Number(signature.readBigUInt64BE(0))
  if (!Number.isSafeInteger(time)) return undefined
  return verify(null, cosignedBytes(text, time), key.key, signature.subarray(TIME_BYTES)) ? { key, time } : undefined
}

const cosignedBytes = (text: string, time: number): Buffer => Buffer.from(`cosignature/v1\ntime ${time}\n${text}`, "utf8")

function parseSignatureLine(line: string): NoteSignature {
  const [dash, name = "", base64 = "", ...rest] = line.split(" ")
  const bytes = fromBase64(base64)
  if (dash !== DASH || rest.length > 0 || !isKeyName(name) || !bytes || bytes.length <= ID_BYTES)
    throw malformed(`a signature line: ${line.slice(0, 64)}`)
  return { name, id: bytes.readUInt32BE(0), signature: bytes.subarray(ID_BYTES) }
}

/** UTF-8 without control characters but newlines. */
function requireNoteText(text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (/[\u0000-\u0009\u000b-\u001f]|\p{Surrogate}/u.test(text)) throw malformed("control characters")
}

function decode(bytes: Uint8Array): string {
  if (bytes.length > NOTE_BYTES_MAX) throw new NoteError("note-too-long", `more than ${NOTE_BYTES_MAX}`)
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw malformed("not UTF-8")
  }
}

const malformed = (detail: string): NoteError => new NoteError("note-malformed", detail)
