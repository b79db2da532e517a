// Contracts with whom the hub has taken off the directory are ended by the other party: whoever is invited again agrees anew.
import type { Tx } from "#platform/db"
import { partiesOf } from "./contract.ts"
import { memberOf } from "./identifiers.ts"
import { knownContracts } from "./known-contracts.ts"
import { findDirectory } from "./latest-directory.ts"
import { revokeContract } from "./sign-contracts.ts"
import { standingOf } from "./standing.ts"

/** Revokes what this site has agreed, or was asked to agree, with a member or subsystem that was removed; gives the contracts' hashes. */
export async function endContracts(tx: Tx): Promise<readonly string[]> {
  const { file } = standingOf(tx.site)
  const latest = await findDirectory(tx)
  const removed = new Set(latest?.directory.removed)
  if (!latest || removed.size === 0) return []
  const { book } = latest
  const ended: string[] = []
  for (const { hash, content, state } of await knownContracts(tx)) {
    const parties = [...partiesOf(content).values()]
    const isGone = parties.some((id) => removed.has(id) || removed.has(memberOf(id)))
    const isOurs = parties.some((id) => book.siteOf(id)?.id === file.site)
    if (!isGone || !isOurs || (state !== "signed" && state !== "proposed")) continue
    await revokeContract(tx, hash)
    ended.push(hash)
  }
  return ended
}
