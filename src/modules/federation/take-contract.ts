// What comes from the other parties: contracts with their signatures, and single signatures. Everything proves itself, so that it may come by any road.
import { append } from "#audit"
import { canonicalJson } from "#engines/ledger"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { type Contract, type ContractState, contractHash, serviceIdOf, stateOf } from "./contract.ts"
import { contractNamedBy, provenSignature, sitesOf } from "./contract-signature.ts"
import { getDirectory } from "./latest-directory.ts"
import { CONTRACT_BYTES_MAX, PROPOSALS_OPEN_MAX, SIGNATURES_MAX } from "./limits.ts"
import { SITE_BOOK } from "./publish-directory.ts"
import { keepSignature, refuseInvalid } from "./sign-contracts.ts"
import { standingOf } from "./standing.ts"
import { countOpenProposals, findContract, insertContract, readSignatures } from "./store.contracts.ts"

export interface ContractMessage {
  /** The canonical text of the contract. */
  readonly content: string
  /** Compact JWS of the parties. */
  readonly signatures: readonly string[]
}

/**
 * Takes a contract with what is signed under it and gives its state; taking it again adds what is new. Throws `contract-invalid`,
 * `contract-altered` (the text is not what was signed, or the id is another contract's), `contract-not-party` (this site has no part in
 * it), `proposals-too-many`, and what a signature throws. One bad signature refuses the whole message.
 */
export async function takeContract(tx: Tx, message: unknown): Promise<{ hash: string; state: ContractState }> {
  const { content, signatures } = readMessage(message)
  const hash = contractHash(content)
  if (signatures.some((jws) => contractNamedBy(jws) !== hash)) throw problem("contract-altered")
  const contract = await readContract(tx, content, hash)
  const known = new Set((await readSignatures(tx, hash)).map(({ jws }) => jws))
  const fresh = signatures.filter((jws) => !known.has(jws))
  const proven = []
  for (const jws of fresh) proven.push(await provenSignature(tx, contract, jws))
  if (known.size === 0) await keepContract(tx, contract, content, hash, proven[0]!.site)
  for (const signature of proven) await keepSignature(tx, contract, signature)
  return { hash, state: stateOf(contract, await readSignatures(tx, hash)) }
}

/**
 * Takes one signature under a contract that is known here. Throws `contract-unknown`, `contract-closed` (an acceptance of what was
 * rejected or revoked), and what a signature throws.
 */
export async function takeContractSignature(tx: Tx, jws: unknown): Promise<ContractState> {
  const hash = contractNamedBy(jws)
  const row = await findContract(tx, hash)
  if (!row) throw problem("contract-unknown")
  const contract = JSON.parse(row.content) as Contract
  const known = await readSignatures(tx, hash)
  const before = stateOf(contract, known)
  if (known.some((one) => one.jws === jws)) return before
  const signature = await provenSignature(tx, contract, jws as string)
  if (signature.type === "accept" && (before === "revoked" || before === "rejected")) throw problem("contract-closed")
  await keepSignature(tx, contract, signature)
  return stateOf(contract, await readSignatures(tx, hash))
}

function readMessage(message: unknown): ContractMessage {
  const { content, signatures } = (message ?? {}) as Partial<ContractMessage>
  const isText = typeof content === "string" && content.length <= CONTRACT_BYTES_MAX
  if (!isText || !Array.isArray(signatures) || signatures.length === 0 || signatures.length > SIGNATURES_MAX)
    throw problem("contract-invalid", { fault: "shape" })
  return { content, signatures: signatures as string[] }
}

/** The contract of a text in its one spelling; known ones are not judged again: a service may have gone since. */
async function readContract(tx: Tx, content: string, hash: string): Promise<Contract> {
  const contract = parsed(content)
  if (contract === undefined || canonicalJson(contract) !== content) throw problem("contract-invalid", { fault: "shape" })
  if (!(await findContract(tx, hash))) await refuseInvalid(tx, contract)
  return contract as Contract
}

async function keepContract(tx: Tx, contract: Contract, content: string, hash: string, from: string): Promise<void> {
  const { file } = standingOf(tx.site)
  const { book } = await getDirectory(tx)
  if (!sitesOf(book, contract).has(file.site)) throw problem("contract-not-party")
  if ((await countOpenProposals(tx, from, file.site)) >= PROPOSALS_OPEN_MAX) throw problem("proposals-too-many")
  if (!(await insertContract(tx, hash, contract.id, content)) && !(await findContract(tx, hash)))
    throw problem("contract-altered")
  append(tx, {
    agency: SITE_BOOK,
    event: "contract-received",
    details: { contract: hash, service: serviceIdOf(contract), site: from },
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
