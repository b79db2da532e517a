// The code of an invitation: where the hub is, which key to believe, and a secret that never travels.
import { createHmac, timingSafeEqual } from "node:crypto"
import { isId } from "#platform/ids"
import type { Site } from "#platform/site"
import { problem } from "#problems"

const HEAD = "motlan-"
const CODE = /^motlan-[A-Za-z0-9_-]{20,800}$/
const FACE = /^https?:\/\/[^/?#@\s]{1,255}$/
const PART = /^[^\s/%:;\\]{1,100}$/
const SHA256 = /^[A-Za-z0-9_-]{43}$/

export interface InvitationCode {
  readonly instance: string
  /** The hub's face: `https://hub.example`. */
  readonly hub: string
  /** SHA-256 of the key that signs the directory. */
  readonly key: string
  readonly id: string
  readonly secret: Buffer
}

/** The hub's secret of an invitation: made anew from a key of the site, so that the database holds none. */
export const invitationSecret = (site: Site, id: string): Buffer =>
  createHmac("sha256", site.keys.secret("federation.invitations")).update(id).digest()

/** The code in one word, to be handed over by a safe way. */
export const writeCode = ({ instance, hub, key, id, secret }: InvitationCode): string =>
  HEAD + Buffer.from(JSON.stringify([instance, hub, key, id, secret.toString("base64url")])).toString("base64url")

/** Reads a code. Throws `invitation-invalid`. */
export function readCode(code: string): InvitationCode {
  const text = code.trim()
  if (!CODE.test(text)) throw problem("invitation-invalid")
  const [instance, hub, key, id, secret] = parsed(text.slice(HEAD.length))
  if (
    !PART.test(String(instance)) ||
    !FACE.test(String(hub)) ||
    !SHA256.test(String(key)) ||
    !isId(String(id)) ||
    !SHA256.test(String(secret))
  )
    throw problem("invitation-invalid")
  return {
    instance: String(instance),
    hub: String(hub),
    key: String(key),
    id: String(id),
    secret: Buffer.from(String(secret), "base64url"),
  }
}

function parsed(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"))
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

/** Proof that the asker knows the secret: HMAC-SHA-256 over the canonical text of the request, base64url. */
export const secretProof = (secret: Buffer, text: string): string => createHmac("sha256", secret).update(text).digest("base64url")

/** Compares in equal time. */
export const isProof = (given: string, expected: string): boolean =>
  given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))
