// Certificates and requests for them (X.509, RFC 5280; PKCS#10, RFC 2986) on P-256 keys; signing goes through a Signer.
import { createHash, createPublicKey, type KeyObject, randomBytes, verify, X509Certificate } from "node:crypto"
import * as asn1js from "asn1js"
import * as pkijs from "pkijs"
import { CERTIFICATE_BYTES_MAX } from "./limits.ts"
import type { Signer } from "./signer.ts"

export type CertificateKind = "authority" | "auth" | "sealing"

export interface CertificateInput {
  readonly kind: CertificateKind
  readonly name: string
  readonly organisation: string
  /** The authority's certificate; undefined when it signs its own. */
  readonly issuer: X509Certificate | undefined
  readonly issuerSigner: Signer
  readonly publicKey: KeyObject
  readonly from: Date
  readonly until: Date
  /** Host of the line, for programs that compare it. */
  readonly host?: string
}

const ECDSA_SHA256 = "1.2.840.10045.4.3.2"
const COMMON_NAME = "2.5.4.3"
const ORGANISATION = "2.5.4.10"
const NAME_MAX = 64
/** keyCertSign and cRLSign; digitalSignature; digitalSignature and nonRepudiation (RFC 5280, 4.2.1.3). */
const USAGES = { authority: [0b0000_0110, 1], auth: [0b1000_0000, 7], sealing: [0b1100_0000, 6] } as const
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1"
const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"

/** A certificate as DER. Its serial number is 127 random bits. */
export async function makeCertificate(input: CertificateInput): Promise<Buffer> {
  const certificate = new pkijs.Certificate()
  certificate.version = 2
  const serial = randomBytes(16)
  serial[0] = (serial[0]! & 0x7f) | 0x40
  certificate.serialNumber = new asn1js.Integer({ valueHex: view(serial) })
  certificate.subject = named(input.name, input.organisation)
  certificate.issuer = input.issuer ? pkijs.Certificate.fromBER(view(input.issuer.raw)).subject : certificate.subject
  certificate.notBefore = timeOf(input.from)
  certificate.notAfter = timeOf(input.until)
  certificate.subjectPublicKeyInfo = publicKeyInfo(input.publicKey)
  certificate.extensions = extensionsOf(input)
  certificate.signatureAlgorithm = certificate.signature = new pkijs.AlgorithmIdentifier({ algorithmId: ECDSA_SHA256 })
  const body = certificate.encodeTBS().toBER(false)
  certificate.tbsView = new Uint8Array(body)
  certificate.signatureValue = await signatureOver(body, input.issuerSigner)
  return Buffer.from(certificate.toSchema(true).toBER(false))
}

/** A request for a certificate as DER; its signature proves that the asker holds the key. */
export async function makeCertificateRequest(signer: Signer, name: string, organisation: string): Promise<Buffer> {
  const request = new pkijs.CertificationRequest()
  request.version = 0
  request.subject = named(name, organisation)
  request.subjectPublicKeyInfo = publicKeyInfo(signer.publicKey)
  request.attributes = []
  request.signatureAlgorithm = new pkijs.AlgorithmIdentifier({ algorithmId: ECDSA_SHA256 })
  const body = (request as unknown as { encodeTBS(): asn1js.Sequence }).encodeTBS().toBER(false)
  request.tbsView = new Uint8Array(body)
  request.signatureValue = await signatureOver(body, signer)
  return Buffer.from(request.toSchema(true).toBER(false))
}

/** The key of a request whose own signature proves it; undefined for anything else. Only the key is taken from it. */
export function keyOfRequest(der: Buffer): KeyObject | undefined {
  if (der.length > CERTIFICATE_BYTES_MAX) return undefined
  try {
    const request = pkijs.CertificationRequest.fromBER(view(der))
    const spki = Buffer.from(request.subjectPublicKeyInfo.toSchema().toBER(false))
    const key = createPublicKey({ key: spki, format: "der", type: "spki" })
    const signature = request.signatureValue.valueBlock.valueHexView
    return isP256(key) && verify("sha256", request.tbsView, key, signature) ? key : undefined
  } catch {
    return undefined
  }
}

/** A certificate read from DER with a P-256 key; undefined for anything else. */
export function readCertificate(der: Buffer): X509Certificate | undefined {
  if (der.length > CERTIFICATE_BYTES_MAX) return undefined
  try {
    const certificate = new X509Certificate(der)
    return certificate.raw.equals(der) && isP256(certificate.publicKey) ? certificate : undefined
  } catch {
    return undefined
  }
}

export const isP256 = (key: KeyObject): boolean =>
  key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === "prime256v1"

