// The web of a site as a whole: health, assets, measures, and the page of a problem.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { openWorld, type World } from "../../test/world.ts"
import { problems } from "../problems.ts"
import { en } from "./kit/problem-words.en.ts"
import { vi } from "./kit/problem-words.vi.ts"
import { paths, routes } from "./paths.ts"
import { type OpenedWeb, openWeb } from "./server.ts"

let world: World
let web: OpenedWeb

before(async () => {
  world = await openWorld()
  web = await openWeb(world.site, world.db, { sessionOf: async () => undefined, areas: [] })
})
after(async () => {
  await web.close()
  await world.close()
})

const get = (url: string, headers: Record<string, string> = {}) =>
  web.inject({ method: "GET", url, headers: { accept: "text/html", ...headers } })

test("alive and ready are told apart: without its database a site is alive and not ready", async () => {
  assert.equal((await get("/healthz")).statusCode, 200)
  assert.equal((await get("/readyz")).body, "ready\n")
  const away = () => Promise.reject(new Error("gone"))
  const gone = { tx: away, run: away, listen: async () => () => undefined, close: async () => undefined }
  const alone = await openWeb(world.site, gone, { sessionOf: async () => undefined, areas: [] })
  assert.equal((await alone.inject("/healthz")).statusCode, 200)
  const ready = await alone.inject("/readyz")
  assert.deepEqual([ready.statusCode, ready.body], [503, "the database does not answer\n"])
  await alone.close()
})

test("measures are for the machine itself, not for what comes through a proxy", async () => {
  const near = await get("/metrics")
  assert.match(String(near.headers["content-type"]), /version=0\.0\.4/)
  assert.match(near.body, /http_server_request_duration_seconds_count/)
  assert.equal((await get("/metrics", { "x-forwarded-for": "203.0.113.9" })).statusCode, 404)
  assert.equal((await web.inject({ url: "/metrics", remoteAddress: "203.0.113.9" })).statusCode, 404)
})

test("assets are named by their content and kept for a year, compressed when asked", async () => {
  const page = await get("/nowhere")
  const names = [...page.body.matchAll(/\/assets\/[\w.-]+/g)].map((m) => m[0])
  assert.ok(names.some((name) => name.endsWith(".woff2")) && names.some((name) => name.endsWith(".css")))
  for (const name of new Set(names)) {
    const asset = await get(name, { "accept-encoding": "br" })
    assert.equal(asset.statusCode, 200, name)
    assert.equal(asset.headers["cache-control"], "public, max-age=31536000, immutable")
    assert.equal(asset.headers["content-encoding"], name.endsWith(".woff2") ? undefined : "br")
    const again = await get(name, { "if-none-match": String(asset.headers.etag) })
    assert.deepEqual([again.statusCode, again.body], [304, ""])
  }
  assert.equal((await get("/assets/..%2F..%2Fpackage.json")).statusCode, 404)
})

test("an unknown address shows a page in the reader's language, with a way home", async () => {
  const answer = await get("/nowhere")
  assert.equal(answer.statusCode, 404)
  assert.match(answer.body, /<html lang="vi">.*Không tìm thấy trang này/s)
  assert.match((await get("/nowhere?lang=en")).body, /<html lang="en">.*This page was not found/s)
})

test("a text from outside is written as text", async () => {
  const answer = await get("/nowhere?%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
  assert.doesNotMatch(answer.body, /<script>alert/)
})

test("every problem has a title and an advice in both languages", () => {
  for (const words of [vi, en])
    for (const code of Object.keys(problems) as (keyof typeof problems)[])
      assert.ok(words[code].title.length > 3 && words[code].text.length > 10, code)
})

test("every path that is made fits the pattern that it is registered by", () => {
  for (const name of Object.keys(routes) as (keyof typeof routes)[]) {
    const make = (paths as Record<string, unknown>)[name]
    if (typeof make !== "function") continue
    const made = String((make as (...parts: string[]) => string)("a/b", "c d")).split("?", 1)[0]!
    const pattern = new RegExp(`^${routes[name].replace(/:\w+/g, "[^/ ]+")}$`)
    assert.match(made, pattern, name)
  }
})
