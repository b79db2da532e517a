// What no form of ours sends: too large, broken, of an unknown kind. Always the right status, a page in words, nothing of the inside.
import assert from "node:assert/strict"
import { readdirSync } from "node:fs"
import { Agent } from "node:http"
import { connect } from "node:net"
import { join } from "node:path"
import { after, before, describe, test } from "node:test"
import { sql } from "#platform/db"
import { multipart, type Part } from "../multipart.ts"
import { Caller } from "./caller.ts"
import { openDraftOf } from "./draft-by-program.ts"
import { openStage, type Stage } from "./stage.ts"

const MEGABYTES_10 = 10 * 1024 * 1024
const FORM = "application/x-www-form-urlencoded"
let stage: Stage
let lan: Caller
let draft: string
let page: string

before(async () => {
  stage = await openStage()
  lan = await Caller.as(stage, "lan")
  draft = await openDraftOf(lan)
  page = `/drafts/${draft}/name`
})
after(() => stage?.close())

const saved = async () =>
  JSON.stringify(await stage.world.migrator.rows(sql`select form_values, typed, revision from cases.draft where id = ${draft}`))

/** Posts to Lan's page and expects a status, words, and a draft as it was. */
async function refused(status: number | readonly number[], type: string, body: string | Buffer): Promise<void> {
  const before = await saved()
  const answer = await lan.ask(page, { method: "POST", headers: { "content-type": type }, body })
  assert.ok([status].flat().includes(answer.status), `${answer.status}`)
  assert.match(answer.body, /<h1[^>]*>[^<]{5,}<\/h1>/)
  assert.equal(await saved(), before)
}

describe("a body that is too large is refused unread", () => {
  test("one text of 10 MB", async () => {
    const csrf = await lan.token(page)
    await refused(413, FORM, `csrf=${csrf}&child.givenName=${"a".repeat(MEGABYTES_10)}`)
  })
  test("one text of 10 MB among the parts of a form with files", async () => {
    const { type, body } = multipart([
      { name: "csrf", body: await lan.token(page) },
      { name: "child.givenName", body: "a".repeat(MEGABYTES_10) },
    ])
    await refused(413, type, body)
  })
  test("a thousand fields", async () => {
    const fields = Array.from({ length: 1_000 }, (_, i) => `f${i}=1`).join("&")
    await refused(413, FORM, `csrf=${await lan.token(page)}&${fields}`)
  })
  test("an address of 5,000 characters", async () => {
    assert.equal((await lan.ask(`/search?q=${"a".repeat(5_000)}`)).status, 413)
  })
  test("a header of 20 kB", async () => {
    assert.equal((await lan.ask("/", { headers: { "x-long": "a".repeat(20_000) } })).status, 431)
  })
})

