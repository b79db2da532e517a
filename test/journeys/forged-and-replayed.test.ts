// Requests that a browser of ours would not send: forged, stale, replayed, for another's things.
import assert from "node:assert/strict"
import { after, before, describe, test } from "node:test"
import { sql } from "#platform/db"
import { Caller } from "./caller.ts"
import { filledDraftOf, locationOf, openDraftOf, submittedCaseOf } from "./draft-by-program.ts"
import { openStage, type Stage } from "./stage.ts"

const NAME = "/drafts/ID/name"
const answers = { "child.familyName": "Phạm", "child.givenName": "An" }
let stage: Stage
let lan: Caller

before(async () => {
  stage = await openStage()
  lan = await Caller.as(stage, "lan")
})
after(() => stage?.close())

const countOf = async (table: "cases" | "drafts" | "uploads") => {
  const statements = {
    cases: sql`select count(*)::int as n from cases.dossier`,
    drafts: sql`select count(*)::int as n from cases.draft`,
    uploads: sql`select count(*)::int as n from documents.upload`,
  }
  return (await stage.world.migrator.rows<{ n: number }>(statements[table]))[0]!.n
}

const draftText = async (id: string) =>
  JSON.stringify(await stage.world.migrator.rows(sql`select form_values, typed, saved_at from cases.draft where id = ${id}`))

describe("a forged post is refused and changes nothing", () => {
  const forged: readonly [
    string,
    (token: string) => Promise<{ fields?: Record<string, string>; headers?: Record<string, string> }>,
  ][] = [
    ["without a token", async () => ({ fields: {} })],
    ["with a token of made-up letters", async () => ({ fields: { csrf: "x".repeat(86) } })],
    ["with Hoa's token", async () => ({ fields: { csrf: await (await Caller.as(stage, "hoa")).token("/services/1.001193") } })],
    ["with a visitor's token", async () => ({ fields: { csrf: await Caller.anyone(stage).token("/verify") } })],
    ["with a token cut short", async (token) => ({ fields: { csrf: token.slice(0, -2) } })],
    ["from another site, by Sec-Fetch-Site", async (csrf) => ({ fields: { csrf }, headers: { "sec-fetch-site": "cross-site" } })],
    ["from another site, by Origin", async (csrf) => ({ fields: { csrf }, headers: { origin: "https://evil.example" } })],
    ["from a sandbox, by Origin null", async (csrf) => ({ fields: { csrf }, headers: { origin: "null" } })],
  ]
  for (const [name, make] of forged)
    test(name, async () => {
      const draft = await openDraftOf(lan)
      const path = NAME.replace("ID", draft)
      const before = await draftText(draft)
      const { fields = {}, headers = {} } = await make(await lan.token(path))
      const answer = await lan.ask(path, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        body: new URLSearchParams({ ...answers, ...fields }).toString(),
      })
      assert.equal(answer.status, 403)
      assert.match(answer.body, /<html lang="vi">/)
      assert.equal(await draftText(draft), before)
    })

  test("with the token of a session that has ended", async () => {
    const hoa = await Caller.as(stage, "hoa")
    const draft = await openDraftOf(hoa)
    const path = NAME.replace("ID", draft)
    const csrf = await hoa.token(path)
    const session = hoa.cookies.get("session")!
    await hoa.post("/sign-out", {}, "/")
    hoa.cookies.set("session", session)
    const before = await draftText(draft)
    const answer = await hoa.post(path, { csrf, ...answers })
    assert.ok([303, 401, 403].includes(answer.status), String(answer.status))
    if (answer.status === 303) assert.match(locationOf(answer), /^\/sign-in\?/)
    assert.equal(await draftText(draft), before)
  })
})

