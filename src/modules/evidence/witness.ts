// Sites witness each other's logs: a log that took something back, or shows two histories, is found by somebody who has no part in it.
// What travels is JSON and proves itself; the rule is that of c2sp.org/tlog-witness.
import Type, { type Static } from "typebox"
import { Compile } from "typebox/compile"
import {
  cosign,
  judgeCheckpoint,
  NoteError,
  type NoteKey,
  type OpenedCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  parseNoteKey,
  type Refusal,
  signatureLine,
} from "#engines/ledger"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import type { LogKeys } from "./log-state.ts"
import { readTail } from "./log-tail.ts"
import { lastCheckpoint } from "./store.ts"
import { countRefused, insertCosignature, insertWitnessed, lastCosigned, lastWitnessed } from "./store.vouches.ts"
import { witnessKey } from "./verify-bundle.ts"

const NOTE_LENGTH_MAX = 100_000
const PROOF_MAX = 130
/** Refused checkpoints of one log that are kept: the first of them convict it. */
const REFUSED_KEPT_MAX = 100

export const WitnessRequest = Type.Object(
  {
    /** Size of the last checkpoint that the witness has seen, as far as the log knows; 0 for none. */
    old: Type.Integer({ minimum: 0 }),
    /** That the new tree begins with the old one (RFC 9162, 2.1.4), base64. */
    proof: Type.Array(Type.String({ pattern: "^[A-Za-z0-9+/]{43}=$" }), { maxItems: PROOF_MAX }),
    checkpoint: Type.String({ maxLength: NOTE_LENGTH_MAX }),
  },
  { additionalProperties: false },
)
export type WitnessRequest = Static<typeof WitnessRequest>

export const WitnessAnswer = Type.Union([
  /** A line to be added to the note. */
  Type.Object({ cosignature: Type.String({ maxLength: 1_000 }) }),
  /** Why not, and the last checkpoint that the witness has cosigned. */
  Type.Object({
    refused: Type.Enum(["stale", "rollback", "fork", "unproven"]),
    size: Type.Integer({ minimum: 0 }),
    seen: Type.Optional(Type.String({ maxLength: NOTE_LENGTH_MAX })),
  }),
])
export type WitnessAnswer = Static<typeof WitnessAnswer>

const isRequest = Compile(WitnessRequest)
const isAnswer = Compile(WitnessAnswer)

/** Who witnesses, and which logs it takes. */
export interface WitnessPlace {
  /** The id of this site. */
  readonly book: string
  readonly note: LogKeys["note"]
  /** Verifier keys of the logs that have named this site as their witness. */
  readonly logs: readonly string[]
}

/**
 * The request to a witness over the newest checkpoint; undefined when there is none or this witness has cosigned it. `old` is where the
 * witness stands when it has said so. Throws a RangeError when the witness has seen more than this log has: then the log has lost something.
 */
export async function askWitness(tx: Tx, book: string, witness: string, old?: number): Promise<WitnessRequest | undefined> {
  const checkpoint = await lastCheckpoint(tx, book)
  if (!checkpoint) return undefined
  const cosigned = await lastCosigned(tx, book, parseNoteKey(witness).name)
  const from = old ?? cosigned
  if (cosigned === checkpoint.size) return undefined
  if (from > checkpoint.size) throw new RangeError(`the witness has seen ${from} batches, the log has ${checkpoint.size}`)
  const proof = from === 0 ? [] : (await readTail(tx, book, from, checkpoint.size)).consistencyProof(from)
  return { old: from, proof: proof.map((hash) => hash.toString("base64")), checkpoint: checkpoint.note }
}

/**
 * Judges a checkpoint of another log and cosigns it, or says why not; what convicts the log is kept. Proves by itself whose log it is: it
 * may run for the public. Throws `checkpoint-malformed`, and `log-unknown` for a log that has not named this site.
 */
