// Timestamps of an outside authority (RFC 3161, RFC 5816): the request, the reading of the answer, and every check of a token.
import { createHash, randomBytes, verify, X509Certificate } from "node:crypto"
import * as asn1js from "asn1js"
import * as pkijs from "pkijs"
import { leadsTo } from "./trusted-certificate.ts"

export interface TimestampRequest {
  /** DER, to be posted as application/timestamp-query. */
  readonly der: Buffer
  readonly nonce: Buffer
}

export interface Timestamp {
  /** DER of the token. */
  readonly token: Buffer
  /** Subject of the certificate that signed it. */
  readonly authority: string
  readonly at: Date
  /** True when an anchor has issued that certificate. */
  readonly isTrusted: boolean
}

/** Thrown for an answer or a token that is none, or of something else; the message says which. */
export class TimestampFault extends Error {}

const SHA256 = "2.16.840.1.101.3.4.2.1"
const SIGNED_DATA = "1.2.840.113549.1.7.2"
const TST_INFO = "1.2.840.113549.1.9.16.1.4"
const CONTENT_TYPE = "1.2.840.113549.1.9.3"
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12"
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
const EXTENDED_KEY_USAGE = "2.5.29.37"
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8"
const GRANTED = [0, 1]
const NONCE_BYTES = 16
const TOKEN_BYTES_MAX = 30_000
const HASHES: Readonly<Record<string, string>> = {
  "1.3.14.3.2.26": "sha1",
  [SHA256]: "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
}
/** RSA (PKCS#1 1.5) and ECDSA, under a name of their own or under that of the key. */
const SIGNATURES = /^1\.2\.840\.113549\.1\.1\.(?:1|11|12|13)$|^1\.2\.840\.10045\.(?:2\.1|4\.3\.[234])$/

const digest = (name: string, data: Uint8Array): Buffer => createHash(name).update(data).digest()
/** Copied into a buffer of its own, as the decoder wants it. */
const view = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

/** Asks for a token over SHA-256 of `data`, with the authority's certificate in it. */
export function timestampRequest(data: Uint8Array): TimestampRequest {
  const nonce = randomBytes(NONCE_BYTES)
  // A positive integer without a zero in front: DER has one spelling of it.
  nonce[0] = (nonce[0]! & 0x7f) | 0x40
  const request = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new asn1js.Null() }),
      hashedMessage: new asn1js.OctetString({ valueHex: view(digest("sha256", data)) }),
    }),
    nonce: new asn1js.Integer({ valueHex: view(nonce) }),
    certReq: true,
  })
  return { der: Buffer.from(request.toSchema().toBER(false)), nonce }
}

/** Reads the answer to a request over `data`. Throws a TimestampFault unless it holds a token that readToken believes, with this nonce. */
export function readAnswer(answer: Buffer, { nonce }: TimestampRequest, data: Uint8Array, anchors: readonly string[]): Timestamp {
  if (answer.length > TOKEN_BYTES_MAX) throw new TimestampFault("the answer is too long")
  const response = decoded(() => pkijs.TimeStampResp.fromBER(view(answer)))
  if (!GRANTED.includes(response.status.status) || !response.timeStampToken)
    throw new TimestampFault(`the authority refused: status ${response.status.status}`)
  const token = Buffer.from(response.timeStampToken.toSchema().toBER(false))
  const { told, ...timestamp } = examine(token, data, anchors)
  if (!told || !nonce.equals(told)) throw new TimestampFault("the nonce is another one")
  return timestamp
}

/**
 * Checks a token over `data`: imprint, content, signature, the certificate that the signature names, its purpose, and that it held. Throws a
 * TimestampFault; that no anchor (PEM) issued the certificate is told in `isTrusted`.
 */
export function readToken(token: Buffer, data: Uint8Array, anchors: readonly string[]): Timestamp {
  const { told: _, ...timestamp } = examine(token, data, anchors)
  return timestamp
}

function examine(token: Buffer, data: Uint8Array, anchors: readonly string[]): Timestamp & { readonly told: Buffer | undefined } {
  if (token.length > TOKEN_BYTES_MAX) throw new TimestampFault("the token is too long")
  return decoded(() => {
    const info = pkijs.ContentInfo.fromBER(view(token))
    if (info.contentType !== SIGNED_DATA) throw new TimestampFault("not signed data")
    const signed = new pkijs.SignedData({ schema: info.content })
    const content = Buffer.from(signed.encapContentInfo.eContent?.getValue() ?? new ArrayBuffer(0))
    if (signed.encapContentInfo.eContentType !== TST_INFO) throw new TimestampFault("not a timestamp")
    const tst = pkijs.TSTInfo.fromBER(view(content))
    const { hashAlgorithm, hashedMessage } = tst.messageImprint
    const imprint = digest("sha256", data)
    if (hashAlgorithm.algorithmId !== SHA256 || !imprint.equals(bytesOf(hashedMessage)))
      throw new TimestampFault("it is of something else")
    const certificates = (signed.certificates ?? []).filter((one) => one instanceof pkijs.Certificate)
    const [signer, ...others] = signed.signerInfos
    if (!signer || others.length > 0) throw new TimestampFault("signed by one authority, no more and no less")
    const own = checkSigner(signer, content, certificates, tst.genTime)
    const chain = certificates.map(readable)
    const told = tst.nonce ? bytesOf(tst.nonce) : undefined
    const authority = own.subject.replaceAll("\n", ", ")
    return { token, authority, at: tst.genTime, isTrusted: leadsTo(own, chain, anchors), told }
  })
}

