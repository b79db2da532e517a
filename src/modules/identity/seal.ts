// Small secrets kept in a row: AES-256-GCM under a key of the site, bound to the row by its id.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"
import type { KeyStore } from "#platform/crypto"

const KEY_NAME = "identity-seal"
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Nonce, ciphertext and tag in one; `rowId` must be given again to open it. */
export function seal(keys: KeyStore, rowId: string, text: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv("aes-256-gcm", keys.secret(KEY_NAME), nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(rowId))
  return Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()])
}

/** The sealed text; throws when the bytes were changed or belong to another row. */
export function unseal(keys: KeyStore, rowId: string, bytes: Buffer): string {
  const decipher = createDecipheriv("aes-256-gcm", keys.secret(KEY_NAME), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(rowId))
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
  return decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES), undefined, "utf8") + decipher.final("utf8")
}
