// Seals records in natural batches: what comes together is one tree, one signature, one row; what was signed while the disk was busy, one commit.
import { rootHash } from "#engines/ledger"
import { batchLeaf, type LogKeys, type LogState, placeOf, type SealKey, secretName } from "./log-state.ts"
import { BATCH_MAX, type SignedBatch, signedBytes } from "./proof.ts"
import { type EvidenceRecord, recordLeaf, sealRecords, tagsOf } from "./record.ts"
import { restoreLog } from "./restore.ts"
import { type BatchRow, insertBatch } from "./store.ts"
import { writeCheckpoint } from "./write-checkpoint.ts"

/** A record in its batch. */
export interface Sealed {
  /** SHA-256(0x00 || text). */
  readonly leaf: Buffer
  readonly place: number
  /** As soon as the signature stands: a request may leave with it while its record is being stored. The same for all records of the batch. */
  readonly signed: Promise<SignedBatch>
  /** When the record is on disk. Rejects when it could not be stored: nothing may be answered then. */
  readonly stored: Promise<void>
}

/** How soon a record is needed; at once, if nothing is said. */
export interface Haste {
  /** Others are about to come that go with it: in a crowd its batch is signed when they are there. */
  readonly gathers?: boolean
  /** Its signature is waited for and not the disk, which takes it with the next that is waited for, or a moment later. */
  readonly isStoredLater?: boolean
  /** Nobody waits for it: it goes into the batch of the next record that is waited for, or of a moment later. */
  readonly mayWait?: boolean
}

export interface Sealer {
  /** Of the key that signs what is sealed now. */
  readonly keyId: string
  /** Puts a record into the next batch. Throws a TooManyWaiting when the disk can't follow. */
  seal(record: EvidenceRecord, haste?: Haste): Sealed
  /** Seals with this key from now on; what waits is signed with the one under whose id it was made. */
  renew(key: SealKey): void
  /** Writes what waits, and a last checkpoint. */
  close(): Promise<void>
}

/** More records than can be stored soon: whoever asks is to come again. */
export class TooManyWaiting extends Error {}

const BATCHES_WAITING_MAX = 32
/** Signed batches that wait for the disk; more are not signed meanwhile. */
const SIGNED_WAITING_MAX = 8
/** Up to so many messages in a batch nobody waits for others. */
const FEW = 2
/** In a crowd, records that gather are signed when for so long none has come, */
const STILL_MS = 2
/** or when so many are there, */
const COHORT = 64
/** or after so long. */
const GATHER_MAX_MS = 12
/** How long the disk may leave what is signed, while nobody waits for it: longer than an exchange alone takes, whose receipt takes it along. */
const STORED_LATER_MS = 20
/** How long a record that may wait waits at most. */
const LEISURE_MS = 20
const TIDY_EVERY_MS = 1_000

/** What becomes one tree, one signature by `key`, one row. Whoever has a record in it waits for the whole. */
class Batch {
  readonly records: EvidenceRecord[] = []
  readonly leaves: Buffer[] = []
  /** Messages that the records are about. */
  messages = 0
  /** Does nobody come any more who should go with it? */
  isWhole = false
  /** Does somebody wait for the disk? */
  isAwaited = false
  readonly signed: Promise<SignedBatch>
  readonly stored: Promise<void>
  sign!: (signed: SignedBatch) => void
  private store!: () => void
  fail!: (fault: unknown) => void

  constructor(readonly key: SealKey) {
    let failSigned: (fault: unknown) => void
    this.signed = new Promise((sign, fail) => {
      this.sign = sign
      failSigned = fail
    })
    this.stored = new Promise((store, fail) => {
      this.store = store
      this.fail = (fault) => {
        failSigned(fault)
        fail(fault)
      }
    })
    // Not everybody looks at both; whoever does hears of the fault all the same.
    this.signed.catch(() => undefined)
    this.stored.catch(() => undefined)
  }

  add(record: EvidenceRecord): Sealed {
    const leaf = recordLeaf(record.text)
    this.records.push(record)
    this.leaves.push(leaf)
    this.messages += record.of ? record.of.messages.length : 1
    return { leaf, place: this.leaves.length - 1, signed: this.signed, stored: this.stored }
  }

  /** Lets go of the records: a batch is found alive for longer than it is, and what it holds would stay until the whole heap is collected. */
  wasStored(): void {
    this.store()
    this.records.length = 0
  }
}

/** Opens the log of a site where its last process left it. */
export async function openSealer(options: LogKeys): Promise<Sealer> {
  const sealing = new Sealing(options, await restoreLog(options))
  sealing.begin()
  return sealing
}

class Sealing implements Sealer {
  private key: SealKey
  /** In their order; the last one is open for more. */
  private waiting: Batch[] = []
  private crowd = 0
  /** Is a batch being signed? */
  private isSigning = false
  private gathering: NodeJS.Timeout | undefined
  /** In their order; what the disk gets next. */
  private readonly signed: { readonly batch: Batch; readonly under: SignedBatch }[] = []
  private isStoring = false
  private storing: NodeJS.Timeout | undefined
  /** Does somebody wait for what waits? */
  private isUrgent = false
  /** False from a commit whose outcome is unknown until the log was read again. */
  private isSure = true
  private tidying: Promise<void> | undefined
  private timer: NodeJS.Timeout | undefined
  private leisure: NodeJS.Timeout | undefined

  constructor(
    private readonly options: LogKeys,
    private log: LogState,
  ) {
    this.key = options.key
  }