/** The certificate of the signer, when its signature over `content` holds (RFC 5652, 5.4). */
function checkSigner(
  { signedAttrs, signature, signatureAlgorithm, digestAlgorithm }: pkijs.SignerInfo,
  content: Buffer,
  certificates: readonly pkijs.Certificate[],
  at: Date,
): X509Certificate {
  const hashName = HASHES[digestAlgorithm.algorithmId]
  if (!signedAttrs || !hashName || hashName === "sha1")
    throw new TimestampFault("no signed attributes, or a digest that does not hold")
  const attribute = (type: string) =>
    signedAttrs.attributes.find((one) => one.type === type)?.values[0] as asn1js.BaseBlock | undefined
  const type = attribute(CONTENT_TYPE)
  if (!(type instanceof asn1js.ObjectIdentifier) || type.valueBlock.toString() !== TST_INFO)
    throw new TimestampFault("signed as something else")
  const told = attribute(MESSAGE_DIGEST)
  if (!(told instanceof asn1js.OctetString) || !digest(hashName, content).equals(bytesOf(told)))
    throw new TimestampFault("the content was changed")
  const named =
    namedCertificate(attribute(SIGNING_CERTIFICATE_V2), "sha256") ?? namedCertificate(attribute(SIGNING_CERTIFICATE), "sha1")
  const certificate = certificates.find((one) => named?.hash.equals(digest(named.name, readable(one).raw)))
  if (!certificate) throw new TimestampFault("the certificate that it names is not there")
  requirePurpose(certificate)
  const own = readable(certificate)
  if (at < new Date(own.validFrom) || at >= new Date(own.validTo)) throw new TimestampFault("the certificate did not hold then")
  if (!SIGNATURES.test(signatureAlgorithm.algorithmId)) throw new TimestampFault("a kind of signature that is not known")
  const bytes = Buffer.from(signedAttrs.encodedValue)
  if (!verify(hashName, bytes, own.publicKey, bytesOf(signature))) throw new TimestampFault("the signature does not hold")
  return own
}

/** The first ESSCertID of the attribute: the digest of the certificate that signed (RFC 5816, section 2.2). */
function namedCertificate(value: asn1js.BaseBlock | undefined, name: string): { name: string; hash: Buffer } | undefined {
  const [list] = partsOf(value)
  const [first] = partsOf(list)
  const [head, next] = partsOf(first)
  if (head instanceof asn1js.OctetString) return { name, hash: bytesOf(head) }
  const [algorithm] = partsOf(head)
  if (!(algorithm instanceof asn1js.ObjectIdentifier) || !(next instanceof asn1js.OctetString)) return undefined
  const spelt = HASHES[algorithm.valueBlock.toString()]
  return spelt === undefined ? undefined : { name: spelt, hash: bytesOf(next) }
}

const partsOf = (block: asn1js.BaseBlock | undefined): asn1js.BaseBlock[] =>
  block instanceof asn1js.Sequence ? (block.valueBlock.value as asn1js.BaseBlock[]) : []

/** For timestamps alone, and critical (RFC 3161, section 2.3). */
function requirePurpose({ extensions = [] }: pkijs.Certificate): void {
  const usage = extensions.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE)
  const purposes = (usage?.parsedValue as pkijs.ExtKeyUsage | undefined)?.keyPurposes ?? []
  if (!usage?.critical || purposes.length !== 1 || purposes[0] !== TIME_STAMPING)
    throw new TimestampFault("the certificate is not for timestamps alone")
}

const readable = (certificate: pkijs.Certificate): X509Certificate =>
  new X509Certificate(Buffer.from(certificate.toSchema().toBER(false)))

const bytesOf = (block: { readonly valueBlock: { readonly valueHexView: Uint8Array } }): Buffer =>
  Buffer.from(block.valueBlock.valueHexView)

/** What a decoder throws is the fault of whoever sent the bytes. */
function decoded<T>(work: () => T): T {
  try {
    return work()
  } catch (fault) {
    throw fault instanceof TimestampFault ? fault : new TimestampFault(`it can't be read: ${(fault as Error).message}`)
  }
}
