// The catalogue at the desk, over HTTP: Ngân writes, Huệ publishes, and a plan moves what runs.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { parse } from "yaml"
import { getService } from "#catalogue"
import { bpmnOfTable } from "#engines/process"
import { acts, BIRTH } from "../../../../test/acts.ts"
import { system } from "../../../../test/cast.ts"
import { type DefinitionPages, LIST, openDefinitionPages } from "../../../../test/definition-pages.ts"
import { multipart } from "../../../../test/multipart.ts"
import type { Browser, Page } from "../../portal/sign-in/browser.ts"

const ONE = `${LIST}/${BIRTH}`
let pages: DefinitionPages

before(async () => {
  pages = await openDefinitionPages()
})
after(() => pages?.close())

const at = (login: string) => pages.at(login)

const textareaOf = (page: Page, name: string): string => {
  const text = new RegExp(`<textarea [^>]*name="${name}"[^>]*>\\n?([^<]*)</textarea>`).exec(page.body)![1]!
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
}

const files = (page: Page) =>
  Object.fromEntries(["service", "form", "process", "result", "tests", "words"].map((name) => [name, textareaOf(page, name)]))

let draft: string
const onDay = (day: string, month: string, year: string) => ({
  "validFrom.day": day,
  "validFrom.month": month,
  "validFrom.year": year,
})

test("Ngân begins a draft, and a slip of hers is told in place, in Vietnamese and English, with nothing lost", async () => {
  const of = await at("ngan")
  const list = await of.go(LIST)
  assert.equal(list.status, 200)
  assert.match(list.body, /Đăng ký khai sinh/)
  const nothing = await of.submit(list, LIST, { code: BIRTH, why: "" })
  assert.equal(nothing.status, 422)
  const begun = await of.submit(list, LIST, { code: BIRTH, why: "Nghị định mới" })
  draft = begun.url
  assert.match(draft, /\/drafts\//)
  assert.match(begun.body, /Không có gì phải sửa/)
  const texts = files(begun)
  const faulty = { ...texts, process: texts.process!.replace("hours: 3", "hours: 30"), do: "save", revision: "1", why: "giờ mới" }
  const saved = await of.submit(begun, draft, faulty)
  assert.match(saved.body, /Các bước cần 33 giờ làm việc/)
  assert.match(saved.body, /<a[^>]*href="#file-process"[^>]*>process\.yaml, dòng \d+/)
  assert.match(saved.body, /<textarea[^>]*aria-invalid="true"[^>]*aria-describedby="file-process-findings"/)
  assert.match(saved.body, /giờ làm việc 3 → 30/)
  assert.doesNotMatch(saved.body, /value="propose"/)
  const english = await of.go(`${draft}?lang=en`)
  assert.match(english.body, /The steps take 33 working hours, the legal limit is/)
  await of.go(`${draft}?lang=vi`)
  const broken = await of.submit(saved, draft, { ...texts, service: "name: [", do: "save", revision: "2", why: "?" })
  assert.equal(broken.status, 422)
  assert.equal(textareaOf(broken, "service"), "name: [")
  const mended = {
    ...texts,
    service: texts.service!.replace("takesMinutes: 5", "takesMinutes: 6"),
    do: "save",
    revision: "2",
    why: "xong",
  }
  const clean = await of.submit(saved, draft, mended)
  assert.match(clean.body, /Số phút để điền: 5 → 6/)
})

test("Ngân chooses files instead of typing them, hears at once which can't be used, loses nothing, and takes them away again", async () => {
  const of = await at("ngan")
  const open = await of.go(draft)
  const texts = files(open)
  const typed: Record<string, string> = { ...texts, why: "từ tệp", do: "save", revision: "3" }
  const chosen = await sendFiles(
    of,
    open,
    { ...typed, words: "# chưa lưu" },
    {
      "choose-form": ["form.yaml", Buffer.from([0xff, 0xfe, 0x41, 0x00])],
      "choose-tests": ["tests.yaml", Buffer.alloc(257 * 1024, 0x20)],
      "choose-result": ["result.yaml", Buffer.from("template: [")],
    },
  )
  assert.equal(chosen.status, 422)
  assert.match(chosen.body, /<a href="#choose-form">form\.yaml: tệp rỗng hoặc không phải văn bản UTF-8/)
  assert.match(chosen.body, /id="choose-tests-error">\s*tests\.yaml: tệp lớn hơn 256 kB/)
  assert.equal(textareaOf(chosen, "words"), "# chưa lưu")
  assert.equal(textareaOf(chosen, "result"), "template: [", "a file that was read is not to be chosen again")
  const broken = await sendFiles(of, open, typed, { "choose-result": ["result.yaml", Buffer.from("template: [")] })
  assert.equal(broken.status, 422)
  assert.match(broken.body, /id="file-result-findings"/)
  const table = texts.process!.replace("hours: 3", "hours: 2")
  const bpmn = await bpmnOfTable(parse(table))
  const drawn = await sendFiles(of, open, typed, { "choose-process": ["birth.bpmn", Buffer.from(bpmn)] })
  assert.equal(drawn.status, 200)
  assert.match(drawn.body, /process\.bpmn: quy trình nội bộ/)
  assert.match(drawn.body, /giờ làm việc 3 → 2/)
  const file = await of.go(`${draft}/files/process`)
  assert.match(String(file.headers["content-disposition"]), /^attachment; filename="process\.bpmn"/)
  assert.equal(file.body, bpmn)
  assert.equal((await of.go(`${draft}/files/rules`)).status, 404)
  assert.equal((await of.go(`${draft}/files/constructor`)).status, 404)
  assert.equal((await (await at("binh")).go(`${draft}/files/process`)).status, 403)
  const long = `${bpmn}<!-- ${"dài ".repeat(14_000)}-->`
  const longer = await sendFiles(of, drawn, { ...typed, revision: "4" }, { "choose-process": ["birth.bpmn", Buffer.from(long)] })
  assert.match(longer.body, /Tệp này dài quá để sửa ngay trên trang/)
  assert.doesNotMatch(longer.body, /<textarea [^>]*name="process"/)
  const { process: _, ...others } = typed
  await of.submit(longer, draft, { ...others, revision: "5", why: "không kèm quy trình" })
  assert.equal((await of.go(`${draft}/files/process`)).body, long, "what isn't shown is kept")
  const back = { ...typed, revision: "6", why: "lại bảng bước" }
  assert.match((await of.submit(drawn, draft, back)).body, /process\.yaml: quy trình nội bộ/)
})

/** The form of the page as a browser sends it with files (RFC 7578). */
async function sendFiles(
  of: Browser,
  page: Page,
  fields: Readonly<Record<string, string>>,
  chosen: Readonly<Record<string, readonly [name: string, content: Uint8Array]>>,
): Promise<Page> {
  const csrf = /name="csrf" value="([^"]*)"/.exec(page.body)![1]!
  const { type, body } = multipart([
    ...Object.entries({ csrf, ...fields }).map(([name, value]) => ({ name, body: value })),
    ...Object.entries(chosen).map(([name, [fileName, content]]) => ({ name, fileName, body: content })),
  ])
  const cookie = [...of.cookies].map(([name, { value }]) => `${name}=${value}`).join("; ")
  const answer = await pages.web.inject({
    method: "POST",
    url: draft,
    headers: {
      ...{ host: new URL(pages.cast.site.origin).host, accept: "text/html", cookie, "sec-fetch-site": "same-origin" },
      "content-type": type,
    },
    payload: body,
  })
  if (answer.statusCode === 303) return of.go(String(answer.headers.location))
  return { status: answer.statusCode, url: draft, body: answer.body, headers: answer.headers }
}

