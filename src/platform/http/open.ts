// The HTTP server: fastify with its limits, headers, log and measures, and the ways to register routes.
import multipart from "@fastify/multipart"
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify"
import { answerProblem } from "./answer.ts"
import { openCookies } from "./cookies.ts"
import { openCsrf } from "./csrf.ts"
import { bodyTooLarge, notFound, wrongMethod } from "./faults.ts"
import { fixedHeaders } from "./headers.ts"
import { parseJson } from "./json-body.ts"
import * as size from "./limits.ts"
import { type Metrics, openMetrics } from "./metrics.ts"
import type { HttpOptions } from "./options.ts"
import { openBuckets } from "./rate.ts"
import { type RawRoute, registerApi, registerMount, registerPage, registerRaw } from "./register.ts"
import type { Routes } from "./route.ts"
import { type Border, visitOf } from "./visit.ts"

export interface Http extends Routes {
  readonly metrics: Metrics
  /** A route without session and language: assets and health. */
  raw(route: RawRoute): void
  /** Listens and gives the address. */
  listen(port: number, host: string): Promise<string>
  close(): Promise<void>
  /** Answers a request without a socket, for tests. */
  readonly inject: FastifyInstance["inject"]
}

/** Opens the server; it listens when told. */
export async function openHttp(options: HttpOptions): Promise<Http> {
  const tls = options.site.origin.startsWith("https:")
  const csrf = openCsrf(options.site.keys.secret("csrf"))
  const border: Border = { options, tls, csrf, cookies: openCookies(tls), take: openBuckets() }
  const server = newServer(options.trustProxy ?? [])
  const metrics = openMetrics(options.gauges ?? [])
  const patterns: Pattern[] = []
  await takeBodies(server)
  observe(server, options, metrics, fixedHeaders(tls))
  handleProblems(server, border, patterns)
  const known = (method: string, path: string) => void patterns.push({ method, match: matcherOf(path) })
  return {
    metrics,
    page: (route) => {
      known(route.method, route.path)
      registerPage(server, border, route)
    },
    api: (route) => {
      known(route.method, route.path)
      registerApi(server, border, route)
    },
    raw: (route) => {
      known("GET", route.path)
      registerRaw(server, border, route)
    },
    mount: (prefix, handle) => registerMount(server, prefix, handle),
    listen: (port, host) => server.listen({ port, host }),
    close: async () => {
      metrics.close()
      await server.close()
    },
    inject: server.inject.bind(server) as FastifyInstance["inject"],
  }
}

function newServer(trustProxy: readonly string[]): FastifyInstance {
  return Fastify({
    logger: false,
    trustProxy: trustProxy.length > 0 ? [...trustProxy] : false,
    bodyLimit: size.BODY_JSON_MAX_BYTES,
    requestTimeout: size.REQUEST_MAX_MS,
    keepAliveTimeout: size.KEEP_ALIVE_MS,
    http: { headersTimeout: size.HEADERS_MAX_MS, maxHeaderSize: size.HEADERS_MAX_BYTES },
    routerOptions: { maxParamLength: size.PARAM_MAX_CHARS, ignoreTrailingSlash: false },
  })
}

async function takeBodies(server: FastifyInstance): Promise<void> {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser(
    "application/json",
    { parseAs: "string", bodyLimit: size.BODY_JSON_MAX_BYTES },
    async (_: FastifyRequest, text: string) => (text === "" ? undefined : parseJson(text)),
  )
  const form = { parseAs: "string", bodyLimit: size.BODY_URLENCODED_MAX_BYTES } as const
  server.addContentTypeParser("application/x-www-form-urlencoded", form, async (_: FastifyRequest, text: string) => text)
  await server.register(multipart, { throwFileSizeLimit: false })
}

function observe(
  server: FastifyInstance,
  options: HttpOptions,
  metrics: Metrics,
  headers: Readonly<Record<string, string>>,
): void {
  server.addHook("onRequest", async (request, reply) => {
    metrics.began()
    reply.headers(headers)
    if (request.url.length > size.URL_MAX_CHARS) throw bodyTooLarge()
  })
  // The log has the route's pattern, never the path or the query: both may name a person.
  server.addHook("onResponse", async (request, reply) => {
    metrics.ended()
    const route = request.routeOptions.url ?? "none"
    const ms = reply.elapsedTime
    metrics.answered(request.method, route, reply.statusCode, ms / 1000)
    options.site.log.info({ method: request.method, route, status: reply.statusCode, ms: Math.round(ms * 10) / 10 }, "answered")
  })
}

interface Pattern {
  readonly method: string
  readonly match: (path: string) => boolean
}

function matcherOf(path: string): (asked: string) => boolean {
  const parts = path.split("/")
  return (asked) => {
    const given = asked.split("/")
    return given.length === parts.length && parts.every((part, i) => (part.startsWith(":") ? given[i] !== "" : part === given[i]))
  }
}

function handleProblems(server: FastifyInstance, border: Border, patterns: readonly Pattern[]): void {
  server.setErrorHandler((error, request, reply) => answerProblem(border, request, reply, error, wantsJson(request)))
  server.setNotFoundHandler(async (request, reply) => {
    // Counted and signed in like any page: who scans is slowed down, who errs still sees their own header.
    await visitOf(border, request, reply)
    const path = request.url.split("?", 1)[0]!
    const methods = new Set(patterns.filter((p) => p.match(path)).map((p) => p.method))
    if (methods.size === 0) throw notFound()
    if (methods.has("GET")) methods.add("HEAD")
    reply.header("allow", [...methods].sort().join(", "))
    throw wrongMethod()
  })
}

/** Programs get RFC 9457, people a page. */
function wantsJson(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? ""
  return request.url.startsWith("/api/") || (!accept.includes("text/html") && accept.includes("json"))
}
