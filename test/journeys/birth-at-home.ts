// The chapters of the birth told at Lan's: finding, filling in, answering, the result, and anyone who verifies it.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import type { Story } from "./birth.ts"
import { BIRTH, HOME_TOWN, REASON } from "./birth-words.ts"
import { expectMistakes } from "./mistakes.ts"
import { Visitor } from "./visitor.ts"

const WAIT_MAX_MS = 30_000

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
  await expectMistakes(lan, "child.familyName")
  assert.equal(await lan.page.inputValue('[name="child.givenName"]'), given)
  await lan.inspect("draft-name-errors", { narrow: true })
  await lan.type("child.familyName", "Phạm")
  await saveAndContinue(lan)
  assert.match(lan.path, /\/declare$/)
  assert.equal(await saveAndContinue(lan), 422, "not without the declaration")
  await expectMistakes(lan, "truth")
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

/** Lan checks her answers and submits. */
export async function checkAndSubmit(story: Story): Promise<void> {
  const { lan, given } = story
  assert.match(lan.path, /\/check$/)
  assert.ok((await lan.text()).includes(given))
  await lan.inspect("draft-check", { narrow: true })
  await lan.press(lan.say("Nộp hồ sơ", "Submit"))
  assert.match(lan.path, /\/done$/)
  story.code = await lan.text("main .code")
  assert.match(story.code, /^[A-Z]\d{2}\.\d{3}-\d{6}-\d{4,}$/)
  await lan.inspect("draft-done", { narrow: true })
  await lan.follow(lan.say("Theo dõi hồ sơ", "Follow the case"))
  story.caseId = lan.path.split("/").at(-1)!
  await lan.inspect("case-new", { narrow: true })
}

/** Lan reads what is missing and answers; an empty answer is refused. */
export async function answerSupplement({ lan, caseId }: Story): Promise<void> {
  await lan.go(`/my/cases/${caseId}`)
  assert.ok((await lan.text()).includes(REASON))
  await lan.inspect("case-supplement")
  await lan.follow(lan.say("Bổ sung ngay", "Answer now"))
  const send = lan.say("Gửi bổ sung", "Send")
  assert.equal(await lan.press(send), 422)
  await expectMistakes(lan, "child.homeTown")
  await lan.inspect("supplement-errors", { narrow: true })
  await lan.type("child.homeTown", HOME_TOWN)
  await switchedThere(lan, { "child.homeTown": HOME_TOWN })
  await lan.press(send)
  assert.equal(lan.path, `/my/cases/${caseId}`)
  assert.equal(await lan.go(`/my/cases/${caseId}/supplement`), 409, "answered once")
  await lan.inspect("supplement-not-open")
}

/** The child has a number, and the signed certificate is there to download. */
export async function resultIsThere(story: Story): Promise<void> {
  const { lan, caseId } = story
  const link = lan.page.getByRole("link", { name: lan.say("Tải Giấy khai sinh", "Download: Birth certificate") })
  for (const until = Date.now() + WAIT_MAX_MS; Date.now() < until; await lan.page.waitForTimeout(250)) {
    await lan.go(`/my/cases/${caseId}`)
    if ((await link.count()) > 0) break
  }
  assert.match(await lan.text("main strong.num"), /^9\d{11}$/, "the child has a number")
  await lan.inspect("case-result", { narrow: true })
  const [download] = await Promise.all([lan.page.waitForEvent("download"), link.click()])
  story.certificate = readFileSync((await download.path())!)
  assert.equal(story.certificate.subarray(0, 5).toString(), "%PDF-")
  assert.match(download.suggestedFilename(), /\.pdf$/)
  const line = await lan.text(lan.page.locator("li", { has: link }))
  story.verifyCode = /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/.exec(line)![0]
}

/** Anyone verifies the certificate: by its file, by its code, and with one byte changed. */
export async function certificateVerifies({ stage, look, certificate, verifyCode }: Story): Promise<void> {
  const anyone = await Visitor.arrive(stage, look)
  await anyone.go("/verify")
  await anyone.inspect("verify", { narrow: true })
  await anyone.press(anyone.say("Kiểm tra", "Verify"))
  await expectMistakes(anyone, "code")
  await anyone.inspect("verify-errors")
  const verdict = async (bytes: Buffer) => {
    await anyone.go("/verify")
    await anyone.page.locator("#paper").setInputFiles({ name: "giấy khai sinh.pdf", mimeType: "application/pdf", buffer: bytes })
    await anyone.press(anyone.say("Gửi tệp và kiểm tra", "Send the file and verify"))
    return anyone.text("h1")
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
  assert.equal(await anyone.text("h1"), genuine)
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
