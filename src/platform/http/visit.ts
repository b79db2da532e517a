// One request on its way: who comes, in which language, and the keys its CSRF token is bound to.
import { randomBytes } from "node:crypto"
import type { FastifyReply, FastifyRequest } from "fastify"
import type { Actor } from "#platform/db"
import type { Cookies } from "./cookies.ts"
import { isFromHere, type openCsrf } from "./csrf.ts"
import { csrfStale, notAllowed, notSignedIn, tooManyRequests } from "./faults.ts"
import { fieldsOfText } from "./fields.ts"
import { languageOf } from "./language.ts"
import { limits, type RateLimit } from "./limits.ts"
import type { HttpOptions } from "./options.ts"
import type { Take } from "./rate.ts"
import type { Audience, Frame, HttpSession } from "./request.ts"

/** What the server shares between requests. */
export interface Border {
  readonly options: HttpOptions
  readonly cookies: Cookies
  readonly csrf: ReturnType<typeof openCsrf>
  readonly take: Take
  readonly tls: boolean
}

export interface Visit extends Frame {
  readonly now: Date
}

/** Reads the language and the session, and counts the request against the limits of its client and account. */
export async function visitOf(border: Border, request: FastifyRequest, reply: FastifyReply, limit?: RateLimit): Promise<Visit> {
  const { options, cookies } = border
  const now = options.site.clock()
  const lang = languageOf(request, reply, cookies, options.place.languages)
  const visit = visitWith(border, request, reply, lang, undefined, now)
  visits.set(request, visit)
  const client = clientOf(request.ip)
  count(border, limits.anyClient, client)
  if (limit) count(border, limit, client)
  const token = cookies.read(request, "session")
  const session = token === "" ? undefined : await options.sessionOf(token)
  if (session) count(border, limits.anyAccount, session.actor.accountId)
  const known = session ? visitWith(border, request, reply, lang, session, now) : visit
  visits.set(request, known)
  return known
}

const visits = new WeakMap<FastifyRequest, Visit>()

/** The visit of a request as far as it got, for the page of a problem. */
export function visitSoFar(border: Border, request: FastifyRequest, reply: FastifyReply): Visit {
  const lang = () => languageOf(request, reply, border.cookies, border.options.place.languages)
  return visits.get(request) ?? visitWith(border, request, reply, lang(), undefined, border.options.site.clock())
}

/** Whose bucket an address counts in: an IPv6 network of 64 bits belongs to one client (RFC 6177). */
export function clientOf(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address
  const [before = "", after = ""] = address.split("::", 2)
  const head = before.split(":").filter(Boolean)
  const tail = after.split(":").filter(Boolean)
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0")
  return [...head, ...zeros, ...tail].slice(0, 4).join(":")
}

// The clock of limits is the machine's own, since a site's clock may stand still or be moved.
function count(border: Border, limit: RateLimit, key: string): void {
  const seconds = border.take(limit, key, performance.now())
  if (seconds > 0) throw tooManyRequests(seconds)
}

function visitWith(
  border: Border,
  request: FastifyRequest,
  reply: FastifyReply,
  lang: string,
  session: HttpSession | undefined,
  now: Date,
): Visit {
  return {
    lang,
    session,
    now,
    place: border.options.place,
    url: request.url,
    get csrf() {
      return border.csrf.make(session?.key ?? visitorKey(border, request, reply))
    },
  }
}

const made = new WeakMap<FastifyRequest, string>()

/** Key of somebody not signed in: a random cookie, set only when a page shows a form. */
function visitorKey(border: Border, request: FastifyRequest, reply: FastifyReply): string {
  const known = border.cookies.read(request, "visitor") || made.get(request)
  if (known) return `visitor ${known}`
  const fresh = randomBytes(18).toString("base64url")
  made.set(request, fresh)
  border.cookies.write(reply, "visitor", fresh)
  return `visitor ${fresh}`
}

/** Refuses a forged post: from another site, or with a token that this session or visitor was not given. */
export function checkForgery(border: Border, request: FastifyRequest, visit: Visit, token: string): void {
  const visitor = border.cookies.read(request, "visitor")
  const key = visit.session?.key ?? (visitor && `visitor ${visitor}`)
  if (!isFromHere(request.headers) || key === "" || !border.csrf.check(token, key)) throw csrfStale()
}

/** The actor that an audience promises. Throws `not-signed-in` and `not-allowed`. */
export function admit(audience: Audience, session: HttpSession | undefined): Actor {
  const actor = session?.actor
  if (audience === "public") return { kind: "public" }
  if (audience === "person-or-public") return actor?.kind === "person" ? actor : { kind: "public" }
  if (!actor) throw notSignedIn()
  if (audience !== "signed-in" && actor.kind !== audience) throw notAllowed()
  return actor
}

/** The query of a request as fields. */
export const queryOf = (request: FastifyRequest) => fieldsOfText(request.url.split("?", 2)[1] ?? "")

/** True for a path of this very site: what may stand in `?return=`. */
export const isLocalPath = (text: string): boolean => /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(text) && text.length <= 2_000
