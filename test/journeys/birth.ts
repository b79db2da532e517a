// The main job in a browser, chapter by chapter: a birth is recorded, registered, examined, signed, and its certificate verified.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import type { Stage } from "./stage.ts"
import { type Look, Visitor } from "./visitor.ts"

export const BIRTH = "1.001193"
const DESK_WIDTH = 1_280
const WAIT_MAX_MS = 30_000
const HOME_TOWN = "xã Khoái Châu, tỉnh Hưng Yên"
const REASON = "Chưa ghi quê quán của con"

/** What the chapters hand on to each other. */
export interface Story {
  readonly stage: Stage
  readonly look: Look
  /** Lan at her window; she stays signed in through all chapters. */
  readonly lan: Visitor
  readonly given: string
  caseId: string
  code: string
  verifyCode: string
  certificate: Buffer
}

export async function beginStory(stage: Stage, look: Look): Promise<Story> {
  const lan = await Visitor.arrive(stage, look)
  return { stage, look, lan, given: "Thảo Nguyên", caseId: "", code: "", verifyCode: "", certificate: Buffer.alloc(0) }
}

const daysAgo = (days: number) => new Date(Date.now() + 7 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10)

/** Lụa at the hospital's desk enters the birth statement; a first attempt without the mother's number is refused. */
export async function recordBirth({ stage, look }: Story): Promise<void> {
  const lua = await Visitor.arrive(stage, { ...look, width: DESK_WIDTH })
  await lua.signIn("lua", "/desk/registers/health%2Fbirth-statement")
  await lua.inspect("desk-register")
  const typed = { statementNumber: "HS-000777", motherName: "Nguyễn Ngọc Lan", time: "00:10", weightGrams: "3100" }
  for (const [name, text] of Object.entries(typed)) await lua.type(name, text)
  await lua.type("place", "Bệnh viện Phụ sản Hoa Sen thành phố Hà Nội")
  const [year, month, day] = daysAgo(0).split("-").map((part) => String(Number(part))) as [string, string, string]
  for (const date of ["date", "issuedOn"])
    for (const [part, text] of Object.entries({ day, month, year })) await lua.type(`${date}.${part}`, text)
  await lua.page.locator('[name=sex][value="female"]').check()
  await lua.page.locator('[name=multiple][value="no"]').check()
  const save = lua.say("Ghi vào cơ sở dữ liệu", "Enter into the register")
  assert.equal(await lua.press(save), 422, "a statement without its mother is refused")
  assert.equal(await lua.page.inputValue("[name=statementNumber]"), "HS-000777", "nothing typed is lost")
  await lua.inspect("desk-register-errors")
  await lua.type("motherNumber", "901195093205")
  assert.equal(await lua.press(save), 200)
  assert.equal(await lua.heading(), lua.say("Đã ghi", "Entered"))
  await lua.leave()
}

