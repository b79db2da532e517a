// One exchange as a file that proves itself: its records with all that leads from them to a signed checkpoint, and a check without a database.
import { type KeyObject, X509Certificate } from "node:crypto"
import Type, { type Static } from "typebox"
import { inclusionProof, merkleBatch, openCheckpoint, parseNoteKey, verifyInclusion } from "#engines/ledger"
import type { Tx } from "#platform/db"
import { batchLeaf, placeOf } from "./log-state.ts"
import { parseProof, printProof, verifyProof } from "./proof.ts"
import { openRecords, recordLeaf } from "./record.ts"
import { checkpointOver, findBatch, selectEntries, selectLeaves } from "./store.ts"

const Hash = Type.String({ pattern: "^[A-Za-z0-9+/]{43}=$" })
const RECORDS_MAX = 20

export const BundleRecord = Type.Object({
  kind: Type.Enum(["sent", "got", "refused"]),
  text: Type.String({ maxLength: 100_000 }),
  keyId: Type.String({ maxLength: 100 }),
  /** From the record to the root of its batch, and the signature. */
  proof: Type.String({ maxLength: 1_000 }),
  batch: Type.Integer({ minimum: 0 }),
  checkpoint: Type.String({ maxLength: 100_000 }),
  /** From the batch to the root of the checkpoint. */
  path: Type.Array(Hash, { maxItems: 64 }),
})
export type BundleRecord = Static<typeof BundleRecord>

export const Bundle = Type.Object({
  format: Type.Literal("motlan-exchange-1"),
  message: Type.String({ maxLength: 300 }),
  site: Type.String({ maxLength: 200 }),
  /** Verifier key of the site's log (C2SP signed note). */
  noteKey: Type.String({ maxLength: 300 }),
  records: Type.Array(BundleRecord, { minItems: 1, maxItems: RECORDS_MAX }),
  /** Certificates (PEM) of all keys that have sealed, by key id, and the trust anchors that issued them. */
  certificates: Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 20_000 })),
  anchors: Type.Array(Type.String({ maxLength: 20_000 }), { maxItems: 50 }),
})
export type Bundle = Static<typeof Bundle>

/** Who a bundle's keys belong to, as the directory knew them. */
export interface BundleKeys {
  readonly noteKey: string
  /** PEM by key id; asked for every key that occurs. */
  certificateOf(keyId: string): string | undefined
  readonly anchors: readonly string[]
}

/** Everything about one exchange that this site can prove; undefined when it knows none by that message, or it lies too near for a checkpoint. */
export async function exportExchange(tx: Tx, book: string, message: string, keys: BundleKeys): Promise<Bundle | undefined> {
  const entries = await selectEntries(tx, book, message, RECORDS_MAX)
  const records: BundleRecord[] = []
  for (const { batch: seq, place } of entries) {
    const record = await provable(tx, book, seq, place)
    if (record) records.push(record)
  }
  if (records.length === 0) return undefined
  const ids = new Set(records.flatMap(({ keyId, text }) => [keyId, ...keysIn(text)]))
  const certificates = Object.fromEntries(
    [...ids].flatMap((id) => {
      const pem = keys.certificateOf(id)
      return pem === undefined ? [] : [[id, pem]]
    }),
  )
  return {
    format: "motlan-exchange-1",
    message,
    site: book,
    noteKey: keys.noteKey,
    records,
    certificates,
    anchors: [...keys.anchors],
  }
}

async function provable(tx: Tx, book: string, seq: number, place: number): Promise<BundleRecord | undefined> {
  const batch = await findBatch(tx, book, seq)
  const checkpoint = await checkpointOver(tx, book, seq)
  if (!batch?.records || !checkpoint) return undefined
  const all = openRecords(batch.records, tx.site.keys.secret(batch.sealed), placeOf(book, seq))
  const { root, signature, size, keyId } = batch
  const { paths } = merkleBatch(all.map(({ text }) => recordLeaf(text)))
  const leaves = (await selectLeaves(tx, book, checkpoint.size)).map(batchLeaf)
  const { kind, text } = all[place]!
  return {
    kind,
    text,
    keyId,
    proof: printProof({ index: place, size, signature, root, path: paths[place]! }),
    batch: seq,
    checkpoint: checkpoint.note,
    path: inclusionProof(leaves, seq).map((hash) => hash.toString("base64")),
  }
}

