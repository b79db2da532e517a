// Keys of signed notes (c2sp.org/signed-note): Ed25519 under a name, as `name+id+key`.
import { createPublicKey, type KeyObject } from "node:crypto"
import { NoteError } from "./note-error.ts"
import { sha256 } from "./sha256.ts"

/** What a key signs: notes as they are (type 0x01), or checkpoints with the time at which a witness saw them (type 0x04). */
export type NoteKeyUse = "note" | "cosignature"

/** A public key that we know. */
export interface NoteKey {
  readonly name: string
  /** The first four bytes of SHA-256(name || 0x0A || type || public key), as a number. */
  readonly id: number
  readonly use: NoteKeyUse
  readonly key: KeyObject
}

const typeOf: Record<NoteKeyUse, number> = { note: 0x01, cosignature: 0x04 }
const KEY_BYTES = 32
const NAME_LENGTH_MAX = 255
/** What stands before the 32 bytes of an Ed25519 key in SPKI (RFC 8410). */
const SPKI_HEAD = Buffer.from("302a300506032b6570032100", "hex")

/**
 * The key of a name, of a public or a private Ed25519 key. Throws NoteError "key-malformed" for another kind of key and for a name that is
 * empty, longer than 255, or has spaces, `+` or control characters.
 */
export function noteKey(name: string, key: KeyObject, use: NoteKeyUse = "note"): NoteKey {
  if (!isKeyName(name)) throw new NoteError("key-malformed", name.slice(0, 64))
  if (key.asymmetricKeyType !== "ed25519") throw new NoteError("key-malformed", "not an Ed25519 key")
  const publicKey = key.type === "private" ? createPublicKey(key) : key
  return { name, id: idOf(name, use, bytesOf(publicKey)), use, key: publicKey }
}

/** `example.org/log+1a2b3c4d+AQ...`, to hand to whoever is to verify. */
export function noteKeyText({ name, id, use, key }: NoteKey): string {
  const material = Buffer.concat([Buffer.of(typeOf[use]), bytesOf(key)])
  return `${name}+${id.toString(16).padStart(8, "0")}+${material.toString("base64")}`
}

/** The reverse of noteKeyText. Throws NoteError "key-malformed", also when the id is not the key's. */
export function parseNoteKey(text: string): NoteKey {
  const parts = /^([^+]{1,255})\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text)
  const material = parts ? fromBase64(parts[3]!) : undefined
  const use = material && (["note", "cosignature"] as const).find((each) => typeOf[each] === material[0])
  if (!parts || !use || material.length !== 1 + KEY_BYTES) throw new NoteError("key-malformed", text.slice(0, 64))
  const spki = Buffer.concat([SPKI_HEAD, material.subarray(1)])
  const key = noteKey(parts[1]!, createPublicKey({ key: spki, format: "der", type: "spki" }), use)
  if (key.id !== Number.parseInt(parts[2]!, 16)) throw new NoteError("key-malformed", `the id is not of this key: ${parts[2]}`)
  return key
}

/** Names are not empty and have no Unicode spaces, no plus, no control characters. */
export const isKeyName = (name: string): boolean => name.length <= NAME_LENGTH_MAX && /^[^\p{White_Space}\p{Cc}+]+$/u.test(name)

/** Base64 (RFC 4648 section 4) in its one spelling; undefined for anything else. */
export function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64")
  return bytes.toString("base64") === text ? bytes : undefined
}

const bytesOf = (key: KeyObject): Buffer => key.export({ format: "der", type: "spki" }).subarray(SPKI_HEAD.length)

function idOf(name: string, use: NoteKeyUse, publicKey: Buffer): number {
  const bytes = Buffer.concat([Buffer.from(`${name}\n`, "utf8"), Buffer.of(typeOf[use]), publicKey])
  return sha256(bytes).readUInt32BE(0)
}
