// Signatures under a contract: made with this site's sealing key, proven against the directory.
import { X509Certificate } from "node:crypto"
import Type, { type Static } from "typebox"
import { Compile } from "typebox/compile"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import type { Directories } from "./access-list.ts"
import { type Contract, type ContractParty, contractHash, contractText, partiesOf, type SignatureType } from "./contract.ts"
import { Instant } from "./directory.ts"
import { jwsClaims, jwsHeader, openJws, signJws } from "./jws.ts"
import { getDirectory } from "./latest-directory.ts"
import { AHEAD_MAX_MS, SIGNATURE_AGE_MAX_MS } from "./limits.ts"
import { closed, Thumbprint } from "./site-file.ts"
import { standingOf } from "./standing.ts"
import type { SignatureRow } from "./store.contracts.ts"

const SIGNATURE_TYPE = "motlan-contract"
const SIGNATURE_CHARS_MAX = 4_000

/** What a party signs. */
export const ContractSignature = closed({
  /** SHA-256 of the contract's canonical text, base64url. */
  contract: Thumbprint,
  type: Type.Enum(["accept", "reject", "revoke"]),
  signedAt: Instant,
})
export type ContractSignature = Static<typeof ContractSignature>

const check = Compile(ContractSignature)

/** Signs for this site. Throws `contract-not-party`, `directory-expired`, `certificate-missing`. */
export async function signContract(tx: Tx, contract: Contract, type: SignatureType): Promise<SignatureRow> {
  const { file, sealing } = standingOf(tx.site)
  const { book } = await getDirectory(tx)
  const parties = partiesFor(book, contract, file.site)
  const signer = sealing(tx.now)
  const hash = contractHash(contractText(contract))
  const payload: ContractSignature = { contract: hash, type, signedAt: tx.now.toISOString() }
  const jws = await signJws(signer, SIGNATURE_TYPE, payload, { "x5t#S256": signer.thumbprint })
  return { hash, site: file.site, type, parties, jws, certificate: signer.certificate.raw, signedAt: tx.now }
}

/** The contract that a signature names, unproven. Throws `signature-invalid`. */
export function contractNamedBy(jws: unknown): string {
  jwsHeader(jws, SIGNATURE_TYPE, SIGNATURE_CHARS_MAX)
  const claims = jwsClaims(jws as string)
  if (!check.Check(claims)) throw problem("signature-invalid")
  return claims.contract
}

/**
 * A signature that came from elsewhere, once it is proven. Throws `signature-invalid`, `certificate-refused` (nobody's, not for sealing,
 * ended), `contract-altered` (of another text), `signature-stale`, `contract-not-party`, `directory-expired`.
 */
export async function provenSignature(tx: Tx, contract: Contract, jws: string): Promise<SignatureRow> {
  const { book } = await getDirectory(tx)
  const thumbprint = jwsHeader(jws, SIGNATURE_TYPE, SIGNATURE_CHARS_MAX)["x5t#S256"]
  const peer = typeof thumbprint === "string" ? book.peerOf(thumbprint, "sealing", tx.now) : undefined
  if (!peer) throw problem("certificate-refused")
  const certificate = new X509Certificate(Buffer.from(peer.certificate.certificate, "base64"))
  const payload = await openJws(jws, SIGNATURE_TYPE, certificate.publicKey, SIGNATURE_CHARS_MAX)
  if (!check.Check(payload)) throw problem("signature-invalid")
  const hash = contractHash(contractText(contract))
  if (payload.contract !== hash) throw problem("contract-altered")
  const signedAt = new Date(payload.signedAt)
  const age = tx.now.getTime() - signedAt.getTime()
  if (!(age <= SIGNATURE_AGE_MAX_MS && -age <= AHEAD_MAX_MS)) throw problem("signature-stale")
  const parties = partiesFor(book, contract, peer.site.id)
  return { hash, site: peer.site.id, type: payload.type, parties, jws, certificate: certificate.raw, signedAt }
}

/** Which parties a site signs for. Throws `contract-not-party` when for none. */
function partiesFor(book: Directories, contract: Contract, site: string): ContractParty[] {
  const own = [...partiesOf(contract)].filter(([, subsystem]) => book.siteOf(subsystem)?.id === site).map(([party]) => party)
  if (own.length === 0) throw problem("contract-not-party")
  return own
}

/** The sites that sign a contract. */
export const sitesOf = (book: Directories, contract: Contract): Set<string> =>
  new Set([...partiesOf(contract).values()].flatMap((subsystem) => book.siteOf(subsystem)?.id ?? []))
