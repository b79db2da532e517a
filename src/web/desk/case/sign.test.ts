// Signing at the desk asks for a fresh proof of who one is: Tâm, the chairperson of Hoàn Kiếm, has been signed in for a while.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { claimTask, completeTask, getOpenCase } from "#cases"
import { openStory, type Story } from "../../../../test/security/story.ts"
import { paths } from "../../paths.ts"
import { Browser } from "../../portal/sign-in/browser.ts"
import { type OpenedWeb, openWeb } from "../../server.ts"

let story: Story
let web: OpenedWeb

before(async () => {
  story = await openStory()
  web = await openWeb(story.cast.site, story.cast.db)
})
after(async () => {
  await web.close()
  await story.cast.close()
})

async function complete(login: string, outcome: string, checks: readonly string[] = []): Promise<void> {
  const { cast, hoaCase: caseId } = story
  const who = await cast.official(login)
  await cast.tx(who, (tx) => claimTask(tx, caseId))
  const { dossier } = await cast.tx(who, (tx) => getOpenCase(tx, caseId))
  await cast.tx(who, (tx) => completeTask(tx, { caseId, outcome, revision: dossier.revision, checks }))
}

test("an old proof opens the case but signs nothing; a fresh one signs", async () => {
  await complete("giang", "accept")
  await complete("khoa", "ok", ["identity", "statement", "duplicates", "name"])
  const path = paths.deskCase(story.hoaCase)
  const tam = new Browser(web, story.cast.site.origin)
  const people = await tam.go(path)
  const first = await tam.submit(people, people.url, { login: "tam" })
  const claimed = await tam.submit(first, paths.deskCaseClaim(story.hoaCase))
  assert.match(claimed.body, /value="signed"/)

  story.cast.clock.move(16 * 60_000)
  const later = await tam.go(path)
  assert.doesNotMatch(later.body, /value="signed"/)
  assert.match(later.body, /fresh=1/)
  const forced = await tam.submit(claimed, paths.deskCaseStep(story.hoaCase), { outcome: "signed" })
  assert.match(forced.url, /^\/demo-idp\/people\//, "signing leads to the identity provider")

  const again = await tam.submit(forced, forced.url, { login: "tam" })
  assert.equal(again.url, path)
  const signed = await tam.submit(again, paths.deskCaseStep(story.hoaCase), { outcome: "signed" })
  assert.equal(signed.status, 200)
  assert.doesNotMatch(signed.body, /value="signed"/)
})
