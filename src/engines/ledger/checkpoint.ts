// Checkpoints (c2sp.org/tlog-checkpoint): the note by which a log says how large it is and what its root is.
import { HASH_BYTES } from "./merkle.ts"
import { type Note, type NoteVouch, parseNote, verifyNote } from "./note.ts"
import { NoteError } from "./note-error.ts"
import { fromBase64, type NoteKey } from "./note-key.ts"

const EXTENSIONS_MAX = 16
const LINE_LENGTH_MAX = 1024

export interface Checkpoint {
  /** Names the log. */
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  /** Further lines, none of them empty. */
  readonly extensions?: readonly string[]
}

/** The text of a checkpoint, to be signed. Throws NoteError "checkpoint-malformed". */
export function checkpointBody({ origin, size, root, extensions = [] }: Checkpoint): string {
  const text = [origin, String(size), Buffer.from(root).toString("base64"), ...extensions, ""].join("\n")
  parseCheckpoint(text)
  return text
}

/** Reads the text of a note as a checkpoint. Throws NoteError "checkpoint-malformed". */
export function parseCheckpoint(text: string): Required<Checkpoint> {
  const lines = text.split("\n")
  const [origin = "", sizeText = "", rootText = "", ...extensions] = lines.slice(0, -1)
  const size = /^(?:0|[1-9][0-9]{0,15})$/.test(sizeText) ? Number(sizeText) : Number.NaN
  const root = fromBase64(rootText)
  const isWhole = lines.at(-1) === "" && lines.length >= 4 && extensions.length <= EXTENSIONS_MAX
  const isFull = lines.slice(0, -1).every((line) => line !== "" && line.length <= LINE_LENGTH_MAX)
  if (!isWhole || !isFull || !Number.isSafeInteger(size) || root?.length !== HASH_BYTES)
    throw new NoteError("checkpoint-malformed", text.slice(0, 64))
  return { origin, size, root, extensions }
}

export interface OpenedCheckpoint extends Required<Checkpoint> {
  readonly note: Note
  /** The log's own signature. */
  readonly log: NoteVouch
  /** Those of the known witnesses, each with its time. */
  readonly witnesses: readonly NoteVouch[]
}

/**
 * Reads a signed checkpoint of a log that we know, and sees who vouches for it. Throws NoteError: what parseNote, verifyNote and
 * parseCheckpoint throw; "note-unsigned" when the log itself has not signed; "checkpoint-malformed" when the origin is not `origin` (the
 * name of the log's key unless said otherwise).
 */
export function openCheckpoint(
  signed: string | Uint8Array,
  log: NoteKey,
  witnesses: readonly NoteKey[] = [],
  origin: string = log.name,
): OpenedCheckpoint {
  const note = parseNote(signed)
  const vouches = verifyNote(note, [log, ...witnesses])
  const own = vouches.find(({ key }) => key === log)
  if (!own) throw new NoteError("note-unsigned", log.name)
  const checkpoint = parseCheckpoint(note.text)
  if (checkpoint.origin !== origin) throw new NoteError("checkpoint-malformed", `of ${checkpoint.origin.slice(0, 64)}`)
  return { ...checkpoint, note, log: own, witnesses: vouches.filter((vouch) => vouch !== own) }
}
