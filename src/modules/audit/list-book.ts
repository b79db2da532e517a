// Reads the book of an agency, newest first.
import type { Tx } from "#platform/db"
import type { BookActor, BookDetails } from "./entry.ts"
import type { AuditEvent } from "./events.ts"
import { refuseAllButAuditors } from "./readers.ts"
import { readBook } from "./store.ts"

export interface BookEntry {
  readonly agency: string
  readonly seq: number
  readonly at: Date
  readonly event: AuditEvent
  readonly actor: BookActor
  readonly subject: string | null
  readonly caseId: string | null
  readonly details: BookDetails
}

export interface BookFilter {
  readonly agency: string
  readonly caseId?: string | undefined
  readonly subject?: string | undefined
  readonly event?: AuditEvent | undefined
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** Only entries before this sequence number: the next page. */
  readonly before?: number | undefined
  /** At most 200; 50 unless said. */
  readonly limit?: number | undefined
}

const LIMIT = 50
const LIMIT_MAX = 200

/** Entries of one agency's book, newest first. For its auditors and the system; anybody else gets `not-allowed`. */
export async function listBook(tx: Tx, filter: BookFilter): Promise<BookEntry[]> {
  refuseAllButAuditors(tx.actor, filter.agency)
  const rows = await readBook(tx, filter, Math.max(1, Math.min(filter.limit ?? LIMIT, LIMIT_MAX)))
  return rows.map(({ hash: _, ...entry }) => ({ ...entry, event: entry.event as AuditEvent }))
}
