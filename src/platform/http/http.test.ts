// The HTTP border against a made-up site: who comes in, and what is refused.
import assert from "node:assert/strict"
import { rmSync } from "node:fs"
import { after, before, describe, test } from "node:test"
import type { Http } from "./index.ts"
import { as, dir, openMadeUpSite, readerOf } from "./made-up-site.ts"

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

describe("who comes in", () => {
  test("a public page acts as the public even when Lan is signed in, and still knows her name", async () => {
    assert.match((await get("/", as("lan"))).body, /vi public Lan/)
  })
  test("a signed-out reader of a person's page is sent to sign in and back", async () => {
    const answer = await get("/mine/7?tab=2")
    assert.equal(answer.statusCode, 303)
    assert.equal(answer.headers.location, `/sign-in?return=${encodeURIComponent("/mine/7?tab=2")}`)
  })
  test("a signed-out post is answered 401, or goes to sign in where the route says what to come back to", async () => {
    assert.equal((await post("/mine/7", {})).statusCode, 401)
    const start = await post("/start/1.001193", {})
    assert.deepEqual([start.statusCode, start.headers.location], [303, "/sign-in?return=%2Fservices%2F1.001193"])
  })
  test("Lan reads her own page, Minh does not, and Lan does not reach the desk", async () => {
    assert.match((await get("/mine/7", as("lan"))).body, /lan 7/)
    assert.equal((await get("/mine/7", as("minh"))).statusCode, 403)
    assert.equal((await get("/desk", as("lan"))).statusCode, 403)
    assert.match((await get("/desk", as("minh"))).body, /hg/)
  })
  test("a forged session token is nobody's", async () => {
    assert.match((await get("/", as("forged"))).body, /nobody/)
  })
})

describe("forged requests", () => {
  test("Lan's own form is taken, and its text arrives in NFC", async () => {
    const { token } = await tokenFor(as("lan"))
    const answer = await post("/form", { csrf: token, name: "Lan Anh".normalize("NFD") + "ế".normalize("NFD") }, as("lan"))
    assert.equal(answer.statusCode, 200)
    assert.match(answer.body, /Lan Anhế\|1/)
  })
  test("each page carries another token", async () => {
    assert.notEqual((await tokenFor(as("lan"))).token, (await tokenFor(as("lan"))).token)
  })
  test("no token, a broken one, and the token of another session are refused", async () => {
    const { token } = await tokenFor(as("minh"))
    for (const csrf of ["", "AAAA", token]) assert.equal((await post("/form", { csrf, name: "x" }, as("lan"))).statusCode, 403)
  })
  test("a visitor's token needs the visitor's cookie", async () => {
    const { token, visitor } = await tokenFor()
    assert.equal((await post("/form", { csrf: token }, { cookie: `visitor=${visitor}` })).statusCode, 200)
    assert.equal((await post("/form", { csrf: token })).statusCode, 403)
    assert.equal((await post("/form", { csrf: token }, { cookie: "visitor=another" })).statusCode, 403)
  })
  test("a page without a form sets no visitor's cookie", async () => {
    assert.deepEqual((await get("/")).cookies, [])
  })
  test("another site's form is refused even with a good token", async () => {
    const { token } = await tokenFor(as("lan"))
    for (const sign of [
      { origin: "https://evil.example" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "null" },
    ])
      assert.equal((await post("/form", { csrf: token }, { ...as("lan"), ...sign })).statusCode, 403, JSON.stringify(sign))
    assert.equal((await post("/form", { csrf: token }, { ...as("lan"), origin: "http://127.0.0.1:8080" })).statusCode, 200)
  })
  test("the API takes no cross-site call in Lan's name", async () => {
    const call = (headers: Record<string, string>) =>
      http.inject({ method: "POST", url: "/api/mine", headers: { ...as("lan"), ...headers }, payload: {} })
    assert.equal((await call({ "sec-fetch-site": "cross-site" })).statusCode, 403)
    assert.deepEqual((await call({ "sec-fetch-site": "same-origin" })).json(), { subject: "lan" })
  })
})

