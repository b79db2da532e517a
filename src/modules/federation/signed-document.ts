// A document that a site signs in its own name with its sealing key, proven by others against the directory.
import { X509Certificate } from "node:crypto"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { jwsHeader, openJws, signJws } from "./jws.ts"
import { getDirectory } from "./latest-directory.ts"
import { standingOf } from "./standing.ts"

/** Signs the canonical text of `payload` as compact JWS of the type `typ` (RFC 7515, 8785). Throws `federation-alone`, `certificate-missing`. */
export function signDocument(tx: Tx, typ: string, payload: unknown): Promise<string> {
  const signer = standingOf(tx.site).sealing(tx.now)
  return signJws(signer, typ, payload, { "x5t#S256": signer.thumbprint })
}

/**
 * What a document says and which site has signed it, when its signature is by a sealing key that the directory lists now. Throws
 * `signature-invalid`, `certificate-refused`, `directory-expired`.
 */
export async function provenDocument(
  tx: Tx,
  typ: string,
  jws: unknown,
  charsMax: number,
): Promise<{ readonly site: string; readonly payload: unknown }> {
  const { book } = await getDirectory(tx)
  const thumbprint = jwsHeader(jws, typ, charsMax)["x5t#S256"]
  const peer = typeof thumbprint === "string" ? book.peerOf(thumbprint, "sealing", tx.now) : undefined
  if (!peer) throw problem("certificate-refused")
  const { publicKey } = new X509Certificate(Buffer.from(peer.certificate.certificate, "base64"))
  return { site: peer.site.id, payload: await openJws(jws as string, typ, publicKey, charsMax) }
}
