// Signatures as CMS (RFC 5652) in the CAdES baseline that PAdES B-B asks for (ETSI EN 319 122-1, EN 319 142-1).
import { createHash, sign, verify, X509Certificate } from "node:crypto"
import * as asn1js from "asn1js"
import { ContentInfo, type IssuerAndSerialNumber, SignedData } from "pkijs"
import type { SigningIdentity } from "./agency-certificate.ts"
import { type Der, ECDSA_SHA256, octets, oid, SHA256, sequence, setOf, small, tagged } from "./der.ts"

const DATA = "1.2.840.113549.1.7.1"
const SIGNED_DATA = "1.2.840.113549.1.7.2"
const CONTENT_TYPE = "1.2.840.113549.1.9.3"
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
const SHA256_OID = "2.16.840.1.101.3.4.2.1"
const ECDSA_SHA256_OID = "1.2.840.10045.4.3.2"

/** A detached signature over `covered`, with the signer's certificate and its authority's inside. */
export function signDetached(covered: Uint8Array, { key, certificate, authority }: SigningIdentity): Buffer {
  const attributes = [
    sequence(oid(CONTENT_TYPE), setOf(oid(DATA))),
    sequence(oid(MESSAGE_DIGEST), setOf(octets(sha256(covered)))),
    sequence(oid(SIGNING_CERTIFICATE_V2), setOf(sequence(sequence(sequence(octets(sha256(certificate.raw))))))),
  ]
  const signedAttributes = setOf(...attributes)
  const signerInfo = sequence(
    small(1),
    issuerAndSerial(certificate),
    SHA256,
    Buffer.concat([Buffer.from([0xa0]), signedAttributes.subarray(1)]),
    ECDSA_SHA256,
    octets(sign("sha256", signedAttributes, key)),
  )
  const certificates = tagged(0, ...[certificate.raw, authority.raw].sort(Buffer.compare))
  const signedData = sequence(small(1), setOf(SHA256), sequence(oid(DATA)), certificates, setOf(signerInfo))
  return sequence(oid(SIGNED_DATA), tagged(0, signedData))
}

function issuerAndSerial(certificate: X509Certificate): Der {
  const [toBeSigned] = children(certificate.raw)
  const [, serial, , issuer] = children(toBeSigned!)
  return sequence(issuer!, serial!)
}

function children(der: Uint8Array): Buffer[] {
  const { result } = asn1js.fromBER(der)
  if (!(result instanceof asn1js.Sequence)) throw new Error("not a sequence")
  return result.valueBlock.value.map((part) => Buffer.from(part.valueBeforeDecodeView))
}

export interface CheckedSignature {
  readonly standing: "valid" | "broken" | "foreign"
  /** Common name of the signer's certificate. */
  readonly signer?: string
}

/**
 * Checks a detached signature by itself: digest, signed attributes, the certificate that they name, and that this
 * certificate was issued by `authority` and held at `at`.
 */
export function checkDetached(cms: Uint8Array, covered: Uint8Array, authority: X509Certificate, at: Date): CheckedSignature {
  try {
    return check(readSignedData(cms), covered, authority, at)
  } catch {
    return { standing: "broken" }
  }
}

function readSignedData(cms: Uint8Array): SignedData {
  const info = ContentInfo.fromBER(new Uint8Array(cms))
  if (info.contentType !== SIGNED_DATA) throw new Error("not signed data")
  return new SignedData({ schema: info.content })
}

function check(signed: SignedData, covered: Uint8Array, authority: X509Certificate, at: Date): CheckedSignature {
  const [info, ...others] = signed.signerInfos
  if (!info?.signedAttrs || others.length > 0 || signed.encapContentInfo.eContent) return { standing: "broken" }
  const strong = info.digestAlgorithm.algorithmId === SHA256_OID && info.signatureAlgorithm.algorithmId === ECDSA_SHA256_OID
  const certificate = signerCertificate(signed, info.sid as IssuerAndSerialNumber)
  if (!strong || !certificate) return { standing: "broken" }
  const value = (type: string) => {
    const found = info.signedAttrs!.attributes.filter((attribute) => attribute.type === type)
    if (found.length !== 1 || found[0]!.values.length !== 1) throw new Error(`one attribute ${type} expected`)
    return found[0]!.values[0] as asn1js.AsnType
  }
  const digest = value(MESSAGE_DIGEST) as asn1js.OctetString
  const named = value(SIGNING_CERTIFICATE_V2) as asn1js.Sequence
  const attributes = Buffer.from(info.signedAttrs.encodedValue)
  attributes[0] = 0x31
  const sound =
    (value(CONTENT_TYPE) as asn1js.ObjectIdentifier).getValue() === DATA &&
    sha256(covered).equals(Buffer.from(digest.getValue())) &&
    namesCertificate(named, certificate) &&
    verify("sha256", attributes, certificate.publicKey, Buffer.from(info.signature.getValue()))
  const signer = /^CN=(.*)$/m.exec(certificate.subject)?.[1]
  if (!sound) return { standing: "broken" }
  return { standing: isIssuedBy(certificate, authority, at) ? "valid" : "foreign", ...(signer ? { signer } : {}) }
}

/** The certificate that the signature names by issuer and serial number. */
function signerCertificate(signed: SignedData, sid: IssuerAndSerialNumber): X509Certificate | undefined {
  const wanted = derOf(sid)
  for (const item of signed.certificates ?? []) {
    const certificate = new X509Certificate(derOf(item as IssuerAndSerialNumber))
    if (issuerAndSerial(certificate).equals(wanted)) return certificate
  }
  return undefined
}

const derOf = (item: { toSchema(): asn1js.AsnType }): Buffer => Buffer.from(item.toSchema().toBER())

/** ESSCertIDv2 (RFC 5035): SHA-256 is its default and the only one taken here. */
function namesCertificate(attribute: asn1js.Sequence, certificate: X509Certificate): boolean {
  const certIds = attribute.valueBlock.value[0] as asn1js.Sequence
  const first = certIds.valueBlock.value[0] as asn1js.Sequence
  const hash = first.valueBlock.value[0]
  return hash instanceof asn1js.OctetString && sha256(certificate.raw).equals(Buffer.from(hash.getValue()))
}

function isIssuedBy(certificate: X509Certificate, authority: X509Certificate, at: Date): boolean {
  const time = at.getTime()
  return (
    !certificate.ca &&
    certificate.checkIssued(authority) &&
    certificate.verify(authority.publicKey) &&
    time >= Date.parse(certificate.validFrom) &&
    time <= Date.parse(certificate.validTo)
  )
}

const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest()
