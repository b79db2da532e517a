// Adds a version of a service, or its withdrawal, to what is published: signed, dated, in the book; nothing that stands there is touched.
import { append } from "#audit"
import type { Tx } from "#platform/db"
import { canonicalJson, sha256 } from "./canonical.ts"
import type { Definition } from "./published.ts"
import { type SignedClaim, signClaim } from "./signature.ts"
import { insertDefinition, insertPublication, type PublicationRow } from "./store.ts"

/** The book of the site itself: publishing is no deed of one agency. */
const SITE_BOOK = "site"

/** The days on which it is in force, both included. */
export interface InForce {
  readonly validFrom: string
  readonly validUntil?: string | undefined
}

/** Who brought it about. */
export interface Provenance {
  readonly origin: "pack" | "desk"
  readonly legalBasis?: string
  readonly authorName?: string
  readonly publisherName?: string
  readonly replacedBy?: string
}

/** Publishes the version after `newest`; false when another process has done so already. */
export async function publishVersion(
  tx: Tx,
  definition: Definition,
  newest: number,
  days: InForce,
  by: Provenance,
): Promise<boolean> {
  const { code } = definition.service
  const canonical = canonicalJson(definition)
  const hash = sha256(canonical)
  await insertDefinition(tx, code, hash, canonical)
  return record(tx, { code, hash, version: newest + 1, kind: "published", ...days, ...signedOf(by) }, by)
}

/** Ends a service from a day on; its versions stay for the cases pinned to them. False when another process was first. */
export function withdraw(
  tx: Tx,
  { code, hash, version }: Pick<PublicationRow, "code" | "hash" | "version">,
  days: InForce,
  by: Provenance,
): Promise<boolean> {
  return record(tx, { code, hash, version: version + 1, kind: "withdrawn", ...days, ...signedOf(by) }, by)
}

const signedOf = ({ legalBasis, replacedBy }: Provenance) => ({ legalBasis, replacedBy })

/** Adds the signed row and its entry in the book. */
async function record(tx: Tx, claim: SignedClaim, by: Provenance): Promise<boolean> {
  const { code, hash, version, kind } = claim
  const inserted = await insertPublication(tx, {
    code,
    hash,
    version,
    kind,
    valid_from: claim.validFrom,
    valid_until: claim.validUntil ?? null,
    signature: signClaim(tx, claim),
    published_at: tx.now,
    published_by: publisherOf(tx),
    origin: by.origin,
    legal_basis: by.legalBasis ?? null,
    author_name: by.authorName ?? null,
    publisher_name: by.publisherName ?? null,
    replaced_by: by.replacedBy ?? null,
  })
  if (!inserted) return false
  if (kind === "published")
    append(tx, { agency: SITE_BOOK, event: "service-published", details: { service: code, version, hash } })
  else append(tx, { agency: SITE_BOOK, event: "service-withdrawn", details: { service: code, version } })
  return true
}

function publisherOf({ actor }: Tx): string {
  if (actor.kind === "system") return actor.name
  return actor.kind === "public" ? "public" : actor.accountId
}
