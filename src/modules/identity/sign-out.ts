// Signing out: the session is deleted, so that its token is worth nothing from this moment on.
import type { Tx } from "#platform/db"
import { noteRevoked, noteSignOut } from "./book.ts"
import { unseal } from "./seal.ts"
import { findSession, hashOf, isToken } from "./session.ts"
import { deleteSession, deleteSessionsOf } from "./store.ts"

/**
 * Ends the session of a token. Gives the provider's id token, if one was kept, so that the web can end the provider's session too;
 * undefined for a token that was worth nothing. Run it as the system.
 */
export async function signOut(tx: Tx, token: string): Promise<{ idToken: string | undefined } | undefined> {
  if (!isToken(token)) return undefined
  const found = await findSession(tx, token)
  const gone = await deleteSession(tx, hashOf(token))
  if (!gone) return undefined
  if (found) noteSignOut(tx, found)
  return { idToken: gone.idToken ? unseal(tx.site.keys, gone.id, gone.idToken) : undefined }
}

/** Ends all sessions of the person whose token this is, on every device, this one included; gives how many. Run it as the system. */
export async function signOutEverywhere(tx: Tx, token: string): Promise<number> {
  const found = await findSession(tx, token)
  if (!found) return 0
  const count = await deleteSessionsOf(tx, found.session.subject)
  noteRevoked(tx, found, "everywhere")
  return count
}
