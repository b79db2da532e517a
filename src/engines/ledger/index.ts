/** The ledger engine: canonical JSON, hash chains, Merkle trees and their proofs, signed notes, checkpoints and their witnesses. */
export { type MerkleBatch, merkleBatch } from "./batch.ts"
export { canonicalJson } from "./canonical.ts"
export { contentDigest, GENESIS, linkHash } from "./chain.ts"
export { type Checkpoint, checkpointBody, type OpenedCheckpoint, openCheckpoint, parseCheckpoint } from "./checkpoint.ts"
export { CompactRange } from "./compact-range.ts"
export { consistencyProof, verifyConsistency } from "./consistency.ts"
export { inclusionProof, leafHash, nodeHash, rootHash, verifyInclusion } from "./merkle.ts"
export {
  cosign,
  type Note,
  type NoteSignature,
  type NoteSigner,
  type NoteVouch,
  noteText,
  parseNote,
  signatureLine,
  signNote,
  verifyNote,
} from "./note.ts"
export { NoteError, type NoteFault } from "./note-error.ts"
export { type NoteKey, type NoteKeyUse, noteKey, noteKeyText, parseNoteKey } from "./note-key.ts"
export { TreeTail } from "./tree-tail.ts"
export { type Judgement, judgeCheckpoint, type Refusal, type TreeHead } from "./witness.ts"
