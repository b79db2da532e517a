// The hub invites a member: one code, used once, for a few days.
import Type from "typebox"
import { Compile } from "typebox/compile"
import { append } from "#audit"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import { refuseAllBut } from "./administrators.ts"
import { directoryKeys } from "./directory-keys.ts"
import { Part } from "./identifiers.ts"
import { invitationSecret, writeCode } from "./invitation-code.ts"
import { INVITATION_MS, SITE_MEMBERS_MAX, SITE_SUBSYSTEMS_MAX } from "./limits.ts"
import { SITE_BOOK } from "./publish-directory.ts"
import { keyThumbprint } from "./signer.ts"
import { closed } from "./site-file.ts"
import { hubOf } from "./standing.ts"
import { type InvitedMember, insertInvitation } from "./store.ts"

export interface Invitation {
  readonly id: string
  /** To be handed over by a safe way: whoever has it may join once. */
  readonly code: string
  readonly expiresAt: Date
}

const Invited = Type.Array(
  closed({
    class: Part,
    code: Part,
    name: Type.String({ minLength: 1, maxLength: 300 }),
    subsystems: Type.Optional(Type.Array(Part, { maxItems: SITE_SUBSYSTEMS_MAX })),
  }),
  { minItems: 1, maxItems: SITE_MEMBERS_MAX },
)
const check = Compile(Invited)

/**
 * Makes an invitation for members that one site will host, and gives its code. For the system and technical administrators.
 * Throws `not-the-hub`, `not-allowed`, `member-invalid`.
 */
export async function inviteMember(tx: Tx, members: readonly InvitedMember[]): Promise<Invitation> {
  const { file } = hubOf(tx)
  refuseAllBut(tx, "tech-admin")
  if (!check.Check(members)) throw problem("member-invalid")
  const id = newId(tx.now)
  const expiresAt = new Date(tx.now.getTime() + INVITATION_MS)
  await insertInvitation(tx, id, members, expiresAt)
  for (const { class: kind, code } of members)
    append(tx, {
      agency: SITE_BOOK,
      event: "member-invited",
      details: { invitation: id, member: `${file.instance}/${kind}/${code}`, until: expiresAt.toISOString() },
    })
  const key = keyThumbprint((await directoryKeys(tx)).signer.publicKey)
  return {
    id,
    code: writeCode({ instance: file.instance, hub: file.face, key, id, secret: invitationSecret(tx.site, id) }),
    expiresAt,
  }
}

/** Reads `CLASS/CODE[/SUBSYSTEM...]` as a command line spells it. Throws `member-invalid`. */
export function readMember(text: string, name: string): InvitedMember {
  const [kind, code, ...subsystems] = text.split("/")
  const member = { class: kind ?? "", code: code ?? "", name, ...(subsystems.length > 0 && { subsystems }) }
  if (!check.Check([member])) throw problem("member-invalid")
  return member
}
