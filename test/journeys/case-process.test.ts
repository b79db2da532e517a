// The process of a case on its page: to Lan at each turn of her case, and to the officials who work on it; without scripts.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { answerSupplement } from "#cases"
import { type Acts, acts, BIRTH_CHECKS, type Person, son } from "../acts.ts"
import { type Cast, openCast } from "../cast.ts"
import { openStageOver, type Stage } from "./stage.ts"
import { type Look, Visitor } from "./visitor.ts"

const MINUTES = 60_000

let cast: Cast
let act: Acts
let lan: Person
let stage: Stage
before(async () => {
  cast = await openCast()
  act = acts(cast)
  lan = await cast.person("lan")
  stage = await openStageOver(cast)
})
after(async () => {
  await stage?.close()
  await cast?.close()
})

/** Where the drawing says that the case stands, and what it ticks off. */
async function drawn(visitor: Visitor): Promise<{ at: string[]; ticked: string[] }> {
  const ids = (which: string) =>
    visitor.page.locator(`svg.mp ${which}`).evaluateAll((all) => all.map((g) => g.getAttribute("data-node")!))
  return { at: await ids("[aria-current=step]:has(.p)"), ticked: await ids(".passed:has(.i)") }
}

const looks: readonly Look[] = [
  { lang: "vi", width: 390, scripts: false },
  { lang: "en", width: 1_280, scripts: false },
]

for (const [i, look] of looks.entries())
  test(`a case shows where it stands in its process and why, to its applicant and at the desk: ${look.lang}, ${look.width} px`, async () => {
    const narrow = { narrow: look.width === 390 }
    const { id } = await act.file(lan, { ...son, "child.givenName": `Đường${"ab"[i]}` })
    const visitor = await Visitor.arrive(stage, look)
    const steps = visitor.page.locator("ol.line").first()
    const now = steps.locator("[aria-current=step]")
    await visitor.signIn("lan", `/my/cases/${id}`)
    assert.match(
      await visitor.text(now),
      look.lang === "vi" ? /^Tiếp nhận.*Chờ người nhận việc từ/ : /^Receive.*Waits to be taken up/,
    )

    await act.complete(await cast.official("binh"), id, "accept")
    cast.clock.move(24 * MINUTES)
    const cuong = await cast.official("cuong")
    await act.complete(cuong, id, "supplement", { items: [{ field: "child.homeTown", reason: "Chưa ghi quê quán" }] })
    await visitor.go(`/my/cases/${id}`)
    assert.match(
      await visitor.text(now),
      look.lang === "vi" ? /Chờ bạn bổ sung từ 10:\d\d, 09\/03\/2026/ : /Waits for your supplement since 10:\d\d, 09\/03\/2026/,
    )
    assert.doesNotMatch(await visitor.text(steps), /Cường|Bình/, "positions, not persons")
    await visitor.inspect("case-steps", narrow)
    await visitor.follow(visitor.say("Sơ đồ quy trình", "Diagram of the process"))
    assert.deepEqual(await drawn(visitor), { at: ["wait-citizen"], ticked: ["receive"] })
    await visitor.inspect("case-process", narrow)
    await visitor.page.getByRole("link", { name: visitor.say("Đến nơi hồ sơ đang ở", "Go to where the case stands") }).click()
    const pin = await visitor.page.locator("#process-at-0").boundingBox()
    assert.ok(pin && pin.x >= 0 && pin.x + pin.width <= look.width, "the link brings the place into view")

    await cast.tx(lan, (tx) => answerSupplement(tx, id, { "child.homeTown": "Ninh Bình" }, "vi"))
    await act.complete(cuong, id, "ok", { checks: BIRTH_CHECKS })
    const desk = await Visitor.arrive(stage, look)
    await desk.signIn("son", `/desk/cases/${id}`)
    assert.match(
      await desk.text(desk.page.locator("ol.line").first()),
      look.lang === "vi" ? /Định mức 3 giờ làm việc, thực tế 0,4 giờ/ : /Norm 3 h of working time, taken 0\.4 h/,
    )
    await desk.page.locator("summary", { hasText: desk.say("Sơ đồ quy trình", "Diagram of the process") }).click()
    assert.deepEqual((await drawn(desk)).at, ["sign"])
    await desk.inspect("desk-case-process", narrow)
    await desk.leave()

    await act.complete(await cast.official("son"), id, "signed")
    await cast.work()
    await visitor.go(`/my/cases/${id}`)
    assert.match(await visitor.text(steps), look.lang === "vi" ? /Kết thúc: đã trả kết quả/ : /Ended: result returned/)
    await visitor.follow(visitor.say("Sơ đồ quy trình", "Diagram of the process"))
    assert.deepEqual((await drawn(visitor)).at, ["end_event_"])
    await visitor.inspect("case-process-ended", narrow)
    await visitor.leave()
  })
