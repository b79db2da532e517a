// The part of the log between two checkpoints, from which proofs are made: never the whole log.
import { CompactRange, TreeTail } from "#engines/ledger"
import type { Tx } from "#platform/db"
import { batchLeaf } from "./log-state.ts"
import { checkpointUpTo, selectLeavesBetween } from "./store.vouches.ts"

const LEAVES_MAX = 2_000_000

/** The tree of the first `size` batches, with what is needed for proofs about the batches from `from` on. */
export async function readTail(tx: Tx, book: string, from: number, size: number): Promise<TreeTail> {
  const before = await checkpointUpTo(tx, book, from)
  const tail = new TreeTail(before ? CompactRange.restore(before.edge) : new CompactRange())
  if (size - tail.from > LEAVES_MAX) throw new RangeError(`more than ${LEAVES_MAX} batches between two checkpoints`)
  for (const leaf of await selectLeavesBetween(tx, book, tail.from, size)) tail.append(batchLeaf(leaf))
  if (tail.size !== size) throw new Error(`the log ${book} lacks a batch between ${tail.from} and ${size}`)
  return tail
}
