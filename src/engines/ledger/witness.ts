// The rule of a witness (c2sp.org/tlog-witness): a log may only grow, and must show that it did.
import { verifyConsistency } from "./consistency.ts"
import { emptyRoot } from "./merkle.ts"

export interface TreeHead {
  readonly size: number
  readonly root: Uint8Array
}

export type Refusal =
  /** The proof begins at another size than the last one seen: ask again from `seen.size`. Says nothing against the log. */
  | "stale"
  /** Smaller than what the log has shown before: it took leaves back, or somebody shows an old checkpoint. */
  | "rollback"
  /** Of the same size with another root: two histories. Keep both checkpoints, they convict the log. */
  | "fork"
  /** The proof doesn't lead from the last root to this one: a fork, or a proof of something else. */
  | "unproven"

export type Judgement =
  | { readonly accepted: true; readonly isNew: boolean }
  | { readonly accepted: false; readonly reason: Refusal }

const refuse = (reason: Refusal): Judgement => ({ accepted: false, reason })

/**
 * Judges a checkpoint whose signature was verified before. `seen` is the last head cosigned for this log, undefined for none; `from` is the
 * size at which the proof begins. Whoever accepts stores `next` in the same transaction in which it read `seen`, before it cosigns.
 */
export function judgeCheckpoint(
  seen: TreeHead | undefined,
  next: TreeHead,
  proof: readonly Uint8Array[],
  from: number = seen?.size ?? 0,
): Judgement {
  const last = seen ?? { size: 0, root: emptyRoot() }
  if (from !== last.size) return refuse("stale")
  if (next.size < last.size) return refuse("rollback")
  if (next.size === last.size && Buffer.compare(next.root, last.root) !== 0) return refuse("fork")
  if (!verifyConsistency(last.size, next.size, proof, last.root, next.root)) return refuse("unproven")
  return { accepted: true, isNew: seen === undefined || next.size > seen.size }
}
