// The HTTP border against a made-up site: how it answers, in which language, and what it counts.
import assert from "node:assert/strict"
import { rmSync } from "node:fs"
import { after, before, describe, test } from "node:test"
import { brotliDecompressSync, gunzipSync } from "node:zlib"
import type { Http } from "./index.ts"
import { as, dir, lines, openMadeUpSite, readerOf } from "./made-up-site.ts"
import { clientOf } from "./visit.ts"

let http: Http
let get: ReturnType<typeof readerOf>["get"]
let post: ReturnType<typeof readerOf>["post"]
let tokenFor: ReturnType<typeof readerOf>["tokenFor"]

before(async () => {
  http = await openMadeUpSite()
  ;({ get, post, tokenFor } = readerOf(http))
})
after(async () => {
  await http.close()
  rmSync(dir, { recursive: true, force: true })
})

describe("answers", () => {
  test("a page has a policy without unsafe-inline, and every security header", async () => {
    const { headers } = await get("/")
    const policy = String(headers["content-security-policy"])
    assert.match(policy, /style-src 'self' 'sha256-c3R5bGU='/)
    assert.doesNotMatch(policy, /unsafe/)
    for (const part of [
      "default-src 'none'",
      "require-trusted-types-for 'script'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
    ])
      assert.ok(policy.includes(part), part)
    assert.equal(headers["x-content-type-options"], "nosniff")
    assert.equal(headers["cross-origin-opener-policy"], "same-origin")
    assert.equal(headers["cross-origin-resource-policy"], "same-origin")
    assert.equal(headers["referrer-policy"], "same-origin")
    assert.ok(headers["permissions-policy"])
    assert.equal(headers["strict-transport-security"], undefined)
  })
  test("over TLS cookies are __Host- and Secure, and the site asks for TLS only", async () => {
    const tls = await openMadeUpSite("https://dichvucong.example")
    const form = await tls.inject({ method: "GET", url: "/form", headers: { accept: "text/html" } })
    const cookie = String(form.headers["set-cookie"])
    assert.match(cookie, /^__Host-visitor=.+; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    assert.match(String(form.headers["strict-transport-security"]), /max-age=\d+/)
    assert.match((await tls.inject({ method: "GET", url: "/", headers: { cookie: "__Host-session=lan" } })).body, /Lan/)
    assert.match((await tls.inject({ method: "GET", url: "/", headers: { cookie: "session=lan" } })).body, /nobody/)
    await tls.close()
  })
  test("a deed may set the session, HttpOnly and Lax", async () => {
    const { token, visitor } = await tokenFor()
    const answer = await post("/in", { csrf: token }, { cookie: `visitor=${visitor}` })
    assert.match(String(answer.headers["set-cookie"]), /session=lan; Max-Age=60; Path=\/; HttpOnly; SameSite=Lax/)
  })
  test("what a signed-in person sees is stored nowhere", async () => {
    assert.equal((await get("/mine/7", as("lan"))).headers["cache-control"], "no-store")
  })
})

describe("bodies", () => {
  test("text goes out in brotli or gzip with its length, and plain when asked", async () => {
    const packed = await get("/long", { "accept-encoding": "gzip, br" })
    assert.equal(packed.headers["content-encoding"], "br")
    assert.equal(Number(packed.headers["content-length"]), packed.rawPayload.length)
    assert.match(brotliDecompressSync(packed.rawPayload).toString(), /một lần/)
    const gzip = await get("/long", { "accept-encoding": "gzip, br;q=0" })
    assert.match(gunzipSync(gzip.rawPayload).toString(), /một lần/)
    assert.equal((await get("/long")).headers["content-encoding"], undefined)
    assert.match(String(packed.headers.vary), /Cookie.*Accept-Encoding/)
  })
  test("HEAD has the headers of GET and no body", async () => {
    const head = await http.inject({ method: "HEAD", url: "/long" })
    assert.equal(head.statusCode, 200)
    assert.equal(head.body, "")
    assert.ok(Number(head.headers["content-length"]) > 1_000)
  })
  test("a paper is saved under its own name, sandboxed", async () => {
    const { headers } = await get("/paper")
    assert.equal(
      headers["content-disposition"],
      `attachment; filename="Giay khai sinh.pdf"; filename*=UTF-8''Gi%E1%BA%A5y%20khai%20sinh.pdf`,
    )
    assert.match(String(headers["content-security-policy"]), /sandbox/)
  })
  test("a foreign handler gets its request unread", async () => {
    const answer = await http.inject({
      method: "POST",
      url: "/foreign/token?x=1",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: "a=1",
    })
    assert.equal(answer.body, "/foreign/token?x=1 a=1")
    assert.equal(answer.headers["x-content-type-options"], "nosniff")
  })
})

describe("languages", () => {
  test("the first is spoken until another is chosen, and the choice is kept", async () => {
    assert.equal((await get("/")).headers["content-language"], "vi")
    const chosen = await get("/?lang=en")
    assert.match(chosen.body, /<p>en/)
    assert.match(String(chosen.headers["set-cookie"]), /lang=en/)
    assert.match((await get("/", { cookie: "lang=en" })).body, /<p>en/)
  })
  test("an unknown language changes nothing", async () => {
    const answer = await get("/?lang=xx", { cookie: "lang=../etc" })
    assert.equal(answer.headers["content-language"], "vi")
    assert.equal(answer.headers["set-cookie"], undefined)
  })
})

describe("problems", () => {
  test("an unknown fault shows a number, never the message; the log has both", async () => {
    const answer = await get("/broken")
    const reference = /internal-fault ([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(answer.body)?.[1]
    assert.equal(answer.statusCode, 500)
    assert.ok(reference)
    assert.doesNotMatch(answer.body, /secret|stack|\.ts/)
    const logged = lines.find((line) => line.fields.reference === reference)
    assert.match(String(logged?.fields.err), /secret of the house/)
  })
  test("a program gets RFC 9457 with the code and its values", async () => {
    const answer = await http.inject({ method: "GET", url: "/api/refused" })
    const { type, title, status, code, params } = answer.json()
    assert.deepEqual(
      [type, title, status, code, params],
      ["urn:motlan:problem:not-allowed", "vi not-allowed", 403, "not-allowed", { days: 2 }],
    )
  })
  test("a database that is away is 503 with Retry-After", async () => {
    const answer = await get("/gone")
    assert.deepEqual([answer.statusCode, answer.headers["retry-after"]], [503, "5"])
  })
  test("who is signed in stays signed in on the page of a wrong address", async () => {
    const answer = await get("/nowhere", as("lan"))
    assert.match(answer.body, /not-found .*Lan/)
  })
  test("an unknown address is 404, a wrong method 405 with Allow", async () => {
    assert.equal((await get("/nowhere")).statusCode, 404)
    assert.equal(
      (await http.inject({ method: "GET", url: "/nowhere", headers: { accept: "application/json" } })).json().code,
      "not-found",
    )
    const wrong = await http.inject({ method: "DELETE", url: "/mine/7" })
    assert.deepEqual([wrong.statusCode, wrong.headers.allow], [405, "GET, HEAD, POST"])
  })
})

describe("rates and measures", () => {
  test("past its burst a client waits, and is told how long", async () => {
    assert.deepEqual([(await get("/narrow")).statusCode, (await get("/narrow")).statusCode], [200, 200])
    const third = await get("/narrow")
    assert.equal(third.statusCode, 429)
    assert.equal(third.headers["retry-after"], "1")
  })
  test("fifty people behind one address read ten pages each", async () => {
    const statuses = await Promise.all(
      Array.from({ length: 500 }, () => http.inject({ method: "GET", url: "/", remoteAddress: "10.0.0.9" })),
    )
    assert.ok(statuses.every((answer) => answer.statusCode === 200))
  })
  test("the log names the pattern, never the path or the query", async () => {
    lines.length = 0
    await get("/mine/secret-id?name=Lan", as("lan"))
    const { fields } = lines.find((line) => line.level === "info")!
    assert.deepEqual([fields.method, fields.route, fields.status], ["GET", "/mine/:id", 200])
    assert.doesNotMatch(JSON.stringify(lines), /secret-id|name=Lan/)
  })
  test("measures count by pattern and status", async () => {
    const text = await http.metrics.text()
    assert.match(
      text,
      /http_server_request_duration_seconds_count\{http_request_method="GET",http_route="\/mine\/:id",http_response_status_code="200"\} \d+/,
    )
    assert.match(text, /http_server_request_duration_seconds_bucket\{[^}]*le="\+Inf"\} \d+/)
    assert.match(text, /nodejs_eventloop_delay_p99_seconds [\d.]+/)
    assert.doesNotMatch(text, /secret-id/)
  })
  test("an IPv6 network of 64 bits is one client, IPv4 addresses are their own", () => {
    assert.equal(clientOf("2001:db8:1:2:aaaa::1"), clientOf("2001:db8:1:2::ffff"))
    assert.notEqual(clientOf("2001:db8:1:2::1"), clientOf("2001:db8:1:3::1"))
    assert.equal(clientOf("2001:db8::1"), "2001:db8:0:0")
    assert.equal(clientOf("::ffff:203.0.113.9"), "::ffff:203.0.113.9")
  })
})
