// Requests that a listed site signs with its sealing key and the hub takes: new certificates, a new statement.
import { X509Certificate } from "node:crypto"
import type { Static, TSchema } from "typebox"
import type { Validator } from "typebox/compile"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { jwsHeader, openJws, signJws } from "./jws.ts"
import { AHEAD_MAX_MS, REQUEST_AGE_MAX_MS } from "./limits.ts"
import { isSiteRemoved } from "./remove-member.ts"
import { standingOf } from "./standing.ts"
import { findCertificate, findSite } from "./store.ts"

const REQUEST_TYPE = "motlan-request"
const REQUEST_CHARS_MAX = 1_400_000

/** Signs a request to the hub with this site's sealing key. */
export function signSiteRequest(tx: Tx, payload: unknown): Promise<string> {
  const signer = standingOf(tx.site).sealing(tx.now)
  return signJws(signer, REQUEST_TYPE, payload, { "x5t#S256": signer.thumbprint })
}

/**
 * What a site asks, once its sealing certificate has proven it. Throws `signature-invalid`, `certificate-refused` (of a stranger, of another
 * use, expired, of a site that was removed), `bad-request`.
 */
export async function openSiteRequest<S extends TSchema>(
  tx: Tx,
  jws: unknown,
  check: Validator<Record<never, never>, S>,
): Promise<{ site: string; request: Static<S> }> {
  const thumbprint = jwsHeader(jws, REQUEST_TYPE, REQUEST_CHARS_MAX)["x5t#S256"]
  const row = typeof thumbprint === "string" ? await findCertificate(tx, thumbprint) : undefined
  if (row?.use !== "sealing" || row.from > tx.now || row.until <= tx.now) throw problem("certificate-refused")
  const known = await findSite(tx, row.site)
  if (known && isSiteRemoved(row.site, known.facts)) throw problem("certificate-refused")
  const payload = await openJws(jws as string, REQUEST_TYPE, new X509Certificate(row.certificate).publicKey, REQUEST_CHARS_MAX)
  if (!check.Check(payload)) throw problem("bad-request")
  return { site: row.site, request: payload as Static<S> }
}

/** Throws `signature-stale` for a time that is not now, give or take minutes. */
export function refuseStale(tx: Tx, at: string): Date {
  const time = new Date(at)
  const age = tx.now.getTime() - time.getTime()
  if (!(age <= REQUEST_AGE_MAX_MS && -age <= AHEAD_MAX_MS)) throw problem("signature-stale")
  return time
}
