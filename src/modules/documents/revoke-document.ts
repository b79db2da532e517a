// Takes a paper back.
import { append } from "#audit"
import type { Tx } from "#platform/db"
import { isId } from "#platform/ids"
import { problem } from "#problems"
import { findDocument, insertRevocation } from "./store.ts"

const REASON_MAX = 500

/**
 * Revokes a paper of the official's own agency; doing it again changes nothing. Throws `not-found` where the actor can't
 * see it, `not-allowed` where it is another's, `reason-missing` without a reason.
 */
export async function revokeDocument(tx: Tx, id: string, reason: string): Promise<void> {
  const found = isId(id) ? await findDocument(tx, id) : undefined
  if (!found) throw problem("not-found")
  if (!mayRevoke(tx, found.agency)) throw problem("not-allowed")
  const given = reason.trim().slice(0, REASON_MAX)
  if (given === "") throw problem("reason-missing")
  const revokedBy = tx.actor.kind === "official" ? tx.actor.accountId : "system"
  const isNew = await insertRevocation(tx, { agency: found.agency, documentId: id, reason: given, revokedBy, revokedAt: tx.now })
  if (!isNew) return
  const { agency, subject, caseId } = found
  append(tx, { agency, event: "document-revoked", subject, caseId, details: { document: id } })
}

const mayRevoke = ({ actor }: Tx, agency: string): boolean =>
  actor.kind === "system" || (actor.kind === "official" && actor.agency === agency)
