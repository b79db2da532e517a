// The joining site: makes its keys and the request, and takes the hub's answer.
import { X509Certificate } from "node:crypto"
import { Compile } from "typebox/compile"
import { append } from "#audit"
import { canonicalJson } from "#engines/ledger"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { refuseAllBut } from "./administrators.ts"
import { leadsTo } from "./certificates.ts"
import type { CertificateUse, ListedCertificate } from "./directory.ts"
import { type InvitationCode, secretProof } from "./invitation-code.ts"
import { JoinAnswer, type JoinBody, type JoinRequest } from "./join-request.ts"
import { type OfferedKeys, offerOf, provePossession } from "./key-offer.ts"
import { getDirectory } from "./latest-directory.ts"
import { isInPlace, newKeyName, signerOf } from "./own-keys.ts"
import { SITE_BOOK } from "./publish-directory.ts"
import { keyThumbprint, thumbprintOf } from "./signer.ts"
import { newestCertificates, rereadCertificates, standingOf } from "./standing.ts"
import { statementOf } from "./statement.ts"
import { insertOwnCertificate } from "./store.ts"
import { takeDirectory } from "./take-directory.ts"

export interface JoinPlan {
  readonly invitation: InvitationCode
  readonly keys: OfferedKeys
  /** To be posted to the hub. */
  readonly request: JoinRequest
}

/**
 * Makes the keys (once for each invitation: planning again uses the same; a site that has joined before keeps its own) and the request. `brought` names keys whose certificates an
 * outside authority has made. For the system and technical administrators.
 */
export async function planJoin(tx: Tx, invitation: InvitationCode, brought?: OfferedKeys): Promise<JoinPlan> {
  refuseAllBut(tx, "tech-admin")
  const standing = standingOf(tx.site)
  const { file, token } = standing
  const held = newestCertificates(tx.site)
  const named = (use: CertificateUse) => {
    const keyName = held[use]?.keyName
    return { keyName: keyName !== undefined && isInPlace(file, use, keyName) ? keyName : newKeyName(file, use, invitation.id) }
  }
  const keys = brought ?? { auth: named("auth"), sealing: named("sealing") }
  const [auth, sealing] = [await signerOf(tx, token, keys.auth.keyName), await signerOf(tx, token, keys.sealing.keyName)]
  const body: JoinBody = {
    invitation: invitation.id,
    at: tx.now.toISOString(),
    site: { ...statementOf(standing), subsystems: [], services: [] },
    auth: await offerOf(auth, keys.auth, `${file.instance}/${file.site} auth`, file.name),
    sealing: await offerOf(sealing, keys.sealing, `${file.instance}/${file.site} sealing`, file.name),
  }
  const proofs = {
    secret: secretProof(invitation.secret, canonicalJson(body)),
    auth: await provePossession(auth, body),
    sealing: await provePossession(sealing, body),
  }
  return { invitation, keys, request: { body, proofs } }
}

const check = Compile(JoinAnswer)

/**
 * Takes the hub's answer: the directory, proven by the key that the invitation named, and the certificates, which must be for the
 * site's own keys and lead to the directory's trust anchors. Gives the members that the site now hosts. Throws what takeDirectory
 * throws, `hub-refused` for a malformed answer, `certificate-refused`.
 */
export async function completeJoin(tx: Tx, plan: JoinPlan, answer: unknown): Promise<JoinAnswer["members"]> {
  refuseAllBut(tx, "tech-admin")
  if (!check.Check(answer)) throw problem("hub-refused")
  const { file } = standingOf(tx.site)
  await takeDirectory(tx, answer.directory, [plan.invitation.key])
  await takeCertificates(tx, plan.keys, answer)
  append(tx, { agency: SITE_BOOK, event: "federation-joined", details: { site: file.site, invitation: plan.invitation.id } })
  return answer.members
}

/** Keeps certificates for own keys. Throws `certificate-refused`. */
export async function takeCertificates(
  tx: Tx,
  keys: OfferedKeys,
  answer: Readonly<Record<CertificateUse, ListedCertificate>>,
): Promise<void> {
  const { directory } = await getDirectory(tx)
  const anchors = directory.trustAnchors.map(({ certificate }) => new X509Certificate(Buffer.from(certificate, "base64")))
  for (const use of ["auth", "sealing"] as const) {
    const listed = answer[use]
    const certificate = parsedCertificate(listed.certificate)
    const chain = listed.chain.map(parsedCertificate)
    const { publicKey: key } = await signerOf(tx, standingOf(tx.site).token, keys[use].keyName)
    const isOwn = listed.use === use && keyThumbprint(certificate.publicKey) === keyThumbprint(key)
    if (!isOwn || !leadsTo(certificate, chain, anchors, tx.now)) throw problem("certificate-refused")
    const [from, until] = [new Date(certificate.validFrom), new Date(certificate.validTo)]
    await insertOwnCertificate(tx, {
      ...{ thumbprint: thumbprintOf(certificate.raw), use, keyName: keys[use].keyName, from, until },
      ...{ certificate: certificate.raw, chain: chain.map(({ raw }) => raw) },
    })
  }
  await rereadCertificates(tx)
}

function parsedCertificate(der: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(der, "base64"))
  } catch {
    throw problem("certificate-refused")
  }
}