describe("a submission that comes again makes no second case", () => {
  test("twice in a row", async () => {
    const draft = await filledDraftOf(lan)
    const before = await countOf("cases")
    const csrf = await lan.token(`/drafts/${draft}/check`)
    for (let times = 0; times < 2; times++) {
      const answer = await lan.post(`/drafts/${draft}/check`, { csrf })
      assert.deepEqual([answer.status, locationOf(answer)], [303, `/drafts/${draft}/done`])
    }
    assert.equal(await countOf("cases"), before + 1)
  })

  test("ten times at once", async () => {
    const draft = await filledDraftOf(lan, { "child.givenName": "Bách" })
    const before = await countOf("cases")
    const csrf = await lan.token(`/drafts/${draft}/check`)
    const all = await Promise.all(Array.from({ length: 10 }, () => lan.post(`/drafts/${draft}/check`, { csrf })))
    for (const answer of all) assert.deepEqual([answer.status, locationOf(answer)], [303, `/drafts/${draft}/done`])
    assert.equal(await countOf("cases"), before + 1)
  })

  test("a page of a draft that is submitted leads to its case and takes nothing more", async () => {
    const draft = await filledDraftOf(lan, { "child.givenName": "Chi" })
    const csrf = await lan.token(`/drafts/${draft}/name`)
    const theCase = await submittedCaseOf(lan, draft)
    const before = await draftText(draft)
    assert.equal(locationOf(await lan.ask(`/drafts/${draft}/name`)), `/my/cases/${theCase}`)
    assert.equal((await lan.post(`/drafts/${draft}/name`, { csrf, ...answers })).status, 409)
    assert.equal(await draftText(draft), before)
  })
})

describe("what is another's is not found", () => {
  let draft: string
  let theCase: string
  let paper: string
  before(async () => {
    draft = await openDraftOf(lan)
    theCase = await submittedCaseOf(lan, await filledDraftOf(lan, { "child.givenName": "Dương" }))
    paper = await paperOf(theCase)
  })

  test("for Hoa, who has an account of her own", async () => {
    const hoa = await Caller.as(stage, "hoa")
    const csrf = await hoa.token("/services/1.001193")
    const before = [await draftText(draft), await countOf("cases")]
    for (const path of [`/drafts/${draft}/name`, `/drafts/${draft}/check`, `/drafts/${draft}/done`, `/my/cases/${theCase}`])
      assert.equal((await hoa.ask(path)).status, 404, path)
    for (const path of [`/my/cases/${theCase}/supplement`, `/documents/${paper}`, `/uploads/${paper}`])
      assert.equal((await hoa.ask(path)).status, 404, path)
    for (const path of [`/drafts/${draft}/name`, `/drafts/${draft}/check`, `/my/cases/${theCase}/supplement`])
      assert.equal((await hoa.post(path, { csrf, ...answers })).status, 404, path)
    assert.equal((await hoa.ask(`/desk/cases/${theCase}`)).status, 403, "the desk is for officials")
    assert.deepEqual([await draftText(draft), await countOf("cases")], before)
  })

  test("for Mỹ, an officer of another commune", async () => {
    const my = await Caller.as(stage, "my", true)
    const csrf = await my.token("/desk")
    for (const path of [`/desk/cases/${theCase}`, `/documents/${paper}`]) assert.equal((await my.ask(path)).status, 404, path)
    for (const path of ["claim", "release", "step"])
      assert.equal(
        (await my.post(`/desk/cases/${theCase}/${path}`, { csrf, outcome: "accept", revision: "1" })).status,
        404,
        path,
      )
  })

  test("for nobody in particular it is asked who comes", async () => {
    const anyone = Caller.anyone(stage)
    for (const path of [
      `/drafts/${draft}/name`,
      `/my/cases/${theCase}`,
      `/documents/${paper}`,
      `/desk/cases/${theCase}`,
      "/my/data",
    ]) {
      const answer = await anyone.ask(path)
      assert.deepEqual([answer.status, locationOf(answer)], [303, `/sign-in?return=${encodeURIComponent(path)}`])
    }
  })

  test("ids that are none", async () => {
    const ids = [
      "1",
      "null",
      "..%2F..%2Fetc%2Fpasswd",
      "%00",
      "'--",
      "00000000-0000-0000-0000-000000000000",
      draft.toUpperCase(),
      "x".repeat(190),
    ]
    for (const id of ids)
      for (const path of [`/drafts/${id}/name`, `/my/cases/${id}`, `/documents/${id}`, `/uploads/${id}`]) {
        const { status } = await lan.ask(path)
        assert.ok(status === 404 || status === 400, `${path}: ${status}`)
      }
  })
})

async function paperOf(theCase: string): Promise<string> {
  for (let times = 0; times < 100; times++) {
    const found = /href="\/documents\/([0-9a-f-]{36})"/.exec((await lan.ask(`/my/cases/${theCase}`)).body)?.[1]
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error("no receipt came")
}
