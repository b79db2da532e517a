// The main job on a phone of 390 px without scripts, in Vietnamese.
import { after, before, describe, test } from "node:test"
import * as birth from "./birth.ts"
import { openStage, type Stage } from "./stage.ts"

let stage: Stage
let story: birth.Story

before(async () => {
  stage = await openStage()
  story = await birth.beginStory(stage, { lang: "vi", width: 390, scripts: false })
})
after(() => stage?.close())

describe("a birth is registered from a phone, with scripts off", () => {
  test("Lụa enters the birth statement at the hospital", () => birth.recordBirth(story))
  test("Lan finds the service and starts", () => birth.findAndStart(story))
  test("Lan sees what the registers know, with its source", () => birth.readKnown(story))
  test("Lan names her child, changes the language midway, and loses nothing", () => birth.nameChild(story))
  test("Lan checks and submits", () => birth.checkAndSubmit(story))
  test("Mỹ of another commune can't open the case", () => birth.strangerKeptOut(story))
  test("Bình asks for what is missing", () => birth.askSupplement(story))
  test("Lan answers the supplement", () => birth.answerSupplement(story))
  test("Bình accepts the case", () => birth.decide(story, "binh", "accept"))
  test("Cường examines it", () => birth.decide(story, "cuong", "ok"))
  test("Cường can't also sign it", () => birth.examinerCannotSign(story))
  test("Sơn signs", () => birth.decide(story, "son", "signed"))
  test("Lan has the signed certificate", () => birth.resultIsThere(story))
  test("anyone verifies the certificate", () => birth.certificateVerifies(story))
  test("Lan has messages", () => birth.inboxTells(story))
  test("Lan sees who has looked at her data", () => birth.looksAreSeen(story))
  test("Lan's visit asked nothing of any other origin", () => story.lan.leave())
})
