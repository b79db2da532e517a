// Every contract that this site knows, with what its signatures make of it.
import type { Tx } from "#platform/db"
import type { KnownContract } from "./compile-directories.ts"
import { type Contract, type SignatureType, stateOf } from "./contract.ts"
import { CONTRACTS_MAX } from "./limits.ts"
import { readAllSignatures, readContracts } from "./store.contracts.ts"

export interface ListedContract extends KnownContract {
  readonly signatures: readonly { readonly site: string; readonly type: SignatureType; readonly signedAt: Date }[]
}

/** Contracts, newest first, at most CONTRACTS_MAX. */
export async function knownContracts(tx: Tx): Promise<ListedContract[]> {
  const rows = await readContracts(tx, CONTRACTS_MAX)
  const signatures = new Map<string, Awaited<ReturnType<typeof readAllSignatures>>>()
  for (const one of await readAllSignatures(tx)) signatures.set(one.hash, [...(signatures.get(one.hash) ?? []), one])
  return rows.map(({ hash, content: text }) => {
    const content = JSON.parse(text) as Contract
    const signed = signatures.get(hash) ?? []
    return { hash, content, state: stateOf(content, signed), signatures: signed.map(({ hash: _, parties: __, ...one }) => one) }
  })
}
