// Takes one exchange out of the log: its records with all that leads from them to a checkpoint, and who vouches for that.
import { merkleBatch } from "#engines/ledger"
import type { Tx } from "#platform/db"
import { type Bundle, type BundleRecord, RECORDS_MAX, TIMESTAMPS_MAX } from "./bundle.ts"
import { placeOf } from "./log-state.ts"
import { readTail } from "./log-tail.ts"
import { printProof } from "./proof.ts"
import { openRecords, recordLeaf } from "./record.ts"
import { type CheckpointRow, checkpointOver, findBatch, selectEntries } from "./store.ts"
import { findCertificate, selectCosignatures, selectTimestamps, vouchedOver } from "./store.vouches.ts"

/** Who a bundle's keys belong to, as the directory knows them. */
export interface BundleKeys {
  readonly noteKey: string
  /** PEM by key id, with those that lead to an anchor behind it; asked for every key that occurs, before those that were kept. */
  certificateOf(keyId: string): string | undefined
  readonly anchors: readonly string[]
  /** Verifier keys of the sites that may witness this log. */
  readonly witnesses?: readonly string[]
}

/** Among so many vouched checkpoints the best one is looked for: all of them are made within minutes. */
const VOUCHED_AMONG = 5

/** Everything about one exchange that this site can prove; undefined when it knows none by that message, or it lies too near for a checkpoint. */
export async function exportExchange(tx: Tx, book: string, message: string, keys: BundleKeys): Promise<Bundle | undefined> {
  const records: BundleRecord[] = []
  for (const { batch, place } of await selectEntries(tx, book, message, RECORDS_MAX)) {
    const record = await provable(tx, book, batch, place)
    if (record) records.push(record)
  }
  if (records.length === 0) return undefined
  return {
    format: "motlan-exchange-1",
    message,
    site: book,
    noteKey: keys.noteKey,
    ...(keys.witnesses && keys.witnesses.length > 0 && { witnesses: [...keys.witnesses] }),
    records,
    certificates: await certificatesOf(tx, book, records, keys),
    anchors: [...keys.anchors],
  }
}

async function provable(tx: Tx, book: string, seq: number, place: number): Promise<BundleRecord | undefined> {
  const batch = await findBatch(tx, book, seq)
  const checkpoint = (await vouchedOver(tx, book, seq, VOUCHED_AMONG)) ?? (await checkpointOver(tx, book, seq))
  if (!batch?.records || !checkpoint) return undefined
  const all = openRecords(batch.records, tx.site.keys.secret(batch.sealed), placeOf(book, seq))
  const { root, signature, size, keyId } = batch
  const { paths } = merkleBatch(all.map(({ text }) => recordLeaf(text)))
  const tail = await readTail(tx, book, seq, checkpoint.size)
  const timestamps = await selectTimestamps(tx, book, checkpoint.size)
  const { kind, text } = all[place]!
  return {
    kind,
    text,
    keyId,
    proof: printProof({ index: place, size, signature, root, path: paths[place]! }),
    batch: seq,
    checkpoint: await cosigned(tx, book, checkpoint),
    path: tail.inclusionProof(seq).map((hash) => hash.toString("base64")),
    ...(timestamps.length > 0 && {
      timestamps: timestamps.slice(0, TIMESTAMPS_MAX).map(({ token }) => token.toString("base64")),
    }),
  }
}

/** The note with the lines of all witnesses that have seen it. */
export const cosigned = async (tx: Tx, book: string, { note, size }: Pick<CheckpointRow, "note" | "size">): Promise<string> =>
  note + (await selectCosignatures(tx, book, size)).map(({ line }) => line).join("")

const KEY = /keyid=\\?"([A-Za-z0-9_-]{1,100})\\?"/g
/** The ids of the keys that a record names. */
export const keysIn = (text: string): string[] => [...text.matchAll(KEY)].map(([, id]) => id!)

async function certificatesOf(
  tx: Tx,
  book: string,
  records: readonly BundleRecord[],
  keys: BundleKeys,
): Promise<Record<string, string>> {
  const certificates: Record<string, string> = {}
  for (const id of new Set(records.flatMap(({ keyId, text }) => [keyId, ...keysIn(text)]))) {
    const pem = keys.certificateOf(id) ?? (await findCertificate(tx, book, id))?.pem
    if (pem !== undefined) certificates[id] = pem
  }
  return certificates
}
