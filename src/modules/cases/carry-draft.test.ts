// Drafts and versions that come and go: what was begun is filed as it was begun, until that version may be filed no more.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import {
  beginDraft,
  changeWords,
  getCheckedDraft,
  getService,
  proposeDraft,
  proposeRetirement,
  publishDraft,
  saveDraft,
} from "#catalogue"
import type { Actor } from "#platform/db"
import { acts, BIRTH, code, type Person, son } from "../../../test/acts.ts"
import { type Cast, openCast } from "../../../test/cast.ts"
import { DECREE, publishSecond } from "../../../test/migrating.ts"
import { approveMigration, getDraft, proposeMigration, savePage, submitDraft } from "./index.ts"

let cast: Cast
let ngan: Actor
let hue: Actor
let lan: Person
let act: ReturnType<typeof acts>
let versions: { from: string; to: string }
const named = (name: string) => ({ ...son, "child.givenName": name })

before(async () => {
  cast = await openCast()
  ngan = await cast.official("ngan")
  hue = await cast.official("hue")
  lan = await cast.person("lan")
  act = acts(cast)
})
after(() => cast.close())

const opened = (who: Person, id: string) => cast.tx(who, (tx) => getDraft(tx, id, "vi"))
const submit = (who: Person, id: string) => cast.tx(who, (tx) => submitDraft(tx, id, "vi"))

test("a new version leaves what Lan has begun alone: it is filed on the version that she filled in", async () => {
  const begun = await act.start(lan)
  await act.fill(lan, begun, named("Trước"))
  versions = await publishSecond(cast, ngan, hue, BIRTH)
  assert.deepEqual((await opened(lan, begun)).changes, [])
  assert.equal((await act.submit(lan, begun)).definition, versions.from)
})

test("once a plan moves the cases of that version, drafts go along: nothing typed is lost, what differs is told, and she submits again", async () => {
  const begun = await act.start(lan)
  assert.equal((await opened(lan, begun)).draft.definition, versions.to)
  const third = await publishThird()
  await act.fill(lan, begun, named("Giữa"))
  await cast.tx(lan, (tx) => savePage(tx, begun, "name", { ...named("Giữa"), "child.familyName": "Lạc" }, "vi"))
  const wish = { service: BIRTH, ...third, steps: {}, recompute: false, legalBasis: DECREE, reason: "all by one text" }
  const plan = await cast.tx(ngan, (tx) => proposeMigration(tx, wish))
  assert.equal((await opened(lan, begun)).draft.definition, third.from, "a plan that nobody has approved moves nothing")
  await cast.tx(hue, (tx) => approveMigration(tx, plan))
  const first = await submit(lan, begun)
  assert.ok("errors" in first, "she hasn't seen what is otherwise")
  const after = await opened(lan, begun)
  assert.deepEqual([after.draft.definition, after.draft.carriedFrom], [third.to, third.from])
  assert.equal(after.draft.values["child.givenName"]?.value, "Giữa")
  assert.equal(after.draft.values["mother.fullName"]?.state, "verified")
  const says = (lang: string) => after.changes.map((change) => changeWords(change, lang))
  assert.deepEqual(says("vi"), ["Số phút để điền: 5 → 9"])
  assert.deepEqual(says("en"), ["Minutes to fill in: 5 → 9"])
  await act.fill(lan, begun, named("Giữa"))
  assert.equal((await act.submit(lan, begun)).definition, third.to)
})

test("when the service ends, nothing can be filed, and what was typed is still there", async () => {
  const begun = await act.start(lan)
  await act.fill(lan, begun, named("Sau"))
  const wish = { validFrom: "2026-03-09", legalBasis: DECREE, why: "merged" }
  const id = await cast.tx(ngan, (tx) => proposeRetirement(tx, BIRTH, wish))
  await cast.tx(hue, (tx) => publishDraft(tx, BIRTH, id, 1))
  await assert.rejects(submit(lan, begun), code("service-ended"))
  assert.equal((await opened(lan, begun)).draft.values["child.givenName"]?.value, "Sau")
})

/** A version in which the form takes longer; gives the hash before and after. */
async function publishThird() {
  const { hash: from } = await cast.tx(ngan, (tx) => getService(tx, BIRTH))
  const id = await cast.tx(ngan, (tx) => beginDraft(tx, BIRTH, "the decree"))
  const { draft } = await cast.tx(ngan, (tx) => getCheckedDraft(tx, BIRTH, id))
  const texts = { ...draft.texts, service: draft.texts.service!.replace("takesMinutes: 5", "takesMinutes: 9") }
  await cast.tx(ngan, (tx) => saveDraft(tx, BIRTH, id, { revision: 1, texts, why: "the decree" }))
  await cast.tx(ngan, (tx) => proposeDraft(tx, BIRTH, id, { validFrom: "2026-03-09", legalBasis: DECREE }))
  await cast.tx(hue, (tx) => publishDraft(tx, BIRTH, id, 2))
  return { from, to: (await cast.tx(ngan, (tx) => getService(tx, BIRTH))).hash }
}
