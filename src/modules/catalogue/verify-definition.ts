// Proving a published definition by its files alone: no site, no database, no network.
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, errors, importJWK, type JWK } from "jose"
import { sha256 } from "./canonical.ts"
import type { SignedClaim } from "./signature.ts"

/** What the signature says, or why it says nothing of this definition. */
export type DefinitionVerdict =
  | { readonly claim: SignedClaim; readonly thumbprint: string }
  | { readonly failed: "key" | "signature" | "content" }

/**
 * Checks a definition.json to the byte against the compact JWS of its publication (RFC 7515, ES256) and the key that is trusted (RFC 7517,
 * P-256). `key`: another one signed; `signature`: it is no such JWS, or does not hold; `content`: it was given for another definition.
 */
export async function verifyDefinition(definition: string, jws: string, key: JWK): Promise<DefinitionVerdict> {
  try {
    const thumbprint = await calculateJwkThumbprint(key)
    if (decodeProtectedHeader(jws.trim()).kid !== thumbprint) return { failed: "key" }
    const { payload } = await compactVerify(jws.trim(), await importJWK(key, "ES256"), { algorithms: ["ES256"] })
    const claim = JSON.parse(new TextDecoder().decode(payload)) as SignedClaim
    return claim.kind === "published" && claim.hash === sha256(definition) ? { claim, thumbprint } : { failed: "content" }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return { failed: "signature" }
    throw error
  }
}
