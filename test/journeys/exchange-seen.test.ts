// What is seen of the exchange in a real browser: Kỳ tries a service and looks at the map, An audits; on a phone and on a large screen.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { request } from "#exchange"
import { OFFICES, type Overseers, OWN, openOverseers } from "../federation/overseers.ts"
import { openStageOver, type Stage } from "./stage.ts"
import { type Look, Visitor } from "./visitor.ts"

let sites: Overseers
let stage: Stage

before(async () => {
  sites = await openOverseers()
  const { ward } = sites
  stage = await openStageOver(ward)
  const lan = await sites.person("lan")
  const asked = { requester: "ba-dinh", number: sites.numberOf("lan"), today: sites.today, purpose: "birth-registration" }
  for (const service of ["population/person.read", "civil-status/marriage.read"])
    await ward.tx(lan, (tx) => request(tx, { ...asked, service }))
})
after(async () => {
  await stage?.close()
  await sites?.close()
})

const looks: readonly Look[] = [
  { lang: "vi", width: 390, scripts: false },
  { lang: "en", width: 1280, scripts: false },
]

for (const look of looks)
  test(`Kỳ tries a service, sees the failure on the map, and how it is proved: ${look.lang}, ${look.width} px`, async () => {
    const ky = await Visitor.arrive(stage, look)
    await ky.signIn("ky", `/desk/exchange/service?id=${encodeURIComponent(OFFICES)}`)
    await ky.inspect("exchange-service")
    await ky.follow(ky.say("Xem mô tả OpenAPI", "See its OpenAPI description"))
    assert.match(await ky.text("table"), /Trụ sở của một phường/)
    await ky.inspect("exchange-description")
    await ky.page.goBack()
    await ky.follow(ky.say("Gọi thử dịch vụ này", "Try this service"))
    await ky.page.selectOption("[name=consumer]", OWN)
    await ky.page.selectOption("[name=purpose]", "birth-registration")
    await ky.page.selectOption("[name=method]", "DELETE")
    await ky.type("path", "/none")
    assert.equal(await ky.press(ky.say("Gửi lời gọi thử", "Send the trial")), 422)
    await ky.inspect("exchange-try-refused")
    await ky.page.selectOption("[name=method]", "GET")
    assert.equal(await ky.press(ky.say("Gửi lời gọi thử", "Send the trial")), 200)
    assert.match(await ky.text(), /404/)
    await ky.inspect("exchange-try")
    await ky.follow(ky.say("Xem bằng chứng của lượt này", "See the evidence of this exchange"))
    await ky.inspect("exchange-message-operator")
    await ky.go("/desk/exchange?span=5m")
    assert.match(await ky.text("svg.talks"), ky.look.lang === "vi" ? /⚠ \d lỗi/ : /⚠ \d failed/)
    assert.match(await ky.text("#talks-table"), ky.look.lang === "vi" ? /Dịch vụ trả mã 404/ : /The service answered 404/)
    await ky.inspect("exchange-map", { narrow: true })
    for (const page of ["figures", "services", "records"]) {
      assert.equal(await ky.go(`/desk/exchange/${page}`), 200)
      await ky.inspect(`exchange-${page}`)
    }
    await ky.leave()
  })

for (const look of looks)
  test(`An finds an exchange in the log and takes its evidence away: ${look.lang}, ${look.width} px`, async () => {
    const an = await Visitor.arrive(stage, look)
    await an.signIn("an", "/desk/exchange/log")
    await an.inspect("exchange-log")
    await an.page.selectOption("[name=register]", "population")
    await an.press(an.say("Lọc", "Filter"))
    await an.presses(an.page.locator("main tbody a").first())
    assert.match(await an.text(), an.look.lang === "vi" ? /Chứng minh được/ : /Proved: both halves/)
    await an.inspect("exchange-message")
    const coming = an.page.waitForEvent("download")
    await an.page.getByRole("button", { name: an.say("Tải tệp bằng chứng", "Export bundle") }).click()
    assert.match((await coming).suggestedFilename(), /^exchange-[0-9a-f-]{36}\.json$/)
    await an.go("/desk/exchange/log/person")
    await an.type("number", sites.numberOf("lan"))
    assert.equal(await an.press(an.say("Tra cứu", "Search")), 422)
    await an.inspect("exchange-person-errors")
    await an.page.selectOption("[name=reason]", "complaint")
    await an.type("reference", "12/KN-UBND")
    assert.equal(await an.press(an.say("Tra cứu", "Search")), 200)
    await an.inspect("exchange-person")
    await an.leave()
  })
