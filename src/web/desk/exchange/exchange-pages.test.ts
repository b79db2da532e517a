// What is seen of the exchange, over HTTP: An audits Ba Đình, Kỳ runs its machines, Bình receives at its counter.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { readBundle } from "#evidence"
import { request } from "#exchange"
import { exchangeMeasures } from "#oversight"
import { OFFICES, type Overseers, OWN, openOverseers } from "../../../../test/federation/overseers.ts"
import { Browser, type Page } from "../../portal/sign-in/browser.ts"
import { identityRoutes } from "../../portal/sign-in/routes.ts"
import { type OpenedWeb, openWeb } from "../../server.ts"
import { exchangePages } from "./pages.tsx"

let sites: Overseers
let web: OpenedWeb
let message: string

before(async () => {
  sites = await openOverseers()
  const { ward } = sites
  web = await openWeb(ward.site, ward.db, {
    areas: [(area) => identityRoutes(area, {}), exchangePages],
    gauges: exchangeMeasures(ward.site),
  })
  const lan = await sites.person("lan")
  const asked = { service: "population/person.read", requester: "ba-dinh", number: sites.numberOf("lan"), today: sites.today }
  message = (await ward.tx(lan, (tx) => request(tx, { ...asked, purpose: "birth-registration" }))).message
})
after(async () => {
  await web?.close()
  await sites?.close()
})

const signedIn = new Map<string, Browser>()

/** Somebody at their desk; they sign in once. */
async function at(login: string, path: string): Promise<{ of: Browser; page: Page }> {
  const known = signedIn.get(login)
  if (known) return { of: known, page: await known.go(path) }
  const of = new Browser(web, sites.ward.site.origin)
  const people = await of.go("/desk/exchange/log")
  await of.submit(people, people.url, { login })
  signedIn.set(login, of)
  return { of, page: await of.go(path) }
}

test("the map is a drawing with a table of the same numbers, and is refreshed only for who asked for it", async () => {
  const { page } = await at("ky", "/desk/exchange?span=5m")
  assert.equal(page.status, 200)
  assert.match(page.body, /<svg[^>]*role="img"/)
  assert.match(page.body, /<table/)
  assert.match(page.body, /Ministries/)
  assert.equal(page.headers.refresh, undefined)
  assert.equal((await at("ky", "/desk/exchange?live=1")).page.headers.refresh, "15")
})

test("figures, services, one service and one contract are pages, and lead from one to the next", async () => {
  assert.match((await at("an", "/desk/exchange/figures")).page.body, /registers/)
  const { of, page } = await at("an", "/desk/exchange/services?words=tru+so")
  const href = /href="(\/desk\/exchange\/service\?id=[^"]+)"/.exec(page.body)![1]!
  const service = await of.go(href)
  assert.equal(service.status, 200)
  assert.doesNotMatch(service.body, /exchange\/try/, "an auditor tries nothing")
  const contract = await of.go(/href="(\/desk\/exchange\/contracts\/[^"]+)"/.exec(service.body)![1]!)
  assert.match(contract.body, /60\/2014\/QH13/)
  assert.match(contract.body, /ministry/)
})

test("an auditor reads the calls of a service at another site, and takes its document away without the address of its system", async () => {
  const { of, page } = await at("an", `/desk/exchange/service?id=${encodeURIComponent(OFFICES)}`)
  const href = /href="(\/desk\/exchange\/description\?id=[^"]+)"/.exec(page.body)![1]!
  const described = await of.go(href)
  assert.equal(described.status, 200)
  assert.match(described.body, /<code>GET<\/code>.*<code>\/\{ward\}<\/code>.*Trụ sở của một phường/s)
  assert.doesNotMatch(described.body, /10\.0\.0\.5/)
  const file = await of.go(/href="(\/desk\/exchange\/description\/document\?id=[^"]+)"/.exec(described.body)![1]!)
  assert.match(String(file.headers["content-disposition"]), /filename="?offices\.yaml/)
  assert.match(file.body, /^openapi: 3\.1\.0/)
  assert.equal((await at("binh", href)).page.status, 403)
})

