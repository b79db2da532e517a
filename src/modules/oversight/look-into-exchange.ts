// One exchange as it can be proved: its records, what they say without any content, and who vouches for them.
import { append } from "#audit"
import {
  type Bundle,
  type BundleCheck,
  exportExchange,
  listRecords,
  type RecordsPage,
  type RecordsWish,
  verifyBundle,
} from "#evidence"
import { findLogged, type LoggedMessage } from "#exchange"
import { knownKeys } from "#federation"
import type { Tx } from "#platform/db"
import { isId } from "#platform/ids"
import { problem } from "#problems"
import { CHECKPOINT_WAIT_MS, RECORDS_PAGE } from "./limits.ts"
import { checkpointSize, type RecordFacts, recordFacts } from "./record-facts.ts"
import { findSight, holdsAny, refuseAllBut, sightOf } from "./sight.ts"

/** A record of the log and what it proves. */
export interface SeenRecord extends RecordFacts {
  readonly kind: "sent" | "got" | "refused"
  readonly sealedBy: string | undefined
  readonly sealedAt: Date | undefined
  /** The first check that failed. */
  readonly failed: BundleCheck | undefined
  readonly batch: number
  /** Batches under the checkpoint that covers it. */
  readonly checkpoint: number
  readonly witnesses: readonly { readonly name: string; readonly at: Date }[]
  readonly timestamps: readonly { readonly by: string; readonly at: Date; readonly isTrusted: boolean }[]
}

/** waiting: its records lie too near for a checkpoint. half: what is there holds, and it is not both halves. */
export type ProofState = "holds" | "half" | "fails" | "waiting" | "none"

export interface SeenExchange {
  readonly message: string
  /** The row of the log, for an auditor of one of its parties. */
  readonly logged: LoggedMessage | undefined
  readonly proof: ProofState
  readonly records: readonly SeenRecord[]
  /** May the actor take the evidence away? */
  readonly mayExport: boolean
}

/**
 * Looks into one exchange. An auditor sees those of their agency with their row of the log; a technical administrator sees the records of
 * any, and no row: it names a person's case. Throws `not-allowed`, `not-found`.
 */
export async function lookIntoExchange(tx: Tx, message: string): Promise<SeenExchange> {
  const isAuditor = refuseStrangers(tx, message)
  const logged = isAuditor ? await findLogged(tx, message) : undefined
  if (isAuditor && !logged) throw problem("not-found")
  const bundle = findSight(tx.site) && (await bundleOf(tx, message))
  if (!logged && !bundle && !isFresh(tx, message)) throw problem("not-found")
  const seen = { message, logged, mayExport: isAuditor && bundle !== undefined }
  if (!bundle) return { ...seen, proof: isFresh(tx, message) ? "waiting" : "none", records: [] }
  const verdict = verifyBundle(bundle)
  const isBroken = verdict.records.some((record) => record.failed)
  const records = bundle.records.map((record, i): SeenRecord => {
    const { failed, sealedBy, sealedAt, witnesses = [], timestamps = [] } = verdict.records[i]!
    const { kind, batch } = record
    const checkpoint = checkpointSize(record.checkpoint)
    return { kind, batch, checkpoint, failed, sealedBy, sealedAt, witnesses, timestamps, ...recordFacts(record) }
  })
  // Of two records one may lie under the last checkpoint, and the other before the next.
  const half = isFresh(tx, message) ? "waiting" : "half"
  return { ...seen, proof: isBroken ? "fails" : verdict.holds ? "holds" : half, records }
}

/** The evidence of an exchange of the auditor's agency as a file; noted in the book. Throws `not-allowed`, `not-found`. */
export async function exportEvidence(tx: Tx, message: string): Promise<Bundle> {
  if (!refuseStrangers(tx, message)) throw problem("not-allowed")
  if (!(await findLogged(tx, message))) throw problem("not-found")
  sightOf(tx)
  const bundle = await bundleOf(tx, message)
  if (!bundle || tx.actor.kind !== "official") throw problem("not-found")
  append(tx, { agency: tx.actor.agency, event: "evidence-exported", details: { message } })
  return bundle
}

/** May its records still wait for a checkpoint? */
function isFresh(tx: Tx, message: string): boolean {
  // Ids that this site makes begin with their time (RFC 9562, version 7).
  const madeAt = Number.parseInt(message.slice(0, 8) + message.slice(9, 13), 16)
  return findSight(tx.site) !== undefined && Math.abs(tx.now.getTime() - madeAt) < CHECKPOINT_WAIT_MS
}

/** Gives whether it is an auditor. */
function refuseStrangers(tx: Tx, message: string): boolean {
  refuseAllBut(tx, ["auditor", "tech-admin"])
  if (!isId(message)) throw problem("not-found")
  return holdsAny(tx, ["auditor"])
}

async function bundleOf(tx: Tx, message: string): Promise<Bundle | undefined> {
  const known = await knownKeys(tx)
  return exportExchange(tx, known.site, message, known)
}

/** The records of the line, newest first, for technical administrators. Throws `not-allowed`, `federation-alone`. */
export function browseRecords(tx: Tx, wish: Omit<RecordsWish, "limit">): Promise<RecordsPage> {
  refuseAllBut(tx, ["tech-admin"])
  return listRecords(tx, sightOf(tx).file.site, { ...wish, limit: RECORDS_PAGE })
}
