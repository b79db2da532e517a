// The main job as deeds: Lan registers the birth of her son, the commune handles it, the child has a number and a certificate.
import assert from "node:assert/strict"
import test, { after, before } from "node:test"
import { verifyBook } from "#audit"
import { listDocuments, openDocument, verifyDocument } from "#documents"
import { listLookups } from "#exchange"
import { listInbox } from "#notices"
import type { Actor, Tx } from "#platform/db"
import { type Cast, openCast, system } from "../../../test/cast.ts"
import {
  answerSupplement,
  claimTask,
  completeTask,
  getDraft,
  getMyCase,
  getOpenCase,
  listReadings,
  openDeskCase,
  openDraft,
  savePage,
  status,
  submitDraft,
} from "./index.ts"

let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast?.close())

const BIRTH = "1.001193"
const day = [new Date("2026-03-08T17:00:00Z"), new Date("2026-03-09T17:00:00Z")] as const
const code = (expected: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, expected)
  return true
}

/** Fills the pages of a draft as the story says, each with what its inputs need. */
async function fill(who: Actor, draftId: string, answers: Record<string, string>): Promise<void> {
  const { pages } = await cast.tx(who, (tx) => getDraft(tx, draftId, "vi"))
  for (const page of pages) {
    const saved = await cast.tx(who, (tx) => savePage(tx, draftId, page.id, answers, "vi"))
    assert.deepEqual(saved.errors, [], `page ${page.id}`)
  }
}

const child = {
  "child.familyName": "Phạm",
  "child.middleName": "Gia",
  "child.givenName": "Minh",
  "child.nationality": "VN",
  "child.ethnicity": "kinh",
  truth: "yes",
}

const file = async (who: Actor, answers = child) => {
  const draft = await cast.tx(who, (tx) => openDraft(tx, BIRTH, "vi"))
  await fill(who, draft.id, answers)
  const done = await cast.tx(who, (tx) => submitDraft(tx, draft.id, "vi"))
  assert.ok("dossier" in done, JSON.stringify(done))
  return { draft, dossier: done.dossier }
}

async function complete(who: Actor, caseId: string, outcome: string, more: Partial<Parameters<typeof completeTask>[1]> = {}) {
  await cast.tx(who, (tx) => claimTask(tx, caseId))
  const { dossier } = await cast.tx(who, (tx) => getOpenCase(tx, caseId))
  return cast.tx(who, (tx: Tx) => completeTask(tx, { caseId, outcome, revision: dossier.revision, ...more }))
}

test("Lan's registers answer for at least 70 % of the form, and none of that is asked", async () => {
  const lan = await cast.person("lan")
  const draft = await cast.tx(lan, (tx) => openDraft(tx, BIRTH, "vi"))
  const { service } = await cast.tx(lan, (tx) => getDraft(tx, draft.id, "vi"))
  const reached = Object.values(draft.values)
  const verified = reached.filter((v) => v.state === "verified")
  const fields = [...service.form.fields.values()].filter(
    (f) => f.type !== "computed" && f.type !== "declaration" && f.type !== "file" && f.id !== "father.declared",
  )
  assert.ok(verified.length / fields.length >= 0.7, `${verified.length} of ${fields.length}`)
  assert.ok(verified.every((v) => v.source?.message))
})

test("Lan registers the birth of her son, from draft to signed certificate", async () => {
  const lan = await cast.person("lan")
  const { draft, dossier } = await file(lan)
  assert.match(dossier.code, /^H26\.901-260309-\d{4}$/)
  assert.equal(dossier.agency, "ba-dinh")

  const again = await cast.tx(lan, (tx) => submitDraft(tx, draft.id, "vi"))
  assert.ok("dossier" in again && again.dossier.id === dossier.id, "a second submission gives the first answer")

  const binh = await cast.official("binh")
  const seen = await cast.tx(binh, (tx) => openDeskCase(tx, dossier.id))
  assert.equal(seen.dossier.status, status.filed)
  await assert.rejects(complete(binh, dossier.id, "supplement"), code("reason-missing"))
  const dueBefore = seen.dossier.dueAt
  await complete(binh, dossier.id, "supplement", { items: [{ field: "child.homeTown", reason: "Chưa ghi quê quán" }] })

  cast.clock.move(2 * 3_600_000)
  const asked = await cast.tx(lan, (tx) => getMyCase(tx, dossier.id))
  assert.equal(asked.dossier.status, status.supplement)
  const answered = await cast.tx(lan, (tx) => answerSupplement(tx, dossier.id, { "child.homeTown": "Ninh Bình" }, "vi"))
  assert.deepEqual(answered.errors, [])
  const back = await cast.tx(lan, (tx) => getMyCase(tx, dossier.id))
  assert.ok(back.dossier.dueAt.getTime() >= dueBefore.getTime(), "the clock stood still while Lan answered")

  const cuong = await cast.official("cuong")
  const son = await cast.official("son")
  await complete(binh, dossier.id, "accept")
  await complete(cuong, dossier.id, "ok", { checks: ["identity", "statement", "duplicates", "name"] })
  await complete(son, dossier.id, "signed")
  await cast.work()

  const end = await cast.tx(lan, (tx) => getMyCase(tx, dossier.id))
  assert.equal(end.dossier.status, status.returned)
  assert.match(end.dossier.facts.assigned?.number ?? "", /^9\d{11}$/)
  const papers = await cast.tx(lan, (tx) => listDocuments(tx, lan.subject))
  assert.deepEqual(papers.map((p) => p.kind).sort(), ["receipt", "result", "supplement-request"])
  const result = papers.find((p) => p.kind === "result")!
  const opened = await cast.tx(lan, (tx) => openDocument(tx, result.id))
  const chunks: Buffer[] = []
  for await (const chunk of opened.stream) chunks.push(chunk as Buffer)
  const verdict = await cast.tx({ kind: "public" }, (tx) => verifyDocument(tx, Buffer.concat(chunks)))
  assert.equal(verdict.standing, "genuine")

  const inbox = await cast.tx(lan, (tx) => listInbox(tx))
  assert.ok(inbox.length >= 3)
  const lookups = await cast.tx(lan, (tx) => listLookups(tx, lan.subject, ...day))
  assert.ok(lookups.some((l) => l.service === "population/person.read"))
  const readings = await cast.tx(lan, (tx) => listReadings(tx, ...day))
  assert.ok(readings.some((r) => r.reader.includes("Bình")))
  assert.deepEqual((await cast.tx(system, (tx) => verifyBook(tx))).broken, [])
})

test("an officer of another commune can't open Hoa's case", async () => {
  const hoa = await cast.person("hoa")
  const { dossier } = await file(hoa, { ...child, "child.familyName": "Trần", "child.givenName": "Anh" })
  const elsewhere = await cast.official("my")
  await assert.rejects(
    cast.tx(elsewhere, (tx) => openDeskCase(tx, dossier.id)),
    code("case-not-found"),
  )
  const stranger = await cast.person("mai")
  await assert.rejects(
    cast.tx(stranger, (tx) => getMyCase(tx, dossier.id)),
    code("case-not-found"),
  )
})
