// Registers the kinds of routes: pages for people, answers of the API, plain files, and foreign handlers.
import type { IncomingMessage, ServerResponse } from "node:http"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Tx } from "#platform/db"
import { answer } from "./answer.ts"
import { isFromHere } from "./csrf.ts"
import { bodyTooLarge, csrfStale, notSignedIn, wrongMediaType } from "./faults.ts"
import { type FormParts, fieldsOfText, noFields, readParts } from "./fields.ts"
import { fixedHeaders } from "./headers.ts"
import { FIELD_MAX_BYTES, FIELD_NAME_MAX_BYTES, FIELDS_MAX } from "./limits.ts"
import type { Bytes } from "./reply.ts"
import type { ActorFor, Audience, Fields, PageRequest, ParamsOf } from "./request.ts"
import type { ApiRequest, ApiRoute, FileRules, PageRoute } from "./route.ts"
import { admit, type Border, checkForgery, queryOf, type Visit, visitOf, visitSoFar } from "./visit.ts"

/** A page: language, session, audience, body and CSRF token, then the handler. */
export function registerPage<A extends Audience, Path extends string, Taken>(
  server: FastifyInstance,
  border: Border,
  route: PageRoute<A, Path, Taken>,
): void {
  server.route({
    method: route.method,
    url: route.path,
    onRequest: async (request, reply) => {
      const visit = await visitOf(border, request, reply, route.limit)
      const wayIn = signInAddress(border, request, route, visit)
      if (wayIn !== undefined) return reply.redirect(wayIn, 303)
      admit(route.for, visit.session)
      refuseHugeUpload(request, route.files)
    },
    handler: async (request, reply) => {
      const visit = visitSoFar(border, request, reply)
      const form = route.method === "POST" ? await readForm(border, request, visit, route.files) : nothing
      const page = Object.assign(baseOf(border, request, visit, route.for), { body: form.fields, files: form.files })
      const isSwitch = form.fields.get("then") === "language"
      const handle = (isSwitch && route.again) || route.handle
      const asked = withCsrf(page, visit) as unknown as PageRequest<A, ParamsOf<Path>, Taken>
      return answer(border, request, reply, await handle(asked))
    },
  })
}

/** An answer of the API: JSON in and out; a cookie's session counts only for requests from this site. */
export function registerApi<A extends Audience, Path extends string>(
  server: FastifyInstance,
  border: Border,
  route: ApiRoute<A, Path>,
): void {
  server.route({
    method: route.method,
    url: route.path,
    ...(route.bodyMax !== undefined && { bodyLimit: route.bodyMax }),
    onRequest: async (request, reply) => {
      const visit = await visitOf(border, request, reply, route.limit)
      admit(route.for, visit.session)
      if (route.method !== "GET" && visit.session && !isFromHere(request.headers)) throw csrfStale()
    },
    handler: async (request, reply) => {
      if (typeof request.body === "string" || request.isMultipart()) throw wrongMediaType()
      const visit = visitSoFar(border, request, reply)
      const call = Object.assign(baseOf(border, request, visit, route.for), { json: request.body ?? undefined })
      return answer(border, request, reply, await route.handle(call as unknown as ApiRequest<A, ParamsOf<Path>>))
    },
  })
}

export interface RawRoute {
  readonly path: string
  readonly handle: (request: {
    readonly params: Readonly<Record<string, string>>
    readonly headers: IncomingMessage["headers"]
    readonly remoteAddress: string
  }) => Promise<Bytes>
}

/** A route without session, language and compression: assets and health. */
export function registerRaw(server: FastifyInstance, border: Border, route: RawRoute): void {
  server.get(route.path, async (request, reply) => {
    const given = await route.handle({
      params: request.params as Record<string, string>,
      headers: request.headers,
      remoteAddress: request.socket.remoteAddress ?? "",
    })
    return answer(border, request, reply, given)
  })
}

