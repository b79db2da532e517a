// An entry as it is chained and stored, and the one text of it that is hashed.
import { canonicalJson } from "#engines/ledger"
import type { Actor } from "#platform/db"

/** Who acted: accounts and posts, never a name. `delegatedBy` is the account whose post was held for a while. */
export type BookActor =
  | { readonly kind: "public" }
  | { readonly kind: "person"; readonly account: string }
  | {
      readonly kind: "official"
      readonly account: string
      readonly agency: string
      readonly positions: readonly { readonly id: string; readonly delegatedBy?: string }[]
    }
  | { readonly kind: "system"; readonly name: string }

export type BookDetails = Readonly<Record<string, string | number | boolean | null>>

/** What the hash of an entry covers, besides its place and the hash before it. */
export interface EntryContent {
  readonly agency: string
  readonly at: Date
  readonly event: string
  readonly actor: BookActor
  readonly subject: string | null
  readonly caseId: string | null
  readonly details: BookDetails
}

/** The canonical JSON of an entry (RFC 8785). */
export const contentOf = (entry: EntryContent): string =>
  canonicalJson({
    agency: entry.agency,
    at: entry.at.toISOString(),
    event: entry.event,
    actor: entry.actor,
    subject: entry.subject,
    caseId: entry.caseId,
    details: entry.details,
  })

/** The actor as the book names it. */
export function bookActorOf(actor: Actor): BookActor {
  switch (actor.kind) {
    case "public":
      return { kind: "public" }
    case "person":
      return { kind: "person", account: actor.accountId }
    case "official": {
      const positions = actor.positions.map(({ id, delegatedBy }) => ({ id, ...(delegatedBy && { delegatedBy }) }))
      return { kind: "official", account: actor.accountId, agency: actor.agency, positions }
    }
    case "system":
      return { kind: "system", name: actor.name }
  }
}
