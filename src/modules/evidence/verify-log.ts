// Walks the log of a site and names what is not as it was sealed: records, batches, signatures, checkpoints.
import type { KeyObject } from "node:crypto"
import { CompactRange, merkleBatch, type NoteKey, openCheckpoint } from "#engines/ledger"
import type { Db } from "#platform/db"
import type { Site } from "#platform/site"
import { batchLeaf, placeOf, SYSTEM } from "./log-state.ts"
import { verifyRoot } from "./proof.ts"
import { type EvidenceRecord, openRecords, recordLeaf } from "./record.ts"
import { batchesFrom } from "./restore.ts"
import { type BatchRow, type CheckpointRow, selectCheckpoints } from "./store.ts"

/**
 * missing: a batch is gone. altered: records don't lead to the batch's root, or can't be read. forged: the batch's signature does not
 * hold. forked: the batches don't lead to a checkpoint's root, or fall short of its size. unsigned: the checkpoint's own signature fails.
 */
export type EvidenceFault = "missing" | "altered" | "forged" | "forked" | "unsigned"

export interface BrokenEvidence {
  /** The batch, or the size of the checkpoint. */
  readonly at: number
  readonly fault: EvidenceFault
}

export interface LogVerdict {
  readonly batches: number
  readonly records: number
  readonly checkpoints: number
  readonly broken: readonly BrokenEvidence[]
}

export interface LogToVerify {
  readonly db: Db
  readonly site: Site
  readonly book: string
  /** The public key of a key id; undefined for one that is not known. */
  keyOf(id: string): KeyObject | undefined
  readonly noteKey: NoteKey
}

const BROKEN_MAX = 100
const CHECKPOINTS_AT_ONCE = 500

/** Recomputes everything from the records up. Records whose time is over are taken by their root. */
export async function verifyLog(log: LogToVerify): Promise<LogVerdict> {
  const broken: BrokenEvidence[] = []
  const edge = new CompactRange()
  const checkpoints = checkpointsOf(log)
  let next = await checkpoints.next()
  let [records, checked] = [0, 0]
  for await (const batch of batchesFrom(log.db, log.book, 0)) {
    if (batch.seq !== edge.size) {
      broken.push({ at: edge.size, fault: "missing" })
      return { batches: edge.size, records, checkpoints: checked, broken }
    }
    const fault = faultOf(log, batch)
    if (fault) broken.push({ at: batch.seq, fault })
    records += batch.size
    edge.append(batchLeaf(batch))
    for (; !next.done && next.value.size === edge.size; next = await checkpoints.next()) {
      const wrong = checkpointFault(log, next.value, edge)
      if (wrong) broken.push({ at: next.value.size, fault: wrong })
      checked++
    }
    if (broken.length >= BROKEN_MAX) break
  }
  if (!next.done && broken.length < BROKEN_MAX) broken.push({ at: next.value.size, fault: "forked" })
  return { batches: edge.size, records, checkpoints: checked, broken }
}

async function* checkpointsOf({ db, book }: LogToVerify): AsyncGenerator<CheckpointRow> {
  for (let after = 0; ; ) {
    const some = await db.tx(SYSTEM, (tx) => selectCheckpoints(tx, book, after, CHECKPOINTS_AT_ONCE))
    yield* some
    if (some.length < CHECKPOINTS_AT_ONCE) return
    after = some.at(-1)!.size
  }
}

function faultOf({ site, keyOf }: LogToVerify, batch: BatchRow): EvidenceFault | undefined {
  const records = batch.records === null ? undefined : readRecords(site, batch)
  if (batch.records !== null && !records) return "altered"
  if (records && !leadsToRoot(records, batch)) return "altered"
  const key = keyOf(batch.keyId)
  // What one message alone was signed over is gone with its records; the log's own leaf still covers the signature.
  if (!records && batch.size === 1) return undefined
  return key && verifyRoot(records?.[0]?.text ?? "", batch, key) ? undefined : "forged"
}

function readRecords(site: Site, { book, seq, sealed, records }: BatchRow): EvidenceRecord[] | undefined {
  try {
    return openRecords(records!, site.keys.secret(sealed), placeOf(book, seq))
  } catch {
    return undefined
  }
}

const leadsToRoot = (records: readonly EvidenceRecord[], { size, root }: BatchRow): boolean =>
  records.length === size && merkleBatch(records.map(({ text }) => recordLeaf(text))).root.equals(root)

function checkpointFault(
  { noteKey }: LogToVerify,
  { size, root, note }: CheckpointRow,
  edge: CompactRange,
): EvidenceFault | undefined {
  try {
    const told = openCheckpoint(note, noteKey)
    const isSame = told.size === size && Buffer.from(told.root).equals(root)
    return isSame && edge.root().equals(root) ? undefined : "forked"
  } catch {
    return "unsigned"
  }
}
