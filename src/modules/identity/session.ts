// A session: one person, one browser, one actor at a time. Its token is 256 random bits, of which only the SHA-256 is kept.
import { createHash, randomBytes } from "node:crypto"
import type { Actor, Tx } from "#platform/db"
import { problem } from "#problems"
import { officialOf, type Post } from "./posts.ts"
import { findLivingSession, type SessionRow, touchSession } from "./store.ts"

/** Limits of a citizen's session (within NIST SP 800-63B-4, AAL2: an hour idle, a day in all). */
export const PERSON_IDLE_MAX_MINUTES = 60
export const PERSON_SESSION_MAX_HOURS = 12
/** Limits while acting as an official: shorter, for more can be done with it. */
export const OFFICIAL_IDLE_MAX_MINUTES = 30
export const OFFICIAL_SESSION_MAX_HOURS = 10
/** A session in use is written at most this often. */
const TOUCH_EVERY_MS = 60_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const TOKEN_BYTES = 32

/** What one acts as: a citizen in one's own affairs, or an official in one post. */
export type ActAs =
  | { readonly kind: "citizen" }
  | { readonly kind: "official"; readonly agency: string; readonly position: string }

export interface Session {
  readonly id: string
  readonly accountId: string
  readonly subject: string
  readonly name: string
  /** Secret to this session and stable while it lasts; CSRF tokens are bound to it. */
  readonly key: string
  /** When the identity provider last saw the person prove who they are. */
  readonly authTime: Date
  /** How surely, in the provider's own word (its `acr`). */
  readonly acr: string
  readonly actingAs: ActAs
  /** What one may switch to now. */
  readonly posts: readonly Post[]
  /** The end, if nothing is done before it idles out. */
  readonly endsAt: Date
}

export interface FoundSession {
  readonly session: Session
  readonly actor: Extract<Actor, { kind: "person" | "official" }>
}

/**
 * The living session of a token with the actor it acts as, or undefined: unknown, signed out, idle too long, too old.
 * Positions are read anew each time, so a delegation that has ended is gone at once and the person is a citizen again.
 * Run it as the system.
 */
export async function findSession(tx: Tx, token: string): Promise<FoundSession | undefined> {
  if (!isToken(token)) return undefined
  const row = await findLivingSession(tx, hashOf(token), oldest(tx.now))
  if (!row) return undefined
  if (tx.now.getTime() - row.seenAt.getTime() >= TOUCH_EVERY_MS) await touchSession(tx, row.subject, row.id)
  return foundSession(row)
}

/**
 * Throws `fresh-sign-in-needed` unless the person proved who they are within the last `minutesMax` minutes; signing asks it.
 * The web answers with a new sign-in and comes back.
 */
export function requireFreshSignIn(session: Pick<Session, "authTime">, now: Date, minutesMax: number): void {
  if (now.getTime() - session.authTime.getTime() > minutesMax * MINUTE_MS) throw problem("fresh-sign-in-needed", { minutesMax })
}

/** The session as others see it, with the actor of the post that it acts in, if that post is still held. */
export function foundSession(row: SessionRow): FoundSession {
  const post = row.posts.find((p) => p.agency === row.actingAgency && p.position === row.actingPosition)
  const hours = post ? OFFICIAL_SESSION_MAX_HOURS : PERSON_SESSION_MAX_HOURS
  const session: Session = {
    id: row.id,
    accountId: row.account,
    subject: row.subject,
    name: row.name,
    key: row.csrfSecret.toString("base64url"),
    authTime: row.authAt,
    acr: row.acr,
    actingAs: post ? { kind: "official", agency: post.agency, position: post.position } : { kind: "citizen" },
    posts: row.posts,
    endsAt: new Date(row.createdAt.getTime() + hours * HOUR_MS),
  }
  const actor = post
    ? officialOf({ id: row.account, subject: row.subject, name: row.name }, post)
    : ({ kind: "person", accountId: row.account, subject: row.subject, name: row.name } as const)
  return { session, actor }
}

export interface Oldest {
  readonly personSeen: Date
  readonly personCreated: Date
  readonly officialSeen: Date
  readonly officialCreated: Date
}

/** The times before which a session is dead. */
export function oldest(now: Date): Oldest {
  const before = (ms: number) => new Date(now.getTime() - ms)
  return {
    personSeen: before(PERSON_IDLE_MAX_MINUTES * MINUTE_MS),
    personCreated: before(PERSON_SESSION_MAX_HOURS * HOUR_MS),
    officialSeen: before(OFFICIAL_IDLE_MAX_MINUTES * MINUTE_MS),
    officialCreated: before(OFFICIAL_SESSION_MAX_HOURS * HOUR_MS),
  }
}

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString("base64url")
export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text)
export const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest()
