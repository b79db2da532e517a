// What this site does with contracts: proposes, answers, revokes. Each deed leaves its signature and an errand to the other parties.
import { Compile } from "typebox/compile"
import { append } from "#audit"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import { refuseAllBut } from "./administrators.ts"
import { FEDERATION_CHANNEL } from "./channel.ts"
import { Contract, type ContractState, contractText, type SignatureType, serviceIdOf, stateOf } from "./contract.ts"
import { signContract, sitesOf } from "./contract-signature.ts"
import { getDirectory } from "./latest-directory.ts"
import { CONTRACT_BYTES_MAX } from "./limits.ts"
import { SITE_BOOK } from "./publish-directory.ts"
import { standingOf } from "./standing.ts"
import { findContract, insertContract, insertSignature, putErrand, readSignatures, type SignatureRow } from "./store.contracts.ts"

/** What is to be agreed; id and instance are given by the site. */
export type ContractTerms = Omit<Contract, "id" | "instance">

const check = Compile(Contract)

/**
 * Proposes a contract, which is its own acceptance, and gives its hash. For the system and catalogue administrators. Throws
 * `contract-invalid`, `contract-not-party`, `directory-expired`, `certificate-missing`, `not-allowed`.
 */
export async function proposeContract(tx: Tx, terms: ContractTerms): Promise<string> {
  refuseAllBut(tx, "catalogue-admin")
  const { file } = standingOf(tx.site)
  const contract = { ...terms, id: newId(tx.now), instance: file.instance }
  await refuseInvalid(tx, contract)
  const signature = await signContract(tx, contract, "accept")
  await insertContract(tx, signature.hash, contract.id, contractText(contract))
  const details = { contract: signature.hash, service: serviceIdOf(contract), site: file.site }
  append(tx, { agency: SITE_BOOK, event: "contract-proposed", details })
  await keepSignature(tx, contract, signature)
  return signature.hash
}

/** Accepts or rejects a contract that waits. Throws `contract-unknown`, `contract-closed`, and what signing throws. */
export async function answerContract(tx: Tx, hash: string, answer: "accept" | "reject"): Promise<ContractState> {
  const { contract, signatures } = await openContract(tx, hash)
  const { file } = standingOf(tx.site)
  const isAnswered = signatures.some(({ site, type }) => site === file.site && type === answer)
  if (isAnswered) return stateOf(contract, signatures)
  // A party that has accepted does not reject any more: it revokes.
  if (answer === "reject" && stateOf(contract, signatures) === "signed") throw problem("contract-closed")
  return sign(tx, contract, answer)
}

/** Revokes a contract, proposed or signed: from now on no call under it is let through. Throws as answerContract does. */
export async function revokeContract(tx: Tx, hash: string): Promise<ContractState> {
  const { contract } = await openContract(tx, hash)
  return sign(tx, contract, "revoke")
}

async function openContract(tx: Tx, hash: string): Promise<{ contract: Contract; signatures: SignatureRow[] }> {
  refuseAllBut(tx, "catalogue-admin")
  const row = await findContract(tx, hash)
  if (!row) throw problem("contract-unknown")
  const contract = JSON.parse(row.content) as Contract
  const signatures = await readSignatures(tx, hash)
  if (["revoked", "rejected"].includes(stateOf(contract, signatures))) throw problem("contract-closed")
  return { contract, signatures }
}

async function sign(tx: Tx, contract: Contract, type: SignatureType): Promise<ContractState> {
  const signature = await signContract(tx, contract, type)
  await keepSignature(tx, contract, signature)
  return stateOf(contract, await readSignatures(tx, signature.hash))
}

/** Throws `contract-invalid` with the first fault. */
export async function refuseInvalid(tx: Tx, contract: unknown): Promise<void> {
  if (!check.Check(contract)) throw problem("contract-invalid", { fault: "shape" })
  const fault = await faultOf(tx, contract)
  if (fault) throw problem("contract-invalid", { fault })
}

async function faultOf(tx: Tx, contract: Contract): Promise<string | undefined> {
  const { file } = standingOf(tx.site)
  const { book } = await getDirectory(tx)
  if (Buffer.byteLength(contractText(contract)) > CONTRACT_BYTES_MAX) return "size"
  if (contract.instance !== file.instance) return "instance"
  if (!(Date.parse(contract.from) < Date.parse(contract.until))) return "period"
  if (contract.consent && contract.consentNeeded !== true) return "consent"
  if (contract.subjectNeeded && !contract.subjectKinds.includes("person")) return "subject"
  if (!book.service(serviceIdOf(contract))) return "service"
  if (!book.siteOf(contract.consumer)) return "consumer"
  if (contract.delegation && !book.siteOf(contract.delegation.delegator)) return "delegator"
  return undefined
}

const events = { accept: "contract-signed", reject: "contract-rejected", revoke: "contract-revoked" } as const

/** Keeps a proven signature, notes it in the book, and sends the others on their way; nothing when it is known. */
export async function keepSignature(tx: Tx, contract: Contract, signature: SignatureRow): Promise<boolean> {
  const isNew = await insertSignature(tx, signature)
  if (!isNew) return false
  const { site, hash, type } = signature
  append(tx, { agency: SITE_BOOK, event: events[type], details: { contract: hash, site } })
  const { file } = standingOf(tx.site)
  const { book } = await getDirectory(tx)
  for (const other of sitesOf(book, contract)) if (other !== file.site && other !== site) await putErrand(tx, other, hash)
  tx.wake(FEDERATION_CHANNEL)
  return true
}
