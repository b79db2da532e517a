// Compact JWS (RFC 7515) with ES256 over canonical JSON: one spelling, one algorithm, nothing else is taken.
import type { KeyObject } from "node:crypto"
import { compactVerify } from "jose"
import { canonicalJson } from "#engines/ledger"
import { problem } from "#problems"
import type { Signer } from "./signer.ts"

const ALGORITHM = "ES256"
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}$/
const HEADER_CHARS_MAX = 4_000

export interface JwsHeader {
  readonly alg: typeof ALGORITHM
  /** What is signed: `motlan-directory`, `motlan-contract`, `motlan-request`, `motlan-consent`. */
  readonly typ: string
  /** Thumbprint of the signer's certificate. */
  readonly "x5t#S256"?: string
  /** The signer's public key, where a thumbprint of it is known from elsewhere. */
  readonly jwk?: Readonly<Record<string, unknown>>
}

/** Signs the canonical text of `payload`. `more` names the signer. */
export async function signJws(
  signer: Signer,
  typ: string,
  payload: unknown,
  more: Pick<JwsHeader, "x5t#S256" | "jwk">,
): Promise<string> {
  const header: JwsHeader = { alg: ALGORITHM, typ, ...more }
  const input = `${base64(canonicalJson(header))}.${base64(canonicalJson(payload))}`
  const signature = await signer.sign(Buffer.from(input))
  return `${input}.${signature.toString("base64url")}`
}

/** The header of a JWS, believed by nobody yet. Throws `signature-invalid` for what is no such JWS. */
export function jwsHeader(jws: unknown, typ: string, charsMax: number): JwsHeader {
  if (typeof jws !== "string" || jws.length > charsMax || !COMPACT.test(jws)) throw problem("signature-invalid")
  const text = jws.slice(0, jws.indexOf("."))
  const header = text.length > HEADER_CHARS_MAX ? undefined : parsed<JwsHeader>(text)
  if (header?.alg !== ALGORITHM || header.typ !== typ || "crit" in header) throw problem("signature-invalid")
  return header
}

/** What a JWS says, once its signature by `key` is proven and its payload is canonical. Throws `signature-invalid`. */
export async function openJws(jws: string, typ: string, key: KeyObject, charsMax: number): Promise<unknown> {
  jwsHeader(jws, typ, charsMax)
  const opened = await compactVerify(jws, key, { algorithms: [ALGORITHM] }).catch(() => {
    throw problem("signature-invalid")
  })
  const text = Buffer.from(opened.payload).toString("utf8")
  const payload = parsedText(text)
  if (payload === undefined || !isCanonical(payload, text)) throw problem("signature-invalid")
  return payload
}

/** What a JWS says, unproven: to find out whose key must prove it. */
export const jwsClaims = (jws: string): unknown => parsed(jws.split(".")[1] ?? "")

const base64 = (text: string): string => Buffer.from(text).toString("base64url")

const parsed = <T>(part: string): T | undefined => parsedText(Buffer.from(part, "base64url").toString("utf8")) as T | undefined

function parsedText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function isCanonical(value: unknown, text: string): boolean {
  try {
    return canonicalJson(value) === text
  } catch {
    return false
  }
}
