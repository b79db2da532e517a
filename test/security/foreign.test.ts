// Another's things by their ids, with one's own actor: every deed answers as if there were nothing.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import {
  answerSupplement,
  claimTask,
  completeTask,
  findAgencyCases,
  getDraft,
  getMyCase,
  getMyTask,
  getOpenCase,
  listMyCases,
  listQueue,
  openDeskCase,
  openDraft,
  releaseTask,
  savePage,
  submitDraft,
} from "#cases"
import {
  listCaseDocuments,
  listCaseUploads,
  listDocuments,
  listUploads,
  openDocument,
  openUpload,
  removeUpload,
  revokeDocument,
} from "#documents"
import { enterRecord, entryForm, listLookups } from "#exchange"
import { accountNumberOf, listDelegations } from "#identity"
import { listInbox, markRead } from "#notices"
import type { Actor, Tx } from "#platform/db"
import { type Actors, BIRTH, openStory, type Story, TODAY } from "./story.ts"

let story: Story
let lanPaper: string
let lanMessage: string
before(async () => {
  story = await openStory()
  const { lan } = story.actors
  lanPaper = (await story.cast.tx(lan, (tx) => listDocuments(tx, lan.subject)))[0]!.id
  lanMessage = (await story.cast.tx(lan, (tx) => listInbox(tx)))[0]!.id
})
after(() => story?.cast.close())

const day = [new Date("2026-03-08T17:00:00Z"), new Date("2026-03-09T17:00:00Z")] as const

/** Everything that could be done to Lan's things by their ids. */
const deeds: Record<string, (tx: Tx) => Promise<unknown>> = {
  "open her case as one's own": (tx) => getMyCase(tx, story.lanCase),
  "load her case": (tx) => getOpenCase(tx, story.lanCase),
  "answer her supplement": (tx) => answerSupplement(tx, story.lanCase, { "child.homeTown": "x" }, "vi"),
  "open her case at the desk": (tx) => openDeskCase(tx, story.lanCase),
  "see its task": (tx) => getMyTask(tx, story.lanCase),
  "claim its task": (tx) => claimTask(tx, story.lanCase),
  "put its task back": (tx) => releaseTask(tx, story.lanCase),
  "complete its task": (tx) => completeTask(tx, { caseId: story.lanCase, outcome: "accept", revision: 1 }),
  "open her draft": (tx) => getDraft(tx, story.lanDraft, "vi"),
  "write into her draft": (tx) => savePage(tx, story.lanDraft, "declare", { truth: "yes" }, "vi"),
  "submit her draft": (tx) => submitDraft(tx, story.lanDraft, "vi"),
  "open her paper": (tx) => openDocument(tx, lanPaper),
  "take her paper back": (tx) => revokeDocument(tx, lanPaper, "x"),
  "open her file": (tx) => openUpload(tx, story.lanUpload),
  "take her file away": (tx) => removeUpload(tx, story.lanUpload),
  "mark her message as read": (tx) => markRead(tx, lanMessage),
  "learn her number": (tx) => accountNumberOf(tx, story.actors.lan.accountId),
}

/** How each is refused: as if the thing were not there, or because nobody of that kind has such things. */
const REFUSED = ["not-found", "case-not-found", "draft-not-found", "task-not-found", "not-allowed", "not-signed-in"]
const strangers = ["public", "hoa", "mai", "my", "ky", "kim", "luong"] as const satisfies (keyof Actors)[]

for (const who of strangers)
  test(`${who} can do nothing to Lan's things`, async () => {
    for (const [what, deed] of Object.entries(deeds)) {
      const code = await story.cast.tx(story.actors[who], deed).then(
        () => "done",
        (error: { code?: string }) => error.code ?? String(error),
      )
      assert.ok(REFUSED.includes(code), `${who} could ${what}: ${code}`)
    }
  })

test("the deeds are real: Lan and her commune can do what strangers can't", async () => {
  const { lan, binh } = story.actors
  for (const what of [
    "open her case as one's own",
    "open her draft",
    "open her paper",
    "open her file",
    "mark her message as read",
    "learn her number",
  ])
    await story.cast.tx(lan, deeds[what]!)
  await story.cast.tx(binh, deeds["open her case at the desk"]!)
})

test("lists about Lan are empty for strangers", async () => {
  const { lan } = story.actors
  for (const who of strangers) {
    const actor: Actor = story.actors[who]
    const lists = await story.cast.tx(actor, async (tx) => [
      await listDocuments(tx, lan.subject),
      await listCaseDocuments(tx, story.lanCase),
      await listUploads(tx, story.lanDraft),
      await listCaseUploads(tx, story.lanCase),
    ])
    assert.deepEqual(lists, [[], [], [], []], who)
  }
  for (const who of ["public", "hoa", "mai", "my", "ky", "kim"] as const)
    assert.deepEqual(await story.cast.tx(story.actors[who], (tx) => listLookups(tx, lan.subject, ...day)), [], who)
})

test("Mai sees her own cases alone, and Cầu Giấy's desk none of Ba Đình's", async () => {
  const { mai, my } = story.actors
  assert.deepEqual(await story.cast.tx(mai, (tx) => listMyCases(tx)), [])
  assert.deepEqual(await story.cast.tx(my, (tx) => listQueue(tx)), [])
  assert.deepEqual(await story.cast.tx(my, (tx) => findAgencyCases(tx, "")), [])
})

test("the technical administrator works in no agency: no queue, no search, no delegation, no register", async () => {
  const { ky } = story.actors
  const code = { code: "not-allowed" }
  await assert.rejects(async () => story.cast.tx(ky, async (tx) => listQueue(tx)), code)
  await assert.rejects(async () => story.cast.tx(ky, async (tx) => findAgencyCases(tx, "")), code)
  await assert.rejects(async () => story.cast.tx(ky, async (tx) => listDelegations(tx)), code)
  await assert.rejects(async () => story.cast.tx(ky, async (tx) => entryForm(tx, "health/birth-statement")), {
    code: "not-found",
  })
})

test("only who the pack names enters records by hand", async () => {
  for (const who of ["lan", "binh", "son", "ky", "luong"] as const)
    await assert.rejects(
      story.cast.tx(story.actors[who], (tx) =>
        enterRecord(tx, "health/birth-statement", {}, { lang: "vi", today: TODAY } as Parameters<typeof enterRecord>[3]),
      ),
      { code: "not-found" },
      who,
    )
  for (const type of ["population/person", "civil-status/birth", "civil-status/marriage", "business/household"])
    await assert.rejects(async () => story.cast.tx(story.actors.kim, async (tx) => entryForm(tx, type)), { code: "not-found" })
})

test("a man who types a woman's number into a birth form learns nothing from her birth statement", async () => {
  const quan = await story.cast.person("quan")
  const { id } = await story.cast.tx(quan, (tx) => openDraft(tx, BIRTH, "vi"))
  await story.cast.tx(quan, (tx) => savePage(tx, id, "parents", { "mother.number": story.numberOf("thuy") }, "vi"))
  const { draft } = await story.cast.tx(quan, (tx) => getDraft(tx, id, "vi"))
  assert.equal(draft.fetched.statement ?? null, null)
  assert.ok(!Object.keys(draft.values).some((field) => draft.values[field]?.state === "verified" && field.startsWith("birth.")))
})
