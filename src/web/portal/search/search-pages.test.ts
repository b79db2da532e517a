// The search page over HTTP: the whole list and the services of an event of life, page by page, in both languages, without JavaScript.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { listServices, publishCountry } from "#catalogue"
import { openWorld, type World } from "../../../../test/world.ts"
import { paths } from "../../paths.ts"
import { type OpenedWeb, openWeb } from "../../server.ts"
import { searchPages } from "./pages.tsx"

const system = { kind: "system", name: "test" } as const
const place = { name: { vi: "Motlan", en: "Motlan" }, languages: ["vi", "en"], timeZone: "Asia/Ho_Chi_Minh", currency: "VND" }
let world: World
let web: OpenedWeb
let codes: string[]

before(async () => {
  world = await openWorld()
  await world.tx(system, publishCountry)
  codes = (await world.tx({ kind: "public" }, (tx) => listServices(tx))).map(({ code }) => code)
  web = await openWeb(world.site, world.db, { place, sessionOf: async () => undefined, areas: [searchPages] })
})
after(async () => {
  await web.close()
  await world.close()
})

const get = async (url: string, lang: string) => {
  const answer = await web.inject({ method: "GET", url, headers: { accept: "text/html", cookie: `lang=${lang}` } })
  assert.equal(answer.statusCode, 200, url)
  return answer.body
}
const codesIn = (body: string) => codes.filter((code) => body.includes(`href="${paths.service(code)}"`))

for (const [lang, said] of [
  ["vi", { all: "Tất cả %", page: "trang 2 trên 2", next: "Trang sau" }],
  ["en", { all: "All % services", page: "page 2 of 2", next: "Next" }],
] as const) {
  test(`the pages of the whole list hold every service once, and lead to each other by links, in ${lang}`, async () => {
    const first = await get(paths.search(), lang)
    assert.ok(first.includes(said.all.replace("%", `${codes.length}`)))
    const link = /<a href="([^"]+)" rel="next">([^<]+)/.exec(first)!
    assert.ok(link[2]!.includes(said.next), link[2])
    const second = await get(link[1]!.replaceAll("&amp;", "&"), lang)
    assert.ok(/<title>[^<]*<\/title>/.exec(second)![0].includes(said.page))
    assert.deepEqual([...codesIn(first), ...codesIn(second)].sort(), [...codes].sort())
  })
}

test("a page that isn't there, or is no number, gives the nearest that is", async () => {
  assert.deepEqual(codesIn(await get("/search?page=99", "vi")), codesIn(await get("/search?page=2", "vi")))
  for (const page of ["0", "-1", "x", "1e9", "9".repeat(30)])
    assert.deepEqual(codesIn(await get(`/search?page=${page}`, "vi")), codesIn(await get("/search", "vi")), page)
})

test("services of an event of life are listed alone; a search has no pages", async () => {
  const births = await get(paths.lifeEvent("birth"), "vi")
  assert.ok(codesIn(births).includes("1.001193") && codesIn(births).length < 20)
  assert.doesNotMatch(births, /rel="next"/)
  assert.doesNotMatch(await get(paths.search("dang ky"), "vi"), /rel="next"/)
})
