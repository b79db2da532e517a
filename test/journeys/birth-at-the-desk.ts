// The chapters of the birth told at the desks: the hospital, the one-stop window, the examiner, the chairperson, and a stranger.
import assert from "node:assert/strict"
import type { Story } from "./birth.ts"
import { REASON } from "./birth-words.ts"
import { expectMistakes } from "./mistakes.ts"
import { Visitor } from "./visitor.ts"

const DESK_WIDTH = 1_280

const daysAgo = (days: number) => new Date(Date.now() + 7 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10)

/** Lụa at the hospital's desk enters the birth statement; a first attempt without the mother's number is refused. */
export async function recordBirth({ stage, look }: Story): Promise<void> {
  const lua = await Visitor.arrive(stage, { ...look, width: DESK_WIDTH })
  await lua.signIn("lua", "/desk/registers/health%2Fbirth-statement")
  await lua.inspect("desk-register")
  const typed = { statementNumber: "HS-000777", motherName: "Nguyễn Ngọc Lan", time: "00:10", weightGrams: "3100" }
  for (const [name, text] of Object.entries(typed)) await lua.type(name, text)
  await lua.type("place", "Bệnh viện Phụ sản Hoa Sen thành phố Hà Nội")
  const [year, month, day] = daysAgo(0)
    .split("-")
    .map((part) => String(Number(part))) as [string, string, string]
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
  assert.equal(await lua.text("h1"), lua.say("Đã ghi", "Entered"))
  await lua.leave()
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
  await expectMistakes(binh, "why-child.homeTown")
  assert.ok(await binh.page.locator('[name=item][value="child.homeTown"]').isChecked(), "the choice is kept")
  await binh.inspect("desk-case-errors")
  await binh.type("reason.child.homeTown", REASON)
  assert.equal(await binh.press(ask), 200)
  await binh.leave()
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
    await expectMistakes(officer, `check-${await checks.first().getAttribute("value")}`)
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