test("the preview shows page, process and form of the draft, says that it is one, and can't be handed in", async () => {
  const of = await at("hue")
  const page = await of.go(`${draft}/preview`)
  assert.match(page.body, /Chưa công bố/)
  assert.doesNotMatch(page.body, /<form(?:(?!<\/form>).)*name="child\.givenName"/s)
  assert.match(page.body, /name="child\.givenName"/)
  assert.match(page.body, /<svg[^>]*>.*Quy trình của bản nháp này/s)
  assert.equal((await (await at("binh")).go(`${draft}/preview`)).status, 403)
})

test("Ngân proposes, can't publish herself, and Huệ does", async () => {
  const [ngan, hue] = [await at("ngan"), await at("hue")]
  const open = await ngan.go(draft)
  const dayless = await ngan.submit(open, draft, { do: "propose", legalBasis: "NĐ 15" })
  assert.match(dayless.body, /<a href="#validFrom.day">Hãy điền ngày bắt đầu hiệu lực/)
  const gone = await ngan.submit(open, draft, { do: "propose", ...onDay("1", "1", "2020"), legalBasis: "NĐ 15" })
  assert.match(gone.body, /<a href="#validFrom.day">Ngày này đã qua/)
  const unreal = await ngan.submit(open, draft, { do: "propose", ...onDay("31", "2", "2027"), legalBasis: "NĐ 15" })
  assert.equal(unreal.status, 422)
  assert.match(unreal.body, /<a href="#validFrom.day">/, "the summary leads to the day")
  assert.match(unreal.body, /name="validFrom.day" value="31"/, "what was typed is there")
  const english = await ngan.submit(
    open,
    `${draft}?lang=en`,
    // biome-ignore lint/suspicious/noThenProperty: the switch of language is called so
    { then: "language", ...onDay("31", "2", "2027"), why: "chưa lưu" },
    draft,
  )
  assert.equal(english.status, 200)
  assert.match(english.body, /In force from/)
  assert.match(english.body, /name="validFrom.day" value="31"/)
  assert.match(english.body, /value="chưa lưu"/, "a switch of language loses nothing")
  await ngan.go(`${draft}?lang=vi`)
  const proposed = await ngan.submit(open, draft, { do: "propose", ...onDay("9", "3", "2026"), legalBasis: "NĐ 15" })
  const alone = await ngan.submit(proposed, draft, { do: "publish", revision: "7", reason: "" })
  assert.equal(alone.status, 422)
  assert.match(alone.body, /Cần người thứ hai/)
  const seen = await hue.go(draft)
  const unsaid = await hue.submit(seen, draft, { do: "return", returnWhy: "" })
  assert.equal(unsaid.status, 422)
  assert.match(unsaid.body, /<a href="#returnWhy">Hãy ghi lý do: việc này được lưu lại cho người sau/)
  assert.match(unsaid.body, /name="returnWhy"[^>]*aria-invalid="true"/)
  assert.match(unsaid.body, /value="publish"/, "the proposal still waits")
  // biome-ignore lint/suspicious/noThenProperty: the switch of language is called so
  const begun = { then: "language", returnWhy: "Thiếu phụ lục" }
  const kept = await hue.submit(unsaid, `${draft}?lang=en`, begun, draft)
  assert.match(kept.body, /value="Thiếu phụ lục"[^>]*name="returnWhy"/, "a switch of language loses no begun reason")
  const blank = await hue.submit(kept, draft, { do: "return", returnWhy: " " })
  assert.match(blank.body, /<a href="#returnWhy">Give a reason: it is kept for those who come after you/)
  await hue.go(`${draft}?lang=vi`)
  const published = await hue.submit(seen, draft, { do: "publish", revision: "7", reason: "" })
  assert.equal(published.url, ONE)
  assert.match(published.body, /Đang hiệu lực/)
  assert.match(published.body, /Số phút để điền: 5 → 6/)
  assert.equal((await pages.cast.tx(system, (tx) => getService(tx, BIRTH))).version, 2)
})

