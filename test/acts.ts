// What people do with a case, in one line each: for tests that tell a story about the cast.
import assert from "node:assert/strict"
import {
  type Completion,
  claimTask,
  completeTask,
  type Dossier,
  getDraft,
  getMyCase,
  getOpenCase,
  openDraft,
  savePage,
  submitDraft,
} from "#cases"
import type { RawInput } from "#engines/form"
import type { Actor } from "#platform/db"
import type { Cast } from "./cast.ts"

export const BIRTH = "1.001193"
export const HOUSEHOLD_BUSINESS = "1.001612"
export const MARITAL_STATUS = "1.004873"
/** The checks that Cường ticks for a birth. */
export const BIRTH_CHECKS = ["identity", "statement", "duplicates", "name"]

export type Person = Extract<Actor, { kind: "person" }>

/** The names and declarations that no register knows of Lan's son. */
export const son: RawInput = {
  "child.familyName": "Phạm",
  "child.middleName": "Gia",
  "child.givenName": "Minh",
  "child.nationality": "VN",
  "child.ethnicity": "kinh",
  truth: "yes",
}

/** Thanh's noodle shop, all that no register knows of it. */
export const shop: RawInput = {
  "business.name": "Phở Thanh",
  "business.address.province": "01",
  "business.address.commune": "00004",
  "business.address.street": "Số 54 phố Đội Cấn",
  "business.phone": "0912345678",
  "business.workers": "2",
  "business.capital": "80.000.000",
  "lines.count": "1",
  "lines.0.name": "Bán phở",
  "lines.0.main": "yes",
  "household.isShared": "no",
  "agent.isUsed": "no",
  truth: "yes",
}

/** Who asks for the certificate of marital status and has lived in one place. */
export const alone: RawInput = { "use.purpose": "marriage", "lived.elsewhere": "no", truth: "yes" }
/** The same of somebody who has lived in Ba Đình before. */
export const moved: RawInput = {
  ...alone,
  "lived.elsewhere": "yes",
  "lived.address.province": "01",
  "lived.address.commune": "00004",
  "lived.address.street": "Số 3 phố Đội Cấn",
}

/** True for a problem of this code; tells which other it was. */
export const code = (expected: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, expected, String(error))
  return true
}

export function acts(cast: Cast) {
  const start = async (who: Actor, service = BIRTH) => (await cast.tx(who, (tx) => openDraft(tx, service, "vi"))).id

  /** Goes through the pages as they are reached, each with the same answers at hand, until all are right. */
  const fill = async (who: Actor, draftId: string, answers: RawInput): Promise<void> => {
    const { pages } = await cast.tx(who, (tx) => getDraft(tx, draftId, "vi"))
    let next: string | undefined = pages[0]!.id
    while (next) {
      const page: string = next
      const saved = await cast.tx(who, (tx) => savePage(tx, draftId, page, answers, "vi"))
      assert.deepEqual(saved.errors, [], `page ${page}`)
      next = saved.next
    }
  }
  const submit = async (who: Actor, draftId: string): Promise<Dossier> => {
    const done = await cast.tx(who, (tx) => submitDraft(tx, draftId, "vi"))
    assert.ok("dossier" in done, JSON.stringify(done))
    return done.dossier
  }
  const file = async (who: Actor, answers: RawInput = son, service = BIRTH): Promise<Dossier> => {
    const id = await start(who, service)
    await fill(who, id, answers)
    return submit(who, id)
  }
  const mine = async (who: Actor, caseId: string) => cast.tx(who, (tx) => getMyCase(tx, caseId))
  /** Claims the open task and answers it. */
  const complete = async (who: Actor, caseId: string, outcome: string, more: Partial<Completion> = {}) => {
    await cast.tx(who, (tx) => claimTask(tx, caseId))
    const { dossier } = await cast.tx(who, (tx) => getOpenCase(tx, caseId))
    return cast.tx(who, (tx) => completeTask(tx, { caseId, outcome, revision: dossier.revision, ...more }))
  }
  return { start, fill, submit, file, mine, complete }
}

export type Acts = ReturnType<typeof acts>
