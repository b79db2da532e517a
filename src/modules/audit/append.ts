// Notes an entry down; all entries of a deed are chained and stored as its last act before the commit.
import { contentDigest } from "#engines/ledger"
import type { Sql, Tx } from "#platform/db"
import type { Site } from "#platform/site"
import { type BookDetails, bookActorOf, contentOf, type EntryContent } from "./entry.ts"
import { type AuditEvent, auditEvents } from "./events.ts"
import { type ChainedEntry, chainEntries, ensureHeads } from "./store.ts"

export type AuditDetails<E extends AuditEvent> = Readonly<
  Partial<Record<(typeof auditEvents)[E]["details"][number], string | number | boolean | null | undefined>>
>

/** What a deed writes into the book. Who did it and when are taken from the transaction. */
export interface AuditEntry<E extends AuditEvent = AuditEvent> {
  /** The agency in whose book it stands. */
  readonly agency: string
  readonly event: E
  /** Pseudonym of the person whom it concerns (`keys.subjectOf`), where there is one. */
  readonly subject?: string | undefined
  readonly caseId?: string | undefined
  /** Only the details that the event declares; no personal data. */
  readonly details?: AuditDetails<E>
}

const ENTRIES_MAX = 5_000
const DETAIL_LENGTH_MAX = 300
/** Entries of one statement; linking takes time by their square. */
const CHUNK = 200
/** Sorts after every word, so that the heads are locked after all other late acts. */
const LAST = "~audit"

/** The entries of each deed that is under way; "closed" once they are stored. */
const books = new WeakMap<Tx, EntryContent[] | "closed">()

/**
 * Writes an entry into the book of `entry.agency`, within the deed's own transaction. Nothing happens before the end of the deed: then the
 * heads of its agencies are locked in sorted order and all its entries chained and stored at once. Throws an Error for details that
 * the event does not declare, or that look like a person's number or a text.
 */
export function append<E extends AuditEvent>(tx: Tx, entry: AuditEntry<E>): void {
  const book = books.get(tx) ?? []
  if (book === "closed") throw new Error(`the book of this deed is closed: ${entry.event} came too late`)
  if (book.length >= ENTRIES_MAX) throw new Error(`more than ${ENTRIES_MAX} entries in one deed`)
  book.push({
    agency: entry.agency,
    at: tx.now,
    event: entry.event,
    actor: bookActorOf(tx.actor),
    subject: entry.subject ?? null,
    caseId: entry.caseId ?? null,
    details: checkedDetails(entry.event, entry.details ?? {}),
  })
  books.set(tx, book)
  tx.beforeCommit(LAST, writeBook)
}

/** Agencies of each site that are known to have a head; heads are never taken away. */
const headed = new WeakMap<Site, Set<string>>()

/** The last act of the deed; its last statement travels with the commit, so that nobody waits for a head longer than the disk takes. */
async function writeBook(tx: Tx): Promise<Sql | undefined> {
  const book = books.get(tx)
  if (book === undefined || book === "closed") return undefined
  books.set(tx, "closed")
  const agencies = [...new Set(book.map((entry) => entry.agency))].sort()
  await haveHeads(tx, agencies)
  const chunk = (at: number) => chainEntries(agencies, numbered(book.slice(at, at + CHUNK)))
  let at = 0
  for (; at + CHUNK < book.length; at += CHUNK) await tx.run(chunk(at))
  return chunk(at)
}

/** Each entry with its place among those of its agency, and its digest. */
function numbered(entries: readonly EntryContent[]): ChainedEntry[] {
  const counts = new Map<string, number>()
  return entries.map((entry) => {
    const nth = (counts.get(entry.agency) ?? 0) + 1
    counts.set(entry.agency, nth)
    return { ...entry, nth, digest: contentDigest(contentOf(entry)) }
  })
}

async function haveHeads(tx: Tx, agencies: string[]): Promise<void> {
  const known = headed.get(tx.site) ?? new Set()
  headed.set(tx.site, known)
  const unknown = agencies.filter((agency) => !known.has(agency))
  if (unknown.length === 0) return
  const made = await ensureHeads(tx, unknown)
  if (made === 0) for (const agency of unknown) known.add(agency) // those made here may still be rolled back
}

function checkedDetails(event: AuditEvent, details: Readonly<Record<string, unknown>>): BookDetails {
  const declared: readonly string[] = auditEvents[event].details
  const given = Object.entries(details).filter(([, value]) => value !== undefined)
  for (const [key, value] of given) {
    if (!declared.includes(key)) throw new Error(`the event ${event} declares no detail "${key}"`)
    if (!isPlain(value)) throw new Error(`the detail "${key}" of ${event} is not a code, an id, a count or a version`)
  }
  return Object.fromEntries(given) as BookDetails
}

/** Short plain values only; a bare run of nine digits or more would be a person's number. */
function isPlain(value: unknown): boolean {
  if (typeof value === "string") {
    return value.length <= DETAIL_LENGTH_MAX && !/^\d{9,}$/.test(value) && !/[\p{Surrogate}\p{Cc}]/u.test(value)
  }
  return value === null || typeof value === "boolean" || Number.isFinite(value)
}
