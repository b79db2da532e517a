// Who may act for a site in its federation.
import type { Tx } from "#platform/db"
import { problem } from "#problems"

/** Throws `not-allowed` unless the system acts or an official who holds this role. */
export function refuseAllBut(tx: Tx, role: "tech-admin" | "catalogue-admin"): void {
  const { actor } = tx
  if (actor.kind === "system") return
  if (actor.kind !== "official" || !actor.positions.some(({ roles }) => roles.includes(role))) throw problem("not-allowed")
}
