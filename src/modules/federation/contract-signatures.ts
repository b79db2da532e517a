// Who has signed a contract, in the order in which they did.
import type { Tx } from "#platform/db"
import type { SignatureType } from "./contract.ts"
import { readSignatures } from "./store.contracts.ts"

export interface ContractSignature {
  readonly site: string
  readonly type: SignatureType
  readonly signedAt: Date
}

/** The signatures under the contract of a hash, as far as this site has taken them; nothing for one that it does not know. */
export async function contractSignatures(tx: Tx, hash: string): Promise<ContractSignature[]> {
  return (await readSignatures(tx, hash)).map(({ site, type, signedAt }) => ({ site, type, signedAt }))
}
