// The main job in a browser, chapter by chapter: a birth is recorded, registered, examined, signed, and its certificate verified.
import { after, before, describe, type TestContext, test } from "node:test"
import * as home from "./birth-at-home.ts"
import * as desk from "./birth-at-the-desk.ts"
import { openStage, type Stage } from "./stage.ts"
import { type Look, Visitor } from "./visitor.ts"

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

const chapters: readonly [name: string, tell: (story: Story) => Promise<void>][] = [
  ["Lụa enters the birth statement at the hospital", desk.recordBirth],
  ["Lan finds the service and starts", home.findAndStart],
  ["Lan sees what the registers know, with its source", home.readKnown],
  ["Lan names her child, changes the language midway, and loses nothing", home.nameChild],
  ["Lan checks and submits", home.checkAndSubmit],
  ["Mỹ of another commune can't open the case", desk.strangerKeptOut],
  ["Bình asks for what is missing", desk.askSupplement],
  ["Lan answers the supplement", home.answerSupplement],
  ["Bình accepts the case", (story) => desk.decide(story, "binh", "accept")],
  ["Cường examines it", (story) => desk.decide(story, "cuong", "ok")],
  ["Cường can't also sign it", desk.examinerCannotSign],
  ["Sơn signs", (story) => desk.decide(story, "son", "signed")],
  ["Lan has the signed certificate", home.resultIsThere],
  ["anyone verifies the certificate", home.certificateVerifies],
  ["Lan has messages", home.inboxTells],
  ["Lan sees who has looked at her data", home.looksAreSeen],
  ["Lan's visit asked nothing of any other origin", (story) => story.lan.leave()],
]

/** Registers the story as tests; after a chapter that failed the rest is not told. */
export function tellBirth(title: string, look: Look): void {
  let story: Story
  let isBroken = false
  const chapter = async (t: TestContext, tell: (story: Story) => Promise<void>) => {
    if (isBroken) return t.skip("a chapter before failed")
    isBroken = true
    await tell(story)
    isBroken = false
  }
  describe(title, () => {
    before(async () => {
      const stage = await openStage()
      const lan = await Visitor.arrive(stage, look)
      story = { stage, look, lan, given: "Thảo Nguyên", caseId: "", code: "", verifyCode: "", certificate: Buffer.alloc(0) }
    })
    after(() => story?.stage.close())
    for (const [name, tell] of chapters) test(name, (t) => chapter(t, tell))
  })
}
