// Who has asked about a person: every request on the exchange, answered, empty or refused.
import type { Tx } from "#platform/db"
import { selectMessagesAbout } from "./store.ts"

export interface Lookup {
  readonly message: string
  readonly at: Date
  readonly service: string
  readonly provider: string
  readonly requester: string
  readonly by: string
  readonly byKind: "public" | "person" | "official" | "system"
  readonly position?: string
  readonly caseId?: string
  readonly purpose: string
  readonly legalGround: string
  readonly outcome: "answered" | "empty" | "refused" | "silent"
  readonly fields: readonly string[]
  /** Id of the person's consent that it went under. */
  readonly consent?: string
  /** The person saw it only from then on, by this law. */
  readonly delayed?: { readonly until: Date; readonly ground: string }
}

export const LOOKUPS_MAX = 500

/** Requests about `subject` with `from <= at < until`, newest first, at most LOOKUPS_MAX. A person sees only their own (row-level security). */
export async function listLookups(tx: Tx, subject: string, from: Date, until: Date): Promise<Lookup[]> {
  const rows = await selectMessagesAbout(tx, subject, from, until, LOOKUPS_MAX)
  return rows.map((row) => ({
    message: row.id,
    at: row.requested_at,
    service: row.service,
    provider: row.provider,
    requester: row.requester,
    by: row.actor_name,
    byKind: row.actor_kind,
    ...(row.actor_position !== null && { position: row.actor_position }),
    ...(row.case_id !== null && { caseId: row.case_id }),
    purpose: row.purpose,
    legalGround: row.legal_ground,
    outcome: row.outcome,
    fields: row.fields,
    ...(row.consent !== null && { consent: row.consent }),
    ...(row.shown_at && { delayed: { until: row.shown_at, ground: row.delay_ground ?? "" } }),
  }))
}
