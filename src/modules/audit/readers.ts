// Who may read the book: the system, and the auditors of an agency its own.
import type { Actor } from "#platform/db"
import { problem } from "#problems"

/** Throws `not-allowed` unless the actor is the system or an auditor of this agency (undefined: of all agencies). */
export function refuseAllButAuditors(actor: Actor, agency: string | undefined): void {
  if (actor.kind === "system") return
  const audits = actor.kind === "official" && actor.agency === agency && actor.positions.some((p) => p.roles.includes("auditor"))
  if (!audits) throw problem("not-allowed")
}
