// The pages of a case over HTTP, without JavaScript: what the commune sees before it decides, and what its applicant can do.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { savePage } from "#cases"
import { sql } from "#platform/db"
import { type Acts, acts, BIRTH_CHECKS, HOUSEHOLD_BUSINESS, son } from "../../../../test/acts.ts"
import { type Cast, openCast } from "../../../../test/cast.ts"
import { paths } from "../../paths.ts"
import { Browser, type Page } from "../../portal/sign-in/browser.ts"
import { type OpenedWeb, openWeb } from "../../server.ts"

let cast: Cast
let act: Acts
let web: OpenedWeb
before(async () => {
  cast = await openCast()
  act = acts(cast)
  web = await openWeb(cast.site, cast.db)
})
after(async () => {
  await web?.close()
  await cast?.close()
})

/** Signs somebody in and comes to a page. */
async function visit(login: string, url: string): Promise<{ browser: Browser; page: Page }> {
  const browser = new Browser(web, cast.site.origin)
  const people = await browser.go(url)
  const page = await browser.submit(people, people.url, { login })
  return { browser, page: page.url === url ? page : await browser.go(url) }
}

/** The text of a page's main part. */
const plain = (page: Page) =>
  page.body
    .slice(page.body.indexOf("<main"))
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")

test("Lan withdraws her case by a button behind a step; afterwards the page offers it no more", async () => {
  const lan = await cast.person("lan")
  const { id } = await act.file(lan)
  const { browser, page } = await visit("lan", paths.caseOf(id))
  assert.match(page.body, /<details[^>]*><summary>Rút hồ sơ<\/summary>/)
  const done = await browser.submit(page, paths.caseWithdraw(id))
  assert.deepEqual([done.status, done.url], [200, paths.caseOf(id)])
  assert.match(plain(done), /Đã rút.*Người nộp rút hồ sơ/)
  assert.doesNotMatch(done.body, /Rút hồ sơ này/)
  const again = await browser.submit(page, paths.caseWithdraw(id))
  assert.equal(again.status, 409)
  const inbox = await browser.go(paths.myInbox())
  assert.match(plain(inbox), /Bạn đã rút hồ sơ/)
})

test("Mai can't withdraw Hoa's case by its address", async () => {
  const hoa = await cast.person("hoa")
  const { id } = await act.file(hoa, { ...son, "child.familyName": "Trần" })
  const { browser, page } = await visit("mai", paths.myCases())
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.body)![1]!
  const tried = await browser.go(paths.caseWithdraw(id), "POST", { csrf })
  assert.equal(tried.status, 404)
  assert.equal((await act.mine(hoa, id)).dossier.closedAt, null)
})

test("an address where no agency has the service: the check page says so above the answers, which are all there", async () => {
  const thanh = await cast.person("thanh")
  const draft = await act.start(thanh, HOUSEHOLD_BUSINESS)
  await act.fill(thanh, draft, {
    "business.name": "Phở Thanh",
    "business.address.province": "92",
    "business.address.commune": await someCommune("92"),
    "business.phone": "0912345678",
    "business.workers": "2",
    "business.capital": "80.000.000",
    "lines.count": "1",
    "lines.0.name": "Bán phở",
    "lines.0.main": "yes",
    "household.isShared": "no",
    "agent.isUsed": "no",
    truth: "yes",
  })
  const { browser, page } = await visit("thanh", paths.draftCheck(draft))
  const failed = await browser.submit(page, paths.draftCheck(draft))
  assert.equal(failed.status, 422)
  assert.match(plain(failed), /Chưa xác định được cơ quan giải quyết/)
  assert.match(plain(failed), /Phở Thanh/)
})

async function someCommune(province: string): Promise<string> {
  const { divisions } = cast.site.reference as { divisions: { below(code: string): { code: string }[] } }
  return divisions.below(province)[0]!.code
}

test("Cường sees what Lan disputes beside the register's word, and the birth that is on record already, before he decides", async () => {
  const lan = await cast.person("lan")
  const first = await act.file(lan)
  const binh = await cast.official("binh")
  const cuong = await cast.official("cuong")
  await act.complete(binh, first.id, "accept")
  await act.complete(cuong, first.id, "ok", { checks: BIRTH_CHECKS })
  await act.complete(await cast.official("son"), first.id, "signed")
  await cast.work()
  const draft = await act.start(lan)
  await cast.tx(lan, (tx) => savePage(tx, draft, "parents", { _do: "dispute:mother.ethnicity" }, "vi"))
  await act.fill(lan, draft, { ...son, "mother.ethnicity": "tay" })
  const { id } = await act.submit(lan, draft)
  await act.complete(binh, id, "accept")

  const { browser, page: unclaimed } = await visit("cuong", paths.deskCase(id))
  const page = await browser.submit(unclaimed, paths.deskCaseClaim(id))
  assert.match(plain(page), /Tày .*Kinh/)
  assert.match(plain(page), /Có thể trùng với bản ghi đã có/)
  assert.match(page.body, /<datalist id="reasons">.*quê quán/s)
  const checks = Object.fromEntries(BIRTH_CHECKS.map((check) => ["check", check]))
  const held = await browser.submit(page, paths.deskCaseStep(id), { ...checks, outcome: "ok" })
  assert.equal(held.status, 422, "all four checks are needed first")
  assert.match(plain(held), /Có thể trùng với bản ghi đã có/)
})

test("Bình switches the language in the middle of a decision: her reason and what she asks for are still there", async () => {
  const { id } = await act.file(await cast.person("lan"))
  const { browser, page: unclaimed } = await visit("binh", paths.deskCase(id))
  const page = await browser.submit(unclaimed, paths.deskCaseClaim(id))
  assert.match(page.body, /<button[^>]*formaction="[^"]*lang=en"[^>]*name="then" value="language"/i)
  const typed = { reason: "Đang viết dở", item: "child.homeTown", "reason.child.homeTown": "Chưa ghi quê quán" }
  // biome-ignore lint/suspicious/noThenProperty: the switch of language is called so
  const switched = { then: "language", ...typed }
  const english = await browser.submit(page, `${paths.deskCase(id)}?lang=en`, switched, paths.deskCaseStep(id))
  assert.equal(english.status, 200)
  assert.match(english.body, /<html lang="en"/)
  assert.match(english.body, />Đang viết dở<\/textarea>/)
  assert.match(english.body, /value="child\.homeTown" checked/)
  assert.match(english.body, /value="Chưa ghi quê quán"/)
  assert.equal((await act.mine(await cast.person("lan"), id)).dossier.closedAt, null, "nothing was decided")
})

test("the queue tells when each step is due beside the day of the case", async () => {
  await act.file(await cast.person("ha"), { ...son, "child.familyName": "Trịnh" })
  const { page } = await visit("loan", paths.desk())
  assert.match(plain(page), /Hạn của bước/)
})

test("a day that no calendar has is said to be none on the page of who has looked", async () => {
  const { browser, page } = await visit("lan", `${paths.myData()}?day=2026-02-31`)
  assert.equal(page.status, 200)
  assert.match(page.body, /name="day.day" value="31"[^>]*aria-invalid="true"/)
  assert.match(page.body, /Không có ngày này/)
  assert.doesNotMatch(page.body, /Những lần xem ngày/)
  assert.match((await browser.go(`${paths.myData()}?day.day=8&day.month=3&day.year=2026`)).body, /name="day.day" value="8"/)
  const [shown] = await cast.migrator.rows<{ n: number }>(sql`select count(*)::int as n from exchange.message`)
  assert.ok(shown!.n > 0)
})