describe("input at its limits", () => {
  test("a field of 10 MB and a field of 65 kB are too large", async () => {
    const { token } = await tokenFor(as("lan"))
    assert.equal((await post("/form", { csrf: token, name: "x".repeat(10_000_000) }, as("lan"))).statusCode, 413)
    assert.equal((await post("/form", { csrf: token, name: "x".repeat(65_537) }, as("lan"))).statusCode, 413)
    assert.equal((await post("/form", { csrf: token, name: "x".repeat(65_536) }, as("lan"))).statusCode, 200)
  })
  test("too many fields, and the NUL character, are refused", async () => {
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`f${i}`, ""]))
    assert.equal((await post("/form", many, as("lan"))).statusCode, 413)
    assert.equal((await get("/?q=%00")).statusCode, 400)
  })
  test("malformed, too deep and poisonous JSON is a bad request, in RFC 9457", async () => {
    const call = (payload: string) =>
      http.inject({ method: "POST", url: "/api/echo", headers: { "content-type": "application/json" }, payload })
    for (const bad of ["{", "[".repeat(33) + "]".repeat(33), '{"__proto__":{"a":1}}']) {
      const answer = await call(bad)
      assert.equal(answer.statusCode, 400, bad)
      assert.match(String(answer.headers["content-type"]), /application\/problem\+json/)
      assert.equal(answer.json().code, "bad-request")
    }
    assert.deepEqual((await call('{"text":"[[[\\"{"}')).json(), { got: { text: '[[["{' } })
  })
  test("a form to the API and JSON to a page are of the wrong type", async () => {
    assert.equal((await post("/api/echo", { a: "1" })).statusCode, 415)
    assert.equal((await http.inject({ method: "POST", url: "/form", headers: as("lan"), payload: { a: 1 } })).statusCode, 415)
    assert.equal(
      (
        await http.inject({
          method: "POST",
          url: "/form",
          headers: { ...as("lan"), "content-type": "text/xml" },
          payload: "<a/>",
        })
      ).statusCode,
      415,
    )
  })
  test("a broken address and one too long are clear problems", async () => {
    assert.equal((await get("/%E0%A4%A")).statusCode, 400)
    assert.equal((await get(`/?q=${"x".repeat(5_000)}`)).statusCode, 413)
  })
})

describe("files", () => {
  const send = (form: FormData, headers: Record<string, string> = as("lan")) => sendForm("/files", form, headers)
  test("a file is taken beside its fields, and the empty input of a form is passed over", async () => {
    const form = await formFor("lan")
    form.append("kind", "statement")
    form.append("paper", new Blob(["%PDF-1.7"]), "../../giấy/chứng sinh.pdf")
    form.append("other", new Blob([]), "")
    const [fields, files] = await send(form)
    assert.equal(fields.kind, "statement")
    assert.deepEqual(files, [{ field: "paper", fileName: "chứng sinh.pdf", taken: 8 }])
  })
  test("one too large and one too many are refused beside their fields, the rest is kept", async () => {
    const form = await formFor("lan")
    for (const [name, size] of [
      ["a", 1_001],
      ["b", 1_000],
      ["c", 5],
    ] as const)
      form.append(name, new Blob(["x".repeat(size)]), `${name}.pdf`)
    form.append("after", "still here")
    const [fields, files] = await send(form)
    assert.equal(fields.after, "still here")
    assert.deepEqual(
      files.map((f: { refused?: string; taken?: number }) => f.refused ?? f.taken),
      ["file-too-large", 1_000, "files-too-many"],
    )
  })
  test("a forged form stores nothing: the token comes before the files", async () => {
    const form = new FormData()
    form.append("paper", new Blob(["abc"]), "a.pdf")
    const answer = await rawForm("/files", form, as("lan"))
    assert.equal(answer.status, 403)
  })
  test("an upload far beyond the limit is refused before it is read", async () => {
    const form = await formFor("lan")
    form.append("a", new Blob(["x".repeat(40_000_000)]), "a.bin")
    const answer = await rawForm("/files", form, as("lan")).catch((error: Error) => error)
    assert.ok(answer instanceof Error || answer.status === 413)
  })

  async function formFor(token: string): Promise<FormData> {
    const form = new FormData()
    form.append("csrf", (await tokenFor(as(token))).token)
    return form
  }
  let address: string | undefined
  async function rawForm(url: string, form: FormData, headers: Record<string, string>): Promise<Response> {
    address ??= await http.listen(0, "127.0.0.1")
    return fetch(address + url, { method: "POST", body: form, headers: { accept: "text/html", ...headers } })
  }
  async function sendForm(url: string, form: FormData, headers: Record<string, string>) {
    const answer = await rawForm(url, form, headers)
    const text = await answer.text()
    assert.equal(answer.status, 200, text)
    return JSON.parse(/<p>(.*)<\/p>/.exec(text)![1]!.replaceAll("&quot;", '"'))
  }
})
