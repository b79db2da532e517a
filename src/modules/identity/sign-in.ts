// Signing in: the account of a person as their identity provider knows them, and always a new session.
import { randomBytes } from "node:crypto"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import { noteAccountOpened, noteRevoked, noteSignIn } from "./book.ts"
import { seal } from "./seal.ts"
import { type ActAs, type FoundSession, findSession, hashOf, isToken, newToken, oldest } from "./session.ts"
import {
  addAccount,
  addSession,
  deleteDeadSessions,
  deleteSession,
  findAccountsOfLogin,
  findPosts,
  noteSignedIn,
} from "./store.ts"

const CSRF_SECRET_BYTES = 32
const NAME_MAX_CHARS = 200
/** How far the provider's clock may run ahead of ours. */
const CLOCK_SKEW_MAX_MS = 60_000

/** What the identity provider says, already verified. */
export interface KnownPerson {
  readonly issuer: string
  readonly sub: string
  /** The personal number, of whatever country. */
  readonly personNumber: string
  readonly name: string
  readonly authTime: Date
  readonly acr: string
  /** Kept sealed, to sign out at the provider too. */
  readonly idToken?: string
  /** Token of the session that this browser brought; it ends here. */
  readonly replaces?: string
  /** Begin as an official, if the person holds a post. Without it, as a citizen, or as before when the same person proves anew. */
  readonly asOfficial?: boolean
}

export interface OpenedSession extends FoundSession {
  /** Goes into the cookie and nowhere else. */
  readonly token: string
}

/**
 * Opens a new session, with a new id and a new token whatever the browser brought; the session that it replaces ends.
 * Throws `sign-in-refused` when the provider's answer can't be, `identity-changed` when it names another person for a known login.
 * Run it as the system.
 */
export async function signIn(tx: Tx, person: KnownPerson): Promise<OpenedSession> {
  const name = person.name.normalize("NFC").trim()
  const number = person.personNumber.trim()
  const tooNew = person.authTime.getTime() > tx.now.getTime() + CLOCK_SKEW_MAX_MS
  if (!name || name.length > NAME_MAX_CHARS || !number || tooNew) throw problem("sign-in-refused")
  const subject = tx.site.keys.subjectOf(number)
  const account = await knownAccount(tx, { ...person, name }, subject, number)
  const before = await endReplaced(tx, person.replaces)
  const actAs = await firstActor(tx, subject, person.asOfficial === true, before)
  await deleteDeadSessions(tx, oldest(tx.now))
  const token = newToken()
  const id = newId(tx.now)
  await addSession(tx, {
    id,
    subject,
    account,
    tokenHash: hashOf(token),
    csrfSecret: randomBytes(CSRF_SECRET_BYTES),
    actAs,
    authAt: person.authTime,
    acr: person.acr,
    idToken: person.idToken === undefined ? null : seal(tx.site.keys, id, person.idToken),
  })
  const found = await findSession(tx, token)
  if (!found) throw new Error("a session just opened was not found")
  noteSignIn(tx, found)
  return { ...found, token }
}

async function knownAccount(tx: Tx, person: KnownPerson, subject: string, number: string): Promise<string> {
  const login = tx.site.keys.subjectOf(JSON.stringify([person.issuer, person.sub]))
  const known = await findAccountsOfLogin(tx, login)
  if (known.some((account) => account.subject !== subject)) throw problem("identity-changed")
  const old = known[0]
  if (old) {
    await noteSignedIn(tx, { subject, id: old.id, name: person.name })
    return old.id
  }
  const id = newId(tx.now)
  const account = await addAccount(tx, { id, subject, login, name: person.name, personNumber: seal(tx.site.keys, id, number) })
  if (account === id) noteAccountOpened(tx, { id, subject })
  return account
}

/** Ends the browser's earlier session, whoever's it was, and says whose. */
async function endReplaced(tx: Tx, token: string | undefined): Promise<FoundSession | undefined> {
  if (token === undefined || !isToken(token)) return undefined
  const before = await findSession(tx, token)
  const gone = await deleteSession(tx, hashOf(token))
  if (before && gone) noteRevoked(tx, before, "replaced")
  return before
}

/** A fresh proof by the same person goes on in the same post; else a first own post for those who come to the desk. */
async function firstActor(tx: Tx, subject: string, asOfficial: boolean, before: FoundSession | undefined): Promise<ActAs> {
  if (before?.session.subject === subject && before.session.actingAs.kind === "official") return before.session.actingAs
  const post = asOfficial ? (await findPosts(tx, subject))[0] : undefined
  return post ? { kind: "official", agency: post.agency, position: post.position } : { kind: "citizen" }
}
