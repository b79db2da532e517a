// What the pages of somebody signed in weigh on the wire: with an empty cache, and as the next page of a visit.
import assert from "node:assert/strict"
import { after, before, describe, test } from "node:test"
import { Caller } from "./caller.ts"
import { filledDraftOf, submittedCaseOf } from "./draft-by-program.ts"
import { openStage, type Stage } from "./stage.ts"
import { Visitor } from "./visitor.ts"

const FIRST_RESPONSE_MAX_BYTES = 14_336
const FIRST_VISIT_MAX_BYTES = 45_000
const FIRST_VISIT_MAX_REQUESTS = 6
const NEXT_PAGE_MAX_BYTES = 8_192

let stage: Stage
let session: string
const ids = { draft: "", case: "" }

before(async () => {
  stage = await openStage()
  const lan = await Caller.as(stage, "lan")
  ids.case = await submittedCaseOf(lan, await filledDraftOf(lan))
  ids.draft = await filledDraftOf(lan, { "child.givenName": "Bách" })
  session = lan.cookies.get("session")!
})
after(() => stage?.close())

interface Fetched {
  readonly url: string
  readonly bytes: number
}

/** Opens pages one after another as Lan, and gives what each fetched over the wire. */
async function weigh(...paths: readonly string[]): Promise<Fetched[][]> {
  const lan = await Visitor.arrive(stage, { lang: "vi", width: 390, scripts: true })
  await lan.context.addCookies([{ name: "session", value: session, url: stage.origin }])
  const wire = await lan.context.newCDPSession(lan.page)
  await wire.send("Network.enable")
  const urls = new Map<string, string>()
  let fetched: Fetched[] = []
  wire.on("Network.responseReceived", ({ requestId, response }) => void urls.set(requestId, response.url))
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const url = urls.get(requestId) ?? ""
    if (url.startsWith("http") && encodedDataLength > 0) fetched.push({ url, bytes: encodedDataLength })
  })
  const all: Fetched[][] = []
  for (const path of paths) {
    fetched = []
    all.push(fetched)
    await lan.page.goto(stage.origin + path, { waitUntil: "networkidle" })
  }
  await lan.leave()
  return all
}

const pages = {
  "the first page of a form": () => `/drafts/${ids.draft}/parents`,
  "a page with fields": () => `/drafts/${ids.draft}/name`,
  "the answers to check": () => `/drafts/${ids.draft}/check`,
  "one's cases": () => "/my/cases",
  "one case": () => `/my/cases/${ids.case}`,
  "the drawing of its process": () => `/my/cases/${ids.case}/process`,
  "the inbox": () => "/my/inbox",
  "who has looked": () => "/my/data",
  "verifying a paper": () => "/verify",
}

describe("the pages of somebody signed in are within their weights", () => {
  for (const [name, path] of Object.entries(pages))
    test(name, async () => {
      const [first, next] = await weigh(path(), path())
      const all = first!.reduce((sum, { bytes }) => sum + bytes, 0)
      assert.ok(first![0]!.bytes <= FIRST_RESPONSE_MAX_BYTES, `first response of ${first![0]!.bytes} B`)
      assert.ok(all <= FIRST_VISIT_MAX_BYTES, `first visit of ${all} B`)
      assert.ok(first!.length <= FIRST_VISIT_MAX_REQUESTS, `${first!.length} requests`)
      assert.equal(next!.length, 1, next!.map(({ url }) => url).join(" "))
      assert.ok(next![0]!.bytes <= NEXT_PAGE_MAX_BYTES, `next page of ${next![0]!.bytes} B`)
    })
})
