// What signs: one small interface, behind which a key lies in a file today and in a module of hardware (PKCS#11) when there is one.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
  type X509Certificate,
} from "node:crypto"

export interface Signer {
  /**
   * Signs `data`. P-256: ECDSA with SHA-256, r and s as 64 bytes (as JWS and RFC 9421 want them); Ed25519: 64 bytes.
   */
  sign(data: Buffer): Buffer | Promise<Buffer>
  readonly publicKey: KeyObject
  /** Undefined for keys that need none: of the directory, of checkpoints. */
  readonly certificate: X509Certificate | undefined
}

/** A signer with a certificate, and what others know it by. */
export interface CertifiedSigner extends Signer {
  readonly certificate: X509Certificate
  /** SHA-256 of the certificate, base64url. */
  readonly thumbprint: string
}

/** Signs with a P-256 key of a file. */
export const ecSigner = (key: KeyObject): Signer => ({
  sign: (data) => signBytes("sha256", data, { key, dsaEncoding: "ieee-p1363" }),
  publicKey: createPublicKey(key),
  certificate: undefined,
})

/** Signs with an Ed25519 key of a file. */
export const edSigner = (key: KeyObject): Signer => ({
  sign: (data) => signBytes(null, data, key),
  publicKey: createPublicKey(key),
  certificate: undefined,
})

export const certified = (signer: Signer, certificate: X509Certificate): CertifiedSigner => ({
  ...signer,
  certificate,
  thumbprint: thumbprintOf(certificate.raw),
})

/** PKCS#8 of an Ed25519 key before its 32 bytes (RFC 8410). */
const ED25519_HEAD = Buffer.from("302e020100300506032b657004220420", "hex")

/** The Ed25519 key of 32 secret bytes. */
export const ed25519Of = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([ED25519_HEAD, seed]), format: "der", type: "pkcs8" })

/** SHA-256 of a certificate's DER, base64url: `x5t#S256` (RFC 7515, 4.1.8). */
export const thumbprintOf = (certificate: Uint8Array): string => createHash("sha256").update(certificate).digest("base64url")

/** SHA-256 of a public key (SubjectPublicKeyInfo), base64url. */
export const keyThumbprint = (key: KeyObject): string => thumbprintOf(key.export({ type: "spki", format: "der" }))
