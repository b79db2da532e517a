// Signing in and out, and choosing whom one acts as. Each step of the flow stands alone: none rests on the one before having been polite.
import {
  beginSignIn,
  noteRefusedSignIn,
  type OpenedSession,
  SIGN_IN_ATTEMPT_MAX_MINUTES,
  signIn,
  signOut,
  signOutEverywhere,
  takeSignIn,
} from "#identity"
import type { Tx } from "#platform/db"
import { limits, type PageRequest, redirect } from "#platform/http"
import { Problem } from "#platform/problem"
import { problem } from "#problems"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { openRelyingParty, type Proven, type RelyingParty } from "./relying-party.ts"
import type { SignInSettings } from "./settings.ts"

/** The errand cookie of a sign-in under way, and the session's own. */
const ERRAND = "sign-in"
export const SESSION = "session"
const system = { kind: "system", name: "sign-in" } as const

/** Registers the pages of signing in and out with an identity provider; without settings nobody can sign in. */
export function signInPages(web: Web, settings: SignInSettings | undefined): void {
  const party = settings && openRelyingParty(settings, web.site.origin)
  const deed = <T>(act: (tx: Tx) => Promise<T>) => web.db.tx(system, act)
  web.page({
    method: "GET",
    path: routes.signIn,
    for: "public",
    limit: limits.signIn,
    handle: async ({ query, lang }) => {
      const wish = { returnTo: query.get("return"), fresh: query.get("fresh") === "1" }
      const attempt = await deed((tx) => beginSignIn(tx, wish))
      const address = await open(party).begin(attempt, lang)
      const errand = { name: ERRAND, value: attempt.cookie, maxAgeSeconds: SIGN_IN_ATTEMPT_MAX_MINUTES * 60 }
      return redirect(address.href, { cookies: [errand] })
    },
  })
  web.page({
    method: "GET",
    path: routes.signInReturn,
    for: "public",
    limit: limits.signIn,
    handle: async (request) => {
      // Taken in a transaction of its own: whatever fails from here on, this attempt is spent.
      const answer = { cookie: request.cookie(ERRAND), state: request.query.get("state") }
      const attempt = await deed((tx) => takeSignIn(tx, answer))
      const proven = await finished(web, open(party), attempt, request.url.split("?", 2)[1] ?? "")
      const opened = await deed((tx) => signIn(tx, known(tx, proven, request.cookie(SESSION), leadsToDesk(attempt.returnTo))))
      return redirect(attempt.returnTo, {
        session: sessionCookie(opened, request.now),
        cookies: [{ name: ERRAND, value: "", maxAgeSeconds: 0 }],
      })
    },
  })
  web.page({
    method: "POST",
    path: routes.signOut,
    for: "signed-in",
    comeBackTo: () => paths.home(),
    handle: async (request) => {
      const idToken = await deed((tx) => signedOut(tx, request))
      const end = idToken === undefined ? undefined : await party?.endOf(idToken)
      return redirect(end?.href ?? paths.home(), { session: null })
    },
  })
}

/** The cookie of a session just opened: it lasts as long as the session may at most. */
export const sessionCookie = ({ token, session }: OpenedSession, now: Date) => ({
  token,
  maxAgeSeconds: Math.floor((session.endsAt.getTime() - now.getTime()) / 1000),
})

function open(party: RelyingParty | undefined): RelyingParty {
  if (!party) throw problem("sign-in-unavailable")
  return party
}

/** The provider's answer, verified; a refused one is noted in the book. */
async function finished(
  web: Web,
  party: RelyingParty,
  attempt: Parameters<RelyingParty["finish"]>[0],
  query: string,
): Promise<Proven> {
  try {
    return await party.finish(attempt, query)
  } catch (error) {
    const reason = error instanceof Problem && error.code === "sign-in-refused" ? String(error.params.reason) : undefined
    if (reason) await web.db.tx(system, async (tx) => noteRefusedSignIn(tx, reason))
    throw error
  }
}

function known(tx: Tx, proven: Proven, before: string, asOfficial: boolean): Parameters<typeof signIn>[1] {
  const { proofAgeSeconds, ...person } = proven
  const authTime = new Date(tx.now.getTime() - proofAgeSeconds * 1000)
  return { ...person, authTime, asOfficial, ...(before === "" ? {} : { replaces: before }) }
}

async function signedOut(tx: Tx, request: Pick<PageRequest, "cookie" | "body">): Promise<string | undefined> {
  const token = request.cookie(SESSION)
  const everywhere = request.body.get("everywhere") === "1"
  const idToken = everywhere ? undefined : (await signOut(tx, token))?.idToken
  if (everywhere) await signOutEverywhere(tx, token)
  return idToken
}

/** Whoever comes for the desk goes on as an official, if they hold a post. */
const leadsToDesk = (path: string): boolean => /^\/desk(?:[/?]|$)/.test(path)