export const validFrom = (certificate: X509Certificate): Date => new Date(certificate.validFrom)
export const validUntil = (certificate: X509Certificate): Date => new Date(certificate.validTo)
export const isValidAt = (certificate: X509Certificate, at: Date): boolean =>
  validFrom(certificate) <= at && at < validUntil(certificate)

/** Does `chain` lead from `leaf` to one of `anchors`, every certificate valid at `at`? */
export function leadsTo(
  leaf: X509Certificate,
  chain: readonly X509Certificate[],
  anchors: readonly X509Certificate[],
  at: Date,
): boolean {
  if (leaf.ca || !isValidAt(leaf, at)) return false
  let here = leaf
  for (const next of [...chain, undefined]) {
    const anchor = anchors.find((one) => isIssuedBy(here, one, at))
    if (anchor) return true
    if (!next || !isIssuedBy(here, next, at)) return false
    here = next
  }
  return false
}

const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate, at: Date): boolean =>
  issuer.ca && isValidAt(issuer, at) && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)

/** Copied into a buffer of its own, as the encoder wants it. */
const view = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

/** Each part of the name in a set of its own. */
function named(name: string, organisation: string): pkijs.RelativeDistinguishedNames {
  const part = (type: string, value: string) => {
    const text = new asn1js.Utf8String({ value: [...value].slice(0, NAME_MAX).join("") })
    return new asn1js.Set({ value: [new pkijs.AttributeTypeAndValue({ type, value: text }).toSchema()] })
  }
  const names = new asn1js.Sequence({ value: [part(ORGANISATION, organisation), part(COMMON_NAME, name)] })
  return pkijs.RelativeDistinguishedNames.fromBER(names.toBER(false))
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
const timeOf = (value: Date) => new pkijs.Time({ type: value.getUTCFullYear() < 2050 ? 0 : 1, value })

const spkiOf = (key: KeyObject): Buffer => key.export({ type: "spki", format: "der" })
const publicKeyInfo = (key: KeyObject) => pkijs.PublicKeyInfo.fromBER(view(spkiOf(key)))

/** SHA-1 over the key's bits names a key (RFC 5280, 4.2.1.2); nothing rests on its strength. */
const keyName = (key: KeyObject): ArrayBuffer => view(createHash("sha1").update(spkiOf(key).subarray(-65)).digest())

function extensionsOf({ kind, publicKey, issuerSigner, host }: CertificateInput): pkijs.Extension[] {
  const extension = (extnID: string, critical: boolean, value: asn1js.BaseBlock) =>
    new pkijs.Extension({ extnID, critical, extnValue: value.toBER(false) })
  const [bits, unusedBits] = USAGES[kind]
  const constraints = kind === "authority" ? { cA: true, pathLenConstraint: 0 } : { cA: false }
  const issuerName = new pkijs.AuthorityKeyIdentifier({
    keyIdentifier: new asn1js.OctetString({ valueHex: keyName(issuerSigner.publicKey) }),
  })
  return [
    extension("2.5.29.19", true, new pkijs.BasicConstraints(constraints).toSchema()),
    extension("2.5.29.15", true, new asn1js.BitString({ valueHex: view(Buffer.from([bits])), unusedBits })),
    extension("2.5.29.14", false, new asn1js.OctetString({ valueHex: keyName(publicKey) })),
    ...(kind === "authority" ? [] : [extension("2.5.29.35", false, issuerName.toSchema())]),
    ...(kind === "auth"
      ? [extension("2.5.29.37", false, new pkijs.ExtKeyUsage({ keyPurposes: [SERVER_AUTH, CLIENT_AUTH] }).toSchema())]
      : []),
    ...(host ? [extension("2.5.29.17", false, new pkijs.GeneralNames({ names: [hostName(host)] }).toSchema())] : []),
  ]
}

function hostName(host: string): pkijs.GeneralName {
  const isV4 = /^\d{1,3}(\.\d{1,3}){3}$/.test(host)
  if (!isV4) return new pkijs.GeneralName({ type: 2, value: host })
  return new pkijs.GeneralName({
    type: 7,
    value: new asn1js.OctetString({ valueHex: view(Buffer.from(host.split(".").map(Number))) }),
  })
}

async function signatureOver(body: ArrayBuffer, signer: Signer): Promise<asn1js.BitString> {
  const raw = await signer.sign(Buffer.from(body))
  const half = (from: number) => {
    const part = raw.subarray(from, from + 32)
    const at = part.findIndex((byte) => byte !== 0)
    const trimmed = part.subarray(Math.max(0, at))
    return new asn1js.Integer({ valueHex: view(trimmed[0]! & 0x80 ? Buffer.concat([Buffer.from([0]), trimmed]) : trimmed) })
  }
  const der = new asn1js.Sequence({ value: [half(0), half(32)] }).toBER(false)
  return new asn1js.BitString({ valueHex: der })
}