/** Lan finds the service by typing without marks, reads what it takes, and starts. */
export async function findAndStart({ lan }: Story): Promise<void> {
  await lan.go("/")
  await lan.inspect("home", { narrow: true })
  await lan.page.fill("#q", "khai sinh")
  await lan.presses(lan.page.locator("main form button[type=submit]").first())
  await lan.inspect("search")
  await lan.presses(lan.page.locator(`main a[href="/services/${BIRTH}"]`))
  await lan.inspect("service", { narrow: true })
  const start = lan.say("Bắt đầu", "Start now")
  await lan.press(start)
  assert.match(lan.path, /^\/demo-idp\/people\//, "starting asks who she is")
  await lan.inspect("demo-people")
  await lan.presses(lan.page.locator("button[name=login][value=lan]"))
  if (lan.path.startsWith("/services/")) await lan.press(start)
  assert.match(lan.path, /^\/drafts\/[0-9a-f-]{36}\/parents$/)
}

/** What the registers hold is shown with its source and not asked. */
export async function readKnown({ lan }: Story): Promise<void> {
  const text = await lan.text()
  for (const known of ["Nguyễn Ngọc Lan", "Phạm Quốc Hùng", "118/2022"]) assert.ok(text.includes(known), known)
  assert.equal(await lan.page.locator('[name="mother.fullName"]').count(), 0, "not asked")
  assert.ok((await lan.page.locator("main .source").count()) >= 3, "three registers are named")
  await lan.inspect("draft-parents", { narrow: true })
  await saveAndContinue(lan)
  assert.match(await lan.text(), /Hoa Sen/, "the hospital's statement has come")
  await lan.inspect("draft-birth")
  await saveAndContinue(lan)
}

const saveAndContinue = (lan: Visitor) => lan.press(lan.say("Lưu và tiếp tục", "Save and continue"))

/** Lan names her child: a name of neither parent comes back beside its field; the language changes midway and nothing is lost. */
export async function nameChild({ lan, given }: Story): Promise<void> {
  await lan.type("child.familyName", "Trần")
  await lan.type("child.givenName", given)
  await switchedThere(lan, { "child.familyName": "Trần", "child.givenName": given })
  assert.equal(await saveAndContinue(lan), 422)
  await expectMistake(lan, "child.familyName")
  assert.equal(await lan.page.inputValue('[name="child.givenName"]'), given)
  await lan.inspect("draft-name-errors", { narrow: true })
  await lan.type("child.familyName", "Phạm")
  await saveAndContinue(lan)
  assert.match(lan.path, /\/declare$/)
  assert.equal(await saveAndContinue(lan), 422, "not without the declaration")
  await expectMistake(lan, "truth")
  await lan.inspect("draft-declare-errors")
  await lan.page.locator("[name=truth]").check()
  await saveAndContinue(lan)
}

/** To the other language and back in the middle of a page: what was typed and not yet saved is still there. */
async function switchedThere(lan: Visitor, typed: Readonly<Record<string, string>>): Promise<void> {
  const { pathname } = new URL(lan.page.url())
  for (const lang of [lan.say("en", "vi"), lan.look.lang]) {
    await lan.presses(lan.page.locator(`header .langs [lang=${lang}]`))
    assert.equal(await lan.page.locator("html").getAttribute("lang"), lang)
    assert.equal(new URL(lan.page.url()).pathname, pathname)
    for (const [name, text] of Object.entries(typed)) assert.equal(await lan.page.inputValue(`[name="${name}"]`), text)
  }
}

/** A mistake stands beside its field and in the summary, which has the focus and leads to the field; the title says so. */
export async function expectMistake(visitor: Visitor, field: string): Promise<void> {
  const { page } = visitor
  assert.match(await page.title(), visitor.look.lang === "vi" ? /^Lỗi: / : /^Error: /)
  assert.equal(await page.locator(":focus").getAttribute("class"), "errors", "the summary has the focus")
  const link = page.locator(`.errors a[href="#${field}"], .errors a[href^="#${field}."]`).first()
  const words = await link.innerText()
  const id = (await link.getAttribute("href"))!.slice(1)
  const beside = page.locator(`[id="${field}-error"]`)
  assert.equal(await beside.innerText(), words, "the same words beside the field")
  await link.click()
  const input = page.locator(`[id="${id}"]`)
  assert.equal(await input.getAttribute("aria-invalid"), "true")
  assert.match((await input.getAttribute("aria-describedby")) ?? "", new RegExp(`(^| )${field}-error( |$)`))
  assert.ok(await input.evaluate("(input) => input === document.activeElement").catch(() => false), `the link leads to ${id}`)
}

/** Lan checks her answers and submits. */
export async function checkAndSubmit(story: Story): Promise<void> {
  const { lan, given } = story
  assert.match(lan.path, /\/check$/)
  assert.ok((await lan.text()).includes(given))
  await lan.inspect("draft-check", { narrow: true })
  await lan.press(lan.say("Nộp hồ sơ", "Submit"))
  assert.match(lan.path, /\/done$/)
  story.code = (await lan.page.locator("main .code").innerText()).trim()
  assert.match(story.code, /^[A-Z]\d{2}\.\d{3}-\d{6}-\d{4,}$/)
  await lan.inspect("draft-done", { narrow: true })
  await lan.follow(lan.say("Theo dõi hồ sơ", "Follow the case"))
  story.caseId = lan.path.split("/").at(-1)!
  await lan.inspect("case-new", { narrow: true })
}

/** An officer of another commune gets the same answer as for a case that does not exist. */
export async function strangerKeptOut({ stage, look, caseId }: Story): Promise<void> {
  const my = await Visitor.arrive(stage, { ...look, width: DESK_WIDTH })
  await my.signIn("my", "/desk")
  await my.inspect("desk-queue-empty")
  assert.equal(await my.go(`/desk/cases/${caseId}`), 404)
  await my.inspect("desk-not-found")
  await my.leave()
}

/** Bình finds the case in her queue, claims it, and asks once for what is missing. */
export async function askSupplement(story: Story): Promise<void> {
  const binh = await Visitor.arrive(story.stage, { ...story.look, width: DESK_WIDTH })
  await binh.signIn("binh", "/desk")
  await binh.inspect("desk-queue")
  await binh.presses(binh.page.getByRole("link", { name: story.code }))
  await binh.press(binh.say("Nhận hồ sơ này", "Claim this case"))
  await binh.inspect("desk-case")
  await binh.page.locator("details summary", { hasText: binh.say("Nội dung cần bổ sung", "What is to be completed") }).click()
  await binh.page.locator('[name=item][value="child.homeTown"]').check()
  const ask = binh.say("Gửi yêu cầu bổ sung", "Send the request")
  assert.equal(await binh.press(ask), 422, "not without a reason")
  assert.ok(await binh.page.locator('[name=item][value="child.homeTown"]').isChecked(), "the choice is kept")
  await binh.inspect("desk-case-errors")
  await binh.type("reason.child.homeTown", REASON)
  assert.equal(await binh.press(ask), 200)
  await binh.leave()
}

/** Lan reads what is missing and answers; an empty answer is refused. */
export async function answerSupplement({ lan, caseId }: Story): Promise<void> {
  await lan.go(`/my/cases/${caseId}`)
  assert.ok((await lan.text()).includes(REASON))
  await lan.inspect("case-supplement")
  await lan.follow(lan.say("Bổ sung ngay", "Answer now"))
  const send = lan.say("Gửi bổ sung", "Send")
  assert.equal(await lan.press(send), 422)
  await expectMistake(lan, "child.homeTown")
  await lan.inspect("supplement-errors", { narrow: true })
  await lan.type("child.homeTown", HOME_TOWN)
  await switchedThere(lan, { "child.homeTown": HOME_TOWN })
  await lan.press(send)
  assert.equal(lan.path, `/my/cases/${caseId}`)
  assert.equal(await lan.go(`/my/cases/${caseId}/supplement`), 409, "answered once")
  await lan.inspect("supplement-not-open")
}

/** An official claims the case and answers the open step, with every check ticked. */
export async function decide(story: Story, login: string, outcome: string): Promise<void> {
  const officer = await Visitor.arrive(story.stage, { ...story.look, width: DESK_WIDTH })
  await officer.signIn(login, `/desk/cases/${story.caseId}`)
  await officer.press(officer.say("Nhận hồ sơ này", "Claim this case"))
  const checks = officer.page.locator("input[name=check]")
  const button = officer.page.locator(`button[name=outcome][value=${outcome}]`)
  if ((await checks.count()) > 0) {
    assert.equal(await officer.presses(button), 422, "not without checking")
    await officer.inspect(`desk-${login}-unchecked`)
  }
  for (const box of await checks.all()) await box.check()
  await officer.inspect(`desk-${login}`)
  assert.equal(await officer.presses(button), 200)
  assert.equal(await button.count(), 0, "the step is done")
  await officer.leave()
}

/** Cường examined the case: nothing in it is his to sign. */
export async function examinerCannotSign(story: Story): Promise<void> {
  const cuong = await Visitor.arrive(story.stage, { ...story.look, width: DESK_WIDTH })
  await cuong.signIn("cuong", `/desk/cases/${story.caseId}`)
  assert.equal(await cuong.page.locator("button[name=outcome]").count(), 0)
  await cuong.inspect("desk-examined")
  await cuong.leave()
}

/** The child has a number, and the signed certificate is there to download. */
export async function resultIsThere(story: Story): Promise<void> {
  const { lan, caseId } = story
  const link = lan.page.getByRole("link", { name: lan.say("Tải Giấy khai sinh", "Download: Birth certificate") })
  for (const until = Date.now() + WAIT_MAX_MS; Date.now() < until; await lan.page.waitForTimeout(250)) {
    await lan.go(`/my/cases/${caseId}`)
    if ((await link.count()) > 0) break
  }
  assert.match(await lan.text(), /\b9\d{11}\b/, "the child has a number")
  await lan.inspect("case-result", { narrow: true })
  const [download] = await Promise.all([lan.page.waitForEvent("download"), link.click()])
  story.certificate = readFileSync((await download.path())!)
  assert.equal(story.certificate.subarray(0, 5).toString(), "%PDF-")
  assert.match(download.suggestedFilename(), /\.pdf$/)
  const line = await lan.page.locator("li", { has: link }).innerText()
  story.verifyCode = /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/.exec(line)![0]
}

/** Anyone verifies the certificate: by its file, by its code, and with one byte changed. */
export async function certificateVerifies({ stage, look, certificate, verifyCode }: Story): Promise<void> {
  const anyone = await Visitor.arrive(stage, look)
  await anyone.go("/verify")
  await anyone.inspect("verify", { narrow: true })
  await anyone.press(anyone.say("Kiểm tra", "Verify"))
  await expectMistake(anyone, "code")
  await anyone.inspect("verify-errors")
  const verdict = async (bytes: Buffer) => {
    await anyone.go("/verify")
    await anyone.page.locator("#paper").setInputFiles({ name: "giấy khai sinh.pdf", mimeType: "application/pdf", buffer: bytes })
    await anyone.press(anyone.say("Gửi tệp và kiểm tra", "Send the file and verify"))
    return anyone.heading()
  }
  const genuine = anyone.say("Giấy tờ thật", "The paper is genuine")
  assert.equal(await verdict(certificate), genuine)
  await anyone.inspect("verify-genuine")
  const altered = Buffer.from(certificate)
  altered[Math.floor(altered.length / 3)]! ^= 1
  assert.equal(await verdict(altered), anyone.say("Giấy tờ đã bị sửa", "The paper was altered"))
  await anyone.inspect("verify-altered")
  await anyone.go("/verify")
  await anyone.type("code", verifyCode.toLowerCase())
  await anyone.press(anyone.say("Kiểm tra", "Verify"))
  assert.equal(await anyone.heading(), genuine)
  await anyone.inspect("verify-code")
  await anyone.leave()
}

/** Lan's inbox and the list of her cases tell of it. */
export async function inboxTells({ lan, code }: Story): Promise<void> {
  await lan.go("/my/inbox")
  assert.ok((await lan.text()).split(code).length > 3, "three messages or more")
  await lan.inspect("inbox", { narrow: true })
  await lan.go("/my/cases")
  assert.equal((await lan.text()).split(code).length, 2, "the case stands once in the list")
  await lan.inspect("my-cases", { narrow: true })
}

/** Lan sees who has looked at her data today. */
export async function looksAreSeen({ lan }: Story): Promise<void> {
  await lan.go("/my/data")
  const text = await lan.text()
  for (const name of ["Bình", "Cường", "Sơn"]) assert.ok(text.includes(name), name)
  await lan.inspect("my-data", { narrow: true })
}
