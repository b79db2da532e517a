// The personal number behind an account: needed to ask registers, kept sealed, never logged.
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { unseal } from "./seal.ts"
import { findSealedNumber } from "./store.ts"

/** The personal number of an account; row-level security lets a person open their own alone. Throws `not-found`. */
export async function accountNumberOf(tx: Tx, accountId: string): Promise<string> {
  const sealed = await findSealedNumber(tx, accountId)
  if (!sealed) throw problem("not-found")
  return unseal(tx.site.keys, accountId, sealed)
}
