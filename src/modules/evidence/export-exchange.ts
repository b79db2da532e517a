// Takes one exchange out of the log: its records with all that leads from them to a checkpoint, and who vouches for that.
import { merkleBatch } from "#engines/ledger"
import type { Tx } from "#platform/db"
import { isId, timeOfId } from "#platform/ids"
import { type Bundle, type BundleRecord, RECORDS_MAX, TIMESTAMPS_MAX } from "./bundle.ts"
import { placeOf } from "./log-state.ts"
import { readTail } from "./log-tail.ts"
import { printProof } from "./proof.ts"
import { readReceipt } from "./receipt.ts"
import { leavesOf, messagesOf, openRecords, type PeerBatch, recordLeaf, tagOf } from "./record.ts"
import { type BatchRow, type CheckpointRow, checkpointOver, lastCheckpoint, selectTagged } from "./store.ts"
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
  const [from, until] = timeOf(message)
  // A checkpoint written while this reads must not cover an answer whose request was passed over a moment before.
  const covered = (await lastCheckpoint(tx, book))?.size ?? 0
  for (const batch of await selectTagged(tx, book, tagOf(message), from, until, RECORDS_MAX))
    if (batch.seq < covered) records.push(...(await provable(tx, batch, message)))
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

/** No clock that is believed is further ahead or behind, and no exchange takes longer. */
const AROUND_MS = 5 * 60_000
const ALWAYS = [new Date(0), new Date("9999-01-01")] as const

/** Between which times a message was kept: ids of the line begin with the time (RFC 9562, version 7). */
function timeOf(message: string): readonly [Date, Date] {
  const made = isId(message) ? timeOfId(message)?.getTime() : undefined
  return made === undefined ? ALWAYS : [new Date(made - AROUND_MS), new Date(made + AROUND_MS)]
}

/** The records of a batch that are about a message, with all that proves them; none before a checkpoint covers the batch. */
async function provable(tx: Tx, batch: BatchRow, message: string): Promise<BundleRecord[]> {
  const { book, seq, root, signature, size, keyId } = batch
  if (!batch.records) return []
  const all = openRecords(batch.records, tx.site.keys.secret(batch.sealed), placeOf(book, seq))
  const about = all.flatMap((record, place) => (messagesOf(record).includes(message) ? [{ record, place }] : []))
  const checkpoint = (await vouchedOver(tx, book, seq, VOUCHED_AMONG)) ?? (await checkpointOver(tx, book, seq))
  if (about.length === 0 || !checkpoint) return []
  const { paths } = merkleBatch(all.map(({ text }) => recordLeaf(text)))
  const tail = await readTail(tx, book, seq, checkpoint.size)
  const timestamps = await selectTimestamps(tx, book, checkpoint.size)
  const note = await cosigned(tx, book, checkpoint)
  return about.map(({ record, place }) => ({
    kind: record.kind,
    text: record.text,
    ...(record.of && { of: gotOf(record.text, record.of, message) }),
    keyId,
    proof: printProof({ index: place, size, signature, root, path: paths[place]! }),
    batch: seq,
    checkpoint: note,
    path: tail.inclusionProof(seq).map((hash) => hash.toString("base64")),
    ...(timestamps.length > 0 && {
      timestamps: timestamps.slice(0, TIMESTAMPS_MAX).map(({ token }) => token.toString("base64")),
    }),
  }))
}

/** Of all messages under a receipt the one that is asked for, and its way to the root that the receipt names. */
function gotOf(receipt: string, of: PeerBatch, message: string): NonNullable<BundleRecord["of"]> {
  const { text, place } = of.messages.find((one) => one.message === message)!
  const { root, paths } = merkleBatch(leavesOf(of))
  const { signature } = readReceipt(receipt)!
  return { text, proof: printProof({ index: place, size: paths.length, signature, root, path: paths[place]! }) }
}

/** The note with the lines of all witnesses that have seen it. */
export const cosigned = async (tx: Tx, book: string, { note, size }: Pick<CheckpointRow, "note" | "size">): Promise<string> =>
  note + (await selectCosignatures(tx, book, size)).map(({ line }) => line).join("")

const KEY = /keyid="([A-Za-z0-9_-]{1,100})"/g
/** The ids of the keys that a signature base names. */
export const keysIn = (text: string): string[] => [...text.matchAll(KEY)].map(([, id]) => id!)

async function certificatesOf(
  tx: Tx,
  book: string,
  records: readonly BundleRecord[],
  keys: BundleKeys,
): Promise<Record<string, string>> {
  const certificates: Record<string, string> = {}
  for (const id of new Set(records.flatMap(({ keyId, of }) => [keyId, ...keysIn(of?.text ?? "")]))) {
    const pem = keys.certificateOf(id) ?? (await findCertificate(tx, book, id))?.pem
    if (pem !== undefined) certificates[id] = pem
  }
  return certificates
}
