// The hub takes in a site that comes with an invitation, certifies its keys and lists it in the next directory.
import { Compile } from "typebox/compile"
import { append } from "#audit"
import { canonicalJson } from "#engines/ledger"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { isValidAt, readCertificate } from "./certificates.ts"
import { invitationSecret, isProof, secretProof } from "./invitation-code.ts"
import { type JoinAnswer, JoinRequest } from "./join-request.ts"
import { certificateFor, provenKey } from "./key-offer.ts"
import { listedCertificate, publishDirectory, SITE_BOOK } from "./publish-directory.ts"
import { broughtBack } from "./remove-member.ts"
import { keyThumbprint } from "./signer.ts"
import { hubOf } from "./standing.ts"
import { believed, type Statement, withGranted } from "./statement.ts"
import {
  addMember,
  findCertificate,
  findSite,
  type InvitationRow,
  type InvitationUse,
  insertSite,
  lockInvitation,
  readCertificates,
  readMembersOf,
  updateSite,
  useInvitation,
} from "./store.ts"

const check = Compile(JoinRequest)

/**
 * Takes in a site: certificates for its keys and the directory that lists it. The same keys asking again with the same invitation
 * get the same certificates, so that an answer lost on the way loses nothing. Throws `join-refused` (malformed, or a key is not
 * proven), `invitation-invalid`, `invitation-expired`, `invitation-used`, `site-taken`, `member-taken`, `announcement-refused`.
 */
export async function acceptJoin(tx: Tx, request: unknown): Promise<JoinAnswer> {
  const { file } = hubOf(tx)
  if (!check.Check(request)) throw problem("join-refused")
  const { body, proofs } = request
  const invitation = await provenInvitation(tx, request)
  const auth = provenKey(tx, body.auth, body, proofs.auth)
  const sealing = provenKey(tx, body.sealing, body, proofs.sealing)
  const { usedBy } = invitation
  if (usedBy) return answerAgain(tx, invitation, { site: body.site.id, authKey: auth.thumbprint, sealingKey: sealing.thumbprint })
  if (invitation.expiresAt <= tx.now) throw problem("invitation-expired")
  await admitSite(tx, invitation, body.site, sealing.thumbprint)
  const holder = { site: body.site.id, organisation: body.site.name, line: body.site.line }
  const rows = {
    auth: await certificateFor(tx, holder, "auth", auth),
    sealing: await certificateFor(tx, holder, "sealing", sealing),
  }
  await useInvitation(tx, invitation.id, {
    site: body.site.id,
    authKey: auth.thumbprint,
    sealingKey: sealing.thumbprint,
    auth: rows.auth.thumbprint,
    sealing: rows.sealing.thumbprint,
  })
  for (const { class: kind, code } of invitation.members)
    append(tx, {
      agency: SITE_BOOK,
      event: "site-joined",
      details: { site: body.site.id, invitation: invitation.id, member: `${file.instance}/${kind}/${code}` },
    })
  return answerOf(tx, invitation, listedCertificate(rows.auth), listedCertificate(rows.sealing))
}

/** The invitation whose secret the asker knows; unknown and wrong look alike. */
async function provenInvitation(tx: Tx, { body, proofs }: JoinRequest): Promise<InvitationRow> {
  const expected = secretProof(invitationSecret(tx.site, body.invitation), canonicalJson(body))
  const isKnown = isProof(proofs.secret, expected)
  const invitation = isKnown ? await lockInvitation(tx, body.invitation) : undefined
  if (!invitation) throw problem("invitation-invalid")
  return invitation
}

/** Puts the site and its members on the list, or gives a known site the members of another invitation. */
async function admitSite(tx: Tx, invitation: InvitationRow, statement: Statement, sealingKey: string): Promise<void> {
  const { file } = hubOf(tx)
  const known = await findSite(tx, statement.id)
  const isOwn = known && (await keysOf(tx, statement.id)).has(sealingKey)
  if (statement.id === file.site || (known && !isOwn)) throw problem("site-taken", { site: statement.id })
  if (!known) await insertSite(tx, statement.id, { ...statement, subsystems: [], services: [] })
  for (const member of invitation.members) {
    const isHubs = file.members?.some((own) => own.class === member.class && own.code === member.code)
    const host = isHubs ? file.site : await addMember(tx, member, statement.id)
    if (host !== statement.id) throw problem("member-taken", { member: `${member.class}/${member.code}` })
  }
  const members = await readMembersOf(tx, statement.id)
  const invited = invitation.members.map(({ class: kind, code }) => `${file.instance}/${kind}/${code}`)
  const facts = known ? broughtBack(statement.id, known.facts, invited) : believed(file.instance, statement, members)
  await updateSite(tx, statement.id, withGranted(file.instance, facts, members), tx.now)
}

/** Keys of the sealing certificates that hold now. */
async function keysOf(tx: Tx, site: string): Promise<Set<string>> {
  const certificates = (await readCertificates(tx, site))
    .filter(({ use }) => use === "sealing")
    .flatMap(({ certificate }) => readCertificate(certificate) ?? [])
  return new Set(certificates.filter((one) => isValidAt(one, tx.now)).map((one) => keyThumbprint(one.publicKey)))
}

async function answerAgain(
  tx: Tx,
  invitation: InvitationRow,
  asked: Pick<InvitationUse, "site" | "authKey" | "sealingKey">,
): Promise<JoinAnswer> {
  const used = invitation.usedBy!
  const isSame = used.site === asked.site && used.authKey === asked.authKey && used.sealingKey === asked.sealingKey
  const [auth, sealing] = [await findCertificate(tx, used.auth), await findCertificate(tx, used.sealing)]
  if (!isSame || !auth || !sealing) throw problem("invitation-used")
  return answerOf(tx, invitation, listedCertificate(auth), listedCertificate(sealing))
}

async function answerOf(
  tx: Tx,
  { members }: InvitationRow,
  auth: JoinAnswer["auth"],
  sealing: JoinAnswer["sealing"],
): Promise<JoinAnswer> {
  const { jws } = await publishDirectory(tx)
  return {
    members: members.map(({ subsystems, ...member }) => ({ ...member, ...(subsystems && { subsystems: [...subsystems] }) })),
    auth,
    sealing,
    directory: jws,
  }
}
