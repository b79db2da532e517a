// The code printed on a paper: 80 random bits in an alphabet that survives the telephone.
import { randomBytes } from "node:crypto"

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const LENGTH = 16

/** A new code, 16 characters in groups of four. */
export function newVerifyCode(): string {
  const characters = Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte & 31])
  return grouped(characters.join(""))
}

/** The code as it was issued, from what somebody typed: case, spaces, dashes and look-alikes forgiven. Undefined when it can't be one. */
export function readVerifyCode(typed: string): string | undefined {
  if (typed.length > 100) return undefined
  const plain = typed
    .toUpperCase()
    .replace(/[\s\-–—.·]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1")
  return plain.length === LENGTH && [...plain].every((character) => ALPHABET.includes(character)) ? grouped(plain) : undefined
}

const grouped = (plain: string): string => plain.match(/.{4}/g)!.join("-")