test("a case of before is moved by a plan that one proposes and another approves", async () => {
  const old = (
    await pages.cast.migrator.rows<{ hash: string }>({
      text: "select hash from catalogue.publication where code = $1 and version = 1",
      values: [BIRTH],
    } as never)
  )[0]!
  const { file } = acts(pages.cast)
  const filed = await file(await pages.cast.person("lan"))
  await pages.cast.migrator.run({
    text: "update cases.dossier set definition = $1 where id = $2",
    values: [old.hash, filed.id],
  } as never)
  const [ngan, hue] = [await at("ngan"), await at("hue")]
  const move = await ngan.go(`${ONE}/move?from=1&to=2`)
  assert.match(move.body, /1 hồ sơ sẽ chuyển, 0 hồ sơ ở lại/)
  const pair = { from: "1", to: "2", recompute: "", reason: "NĐ 15" }
  const lawless = await ngan.submit(move, `${ONE}/move`, { ...pair, do: "propose", legalBasis: "" })
  assert.equal(lawless.status, 422)
  const plan = await ngan.submit(move, `${ONE}/move`, { ...pair, do: "propose", legalBasis: "NĐ 15" })
  assert.match(plan.url, /\/desk\/migrations\//)
  assert.equal((await ngan.submit(plan, plan.url, { do: "approve" })).status, 422)
  const approved = await hue.submit(await hue.go(plan.url), plan.url, { do: "approve" })
  assert.match(approved.body, /Đang chuyển/)
  await pages.cast.work()
  assert.match((await hue.go(plan.url)).body, /Đã chuyển 1, ở lại 0/)
})

test("Ngân finds a service without accents, by state and by field, and turns the pages of a long list", async () => {
  const of = await at("ngan")
  const rows = ({ body }: Page) => [...body.matchAll(/<a [^>]*href="\/desk\/definitions\/([^"?]+)">/g)].map(([, code]) => code)
  const first = await of.go(LIST)
  const second = await of.go(`${LIST}?page=2`)
  assert.equal(rows(first).length, 20)
  assert.equal(rows(first).filter((code) => rows(second).includes(code)).length, 0)
  assert.match(first.body, /rel="next"/)
  assert.equal(rows(await of.go(`${LIST}?words=khai+sinh`))[0], BIRTH)
  assert.deepEqual(rows(await of.go(`${LIST}?words=1.001193`)), [BIRTH])
  const field = rows(await of.go(`${LIST}?field=${encodeURIComponent("Hộ tịch")}`))
  assert.ok(field.includes(BIRTH) && field.length < 20)
  assert.deepEqual(rows(await of.go(`${LIST}?words=khai+sinh&ministry=G99`)), [])
  const open = await of.go(ONE)
  const begun = await of.submit(open, ONE, { do: "begin", why: "thử" })
  const drafts = await of.go(`${LIST}?state=draft`)
  assert.ok(rows(drafts).includes(BIRTH))
  await of.submit(begun, begun.url, { do: "drop" })
  assert.deepEqual(rows(await of.go(`${LIST}?state=draft`)), [])
  const malformed = await of.submit(first, LIST, { code: "khai sinh", why: "mới" })
  assert.equal(malformed.status, 422)
  assert.match(malformed.body, /<a href="#code">[^<]*40 ký tự/)
  assert.match(malformed.body, /value="khai sinh"/)
})
