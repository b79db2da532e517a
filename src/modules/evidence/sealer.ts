// Seals records in natural batches: whatever waits when the last commit ends is one tree, one signature, one row, one commit.
import { merkleBatch } from "#engines/ledger"
import { batchLeaf, type LogKeys, type LogState, placeOf, SYSTEM, secretName } from "./log-state.ts"
import { BATCH_MAX, type Proof, signedBytes } from "./proof.ts"
import { type EvidenceRecord, recordLeaf, sealRecords } from "./record.ts"
import { restoreLog } from "./restore.ts"
import { type BatchRow, type EntryRow, insertBatch, insertEntries } from "./store.ts"
import { writeCheckpoint } from "./write-checkpoint.ts"

export interface Sealed {
  /** As soon as the signature stands: a request may leave with it while its record is being stored. */
  readonly signed: Promise<Proof>
  /** When the record is on disk. Rejects when it could not be stored: nothing may be answered then. */
  readonly stored: Promise<void>
}

export interface Sealer {
  readonly keyId: string
  /** Puts a record into the next batch. Throws a TooManyWaiting when the disk can't follow. */
  seal(record: EvidenceRecord): Sealed
  /** Writes what waits, and a last checkpoint. */
  close(): Promise<void>
}

/** More records than can be stored soon: whoever asks is to come again. */
export class TooManyWaiting extends Error {}

const WAITING_MAX = 4_096
/** With so many records at once it pays to wait a moment for more of them. */
const CROWD = 4
const WINDOW_MS = 2
const TIDY_EVERY_MS = 1_000
const ENTRIES_AT_ONCE = 5_000

interface Waiting extends EvidenceRecord {
  sign(proof: Proof): void
  store(): void
  fail(fault: Error): void
}

type SignedBatch = Pick<BatchRow, "root" | "signature" | "size">

/** Opens the log of a site where its last process left it. */
export async function openSealer(options: LogKeys): Promise<Sealer> {
  const sealing = new Sealing(options, await restoreLog(options))
  sealing.begin()
  return sealing
}

class Sealing implements Sealer {
  readonly keyId: string
  private waiting: Waiting[] = []
  private crowd = 0
  private isBusy = false
  /** False from a commit whose outcome is unknown until the log was read again. */
  private isSure = true
  private entries: EntryRow[] = []
  private storing: Promise<void> = Promise.resolve()
  private tidying: Promise<void> | undefined
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly options: LogKeys,
    private log: LogState,
  ) {
    this.keyId = options.key.id
  }

  begin(): void {
    this.timer = setInterval(() => void this.tidy(), TIDY_EVERY_MS)
    this.timer.unref()
  }

  seal(record: EvidenceRecord): Sealed {
    if (this.waiting.length >= WAITING_MAX) throw new TooManyWaiting("the evidence can't be stored as fast as it comes")
    let waits: Pick<Waiting, "sign" | "store" | "fail">
    let fail: (fault: Error) => void = () => undefined
    const signed = new Promise<Proof>((sign, reject) => {
      fail = reject
      waits = { sign, store: () => undefined, fail }
    })
    const stored = new Promise<void>((store, reject) => {
      const both = (fault: Error) => {
        fail(fault)
        reject(fault)
      }
      waits = { ...waits, store, fail: both }
    })
    // Not everybody looks at both; whoever does hears of the fault all the same.
    signed.catch(() => undefined)
    stored.catch(() => undefined)
    this.waiting.push({ ...record, ...waits! })
    if (!this.isBusy) this.flushSoon()
    return { signed, stored }
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    while (this.isBusy || this.waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, WINDOW_MS))
    await this.storing
    await this.tidying
    await this.tidy()
  }

  private flushSoon(): void {
    this.isBusy = true
    const flush = () => void this.flush()
    if (this.crowd >= CROWD && this.waiting.length < BATCH_MAX) setTimeout(flush, WINDOW_MS)
    else setImmediate(flush)
  }

  /** Signs what waits, and stores it behind the batch that is being stored; one signed batch may wait for another's commit. */
  private async flush(): Promise<void> {
    const batch = this.waiting.splice(0, BATCH_MAX)
    this.crowd = (this.crowd + batch.length) / 2
    const before = this.storing
    try {
      if (!this.isSure) await this.restore()
      const row = await this.sign(batch)
      await before
      this.storing = this.store(row, batch)
    } catch (fault) {
      for (const one of batch) one.fail(fault as Error)
    }
    if (this.waiting.length > 0) this.flushSoon()
    else this.isBusy = false
  }

  private async restore(): Promise<void> {
    await this.storing
    this.log = await restoreLog(this.options)
    this.isSure = true
  }

  private async sign(batch: readonly Waiting[]): Promise<SignedBatch> {
    const { root, paths } = merkleBatch(batch.map(({ text }) => recordLeaf(text)))
    const size = batch.length
    const signature = await this.options.key.sign(signedBytes(size, batch[0]!.text, root))
    for (const [index, one] of batch.entries()) one.sign({ index, size, signature, root, path: paths[index]! })
    return { root, signature, size }
  }

  /** One row, one commit. After a fault nobody knows whether it is there: the log is read again before the next. */
  private async store({ root, signature, size }: SignedBatch, batch: readonly Waiting[]): Promise<void> {
    const { key, book, db, site } = this.options
    try {
      if (!this.isSure) throw new Error("the batch before this one was not stored")
      const seq = this.log.size
      const madeAt = site.clock()
      const sealed = secretName(madeAt)
      const records = sealRecords(batch, site.keys.secret(sealed), placeOf(book, seq))
      const row: BatchRow = { book, seq, madeAt, keyId: key.id, size, root, signature, sealed, records }
      await db.run(SYSTEM, insertBatch(row))
      this.log.edge.append(batchLeaf(row))
      this.log.size = seq + 1
      for (const [place, { message, kind }] of batch.entries())
        this.entries.push({ batch: seq, place, message, kind, at: madeAt })
      for (const one of batch) one.store()
    } catch (fault) {
      this.isSure = false
      for (const one of batch) one.fail(fault as Error)
    }
  }

  /** Notes where records stand, and signs how far the log has come; a fault of either is mended by the next time. */
  private async tidy(): Promise<void> {
    if (this.tidying || !this.isSure) return
    this.tidying = this.noteAll().catch((error: Error) => this.options.site.log.error({ err: error }, "evidence is not noted"))
    await this.tidying
    this.tidying = undefined
  }

  private async noteAll(): Promise<void> {
    const { db, book } = this.options
    while (this.entries.length > 0) {
      const some = this.entries.slice(0, ENTRIES_AT_ONCE)
      await db.tx(SYSTEM, (tx) => insertEntries(tx, book, some))
      this.entries.splice(0, some.length)
    }
    if (this.log.size > this.log.noted) await writeCheckpoint(this.options, this.log)
  }
}