export async function witnessCheckpoint(tx: Tx, place: WitnessPlace, body: unknown): Promise<WitnessAnswer> {
  if (!isRequest.Check(body)) throw problem("checkpoint-malformed")
  const next = openedBy(body.checkpoint, place.logs)
  const seen = await lastWitnessed(tx, place.book, next.origin)
  const proof = body.proof.map((hash) => Buffer.from(hash, "base64"))
  const judged = judgeCheckpoint(seen, next, proof, body.old)
  const refuse = (refused: Refusal): WitnessAnswer => ({ refused, size: seen?.size ?? 0, ...(seen && { seen: seen.note }) })
  const row = { log: next.origin, size: next.size, root: Buffer.from(next.root), follows: seen?.size ?? 0, note: body.checkpoint }
  if (!judged.accepted) {
    const reason = reasonOf(judged.reason, next, seen)
    const isKept = reason !== "stale" && (await countRefused(tx, place.book, next.origin)) < REFUSED_KEPT_MAX
    if (isKept && next.size > 0) await insertWitnessed(tx, place.book, { ...row, verdict: reason })
    return refuse(reason)
  }
  // Whoever follows the same checkpoint at the same moment comes second, and asks again.
  if (judged.isNew && !(await insertWitnessed(tx, place.book, { ...row, verdict: "cosigned" }))) return refuse("stale")
  const { name, private: key } = place.note
  return { cosignature: signatureLine(cosign(next.note.text, { name, key }, Math.floor(tx.now.getTime() / 1_000))) }
}

/** A checkpoint that convicts does so wherever its proof begins. */
function reasonOf(
  reason: Refusal,
  next: OpenedCheckpoint,
  seen: { readonly size: number; readonly root: Buffer } | undefined,
): Refusal {
  if (reason !== "stale" || !seen) return reason
  return next.size === seen.size && Buffer.compare(next.root, seen.root) !== 0 ? "fork" : "stale"
}

function openedBy(note: string, logs: readonly string[]): OpenedCheckpoint {
  const names = new Set(signersOf(note))
  const key = logs.map(parseNoteKey).find(({ name }) => names.has(name))
  if (!key) throw problem("log-unknown")
  try {
    return openCheckpoint(note, key)
  } catch (fault) {
    throw fault instanceof NoteError ? problem("checkpoint-malformed") : fault
  }
}

function signersOf(note: string): string[] {
  try {
    return parseNote(note).signatures.map(({ name }) => name)
  } catch {
    throw problem("checkpoint-malformed")
  }
}

export type Witnessed = { readonly cosigned: true } | Exclude<WitnessAnswer, { cosignature: string }>

/**
 * Takes the answer of a witness (its verifier key) to a request: its cosignature is checked and kept with the checkpoint. A refusal is
 * given back: `stale` says from where to ask again, all others that the witness knows another history of this log. Throws
 * `cosignature-invalid` for an answer that is none.
 */
export async function takeCosignature(
  tx: Tx,
  book: string,
  witness: string,
  request: WitnessRequest,
  answer: unknown,
): Promise<Witnessed> {
  if (!isAnswer.Check(answer)) throw problem("cosignature-invalid")
  if (!("cosignature" in answer)) return answer
  const { line, size, seenAt } = readCosignature(request.checkpoint + answer.cosignature, witnessKey(witness))
  await insertCosignature(tx, book, { size, witness: parseNoteKey(witness).name, line, seenAt })
  return { cosigned: true }
}

/** The one line by which the witness cosigns our own note; whatever else it sent is left alone. */
function readCosignature(note: string, witness: NoteKey): { line: string; size: number; seenAt: Date } {
  try {
    const { text, signatures } = parseNote(note)
    const { size, log } = openCheckpoint(note, witness, [], parseCheckpoint(text).origin)
    const own = signatures.find(({ name, id }) => name === witness.name && id === witness.id)
    if (own && log.time !== undefined) return { line: signatureLine(own), size, seenAt: new Date(log.time * 1_000) }
  } catch (fault) {
    if (!(fault instanceof NoteError)) throw fault
  }
  throw problem("cosignature-invalid")
}