/** Hands everything below a prefix to a handler of Node's own kind, before anything is read. */
export function registerMount(
  server: FastifyInstance,
  prefix: string,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  tls = false,
): void {
  const { "content-security-policy": _, ...headers } = fixedHeaders(tls)
  const take = async (request: FastifyRequest, reply: FastifyReply) => {
    for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value)
    reply.hijack()
    handle(request.raw, reply.raw)
  }
  const never = async () => undefined
  for (const url of [prefix, `${prefix}/*`])
    server.route({ method: ["GET", "POST", "PUT", "DELETE"], url, onRequest: take, handler: never })
}

/** The sign-in page, when nobody is signed in and this page may be come back to. */
function signInAddress<A extends Audience, Path extends string, Taken>(
  border: Border,
  request: FastifyRequest,
  route: PageRoute<A, Path, Taken>,
  visit: Visit,
): string | undefined {
  if (visit.session || route.for === "public" || route.for === "person-or-public") return undefined
  if (route.method === "GET") return border.options.signInPath(request.url)
  if (!route.comeBackTo) throw notSignedIn()
  return border.options.signInPath(route.comeBackTo(request.params as Record<ParamsOf<Path>, string>))
}

const nothing: FormParts = { fields: noFields, files: [] }
const HUGE_TIMES = 4
/** Files beyond their number that are still refused one by one; more end the request. */
const FILES_REFUSED_MAX = 20

/** An upload that is far beyond its limit isn't worth reading to its end. */
function refuseHugeUpload(request: FastifyRequest, files: FileRules<unknown> | undefined): void {
  const allowed = HUGE_TIMES * (files ? files.bytesMax * files.countMax : 0) + FIELDS_MAX * FIELD_MAX_BYTES
  const isForm = request.headers["content-type"]?.startsWith("multipart/") === true
  if (isForm && Number(request.headers["content-length"] ?? 0) > allowed) throw bodyTooLarge()
}

async function readForm(
  border: Border,
  request: FastifyRequest,
  visit: Visit,
  files: FileRules<unknown> | undefined,
): Promise<FormParts> {
  const check = (fields: Fields) => checkForgery(border, request, visit, fields.get("csrf"))
  if (!request.isMultipart()) {
    if (request.body !== undefined && typeof request.body !== "string") throw wrongMediaType()
    const fields = fieldsOfText(request.body ?? "")
    check(fields)
    return { fields, files: [] }
  }
  const limits = {
    fieldNameSize: FIELD_NAME_MAX_BYTES,
    fieldSize: FIELD_MAX_BYTES,
    fields: FIELDS_MAX,
    files: FILES_REFUSED_MAX + (files?.countMax ?? 0),
    fileSize: (files?.bytesMax ?? 0) + 1,
  }
  try {
    const form = await readParts(request.parts({ limits }), border.options.site, files, check)
    check(form.fields)
    return form
  } catch (error) {
    // Nobody reads the rest: let it run off, so that the line is free for the next request.
    request.raw.unpipe()
    request.raw.resume()
    throw error
  }
}

function baseOf<A extends Audience>(border: Border, request: FastifyRequest, visit: Visit, audience: A) {
  const actor = admit(audience, visit.session) as ActorFor<A>
  return {
    actor,
    session: visit.session,
    lang: visit.lang,
    place: visit.place,
    url: visit.url,
    now: visit.now,
    params: request.params as Readonly<Record<string, string>>,
    query: queryOf(request),
    cookie: (name: string) => border.cookies.read(request, name),
    tx: <T>(deed: (tx: Tx) => Promise<T>) => border.options.db.tx(actor, deed),
  }
}

/** The token is made only when a view asks for it: a page without a form sets no visitor's cookie. */
const withCsrf = <T extends object>(page: T, visit: Visit): T =>
  Object.defineProperty(page, "csrf", { get: () => visit.csrf, enumerable: true })
