// Cookies of the site: HttpOnly, SameSite=Lax, whole site; named with `__Host-` where served over TLS (RFC 6265bis).
import { fastifyCookie as cookie } from "@fastify/cookie"
import type { FastifyReply, FastifyRequest } from "fastify"

export interface Cookies {
  read(request: FastifyRequest, name: string): string
  /** Without `maxAgeSeconds` it lasts as long as the browser stays open; 0 removes it. */
  write(reply: FastifyReply, name: string, value: string, maxAgeSeconds?: number): void
}

const COOKIE_MAX_CHARS = 3_000

/** Opens the cookies of a site; on plain http (a loopback address) browsers refuse `__Host-`, so names are bare there. */
export function openCookies(tls: boolean): Cookies {
  const named = (name: string) => (tls ? `__Host-${name}` : name)
  return {
    read: (request, name) => {
      const value = cookie.parse(request.headers.cookie ?? "")[named(name)] ?? ""
      return value.length > COOKIE_MAX_CHARS ? "" : value
    },
    write: (reply, name, value, maxAgeSeconds) => {
      const lasting = maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }
      const text = cookie.serialize(named(name), value, { path: "/", httpOnly: true, sameSite: "lax", secure: tls, ...lasting })
      const before = reply.getHeader("set-cookie")
      const kept = before === undefined ? [] : [before].flat().map(String)
      reply.header("set-cookie", [...kept.filter((c) => !c.startsWith(`${named(name)}=`)), text])
    },
  }
}
