// A sign-in under way: what binds the provider's answer to the browser that asked. Taken once, within minutes.
import { createHmac, timingSafeEqual } from "node:crypto"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { hashOf, isToken, newToken } from "./session.ts"
import { addAttempt, deleteOldAttempts, takeAttempt } from "./store.ts"

export const SIGN_IN_ATTEMPT_MAX_MINUTES = 10
const RETURN_TO_MAX_CHARS = 2_000
const MINUTE_MS = 60_000

/** What goes to the provider and comes back. Nonce and verifier follow from the cookie, so that the database keeps neither. */
export interface SignInAttempt {
  /** The value of the errand cookie; the only thing that the browser holds. */
  readonly cookie: string
  readonly state: string
  readonly nonce: string
  /** The PKCE code verifier (RFC 7636). */
  readonly verifier: string
  readonly returnTo: string
  /** True when the person must prove anew who they are. */
  readonly fresh: boolean
}

/** Begins a sign-in that will come back to `returnTo`, a path of this site; anything else becomes the home page. */
export async function beginSignIn(tx: Tx, wish: { returnTo: string; fresh: boolean }): Promise<SignInAttempt> {
  const cookie = newToken()
  const returnTo = ownPath(wish.returnTo)
  await deleteOldAttempts(tx, oldestStart(tx.now))
  await addAttempt(tx, { cookieHash: hashOf(cookie), returnTo, fresh: wish.fresh })
  return { ...derived(cookie), returnTo, fresh: wish.fresh }
}

/**
 * Takes the sign-in that the cookie and the state name together, and ends it: it can't be taken again, whatever comes after.
 * Throws `sign-in-stale` when it is unknown, of another browser, already taken or older than ten minutes.
 */
export async function takeSignIn(tx: Tx, answer: { cookie: string; state: string }): Promise<SignInAttempt> {
  if (!isToken(answer.cookie)) throw problem("sign-in-stale")
  const attempt = derived(answer.cookie)
  if (!sameText(attempt.state, answer.state)) throw problem("sign-in-stale")
  const kept = await takeAttempt(tx, hashOf(answer.cookie), oldestStart(tx.now))
  if (!kept) throw problem("sign-in-stale")
  return { ...attempt, ...kept }
}

const oldestStart = (now: Date) => new Date(now.getTime() - SIGN_IN_ATTEMPT_MAX_MINUTES * MINUTE_MS)

function derived(cookie: string): Pick<SignInAttempt, "cookie" | "state" | "nonce" | "verifier"> {
  const of = (what: string) => createHmac("sha256", cookie).update(what).digest("base64url")
  return { cookie, state: of("state"), nonce: of("nonce"), verifier: of("verifier") }
}

function sameText(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}

const OWN = "http://own.invalid"

/** A path of this very site, or "/". Browsers read `//host`, `/\host` and what `/..//host` becomes as another site. */
export function ownPath(text: string): string {
  if (text.length > RETURN_TO_MAX_CHARS || !/^\/[\x21-\x5b\x5d-\x7e]*$/.test(text) || !URL.canParse(text, OWN)) return "/"
  const url = new URL(text, OWN)
  return url.origin === OWN && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}` : "/"
}