test("the auditor's log names no citizen, opens an exchange by its id, and hands its evidence over as a file", async () => {
  const { of, page } = await at("an", "/desk/exchange/log")
  assert.match(page.body, new RegExp(message))
  assert.doesNotMatch(page.body, /Nguyễn Ngọc Lan/)
  let found = await of.go(`/desk/exchange/log?message=${message}`)
  assert.equal(found.url, `/desk/exchange/messages/${message}`)
  for (let i = 0; i < 100 && !found.body.includes("/bundle"); i++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    found = await of.go(found.url)
  }
  const file = await of.submit(found, `${found.url}/bundle`)
  assert.match(String(file.headers["content-disposition"]), /attachment; filename="exchange-/)
  assert.ok("bundle" in readBundle(file.body))
})

test("the figures stand on /metrics by side and service, as counters and a histogram", async () => {
  const { payload } = await web.inject({ method: "GET", url: "/metrics", remoteAddress: "127.0.0.1" })
  const of = 'side="consumer",service="XX/GOV/G01/registers/registers"'
  assert.ok(payload.includes(`motlan_exchange_requests_total{${of},outcome="answered"} 1`), payload)
  assert.ok(payload.includes(`motlan_exchange_duration_seconds_bucket{${of},le="+Inf"} 1`))
  assert.ok(payload.includes(`motlan_exchange_duration_seconds_count{${of}} 1`))
  assert.match(payload, /# TYPE motlan_exchange_duration_seconds histogram/)
  assert.match(payload, /motlan_exchange_body_bytes_total\{[^}]*direction="response"\} [1-9]/)
})

test("a person is searched for by post, so that no address names them; what lacks is said beside its box and nothing is lost", async () => {
  const path = "/desk/exchange/log/person"
  const { of, page } = await at("an", path)
  const typed = { number: sites.numberOf("lan"), reason: "complaint", reference: "", from: "", until: "" }
  const wrong = await of.submit(page, path, typed)
  assert.equal(wrong.status, 422)
  assert.match(wrong.body, /id="reference-error"/)
  assert.match(wrong.body, new RegExp(`value="${typed.number}"`))
  const found = await of.submit(wrong, path, { ...typed, reference: "12/KN-UBND" })
  assert.equal(found.status, 200)
  assert.match(found.body, new RegExp(message))
  assert.doesNotMatch(found.url, new RegExp(typed.number))
})

test("a trial is refused in plain words and keeps what was typed; one that may be is answered with its evidence", async () => {
  const { of, page } = await at("ky", `/desk/exchange/try?service=${encodeURIComponent(OFFICES)}`)
  const typed = {
    consumer: OWN,
    purpose: "birth-registration",
    method: "POST",
    path: "/list",
    query: "",
    contentType: "",
    body: "<b>",
  }
  const refused = await of.submit(page, "/desk/exchange/try", typed)
  assert.equal(refused.status, 422)
  assert.match(refused.body, /id="method-error"/)
  assert.match(refused.body, /&lt;b>/)
  const done = await of.submit(refused, "/desk/exchange/try", { ...typed, method: "GET", body: "" })
  assert.equal(done.status, 200)
  assert.match(done.body, /Hoàn Kiếm/)
  assert.match(done.body, /x-road-request-id/i)
  const id = /messages\/([0-9a-f-]{36})/.exec(done.body)![1]!
  assert.equal((await of.go(`/desk/exchange/messages/${id}`)).status, 200)
  assert.match((await of.go("/desk/exchange/records")).body, /records/)
})

test("each page is refused to those whom it is not for", async () => {
  const pages = {
    "/desk/exchange": ["binh", "lan"],
    "/desk/exchange/figures": ["binh", "lan"],
    "/desk/exchange/services": ["binh", "lan"],
    [`/desk/exchange/service?id=${encodeURIComponent(OFFICES)}`]: ["binh", "lan"],
    [`/desk/exchange/try?service=${encodeURIComponent(OFFICES)}`]: ["an", "binh", "lan"],
    "/desk/exchange/log": ["ky", "binh", "lan"],
    "/desk/exchange/log/person": ["ky", "binh", "lan"],
    "/desk/exchange/records": ["an", "binh", "lan"],
    [`/desk/exchange/messages/${message}`]: ["binh", "lan"],
  }
  for (const [path, strangers] of Object.entries(pages))
    for (const login of strangers) assert.equal((await at(login, path)).page.status, 403, `${login} ${path}`)
  const { of } = await at("ky", "/desk/exchange")
  const form = await of.go(`/desk/exchange/try?service=${encodeURIComponent(OFFICES)}`)
  const csrf = /name="csrf" value="([^"]+)"/.exec(form.body)![1]!
  assert.equal((await of.go(`/desk/exchange/messages/${message}/bundle`, "POST", { csrf })).status, 403)
})
