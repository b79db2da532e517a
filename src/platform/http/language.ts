// Which language a page speaks: `?lang=` once, then the cookie, else the country's first language.
import type { FastifyReply, FastifyRequest } from "fastify"
import type { Cookies } from "./cookies.ts"
import { addVary } from "./send.ts"

const KEPT_SECONDS = 365 * 24 * 3600

/** Chooses the language, remembers a choice made by `?lang=`, and says so in Content-Language and Vary. */
export function languageOf(request: FastifyRequest, reply: FastifyReply, cookies: Cookies, languages: readonly string[]): string {
  const known = (lang: string) => (languages.includes(lang) ? lang : undefined)
  const asked = known(new URLSearchParams(request.url.split("?", 2)[1]).get("lang") ?? "")
  const kept = known(cookies.read(request, "lang"))
  if (asked && asked !== kept) cookies.write(reply, "lang", asked, KEPT_SECONDS)
  const lang = asked ?? kept ?? languages[0]!
  reply.header("content-language", lang)
  addVary(reply, "Cookie")
  return lang
}
