// Walks the chain of each agency in bounded batches and names the first broken link.
import { GENESIS, linkHash } from "#engines/ledger"
import type { Actor, Db, Tx } from "#platform/db"
import { contentOf } from "./entry.ts"
import { refuseAllButAuditors } from "./readers.ts"
import { type EntryRow, readChain, readHeadless, readHeads } from "./store.ts"

/** altered: its words or its hash are not what was written; missing: a number is gone; reordered: another entry's place; forked-head: the head and the last entry disagree. */
export interface BrokenLink {
  readonly agency: string
  readonly seq: number
  readonly reason: "altered" | "missing" | "reordered" | "forked-head"
}

export interface Verdict {
  readonly agencies: number
  readonly entries: number
  /** Empty when every chain holds; the first broken link of each agency otherwise. */
  readonly broken: readonly BrokenLink[]
}

const BATCH = 1_000
const SYSTEM: Actor = { kind: "system", name: "book-verifier" }
type Read = <T>(deed: (tx: Tx) => Promise<T>) => Promise<T>

/**
 * Recomputes the chains of one agency or of all, 1,000 entries at a time. With a `Db` each batch is a transaction of the system, so
 * that a walk of hours holds nothing; with a `Tx` it runs in that one, for the system and the agency's auditors.
 */
export async function verifyBook(book: Tx | Db, agency?: string): Promise<Verdict> {
  if ("actor" in book) refuseAllButAuditors(book.actor, agency)
  const read: Read = "actor" in book ? (deed) => deed(book) : (deed) => book.tx(SYSTEM, deed)
  const heads = await read((tx) => readHeads(tx, agency))
  const headless = await read((tx) => readHeadless(tx, agency))
  const broken: BrokenLink[] = headless.map((lost) => ({ agency: lost, seq: 0, reason: "forked-head" }))
  let entries = 0
  for (const head of heads) {
    const walk = await walkChain(read, head.agency, head.seq)
    entries += walk.entries
    const last = walk.broken ?? headBroken(head, walk.hash)
    if (last) broken.push(last)
  }
  return { agencies: heads.length + headless.length, entries, broken }
}

interface Walk {
  readonly entries: number
  readonly hash: Buffer
  readonly broken?: BrokenLink
}

/** Recomputes one chain from its beginning up to the place `until`. */
async function walkChain(read: Read, agency: string, until: number): Promise<Walk> {
  let hash: Buffer = GENESIS
  let seq = 0
  while (seq < until) {
    const rows = await read((tx) => readChain(tx, agency, seq, Math.min(BATCH, until - seq)))
    for (const row of rows) {
      const expected = linkHash(hash, seq + 1, contentOf(row))
      if (row.seq !== seq + 1) return { entries: seq, hash, broken: { agency, seq: seq + 1, reason: "missing" } }
      if (!expected.equals(row.hash))
        return { entries: seq, hash, broken: { agency, seq: seq + 1, reason: reasonOf(hash, row, rows) } }
      hash = expected
      seq += 1
    }
    if (rows.length === 0) return { entries: seq, hash, broken: { agency, seq: seq + 1, reason: "missing" } }
  }
  return { entries: seq, hash }
}

/** Does another entry near by belong here? Then somebody changed places. */
function reasonOf(hash: Buffer, here: EntryRow, rows: readonly EntryRow[]): "altered" | "reordered" {
  const fits = rows.some((other) => other.seq !== here.seq && linkHash(hash, here.seq, contentOf(other)).equals(other.hash))
  return fits ? "reordered" : "altered"
}

function headBroken(head: { agency: string; seq: number; hash: Buffer; last: number }, hash: Buffer): BrokenLink | undefined {
  if (head.last > head.seq) return { agency: head.agency, seq: head.seq + 1, reason: "forked-head" }
  return hash.equals(head.hash) ? undefined : { agency: head.agency, seq: head.seq, reason: "forked-head" }
}
