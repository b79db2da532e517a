// Lan says that a value is wrong; the keeper of the register decides at the desk; Lan reads what became of it. And what has stopped on its way.
import assert from "node:assert/strict"
import { randomUUID } from "node:crypto"
import { after, before, describe, test } from "node:test"
import { sql } from "#platform/db"
import { Caller } from "./caller.ts"
import { openDraftOf, submittedCaseOf } from "./draft-by-program.ts"
import { openStage, type Stage } from "./stage.ts"
import { type Look, Visitor } from "./visitor.ts"

let stage: Stage
before(async () => {
  stage = await openStage()
})
after(() => stage?.close())

const LOOKS: readonly Look[] = [
  { lang: "vi", width: 390, scripts: false },
  { lang: "en", width: 1280, scripts: true },
]
const FIELD = "mother.ethnicity"

/** Lan files a birth and says on the way that the register has her ethnicity wrong. */
async function file(name: string, claimed: string): Promise<string> {
  const lan = await Caller.as(stage, "lan")
  const draft = await openDraftOf(lan)
  const pages = [
    ["parents", { _do: `dispute:${FIELD}` }],
    ["parents", { [FIELD]: claimed }],
    ["birth", {}],
    ["name", { "child.familyName": "Phạm", "child.givenName": name, "child.nationality": "VN", "child.ethnicity": "kinh" }],
    ["declare", { truth: "yes" }],
  ] as const
  for (const [page, fields] of pages) {
    const path = `/drafts/${draft}/${page}`
    const asked = /name="_asked" value="([^"]*)"/.exec((await lan.ask(path)).body)?.[1] ?? ""
    const saved = await lan.post(path, { _asked: asked, ...fields })
    assert.ok([200, 303].includes(saved.status), `${page}: ${saved.status}`)
  }
  return submittedCaseOf(lan, draft)
}

async function seesProvenance(look: Look): Promise<void> {
  const lan = await Visitor.arrive(stage, look)
  await lan.signIn("lan", "/")
  const caller = await Caller.as(stage, "lan")
  const draft = await openDraftOf(caller)
  await lan.go(`/drafts/${draft}/parents`)
  const line = await lan.text(lan.page.locator(".source").first())
  assert.match(
    line,
    lan.look.lang === "vi"
      ? /^Từ Bộ .+, Cơ sở dữ liệu .+, hôm nay \d\d:\d\d, thông điệp [0-9a-f]{8}$/
      : /^From the Ministry of .+, .+, today at .+, message [0-9a-f]{8}$/,
  )
  await lan.inspect("draft-provenance")
  await lan.follow(lan.look.lang === "vi" ? /thông điệp/ : /message/)
  assert.match(lan.path, /^\/my\/data\?day=\d{4}-\d\d-\d\d&message=/)
  assert.equal(await lan.page.locator(".alert").count(), 0)
  await lan.go(`/my/data?message=${randomUUID()}`)
  assert.match(await lan.text(".alert"), lan.look.lang === "vi" ? /không phải về bạn/ : /not about you/)
  await lan.leave()
}

async function keeperDecides(look: Look): Promise<void> {
  const caseId = await file(look.lang === "vi" ? "Khôi" : "Khoa", "tay")
  const bach = await Visitor.arrive(stage, look)
  await bach.signIn("bach", "/desk/corrections")
  await bach.inspect("desk-corrections")
  await bach.follow(/Dân tộc|Ethnicity/)
  await bach.inspect("desk-correction")
  assert.equal(await bach.press(bach.say("Không đính chính", "Don't correct it")), 422)
  await bach.inspect("desk-correction-error")
  await bach.type("reason", bach.say("Chưa có giấy tờ chứng minh", "There is no paper that proves it"))
  await bach.press(bach.say("Không đính chính", "Don't correct it"))
  assert.match(bach.path, /^\/desk\/corrections\?done=1/)
  await bach.leave()

  const lan = await Visitor.arrive(stage, look)
  await lan.signIn("lan", "/my/inbox")
  for (let i = 0; i < 50 && !/không sửa|has not changed/.test(await lan.text()); i++) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    await lan.go("/my/inbox")
  }
  assert.match(await lan.text(), /không sửa|has not changed/)
  await lan.go("/my/data")
  assert.match(await lan.text("#corrections"), /Chưa có giấy tờ|no paper that proves/)
  await lan.inspect("my-data-corrections", { narrow: look.width === 390 })
  await lan.go(`/my/cases/${caseId}`)
  assert.match(await lan.text(), /giữ nguyên dữ liệu|keeps its value/)
  await lan.leave()
}

async function triesAgain(look: Look): Promise<void> {
  const id = randomUUID()
  const [{ case_id: caseId }] = (await stage.world.migrator.rows<{ case_id: string }>(
    sql`select id as case_id from cases.dossier order by submitted_at desc limit 1`,
  )) as [{ case_id: string }]
  const at = new Date(Date.now() - 8 * 86_400_000)
  await stage.world.migrator.run(sql`
    insert into exchange.parcel (sender, key, id, recipient, road, kind, lane, place, case_id, purpose, body, state, fault, tries, put_at,
      since_at, next_at, ended_at)
    values ('ba-dinh', ${id}, ${id}, 'justice', 'sent', 'write', ${id}, 0, ${caseId}, 'birth-registration',
      ${JSON.stringify({ service: "civil-status/birth.write" })}, 'stuck', 'silent', 900, ${at}, ${at}, ${at}, ${new Date()})`)
  const binh = await Visitor.arrive(stage, look)
  await binh.signIn("binh", "/desk")
  await binh.go(`/desk/cases/${caseId}`)
  assert.match(await binh.text(".alert"), /bảy ngày|seven days/)
  await binh.inspect("desk-case-stuck")
  await binh.go("/desk/deliveries")
  await binh.inspect("desk-deliveries")
  await binh.press(binh.say("Thử lại", "Try again"))
  assert.match(await binh.text(".alert"), /Đang thử lại|tried again/)
  await binh.leave()
}

for (const look of LOOKS)
  describe(`in ${look.lang}, ${look.width} px`, () => {
    test("a value says who told it, when, and with which message, which leads to the lookups", () => seesProvenance(look))
    test("the keeper refuses without a reason, and is told; with one it is decided; Lan reads it", () => keeperDecides(look))
    test("what has stopped on its way to another agency is told in plain words, and tried again", () => triesAgain(look))
  })
