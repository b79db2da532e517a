// Makes certificates (X.509, RFC 5280) on P-256 keys.
import { createHash, createPublicKey, type KeyObject, sign } from "node:crypto"
import {
  bits,
  boolean,
  type Der,
  ECDSA_SHA256,
  integer,
  octets,
  oid,
  sequence,
  setOf,
  small,
  tagged,
  taggedBytes,
  time,
  utf8,
} from "./der.ts"

export interface CertificateInput {
  /** Common name, organisation, unit; the unit holds a code. */
  readonly subject: { readonly name: string; readonly organisation: string; readonly unit?: string }
  readonly issuer: CertificateInput["subject"]
  readonly key: KeyObject
  readonly issuerKey: KeyObject
  readonly from: Date
  readonly until: Date
  /** True for an authority that issues certificates itself. */
  readonly authority: boolean
}

const NAME_MAX = 64
/** keyCertSign and cRLSign, or digitalSignature and nonRepudiation (RFC 5280, 4.2.1.3). */
const AUTHORITY_USAGE = bits(Buffer.from([0b0000_0110]), 1)
const SIGNER_USAGE = bits(Buffer.from([0b1100_0000]), 6)

/** A certificate as DER, signed with ECDSA and SHA-256. Its serial number is 127 bits of a hash of all else. */
export function makeCertificate(input: CertificateInput): Buffer {
  const body = [
    ECDSA_SHA256,
    distinguishedName(input.issuer),
    sequence(time(input.from), time(input.until)),
    distinguishedName(input.subject),
    publicKeyInfo(input.key),
    tagged(3, extensions(input)),
  ]
  const serial = createHash("sha256").update(Buffer.concat(body)).digest().subarray(0, 16)
  serial[0] = (serial[0]! & 0x7f) | 0x40
  const toBeSigned = sequence(tagged(0, small(2)), integer(serial), ...body)
  return sequence(toBeSigned, ECDSA_SHA256, bits(sign("sha256", toBeSigned, input.issuerKey)))
}

function distinguishedName({ organisation, unit, name }: CertificateInput["subject"]): Der {
  const part = (type: string, value: string) => setOf(sequence(oid(type), utf8([...value].slice(0, NAME_MAX).join(""))))
  return sequence(part("2.5.4.10", organisation), ...(unit ? [part("2.5.4.11", unit)] : []), part("2.5.4.3", name))
}

const publicKeyInfo = (key: KeyObject): Der => createPublicKey(key).export({ type: "spki", format: "der" })

/** SHA-1 over the key's bits names a key (RFC 5280, 4.2.1.2); nothing rests on its strength. */
const keyName = (key: KeyObject): Buffer => createHash("sha1").update(publicKeyInfo(key).subarray(-65)).digest()

function extensions(input: CertificateInput): Der {
  const extension = (id: string, critical: boolean, value: Der) =>
    sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value))
  return sequence(
    extension("2.5.29.19", true, input.authority ? sequence(boolean(true), small(0)) : sequence()),
    extension("2.5.29.15", true, input.authority ? AUTHORITY_USAGE : SIGNER_USAGE),
    extension("2.5.29.14", false, octets(keyName(input.key))),
    ...(input.authority ? [] : [extension("2.5.29.35", false, sequence(taggedBytes(0, keyName(input.issuerKey))))]),
  )
}
