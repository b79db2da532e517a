// Ngân looks for a service, writes a version of it and proposes it, and Huệ publishes it: in a real browser, without scripts.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { openStage, type Stage } from "./stage.ts"
import { type Look, Visitor } from "./visitor.ts"

const ONE = "/desk/definitions/1.001193"

let stage: Stage
before(async () => {
  stage = await openStage()
})
after(() => stage?.close())

const looks: readonly Look[] = [
  { lang: "vi", width: 390, scripts: false },
  { lang: "en", width: 1_280, scripts: false },
]

for (const look of looks)
  test(`a version is found, written, mended where the faults are, proposed and published: ${look.lang}, ${look.width} px`, async () => {
    const ngan = await Visitor.arrive(stage, look)
    await ngan.signIn("ngan", "/desk/definitions?page=2")
    await ngan.inspect("definitions")
    await ngan.type("words", "khai sinh")
    await ngan.press(ngan.say("Lọc", "Filter"))
    await ngan.presses(ngan.page.locator("main tbody a").first())
    assert.equal(ngan.path, ONE)
    await ngan.inspect("definition")
    await ngan.type("why", "Nghị định mới")
    await ngan.presses(ngan.page.locator("button[value=begin]"))
    const draft = ngan.path
    const file = ngan.page.locator("#file-process")
    await ngan.page.locator("summary", { hasText: "process.yaml" }).click()
    const text = await file.inputValue()
    await file.fill(text.replace("hours: 3", "hours: 30"))
    await ngan.type("why", "giờ mới")
    await ngan.presses(ngan.page.locator("button[value=save]"))
    await ngan.inspect("definition-draft-faulty")
    const mended = text.replace("hours: 3", look.lang === "vi" ? "hours: 2" : "hours: 1")
    const choose = (words: string) =>
      ngan.page.setInputFiles("#choose-process", { name: "process.yaml", mimeType: "", buffer: Buffer.from(words) })
    await choose("")
    await ngan.type("why", "xong")
    assert.equal(await ngan.presses(ngan.page.locator("button[value=save]")), 422)
    await ngan.inspect("definition-draft-unread")
    await choose(mended)
    assert.equal(await ngan.presses(ngan.page.locator("button[value=save]")), 200)
    assert.equal(await file.inputValue(), mended)
    for (const [part, typed] of Object.entries({ day: "31", month: "2", year: "2027" }))
      await ngan.type(`validFrom.${part}`, typed)
    await ngan.type("legalBasis", "15/2026/NĐ-CP")
    assert.equal(await ngan.presses(ngan.page.locator("button[value=propose]")), 422)
    await ngan.inspect("definition-draft-errors")
    assert.equal(await ngan.page.locator('[name="validFrom.day"]').inputValue(), "31")
    await ngan.type("validFrom.day", "1")
    await ngan.presses(ngan.page.locator("button[value=propose]"))
    await ngan.go(`${draft}/preview`)
    await ngan.inspect("definition-preview")
    await ngan.leave()

    const hue = await Visitor.arrive(stage, look)
    await hue.signIn("hue", draft)
    await hue.inspect("definition-proposed")
    await hue.presses(hue.page.locator("button[value=publish]"))
    assert.equal(hue.path, ONE)
    await hue.page.locator("summary", { hasText: hue.say("Bãi bỏ thủ tục", "Retire the service") }).click()
    assert.equal(await hue.presses(hue.page.locator("button[value=retire]")), 422)
    await hue.inspect("definition-retire-errors")
    await hue.leave()
  })
