// Checks a bundle by itself, without a database and without a network.
import type { KeyObject } from "node:crypto"
import { type NoteKey, noteKey, openCheckpoint, parseNoteKey, verifyInclusion } from "#engines/ledger"
import type { Bundle, BundleRecord } from "./bundle.ts"
import { keysIn } from "./export-exchange.ts"
import { batchLeaf } from "./log-state.ts"
import { type Proof, parseProof, verifyRoot, verifyWay } from "./proof.ts"
import { readReceipt } from "./receipt.ts"
import { recordLeaf } from "./record.ts"
import { readToken } from "./timestamp-token.ts"
import { pemsIn, type Trusted, trustedCertificate } from "./trusted-certificate.ts"

/**
 * What is checked of a record, in this order; the first that fails ends it. certificate: its key has one that an anchor issued and that
 * held when it sealed. batch, signature: the way to the root and the signature over that. checkpoint: the log's note and those who cosigned it.
 * log: the batch stands in the log. timestamp: every token. peer: a receipt holds what the peer sealed. message: it is of this exchange.
 * answer: the answer is to exactly this request.
 */
export const bundleChecks = [
  "certificate",
  "batch",
  "signature",
  "checkpoint",
  "log",
  "timestamp",
  "peer",
  "message",
  "answer",
] as const
export type BundleCheck = (typeof bundleChecks)[number]

export interface RecordVerdict {
  readonly kind: BundleRecord["kind"]
  readonly failed?: BundleCheck
  /** Subject of the certificate that sealed it, for `got` that of the peer. */
  readonly sealedBy?: string
  /** When it was sealed, as the seal says. */
  readonly sealedAt?: Date
  readonly witnesses?: readonly { readonly name: string; readonly at: Date }[]
  readonly timestamps?: readonly { readonly by: string; readonly at: Date; readonly isTrusted: boolean }[]
}

export interface BundleVerdict {
  readonly records: readonly RecordVerdict[]
  /** All records hold, and there is one sent and one got. */
  readonly holds: boolean
}

/** Checks one bundle; see BundleVerifier. */
export const verifyBundle = (bundle: Bundle, anchors?: readonly string[]): BundleVerdict =>
  new BundleVerifier(anchors).verify(bundle)

const REMEMBERED_MAX = 4_096

/**
 * Checks bundles one after the other, and remembers signatures, notes and certificates that it has seen to hold: what many bundles share
 * is checked once. Without `anchors` (PEM) those of the file itself are believed: whether they are to be trusted is for the reader to say.
 */
export class BundleVerifier {
  private roots = new Set<string>()
  private notes = new Map<string, Noted>()
  private certificates = new Map<string, Trusted>()

  constructor(private readonly anchors?: readonly string[]) {}

  verify(bundle: Bundle): BundleVerdict {
    const judged = bundle.records.map((record) => this.judge(bundle, record))
    const request = judged.find(({ said }) => said?.isRequest)?.said
    const records = judged.map(({ verdict, said }) =>
      !verdict.failed && said?.answers !== undefined && said.answers !== request?.leaf
        ? { ...verdict, failed: "answer" as const }
        : verdict,
    )
    const has = (kind: BundleRecord["kind"]) => records.some((record) => record.kind === kind)
    return { records, holds: records.every(({ failed }) => !failed) && has("sent") && has("got") }
  }

  private judge(bundle: Bundle, record: BundleRecord): { readonly verdict: RecordVerdict; readonly said?: Said } {
    const { kind } = record
    const fail = (failed: BundleCheck) => ({ verdict: { kind, failed } })
    const isGot = kind === "got"
    const said = kind === "refused" ? undefined : saidIn(isGot ? (record.of?.text ?? "") : record.text)
    const own = this.trusted(bundle, record.keyId)
    if (!own?.holdsAt(kind === "sent" ? said?.created : undefined)) return fail("certificate")
    const proof = parseProof(record.proof)
    if (!proof || !verifyWay(record.text, proof)) return fail("batch")
    if (!this.isSigned(record.text, proof, record.keyId, own.key)) return fail("signature")
    const log = this.noteOf(bundle, record)
    if (!log) return fail("checkpoint")
    const path = record.path.map((hash) => Buffer.from(hash, "base64"))
    if (!verifyInclusion(batchLeaf(proof), record.batch, log.size, path, log.root)) return fail("log")
    const timestamps = this.timestampsOf(bundle, record, log.text)
    if (!timestamps) return fail("timestamp")
    const peer = isGot ? this.peerOf(bundle, record, said) : undefined
    if (isGot && !peer) return fail("peer")
    if (kind !== "refused" && said?.nonce !== bundle.message) return fail("message")
    const sealedAt = said?.created === undefined ? undefined : new Date(said.created * 1_000)
    const sealedBy = (peer ?? own).subject
    const { witnesses } = log
    return { verdict: { kind, sealedBy, ...(sealedAt && { sealedAt }), witnesses, timestamps }, ...(said && { said }) }
  }

