// Tokens against forged requests: bound to the session (or to a visitor's cookie) by a key of the site, masked anew each time.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto"

const MAC_BYTES = 32

/** Makes and checks tokens with the site's secret. */
export function openCsrf(secret: Buffer): { make(key: string): string; check(token: string, key: string): boolean } {
  const macOf = (key: string) => createHmac("sha256", secret).update(`csrf ${key}`).digest()
  return {
    // The mask makes each page's token differ, so that its length in a compressed answer tells nothing (BREACH).
    make: (key) => {
      const mask = randomBytes(MAC_BYTES)
      return Buffer.concat([mask, xor(macOf(key), mask)]).toString("base64url")
    },
    check: (token, key) => {
      const bytes = Buffer.from(token, "base64url")
      if (bytes.length !== 2 * MAC_BYTES) return false
      return timingSafeEqual(xor(bytes.subarray(MAC_BYTES), bytes.subarray(0, MAC_BYTES)), macOf(key))
    },
  }
}

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, i) => byte ^ b[i]!))

/**
 * True unless the browser says that another site sent this. Sec-Fetch-Site decides where it is known (Fetch Metadata),
 * else Origin against the host asked (RFC 6454); clients that send neither rest on the token alone.
 */
export function isFromHere(headers: Readonly<Record<string, string | string[] | undefined>>): boolean {
  const site = headers["sec-fetch-site"]
  if (typeof site === "string" && site !== "same-origin" && site !== "none") return false
  const origin = headers.origin
  if (typeof origin !== "string") return true
  return URL.canParse(origin) && new URL(origin).host === headers.host
}
