// Choosing whom one acts as: oneself as a citizen, or an official in one post. Never both at a time.
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { noteSwitch } from "./book.ts"
import { type ActAs, findSession, hashOf, newToken } from "./session.ts"
import type { OpenedSession } from "./sign-in.ts"
import { replaceToken } from "./store.ts"

/**
 * Makes the session act as a citizen or in a post that is held now, under a new token: the old one is worth nothing from here on.
 * Throws `not-signed-in`, and `not-allowed` for a post that the person doesn't hold. Run it as the system.
 */
export async function switchTo(tx: Tx, token: string, actAs: ActAs): Promise<OpenedSession> {
  const found = await findSession(tx, token)
  if (!found) throw problem("not-signed-in")
  const held = found.session.posts.some(
    (post) => actAs.kind === "official" && post.agency === actAs.agency && post.position === actAs.position,
  )
  if (actAs.kind === "official" && !held) throw problem("not-allowed")
  const fresh = newToken()
  await replaceToken(tx, { subject: found.session.subject, id: found.session.id, tokenHash: hashOf(fresh), actAs })
  const switched = await findSession(tx, fresh)
  if (!switched) throw problem("not-signed-in")
  noteSwitch(tx, switched)
  return { ...switched, token: fresh }
}
