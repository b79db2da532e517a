// Turns a reply of a handler, or a problem, into a response.
import type { FastifyReply, FastifyRequest } from "fastify"
import { faultOf } from "./faults.ts"
import { pageHeaders, pagePolicy, sandboxPolicy } from "./headers.ts"
import type { ApiReply, Html, PageReply, ReplyOptions } from "./reply.ts"
import { sendText } from "./send.ts"
import { type Border, visitSoFar } from "./visit.ts"

/** As long as a browser is likely to keep the sheet; should it be gone, it costs one more request. */
const STYLE_KEPT_SECONDS = 7 * 24 * 3600
const PROBLEM_JSON = "application/problem+json; charset=utf-8"

/** Sends what a handler gave back. */
export async function answer(
  border: Border,
  request: FastifyRequest,
  reply: FastifyReply,
  given: PageReply | ApiReply,
): Promise<FastifyReply> {
  applyOptions(border, reply, given.options)
  if (given.kind === "redirect") return reply.redirect(given.to, given.options.status ?? 303)
  reply.status(given.options.status ?? 200)
  if (given.kind === "html") return sendPage(border, request, reply, given)
  if (given.kind === "json") {
    reply.header("cache-control", "no-store").type("application/json; charset=utf-8")
    return sendText(request, reply, JSON.stringify(given.value))
  }
  reply.type(given.type).header("content-security-policy", sandboxPolicy)
  if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store")
  if (given.fileName !== undefined) reply.header("content-disposition", attachment(given.fileName))
  return typeof given.content === "string" ? sendText(request, reply, given.content) : reply.send(given.content)
}

function applyOptions(border: Border, reply: FastifyReply, options: ReplyOptions): void {
  for (const [name, value] of Object.entries(options.headers ?? {})) reply.header(name, value)
  for (const { name, value, maxAgeSeconds } of options.cookies ?? [])
    border.cookies.write(reply, name, value, value ? maxAgeSeconds : 0)
  if (options.session === null) border.cookies.write(reply, "session", "", 0)
  else if (options.session) border.cookies.write(reply, "session", options.session.token, options.session.maxAgeSeconds)
}

async function sendPage(border: Border, request: FastifyRequest, reply: FastifyReply, page: Html): Promise<FastifyReply> {
  const kept = border.cookies.read(request, "style")
  const { html, styleHashes, keep } = border.options.render(page.view, kept)
  if (keep !== undefined && keep !== kept) border.cookies.write(reply, "style", keep, STYLE_KEPT_SECONDS)
  reply
    .type("text/html; charset=utf-8")
    .headers(pageHeaders)
    .header("cache-control", visitSoFar(border, request, reply).session ? "no-store" : "private, no-cache")
    .header("content-security-policy", pagePolicy(styleHashes, border.tls, border.options.formTargets ?? []))
  return sendText(request, reply, html)
}

/** Content-Disposition with a name of any script (RFC 6266, RFC 8187). */
function attachment(fileName: string): string {
  const ascii = fileName
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\w. -]/g, "_")
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

/** Answers a problem: RFC 9457 for programs, a page for people; the unknown is logged whole under its reference. */
export async function answerProblem(
  border: Border,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  asJson: boolean,
): Promise<FastifyReply> {
  const { problem, reference } = faultOf(error)
  const { log } = border.options.site
  const route = request.routeOptions.url ?? "none"
  if (reference) log.error({ err: error, reference, route }, "fault")
  reply.status(problem.status)
  if (problem.code === "too-many-requests") reply.header("retry-after", String(problem.params.seconds ?? 1))
  if (problem.code === "not-ready") reply.header("retry-after", "5")
  if (problem.code === "body-too-large") reply.header("connection", "close")
  const visit = visitSoFar(border, request, reply)
  const words = border.options.problemWords(visit.lang, problem)
  reply.header("cache-control", "no-store")
  if (!asJson) {
    try {
      return await sendPage(border, request, reply, {
        kind: "html",
        view: border.options.problemView(visit, problem, reference),
        options: {},
      })
    } catch (failed) {
      log.error({ err: failed, route }, "the page of a problem failed")
      return reply.type("text/plain; charset=utf-8").send([words.title, words.text, reference].filter(Boolean).join("\n"))
    }
  }
  const body = {
    type: `urn:motlan:problem:${problem.code}`,
    title: words.title,
    status: problem.status,
    detail: words.text,
    code: problem.code,
    ...(Object.keys(problem.params).length > 0 ? { params: problem.params } : {}),
    ...(reference ? { instance: `urn:motlan:fault:${reference}` } : {}),
  }
  return sendText(request, reply.type(PROBLEM_JSON), JSON.stringify(body))
}