describe("a body that is broken is refused", () => {
  const json = "application/json"
  test("JSON that ends early", () => refused(400, json, '{"child.givenName": "An"'))
  test("JSON that digs too deep", () => refused(400, json, "[".repeat(5_000) + "]".repeat(5_000)))
  test("JSON that would poison a prototype", () => refused(400, json, '{"__proto__": {"isAdmin": true}}'))
  test("JSON where a form belongs", () => refused([403, 415], json, '{"child.givenName": "An"}'))
  test("parts without their boundary", () => refused(400, "multipart/form-data", "child.givenName=An"))
  test("parts that end in the middle", async () => {
    const { type, body } = multipart([
      { name: "csrf", body: await lan.token(page) },
      { name: "papers.statement", body: Buffer.alloc(5_000, "x"), fileName: "a.pdf", type: "application/pdf" },
    ])
    await refused(400, type, body.subarray(0, body.length - 3_000))
  })
  test("the character NUL", async () => refused(400, FORM, `csrf=${await lan.token(page)}&child.givenName=An%00`))
  test("a kind that nobody knows", () => refused(415, "application/x-tar", "abc"))
  test("XML", () => refused(415, "text/xml", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'))
  test("names that every object has are names like others", async () => {
    const csrf = await lan.token(page)
    const body = "__proto__=x&constructor=y&toString=z&hasOwnProperty=w&child.familyName=Ph%E1%BA%A1m&child.givenName=An"
    const answer = await lan.ask(page, { method: "POST", headers: { "content-type": FORM }, body: `csrf=${csrf}&${body}` })
    assert.ok([303, 422].includes(answer.status), String(answer.status))
  })
})

describe("a file that is refused before it has come whole leaves the line free", () => {
  const text = { body: Buffer.alloc(5_000_000, "abc "), fileName: "a.pdf", type: "application/pdf" }
  const tell = async (name: string, parts: readonly Part[], status: number) => {
    const nhung = await Caller.as(stage, "nhung")
    const path = `/drafts/${await openDraftOf(nhung)}/birth`
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const csrf = name === "forged" ? [] : [{ name: "csrf", body: await nhung.token(path) }]
    const { type, body } = multipart([...csrf, ...parts])
    const answer = await nhung.ask(path, { agent, method: "POST", headers: { "content-type": type }, body })
    assert.equal(answer.status, status)
    assert.equal((await nhung.ask(path, { agent })).status, 200, "the next request on the same line")
    agent.destroy()
    return answer
  }
  test("of the wrong type; what comes after it counts", async () => {
    const parts = [
      { name: "papers.statement", ...text },
      { name: "birth.place", body: "Trạm y tế" },
    ]
    assert.match((await tell("wrong", parts, 422)).body, /name="birth\.place"[^>]*value="Trạm y tế"/)
  })
  test("without a token", () => tell("forged", [{ name: "papers.statement", ...text }], 403).then(() => undefined))
})

test("a sender who goes away in the middle of a file leaves nothing behind", async () => {
  const nhung = await Caller.as(stage, "nhung")
  const path = `/drafts/${await openDraftOf(nhung)}/birth`
  const { type, body } = multipart([
    { name: "csrf", body: await nhung.token(path) },
    { name: "papers.statement", body: Buffer.alloc(400_000, "%PDF-1.7 "), fileName: "a.pdf", type: "application/pdf" },
  ])
  await goAway(nhung, path, type, body)
  assert.deepEqual(kept(), [])
  assert.deepEqual(await stage.world.migrator.rows(sql`select id from documents.upload`), [])
  assert.equal((await nhung.ask(path)).status, 200, "the site goes on")
})

/** Every file in the site's store. */
const kept = () =>
  readdirSync(join(stage.world.dir, "files"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)

/** Promises the whole body, sends half of it, and closes the line. */
function goAway(caller: Caller, path: string, type: string, body: Buffer): Promise<void> {
  const { hostname, port } = new URL(stage.origin)
  return new Promise((resolve) => {
    const line = connect(Number(port), hostname, () => {
      const cookie = [...caller.cookies].map(([name, value]) => `${name}=${value}`).join("; ")
      const head = [`POST ${path} HTTP/1.1`, `host: ${hostname}`, `cookie: ${cookie}`, `content-type: ${type}`]
      line.write(`${head.join("\r\n")}\r\ncontent-length: ${body.length}\r\n\r\n`)
      line.write(body.subarray(0, body.length / 2), () => setTimeout(() => line.destroy(), 200))
    })
    line.on("error", () => undefined).on("close", () => resolve())
  })
}

describe("an address that is none", () => {
  test("climbs to no file", async () => {
    const climbs = [
      "/../../etc/passwd",
      "/assets/../../package.json",
      "/assets/..%2f..%2fpackage.json",
      "/assets/%2e%2e/%2e%2e/package.json",
      "/assets/....//package.json",
      "/assets/%00",
      "//etc/passwd",
      "/documents/..%5c..%5csecret",
      "/%c0%ae%c0%ae/etc/passwd",
      "/%",
    ]
    for (const path of climbs) {
      const answer = await lan.ask(path)
      assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status}`)
      assert.doesNotMatch(answer.body, /root:|"dependencies"/)
    }
  })
  test("does not lead away from this site", async () => {
    for (const to of [
      "https://evil.example/",
      "//evil.example/",
      "/\\evil.example",
      "javascript:alert(1)",
      "/%0d%0aset-cookie:a=b",
    ]) {
      const visitor = Caller.anyone(stage)
      const answer = await visitor.ask(`/sign-in?return=${encodeURIComponent(to)}`)
      assert.equal(new URL(String(answer.headers.location), stage.origin).origin, stage.origin)
      assert.doesNotMatch(JSON.stringify(answer.headers), /evil/)
    }
  })
  test("in an unknown language is told in the country's first", async () => {
    for (const lang of ["xx", "VI", "../en", "<b>", "", "vi,en"]) {
      const answer = await Caller.anyone(stage).ask(`/?lang=${encodeURIComponent(lang)}`)
      assert.equal(answer.status, 200)
      assert.match(answer.body, /<html lang="vi">/)
    }
    const kept = Caller.anyone(stage)
    kept.cookies.set("lang", "xx")
    assert.match((await kept.ask("/")).body, /<html lang="vi">/)
  })
  test("asked with a method that it has not, names those that it has", async () => {
    for (const [path, method, allow] of [
      ["/", "DELETE", "GET, HEAD"],
      [page, "PUT", "GET, HEAD, POST"],
      ["/verify", "PATCH", "GET, HEAD, POST"],
      ["/start/1.001193", "GET", "POST"],
    ] as const) {
      const answer = await lan.ask(path, { method })
      assert.deepEqual([answer.status, answer.headers.allow], [405, allow], `${method} ${path}`)
    }
  })
})

test("a program that asks for JSON gets problems by RFC 9457", async () => {
  const answer = await lan.ask("/my/cases/00000000-0000-0000-0000-000000000000", { headers: { accept: "application/json" } })
  assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/)
  const told = JSON.parse(answer.body) as Record<string, unknown>
  assert.deepEqual([answer.status, told.status, told.code], [404, 404, "case-not-found"])
})

describe("every answer keeps to its policy", () => {
  const paths = [
    "/",
    "/search?q=khai",
    "/services/1.001193",
    "/nowhere",
    "/my/cases",
    "/my/data",
    "/verify",
    "/assets/nothing",
    "/healthz",
  ]
  for (const path of paths)
    test(path, async () => {
      const { headers } = await lan.ask(path)
      const policy = String(headers["content-security-policy"])
      assert.doesNotMatch(policy, /unsafe|\*|https?:/)
      for (const part of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action"])
        assert.ok(policy.includes(part), `${part} in ${policy}`)
      assert.equal(headers["x-content-type-options"], "nosniff")
      assert.equal(headers["referrer-policy"], "same-origin")
      assert.equal(headers["cross-origin-resource-policy"], "same-origin")
      assert.equal(headers.server, undefined)
      assert.equal(headers["x-powered-by"], undefined)
      if (path.startsWith("/my/")) assert.equal(headers["cache-control"], "no-store")
    })

  test("cookies are HttpOnly, of this site alone, and of the whole site", async () => {
    const visitor = Caller.anyone(stage)
    const lines: string[] = []
    for (const path of ["/?lang=en", "/verify", "/services/1.001193", "/sign-in"])
      lines.push(...[(await visitor.ask(path)).headers["set-cookie"] ?? []].flat())
    assert.ok(lines.length >= 3, lines.join("\n"))
    for (const line of lines) {
      assert.match(line, /; HttpOnly/i, line)
      assert.match(line, /; SameSite=(Lax|Strict)/i, line)
      assert.doesNotMatch(line, /; Domain=/i, line)
    }
  })
})
