// A made-up site with a page of each kind, for the tests of the HTTP border.
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { h, type VNode } from "preact"
import { render } from "preact-render-to-string"
import { openKeys } from "#platform/crypto"
import type { Actor, Db, Tx } from "#platform/db"
import { openFiles } from "#platform/files"
import { Problem } from "#platform/problem"
import type { Site } from "#platform/site"
import { bytes, type Http, type HttpSession, html, json, openHttp, redirect } from "./index.ts"

const lan: HttpSession = {
  id: "s1",
  key: "key of Lan",
  subject: "lan",
  authTime: new Date(0),
  posts: [],
  actor: { kind: "person", accountId: "lan", subject: "lan", name: "Lan" },
}
const minh: HttpSession = {
  ...lan,
  id: "s2",
  key: "key of Minh",
  actor: { kind: "official", accountId: "minh", subject: "minh", name: "Minh", agency: "hg", positions: [] },
}
const sessions: Readonly<Record<string, HttpSession>> = { lan, minh }
export const dir = mkdtempSync(join(tmpdir(), "motlan-http-"))
/** What was logged. */
export const lines: { level: string; fields: Record<string, unknown> }[] = []
const log = Object.fromEntries(
  ["debug", "info", "warn", "error"].map((level) => [
    level,
    (fields: Record<string, unknown>) => void lines.push({ level, fields }),
  ]),
) as unknown as Site["log"]
const db = { tx: async (actor: Actor, deed: (tx: Tx) => Promise<unknown>) => deed({ actor } as Tx) } as unknown as Db

/** A site with a page of each kind. */
export async function openMadeUpSite(origin = "http://127.0.0.1:8080"): Promise<Http> {
  const site: Site = {
    origin,
    clock: () => new Date("2026-03-09T03:00:00Z"),
    log,
    files: await openFiles(dir),
    keys: openKeys(dir),
    reference: undefined,
    demo: false,
  }
  const opened = await openHttp({
    site,
    db,
    place: { name: { vi: "Cổng" }, languages: ["vi", "en"], timeZone: "Asia/Ho_Chi_Minh", currency: "VND" },
    sessionOf: async (token) => sessions[token],
    signInPath: (back) => `/sign-in?return=${encodeURIComponent(back)}`,
    render: (view) => ({ html: `<!doctype html>${render(view)}`, styleHashes: ["c3R5bGU="] }),
    problemView: (frame, problem, reference) =>
      h("main", { lang: frame.lang }, `${problem.code} ${reference ?? ""} ${frame.session?.actor.name ?? ""}`) as VNode,
    problemWords: (lang, problem) => ({ title: `${lang} ${problem.code}`, text: "text" }),
  })
  peoplePages(opened)
  otherPages(opened)
  return opened
}

const page = (text: string) => html(h("p", null, text) as VNode)

function peoplePages(opened: Http): void {
  opened.page({
    method: "GET",
    path: "/",
    for: "public",
    handle: async (r) => page(`${r.lang} ${r.actor.kind} ${r.session?.actor.name ?? "nobody"}`),
  })
  opened.page({ method: "GET", path: "/form", for: "person-or-public", handle: async (r) => page(r.csrf) })
  opened.page({
    method: "POST",
    path: "/form",
    for: "person-or-public",
    handle: async (r) => page(`${r.body.get("name")}|${r.body.all("name").length}`),
  })
  opened.page({ method: "GET", path: "/mine/:id", for: "person", handle: async (r) => page(`${r.actor.subject} ${r.params.id}`) })
  opened.page({ method: "POST", path: "/mine/:id", for: "person", handle: async () => redirect("/") })
  opened.page({
    method: "POST",
    path: "/start/:code",
    for: "person",
    comeBackTo: (p) => `/services/${p.code}`,
    handle: async () => redirect("/"),
  })
  opened.page({ method: "GET", path: "/desk", for: "official", handle: async (r) => page(r.actor.agency) })
}

function otherPages(opened: Http): void {
  opened.page({
    method: "POST",
    path: "/files",
    for: "person",
    files: { bytesMax: 1_000, countMax: 2, take: async (at, file) => (await at.files.put(file.stream, file.bytesMax)).bytes },
    handle: async (r) => page(JSON.stringify([r.body.raw, r.files])),
  })
  opened.page({
    method: "GET",
    path: "/broken",
    for: "public",
    handle: async () => Promise.reject(new Error("secret of the house")),
  })
  opened.page({
    method: "GET",
    path: "/gone",
    for: "public",
    handle: async () => Promise.reject(Object.assign(new Error("x"), { code: "ECONNREFUSED" })),
  })
  opened.page({ method: "GET", path: "/long", for: "public", handle: async () => page("một lần ".repeat(500)) })
  opened.page({
    method: "GET",
    path: "/paper",
    for: "public",
    handle: async () => bytes(Buffer.from("%PDF"), "application/pdf", { fileName: "Giấy khai sinh.pdf" }),
  })
  opened.page({
    method: "GET",
    path: "/narrow",
    for: "public",
    limit: { name: "narrow", burst: 2, perMinute: 60 },
    handle: async () => page("in"),
  })
  opened.page({
    method: "POST",
    path: "/in",
    for: "public",
    handle: async () => redirect("/", { session: { token: "lan", maxAgeSeconds: 60 } }),
  })
  opened.api({ method: "POST", path: "/api/echo", for: "public", handle: async (r) => json({ got: r.json }) })
  opened.api({ method: "POST", path: "/api/mine", for: "person", handle: async (r) => json({ subject: r.actor.subject }) })
  opened.api({
    method: "GET",
    path: "/api/refused",
    for: "public",
    handle: async () => Promise.reject(new Problem("not-allowed", 403, { days: 2 })),
  })
  opened.mount("/foreign", (request, response) => {
    request.setEncoding("utf8")
    let body = ""
    request.on("data", (chunk: string) => {
      body += chunk
    })
    request.on("end", () => response.end(`${request.url} ${body}`))
  })
}

/** Requests as a browser of a signed-in or a signed-out reader sends them. */
export function readerOf(http: Http) {
  const get = (url: string, headers: Record<string, string> = {}) =>
    http.inject({ method: "GET", url, headers: { accept: "text/html", ...headers } })
  const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    http.inject({
      method: "POST",
      url,
      headers: { accept: "text/html", host: "127.0.0.1:8080", "content-type": "application/x-www-form-urlencoded", ...headers },
      payload: new URLSearchParams(fields).toString(),
    })
  const tokenFor = async (headers: Record<string, string> = {}) => {
    const answer = await get("/form", headers)
    return {
      token: /<p>(.*)<\/p>/.exec(answer.body)![1]!,
      visitor: answer.cookies.find((c) => c.name === "visitor")?.value,
    }
  }
  return { get, post, tokenFor }
}

/** The cookie of a session. */
export const as = (token: string) => ({ cookie: `session=${token}` })
