// A certificate that rules prepare: Thủy is asked for the fee, another ward for its word, and everybody reads why; without scripts.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { recordPayment } from "#cases"
import { sql } from "#platform/db"
import { type Acts, acts, alone, MARITAL_STATUS, moved, type Person } from "../acts.ts"
import { type Cast, openCast } from "../cast.ts"
import { openStageOver, type Stage } from "./stage.ts"
import { type Look, Visitor } from "./visitor.ts"

const UNPROCESSABLE = 422

let cast: Cast
let act: Acts
let thuy: Person
let stage: Stage
before(async () => {
  cast = await openCast()
  act = acts(cast)
  thuy = await cast.person("thuy")
  stage = await openStageOver(cast)
})
after(async () => {
  await stage?.close()
  await cast?.close()
})

const looks: readonly Look[] = [
  { lang: "vi", width: 390, scripts: false },
  { lang: "en", width: 1_280, scripts: false },
]

/** Somebody at their desk; gone again when the deed is done. */
async function atDesk(look: Look, who: string, path: string, deed: (visitor: Visitor) => Promise<void>): Promise<void> {
  const visitor = await Visitor.arrive(stage, look)
  await visitor.signIn(who, path)
  await deed(visitor)
  await visitor.leave()
}

for (const look of looks) {
  const narrow = { narrow: look.width === 390 }

  test(`a fee is recorded, a ward answers, a leader and Thủy read why the table decided so: ${look.lang}, ${look.width} px`, async () => {
    const { id, code } = await act.file(thuy, moved, MARITAL_STATUS)
    await act.complete(await cast.official("giang"), id, "accept")
    const visitor = await Visitor.arrive(stage, look)
    await visitor.signIn("thuy", `/my/cases/${id}`)
    assert.match(await visitor.text(), look.lang === "vi" ? /Xin nộp 15\.000/ : /Please pay ₫15,000/)
    await visitor.inspect("case-pay", narrow)

    await atDesk(look, "giang", `/desk/cases/${id}`, async (desk) => {
      const record = desk.say("Ghi nhận đã nộp phí", "Record the payment")
      assert.equal(await desk.press(record), UNPROCESSABLE)
      await desk.inspect("desk-case-payment", narrow)
      await desk.type("reference", "BL-0042")
      await desk.press(record)
      assert.match(await desk.text(), /BL-0042/)
    })
    await cast.work()

    await visitor.go(`/my/cases/${id}`)
    assert.match(await visitor.text(), look.lang === "vi" ? /Chờ cơ quan khác trả lời/ : /Waits for another agency's answer/)
    await atDesk(look, "cuong", "/desk/consultations", async (desk) => {
      await desk.inspect("desk-consultations", narrow)
      await desk.follow(code)
      assert.doesNotMatch(await desk.text(), /Lý Thái Tổ/, "her present address is not shown")
      const no = desk.say("Không có đăng ký kết hôn tại địa phương", "No marriage was entered here")
      assert.equal(await desk.press(no), UNPROCESSABLE)
      await desk.inspect("desk-consultation", narrow)
      await desk.type("answer", "Sổ 2014–2020, không có tên")
      await desk.press(no)
      assert.match(await desk.text(), look.lang === "vi" ? /Câu trả lời đã được gửi/ : /The answer is sent/)
    })
    await cast.work()

    await atDesk(look, "tam", `/desk/cases/${id}`, async (desk) => {
      const told = await desk.text()
      assert.match(told, look.lang === "vi" ? /Phải xác minh ở nơi thường trú trước đây/ : /The former commune has to verify/)
      assert.match(
        told,
        look.lang === "vi" ? /Cơ sở dữ liệu hộ tịch điện tử, tại thời điểm/ : /Electronic civil-status register, as of/,
      )
      assert.match(told, /Sổ 2014–2020, không có tên/)
      await desk.inspect("desk-case-decided", narrow)
    })

    await visitor.go(`/my/cases/${id}`)
    const why = await visitor.text()
    assert.match(why, look.lang === "vi" ? /Vì sao được xét như vậy/ : /Why it was decided so/)
    assert.match(why, look.lang === "vi" ? /Căn cứ: 123\/2015\/NĐ-CP, Điều 22/ : /Law: 123\/2015\/NĐ-CP, article 22/)
    assert.doesNotMatch(why, /Sổ 2014–2020/, "the letter between agencies is theirs")
    await visitor.inspect("case-why", narrow)
    await visitor.leave()
  })

  test(`a step that the system can't do is on an officer's desk with the reason: ${look.lang}, ${look.width} px`, async () => {
    const { id } = await act.file(thuy, alone, MARITAL_STATUS)
    const giang = await cast.official("giang")
    await act.complete(giang, id, "accept")
    await cast.tx(giang, (tx) => recordPayment(tx, id, `BL-${look.lang}`))
    await cast.migrator.run(sql`update platform.job set attempts = 10 where kind = 'case-step' and state = 'waiting'`)
    await cast.work()
    await atDesk(look, "khoa", "/desk", async (desk) => {
      assert.match(await desk.text(), look.lang === "vi" ? /Cần bạn xử lý/ : /Needs you/)
      await desk.go(`/desk/cases/${id}`)
      await desk.press(desk.say("Nhận hồ sơ này", "Claim this case"))
      await desk.inspect("desk-case-stuck", narrow)
      await desk.press(desk.say("Cho hệ thống thử lại", "Have the system try again"))
    })
    await cast.work()
    assert.equal((await act.mine(thuy, id)).dossier.process.at, "sign")
  })
}
