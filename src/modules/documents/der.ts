// The pieces of DER (ITU-T X.690) out of which certificates and signatures are built.
import * as asn1js from "asn1js"

/** An encoded value. */
export type Der = Buffer

const wrap = (tag: number, parts: readonly Der[]): Der => {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content])
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const hex = length.toString(16)
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex")
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes])
}

export const sequence = (...parts: readonly Der[]): Der => wrap(0x30, parts)
/** SET OF: DER wants its members in the order of their bytes. */
export const setOf = (...parts: readonly Der[]): Der => wrap(0x31, [...parts].sort(Buffer.compare))
/** A context tag around whole values: `[n] EXPLICIT`, or `[n] IMPLICIT` of a constructed one. */
export const tagged = (n: number, ...parts: readonly Der[]): Der => wrap(0xa0 | n, parts)
/** `[n] IMPLICIT` of a primitive value. */
export const taggedBytes = (n: number, bytes: Uint8Array): Der => wrap(0x80 | n, [Buffer.from(bytes)])
export const octets = (bytes: Uint8Array): Der => wrap(0x04, [Buffer.from(bytes)])
/** Whole bytes; `unused` bits at the end do not count. */
export const bits = (bytes: Uint8Array, unused = 0): Der => wrap(0x03, [Buffer.from([unused]), Buffer.from(bytes)])
export const utf8 = (text: string): Der => wrap(0x0c, [Buffer.from(text, "utf8")])
export const boolean = (value: boolean): Der => wrap(0x01, [Buffer.from([value ? 0xff : 0])])
export const oid = (dotted: string): Der => Buffer.from(new asn1js.ObjectIdentifier({ value: dotted }).toBER())
export const small = (value: number): Der => wrap(0x02, [Buffer.from([value])])

/** A positive INTEGER from its big-endian bytes. */
export function integer(bytes: Uint8Array): Der {
  const trimmed = Buffer.from(
    bytes.subarray(
      Math.max(
        0,
        bytes.findIndex((byte) => byte !== 0),
      ),
    ),
  )
  return wrap(0x02, [(trimmed[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), trimmed]) : trimmed])
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
export function time(at: Date): Der {
  const digits = `${at.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`
  return at.getUTCFullYear() < 2050 ? wrap(0x17, [Buffer.from(digits.slice(2))]) : wrap(0x18, [Buffer.from(digits)])
}

/** Algorithm identifiers without parameters. */
export const ECDSA_SHA256: Der = sequence(oid("1.2.840.10045.4.3.2"))
export const SHA256: Der = sequence(oid("2.16.840.1.101.3.4.2.1"))
