// Delegations at the desk, over HTTP: Bình at the reception of Ba Đình goes on leave and Loan stands in.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { type Cast, openCast } from "../../../../test/cast.ts"
import { Browser, type Page } from "../../portal/sign-in/browser.ts"
import { identityRoutes } from "../../portal/sign-in/routes.ts"
import { type OpenedWeb, openWeb } from "../../server.ts"
import { delegationPages } from "./pages.tsx"

const PATH = "/desk/delegations"
let cast: Cast
let web: OpenedWeb

before(async () => {
  cast = await openCast()
  web = await openWeb(cast.site, cast.db, { areas: [(area) => identityRoutes(area, {}), delegationPages] })
})
after(async () => {
  await web.close()
  await cast.close()
})

async function atDesk(login: string): Promise<{ of: Browser; page: Page }> {
  const of = new Browser(web, cast.site.origin)
  const people = await of.go(PATH)
  return { of, page: await of.submit(people, people.url, { login }) }
}
const optionFor = (page: Page, select: string, name: string): string => {
  const within = new RegExp(`<select[^>]*name="${select}".*?</select>`, "s").exec(page.body)?.[0] ?? ""
  const option = [...within.matchAll(/<option value="([^"]*)"[^>]*>([^<]*)</g)].find((o) => o[2]!.includes(name))
  assert.ok(option, `${name} is no choice of ${select}`)
  return option[1]!
}
const filled = (page: Page) => ({
  position: optionFor(page, "position", "Bình"),
  to: optionFor(page, "to", "Loan"),
  from: "2026-03-09",
  until: "2026-03-11",
  reason: "Nghỉ phép",
})

test("Bình sees his own position alone to give, and every colleague to give it to", async () => {
  const { page } = await atDesk("binh")
  assert.equal(page.status, 200)
  assert.equal([...page.body.matchAll(/<option value="[^"]+\/[^"]+"/g)].length, 1)
  assert.ok([...page.body.matchAll(/<option value="[0-9a-f-]{36}"/g)].length > 5)
})

test("a mistake is told beside its field and in the summary, and nothing typed is lost", async () => {
  const { of, page } = await atDesk("binh")
  const wrong = await of.submit(page, PATH, { ...filled(page), until: "2026-02-30", reason: "Nghỉ phép năm" })
  assert.equal(wrong.status, 422)
  assert.match(wrong.body, /<a href="#from\.day">/)
  assert.match(wrong.body, /id="from-error"/)
  assert.match(wrong.body, /value="Nghỉ phép năm"/)
  assert.equal((await of.submit(page, PATH, { ...filled(page), reason: "" })).status, 422)
  assert.equal((await of.submit(page, PATH, { ...filled(page), to: "" })).status, 422)
  assert.equal((await of.submit(page, PATH, { ...filled(page), position: "" })).status, 422)
})

test("Loan stands in until the end of Wednesday, or until Bình ends it", async () => {
  const { of, page } = await atDesk("binh")
  const given = await of.submit(page, PATH, filled(page))
  assert.equal(given.status, 200)
  assert.match(given.body, /11\/03\/2026/)
  const loan = await atDesk("loan")
  const choices = await loan.of.go("/act-as")
  assert.match(choices.body, /Chu Thị Bình/)
  const asBinh = { as: "ba-dinh/reception" }
  assert.equal((await loan.of.submit(choices, "/act-as", { as: "ba-dinh/chair" })).status, 403)
  await loan.of.submit(choices, "/act-as", asBinh)
  const desk = await loan.of.go(PATH)
  assert.doesNotMatch(desk.body, /name="position"/, "what is delegated can't be handed on")
  const end = /name="end" value="([^"]+)"/.exec(given.body)![1]!
  const csrf = /name="csrf" value="([^"]+)"/.exec(desk.body)![1]!
  assert.equal((await loan.of.go(PATH, "POST", { csrf, end })).status, 403, "nor ended by who stands in")
  await of.submit(given, PATH, { end })
  assert.equal((await loan.of.go(PATH)).status, 403, "gone at once: Loan is a citizen in this session")
})

test("citizens and officials of other agencies see none of it", async () => {
  assert.equal((await atDesk("lan")).page.status, 403)
  const { page } = await atDesk("ky")
  assert.equal(page.status, 403, "the technical administrator acts in no agency")
})