  /** Who sealed the message of a receipt, when the receipt names the batch, and seal and certificate hold. */
  private peerOf(bundle: Bundle, { text, of }: BundleRecord, said: Said | undefined): Trusted | undefined {
    const proof = parseProof(of?.proof ?? "")
    if (!of || !proof || !isReceiptOf(text, proof)) return undefined
    const [id] = keysIn(of.text)
    const peer = id === undefined ? undefined : this.trusted(bundle, id)
    if (!peer?.holdsAt(said?.created) || !verifyWay(of.text, proof)) return undefined
    return this.isSigned(of.text, proof, id!, peer.key) ? peer : undefined
  }

  private isSigned(text: string, proof: Proof, keyId: string, key: KeyObject): boolean {
    if (proof.size === 1) return verifyRoot(text, proof, key)
    const name = `${keyId} ${proof.size} ${proof.root.toString("base64")} ${proof.signature.toString("base64")}`
    if (this.roots.has(name)) return true
    if (!verifyRoot(text, proof, key)) return false
    if (this.roots.size >= REMEMBERED_MAX) this.roots = new Set()
    this.roots.add(name)
    return true
  }

  private noteOf({ noteKey: keyText, witnesses = [] }: Bundle, { checkpoint }: BundleRecord): Noted | undefined {
    const name = [keyText, ...witnesses, checkpoint].join("\n")
    const known = this.notes.get(name)
    if (known) return known
    try {
      const opened = openCheckpoint(checkpoint, parseNoteKey(keyText), witnesses.map(witnessKey))
      const seen = opened.witnesses.map(({ key, time }) => ({ name: key.name, at: new Date((time ?? 0) * 1_000) }))
      const noted = { size: opened.size, root: opened.root, text: opened.note.text, witnesses: seen }
      if (this.notes.size >= REMEMBERED_MAX) this.notes = new Map()
      this.notes.set(name, noted)
      return noted
    } catch {
      return undefined
    }
  }

  /** Undefined when one of the tokens is not over this note, or not signed by its own certificate. */
  private timestampsOf(bundle: Bundle, { timestamps = [] }: BundleRecord, text: string): RecordVerdict["timestamps"] {
    const anchors = this.anchors ?? bundle.anchors
    try {
      return timestamps.map((token) => {
        const { authority, at, isTrusted } = readToken(Buffer.from(token, "base64"), Buffer.from(text), anchors)
        return { by: authority, at, isTrusted }
      })
    } catch {
      return undefined
    }
  }

  private trusted(bundle: Bundle, id: string): Trusted | undefined {
    const pem = Object.hasOwn(bundle.certificates, id) ? bundle.certificates[id] : undefined
    if (pem === undefined) return undefined
    const anchors = this.anchors ?? bundle.anchors
    const name = [id, pem, ...(this.anchors ? [] : bundle.anchors)].join("\n")
    const known = this.certificates.get(name) ?? trustedCertificate(id, pemsIn(pem), anchors)
    if (!known) return undefined
    if (this.certificates.size >= REMEMBERED_MAX) this.certificates = new Map()
    this.certificates.set(name, known)
    return known
  }
}

interface Noted {
  readonly size: number
  readonly root: Uint8Array
  /** Without signatures. */
  readonly text: string
  readonly witnesses: readonly { readonly name: string; readonly at: Date }[]
}

/** The key under which a site cosigns, of the key under which it signs its own log. */
export function witnessKey(text: string): NoteKey {
  const key = parseNoteKey(text)
  return key.use === "cosignature" ? key : noteKey(key.name, key.key, "cosignature")
}

/** Does the receipt name exactly this batch of the peer? */
function isReceiptOf(text: string, { size, root, signature }: Proof): boolean {
  const receipt = readReceipt(text)
  return receipt !== undefined && receipt.size === size && receipt.root.equals(root) && receipt.signature.equals(signature)
}

/** What a signature base (RFC 9421) says of its exchange. */
interface Said {
  /** Seconds since 1970. */
  readonly created: number
  readonly nonce: string
  readonly isRequest: boolean
  /** Its leaf, base64. */
  readonly leaf: string
  /** Leaf of the request that it answers. */
  readonly answers?: string
}

const PARAMS = /\n"@signature-params": \([^\n()]*\);created=(\d{1,12});keyid="[A-Za-z0-9_-]+";nonce="([^"\n]{1,300})"[^\n]*$/
const ANSWERS = /\n"x-motlan-request": ([A-Za-z0-9+/]{43}=)\n/

function saidIn(base: string): Said | undefined {
  const params = PARAMS.exec(base)
  if (!params) return undefined
  const answers = ANSWERS.exec(base)?.[1]
  const isRequest = base.startsWith('"@method": ')
  return {
    created: Number(params[1]),
    nonce: params[2]!,
    isRequest,
    leaf: recordLeaf(base).toString("base64"),
    ...(!isRequest && { answers: answers ?? "" }),
  }
}