  get keyId(): string {
    return this.key.id
  }

  renew(key: SealKey): void {
    this.key = key
  }

  begin(): void {
    this.timer = setInterval(() => void this.tidy(), TIDY_EVERY_MS)
    this.timer.unref()
  }

  seal(record: EvidenceRecord, { gathers = false, isStoredLater = false, mayWait = false }: Haste = {}): Sealed {
    let open = this.waiting.at(-1)
    if (!open || open.records.length >= BATCH_MAX || open.key !== this.key) {
      if (this.waiting.length >= BATCHES_WAITING_MAX) throw new TooManyWaiting("the evidence can't be stored as fast as it comes")
      open = new Batch(this.key)
      this.waiting.push(open)
    }
    const sealed = open.add(record)
    if (mayWait) {
      this.leisure ??= setTimeout(() => this.hurry(), LEISURE_MS)
      return sealed
    }
    if (!isStoredLater) open.isAwaited = true
    if (!gathers || open.records.length >= COHORT) open.isWhole = true
    this.hurry()
    return sealed
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    this.hurry()
    while (this.isSigning || this.isStoring || this.waiting.length + this.signed.length > 0)
      await new Promise((resolve) => setTimeout(resolve, 1))
    await this.tidying
    await this.tidy()
  }

  private hurry(): void {
    this.isUrgent = true
    this.flushSoon()
  }

  private flushSoon(): void {
    const [batch] = this.waiting
    if (this.isSigning || !this.isUrgent || !batch || this.signed.length >= SIGNED_WAITING_MAX) return
    const isWhole = batch.isWhole || this.crowd <= FEW || this.waiting.length > 1
    if (!isWhole) {
      this.gathering ??= this.gather(batch, performance.now())
      return
    }
    this.isSigning = true
    clearTimeout(this.gathering)
    clearTimeout(this.leisure)
    this.gathering = undefined
    this.leisure = undefined
    setImmediate(() => void this.flush())
  }

  /** Waits for those that come together with what is there now. */
  private gather(batch: Batch, since: number): NodeJS.Timeout {
    const before = batch.messages
    return setTimeout(() => {
      batch.isWhole ||= batch.messages === before || performance.now() - since >= GATHER_MAX_MS
      this.gathering = batch.isWhole ? undefined : this.gather(batch, since)
      this.flushSoon()
    }, STILL_MS)
  }

  /** Signs the batch that waits longest, and leaves it to be stored: in the next turn, since what waits for the signature alone goes first. */
  private async flush(): Promise<void> {
    const batch = this.waiting.shift()!
    this.isUrgent = this.waiting.length > 0
    this.crowd = (this.crowd + batch.messages) / 2
    try {
      this.signed.push({ batch, under: await this.sign(batch) })
      setImmediate(() => this.storeSoon())
    } catch (fault) {
      batch.fail(fault)
    }
    this.isSigning = false
    this.flushSoon()
  }

  private storeSoon(): void {
    if (this.isStoring || this.signed.length === 0) return
    if (this.signed.some(({ batch }) => batch.isAwaited)) void this.storeSigned()
    else this.storing ??= setTimeout(() => void this.storeSigned(), STORED_LATER_MS)
  }

  /** One commit with all that was signed since the one before. */
  private async storeSigned(): Promise<void> {
    this.isStoring = true
    clearTimeout(this.storing)
    this.storing = undefined
    const all = [...this.signed]
    try {
      if (!this.isSure) await this.restore()
      await this.store(all)
    } catch (fault) {
      for (const { batch } of all) batch.fail(fault)
    }
    this.signed.splice(0, all.length)
    this.isStoring = false
    this.storeSoon()
    this.flushSoon()
  }

  private async restore(): Promise<void> {
    this.log = await restoreLog(this.options)
    this.isSure = true
  }

  private async sign({ key, leaves, records, sign }: Batch): Promise<SignedBatch> {
    const root = rootHash(leaves)
    const size = leaves.length
    const signature = await key.sign(signedBytes(size, records[0]!.text, root))
    const signed = { keyId: key.id, size, root, signature, leaves }
    sign(signed)
    return signed
  }

  /** A row for each batch, one commit. After a fault nobody knows whether they are there: the log is read again before the next. */
  private async store(all: readonly { readonly batch: Batch; readonly under: SignedBatch }[]): Promise<void> {
    const { book, db, site } = this.options
    const madeAt = site.clock()
    const sealed = secretName(madeAt)
    const secret = site.keys.secret(sealed)
    const rows = all.map(({ batch, under: { keyId, root, signature, size } }, i): BatchRow => {
      const seq = this.log.size + i
      const records = sealRecords(batch.records, secret, placeOf(book, seq))
      return { book, seq, madeAt, keyId, size, root, signature, sealed, records, tags: tagsOf(batch.records) }
    })
    this.isSure = false
    await db.run(...rows.map(insertBatch))
    this.isSure = true
    for (const row of rows) this.log.edge.append(batchLeaf(row))
    this.log.size += rows.length
    for (const { batch } of all) batch.wasStored()
  }

  /** Signs how far the log has come; a fault is mended by the next time. */
  private async tidy(): Promise<void> {
    if (this.tidying || this.log.size === this.log.noted) return
    const { log } = this.options.site
    this.tidying = writeCheckpoint(this.options, this.log).catch((err: Error) =>
      log.error({ err }, "a checkpoint is not written"),
    )
    await this.tidying
    this.tidying = undefined
  }
}