const KEY = /keyid=\\?"([A-Za-z0-9_-]{1,100})\\?"/g
const keysIn = (text: string): string[] => [...text.matchAll(KEY)].map(([, id]) => id!)

/** What was checked of one record, in the order in which it was; the first that fails ends it. */
export type BundleCheck = "batch" | "signature" | "certificate" | "checkpoint" | "log" | "peer"

export interface BundleVerdict {
  readonly records: readonly { readonly kind: BundleRecord["kind"]; readonly failed?: BundleCheck }[]
  /** All records hold, and there is one sent and one got. */
  readonly holds: boolean
}

/** Checks a bundle by itself; whether its anchors are to be trusted is for the reader to say. */
export function verifyBundle(bundle: Bundle): BundleVerdict {
  const keyOf = (id: string): KeyObject | undefined => trustedKey(bundle, id)
  const records = bundle.records.map((record) => {
    const failed = failureOf(bundle, record, keyOf)
    return { kind: record.kind, ...(failed && { failed }) }
  })
  const has = (kind: BundleRecord["kind"]) => records.some((record) => record.kind === kind)
  return { records, holds: records.every(({ failed }) => !failed) && has("sent") && has("got") }
}

function failureOf(bundle: Bundle, record: BundleRecord, keyOf: (id: string) => KeyObject | undefined): BundleCheck | undefined {
  const proof = parseProof(record.proof)
  if (!proof) return "batch"
  const key = keyOf(record.keyId)
  if (!key) return "certificate"
  if (!verifyProof(record.text, proof, key)) return "signature"
  const log = checkpointOf(bundle, record)
  if (!log) return "checkpoint"
  const path = record.path.map((hash) => Buffer.from(hash, "base64"))
  if (!verifyInclusion(batchLeaf(proof), record.batch, log.size, path, log.root)) return "log"
  return record.kind === "got" && !peerSealed(record.text, keyOf) ? "peer" : undefined
}

function checkpointOf({ noteKey }: Bundle, { checkpoint }: BundleRecord) {
  try {
    return openCheckpoint(checkpoint, parseNoteKey(noteKey))
  } catch {
    return undefined
  }
}

/** Does the receipt hold what the peer has sealed? */
function peerSealed(receipt: string, keyOf: (id: string) => KeyObject | undefined): boolean {
  const { base, proof: printed } = parsed(receipt)
  const proof = parseProof(String(printed))
  const [id] = keysIn(String(base))
  const key = id === undefined ? undefined : keyOf(id)
  return proof !== undefined && key !== undefined && verifyProof(String(base), proof, key)
}

function parsed(text: string): { readonly base?: unknown; readonly proof?: unknown } {
  try {
    return (JSON.parse(text) as object | null) ?? {}
  } catch {
    return {}
  }
}

/** The key of a certificate that one of the anchors has issued. */
function trustedKey({ certificates, anchors }: Bundle, id: string): KeyObject | undefined {
  const pem = Object.hasOwn(certificates, id) ? certificates[id] : undefined
  if (pem === undefined) return undefined
  try {
    const certificate = new X509Certificate(pem)
    const isIssued = anchors.map((anchor) => new X509Certificate(anchor)).some((anchor) => isIssuedBy(certificate, anchor))
    const isNamed = id === thumbprint(certificate)
    return isIssued && isNamed ? certificate.publicKey : undefined
  } catch {
    return undefined
  }
}

const isIssuedBy = (certificate: X509Certificate, anchor: X509Certificate): boolean =>
  certificate.checkIssued(anchor) && certificate.verify(anchor.publicKey)

const thumbprint = (certificate: X509Certificate): string =>
  Buffer.from(certificate.fingerprint256.replaceAll(":", ""), "hex").toString("base64url")
