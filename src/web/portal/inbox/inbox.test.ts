// The inbox over HTTP: reading, opening, paging, in both languages.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { loadAgencies } from "#identity"
import { notify } from "#notices"
import { openWorld, type World } from "../../../../test/world.ts"
import { people, smallCountry } from "../../../modules/identity/small-country.ts"
import { type OpenedWeb, openWeb } from "../../server.ts"
import { Browser } from "../sign-in/browser.ts"
import { identityRoutes } from "../sign-in/routes.ts"
import { inboxPages } from "./pages.tsx"

const system = { kind: "system", name: "test" } as const
const place = { name: { vi: "Motlan", en: "Motlan" }, languages: ["vi", "en"], timeZone: "Asia/Ho_Chi_Minh", currency: "VND" }
let world: World
let web: OpenedWeb

before(async () => {
  world = await openWorld({ reference: smallCountry(), demo: true })
  await world.tx(system, loadAgencies)
  web = await openWeb(world.site, world.db, { place, areas: [(area) => identityRoutes(area, {}), inboxPages] })
})
after(async () => {
  await web.close()
  await world.close()
})

const tell = async (to: keyof typeof people, code: string, n: number) => {
  await world.tx(system, (tx) => {
    const notice = { subject: tx.site.keys.subjectOf(people[to].number), code, params: { code: `H00-${n}` } }
    return notify(tx, { ...notice, link: "/my/inbox?lang=en" })
  })
  world.clock.move(1000)
}
async function enter(login: keyof typeof people) {
  const of = new Browser(web, world.site.origin)
  const cast = await of.go("/my/inbox")
  return { of, page: await of.submit(cast, cast.url, { login }) }
}

test("an empty inbox says what will be there", async () => {
  const { page } = await enter("minh")
  assert.equal(page.status, 200)
  assert.match(page.body, /Chưa có thư nào/)
})

test("Lan reads the sentence of each message in her language, opens one, and it is no longer new", async () => {
  await tell("lan", "case-submitted", 1)
  await tell("lan", "supplement-asked", 2)
  await tell("lan", "a-code-of-tomorrow", 3)
  const { of, page } = await enter("lan")
  for (const text of ["3 thư chưa đọc", "Hồ sơ H00-1 đã được nộp", "Hồ sơ H00-2 cần bổ sung", "Bạn có một thông báo mới"])
    assert.ok(page.body.includes(text), text)
  const id = /name="id" value="([^"]+)"/.exec(page.body)![1]!
  const opened = await of.submit(page, "/my/inbox", { id })
  assert.match(opened.body, /2 unread messages/)
  assert.match(opened.body, /Case H00-1 was submitted/)
  const { of: ofMinh, page: minhs } = await enter("minh")
  assert.doesNotMatch(minhs.body, /H00-/)
  const csrf = /name="csrf" value="([^"]+)"/.exec(minhs.body)![1]!
  assert.equal((await ofMinh.go("/my/inbox", "POST", { csrf, id })).status, 404)
})

test("older messages are a page further, and a wrong page is a clear problem", async () => {
  for (let n = 10; n < 32; n++) await tell("hoa", "case-news", n)
  const { of, page } = await enter("hoa")
  const older = /href="(\/my\/inbox\?before=[^"]+)"/.exec(page.body)![1]!
  const second = await of.go(older)
  assert.match(second.body, /H00-10/)
  assert.doesNotMatch(second.body, /H00-12/)
  assert.equal((await of.go("/my/inbox?before=x")).status, 400)
})
