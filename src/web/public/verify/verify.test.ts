// Anyone verifies a paper on the open pages, without JavaScript and without signing in.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { issueDocument, revokeDocument } from "#documents"
import type { Actor } from "#platform/db"
import { openWorld, type World } from "../../../../test/world.ts"
import { certificate } from "../../../modules/documents/paper.fixture.ts"
import { type OpenedWeb, openWeb } from "../../server.ts"
import { verifyPages } from "./pages.tsx"

let world: World
let web: OpenedWeb
const leader: Actor = {
  kind: "official",
  accountId: "0195790a-0000-7000-8000-00000000000a",
  subject: "0195790a-0000-7000-8000-00000000000b",
  name: "Trần Văn Đức",
  agency: "ben-thanh",
  positions: [{ id: "p", unit: "u", roles: ["leader"] }],
}
const place = { name: { vi: "Cổng", en: "Portal" }, languages: ["vi", "en"], timeZone: "Asia/Ho_Chi_Minh", currency: "VND" }

before(async () => {
  world = await openWorld({ country: false })
  web = await openWeb(world.site, world.db, { place, sessionOf: async () => undefined, areas: [verifyPages] })
})
after(async () => {
  await web?.close()
  await world?.close()
})

const issue = () =>
  world.tx(leader, (tx) =>
    issueDocument(tx, {
      agency: "ben-thanh",
      agencyName: "Ủy ban nhân dân phường Bến Thành",
      subject: tx.site.keys.subjectOf("900190000001"),
      caseId: "0195790a-0000-7000-8000-0000000000c1",
      kind: "result",
      template: certificate,
      lang: "vi",
      sign: true,
    }),
  )

async function sendFile(bytes: Uint8Array | undefined, name = "giay.pdf") {
  const page = await web.inject({ method: "GET", url: "/verify" })
  const cookie = page.cookies.map((c) => `${c.name}=${c.value}`).join("; ")
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.body)![1]!
  const form = new FormData()
  form.append("csrf", csrf)
  form.append("paper", new Blob([Buffer.from(bytes ?? [])]), bytes ? name : "")
  const request = new Request("http://127.0.0.1:8080/verify", { method: "POST", body: form })
  const payload = Buffer.from(await request.arrayBuffer())
  const headers = {
    cookie,
    "content-type": request.headers.get("content-type")!,
    origin: world.site.origin,
    host: "127.0.0.1:8080",
  }
  return web.inject({ method: "POST", url: "/verify", payload, headers })
}

test("the page asks for a code or a file, in Vietnamese and in English, and needs no script", async () => {
  const page = await web.inject({ method: "GET", url: "/verify" })
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /<html lang="vi">[\s\S]*Kiểm tra giấy tờ[\s\S]*name="code"[\s\S]*type="file"/)
  assert.ok(!page.body.includes("<script"))
  assert.match((await web.inject({ method: "GET", url: "/verify?lang=en" })).body, /Verify a paper/)
})

test("a typed code leads to its address, and the paper is shown with the first letters of its holder only", async () => {
  const { verifyCode } = await issue()
  const typed = verifyCode.toLowerCase().replaceAll("-", " ")
  const sent = await web.inject({ method: "GET", url: `/verify?code=${encodeURIComponent(typed)}` })
  assert.equal(sent.statusCode, 303)
  const page = await web.inject({ method: "GET", url: sent.headers.location as string })
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /Giấy tờ thật[\s\S]*GIẤY KHAI SINH[\s\S]*09\/03\/2026[\s\S]*N••• T••• B•••/)
  assert.ok(!page.body.includes("Bưởi"))
  assert.equal(page.headers["x-robots-tag"], "noindex")
})

test("a code that can't be one is answered beside its field, an unknown one with 404", async () => {
  const wrong = await web.inject({ method: "GET", url: "/verify?code=%22%3E%3Cscript%3E" })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /id="code-error"/)
  assert.ok(!wrong.body.includes("<script>"))
  assert.equal((await web.inject({ method: "GET", url: "/verify?code=" })).statusCode, 422)
  const unknown = await web.inject({ method: "GET", url: "/verify/0000-0000-0000-0000?lang=en" })
  assert.equal(unknown.statusCode, 404)
  assert.match(unknown.body, /No such paper found/)
})

test("the genuine file is confirmed with the whole name and its signature; a changed one is called altered", async () => {
  const bytes = await world.site.files.read((await issue()).sha256)
  const genuine = await sendFile(bytes)
  assert.equal(genuine.statusCode, 200)
  assert.match(
    genuine.body,
    /Giấy tờ thật[\s\S]*Nguyễn Thị Bưởi[\s\S]*Hợp lệ, của Ủy ban nhân dân phường Bến Thành, [\s\S]*10:00/,
  )
  const bent = Buffer.from(bytes)
  bent[20_000] = bent[20_000]! ^ 1
  const altered = await sendFile(bent)
  assert.match(altered.body, /Giấy tờ đã bị sửa[\s\S]*N••• T••• B•••/)
  assert.ok(!altered.body.includes("Bưởi"))
})

test("a revoked paper says so with the hour", async () => {
  const { id, verifyCode } = await issue()
  await world.tx(leader, (tx) => revokeDocument(tx, id, "Sai ngày sinh"))
  const page = await web.inject({ method: "GET", url: `/verify/${verifyCode}` })
  assert.match(page.body, /Giấy tờ đã bị thu hồi[\s\S]*10:00/)
  assert.ok(!page.body.includes("Sai ngày sinh"), "the reason is not for everybody")
})

test("no file, an empty one, another kind and one too large are answered beside the field; nothing is stored", async () => {
  const refused = async (bytes: Uint8Array | undefined, text: RegExp) => {
    const page = await sendFile(bytes)
    assert.equal(page.statusCode, 422)
    assert.match(page.body, text)
  }
  await refused(undefined, /Hãy chọn một tệp PDF/)
  await refused(Buffer.alloc(0), /Hãy chọn một tệp PDF/)
  await refused(Buffer.from("<html>"), /Đây không phải tệp PDF/)
  await refused(Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(10_500_000)]), /Tệp lớn hơn 10 MB/)
})

test("a forged post without a token is refused before its file is looked at", async () => {
  const payload = `--x\r\ncontent-disposition: form-data; name="paper"; filename="a.pdf"\r\n\r\n%PDF-1.7\r\n--x--\r\n`
  const headers = { "content-type": "multipart/form-data; boundary=x", origin: "https://elsewhere.example" }
  assert.equal((await web.inject({ method: "POST", url: "/verify", payload, headers })).statusCode, 403)
})
