// The signature algorithms of RFC 9421 section 3.3 over node's keys.
import { constants, createHmac, type KeyObject, sign, timingSafeEqual, verify } from "node:crypto"
import { SignatureError } from "./signature-error.ts"

export type SignatureAlgorithm =
  | "ecdsa-p256-sha256"
  | "ecdsa-p384-sha384"
  | "ed25519"
  | "rsa-pss-sha512"
  | "rsa-v1_5-sha256"
  | "hmac-sha256"

export const signatureAlgorithms: readonly SignatureAlgorithm[] = [
  "ecdsa-p256-sha256",
  "ecdsa-p384-sha384",
  "ed25519",
  "rsa-pss-sha512",
  "rsa-v1_5-sha256",
  "hmac-sha256",
]

const RSA_BITS_MIN = 2048
const HMAC_BYTES_MIN = 32
const PSS_SALT_BYTES = 64

interface Method {
  readonly hash: string | null
  readonly options?: { readonly padding?: number; readonly saltLength?: number; readonly dsaEncoding?: "ieee-p1363" }
  fits(key: KeyObject): boolean
}

const isRsa = (key: KeyObject) => (key.asymmetricKeyDetails?.modulusLength ?? 0) >= RSA_BITS_MIN
const isOnCurve = (key: KeyObject, curve: string) =>
  key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === curve

/** ECDSA signatures are r and s side by side, not DER (sections 3.3.4 and 3.3.5). */
const methods: Record<Exclude<SignatureAlgorithm, "hmac-sha256">, Method> = {
  "ecdsa-p256-sha256": {
    hash: "sha256",
    options: { dsaEncoding: "ieee-p1363" },
    fits: (key) => isOnCurve(key, "prime256v1"),
  },
  "ecdsa-p384-sha384": {
    hash: "sha384",
    options: { dsaEncoding: "ieee-p1363" },
    fits: (key) => isOnCurve(key, "secp384r1"),
  },
  ed25519: { hash: null, fits: (key) => key.asymmetricKeyType === "ed25519" },
  "rsa-pss-sha512": {
    hash: "sha512",
    options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: PSS_SALT_BYTES },
    fits: (key) => (key.asymmetricKeyType === "rsa" || key.asymmetricKeyType === "rsa-pss") && isRsa(key),
  },
  "rsa-v1_5-sha256": {
    hash: "sha256",
    options: { padding: constants.RSA_PKCS1_PADDING },
    fits: (key) => key.asymmetricKeyType === "rsa" && isRsa(key),
  },
}

/** Keys already looked at: details of a key are slow to ask for, and keys live long. */
const known = new WeakMap<KeyObject, Set<SignatureAlgorithm>>()

/**
 * Signs a signature base (or other bytes): gives the signature as it goes into the field. Throws SignatureError "key-unfit" for a key of
 * another algorithm, an RSA key below 2048 bits, a secret below 32 bytes, or a public key.
 */
export function signBase(base: string | Uint8Array, key: KeyObject, algorithm: SignatureAlgorithm): Buffer {
  requireFit(key, algorithm)
  const bytes = bytesOf(base)
  if (algorithm === "hmac-sha256") return createHmac("sha256", key).update(bytes).digest()
  if (key.type !== "private") throw new SignatureError("key-unfit", "a public key signs nothing")
  const { hash, options } = methods[algorithm]
  return sign(hash, bytes, { key, ...options })
}

/** Does the signature hold? False for any wrong one, of whatever length. Throws "key-unfit" as signBase. */
export function isSignatureOf(
  base: string | Uint8Array,
  signature: Uint8Array,
  key: KeyObject,
  algorithm: SignatureAlgorithm,
): boolean {
  requireFit(key, algorithm)
  const bytes = bytesOf(base)
  if (algorithm === "hmac-sha256") {
    const expected = createHmac("sha256", key).update(bytes).digest()
    return signature.length === expected.length && timingSafeEqual(signature, expected)
  }
  const { hash, options } = methods[algorithm]
  return verify(hash, bytes, { key, ...options }, signature)
}

/** Bases are ASCII; latin1 says so to the encoder, which is faster. */
const bytesOf = (base: string | Uint8Array): Uint8Array => (typeof base === "string" ? Buffer.from(base, "latin1") : base)

function requireFit(key: KeyObject, algorithm: SignatureAlgorithm): void {
  const proven = known.get(key)
  if (proven?.has(algorithm)) return
  const isFit =
    algorithm === "hmac-sha256"
      ? key.type === "secret" && (key.symmetricKeySize ?? 0) >= HMAC_BYTES_MIN
      : key.type !== "secret" && (methods[algorithm]?.fits(key) ?? false)
  if (!isFit) throw new SignatureError("key-unfit", `${algorithm} with a key ${key.asymmetricKeyType ?? key.type}`)
  known.set(key, (proven ?? new Set<SignatureAlgorithm>()).add(algorithm))
}
