// A birth filled in by a program: a draft ready to submit, for journeys about what comes after.
import assert from "node:assert/strict"
import { BIRTH } from "./birth-words.ts"
import type { Answer, Caller } from "./caller.ts"

const pages = [
  ["parents", {}],
  ["birth", {}],
  ["name", { "child.familyName": "Phạm", "child.givenName": "An", "child.nationality": "VN", "child.ethnicity": "kinh" }],
  ["declare", { truth: "yes" }],
] as const

export const locationOf = (answer: Answer): string => String(answer.headers.location ?? "")

/** Opens a draft of the birth service and gives its id. */
export async function openDraftOf(caller: Caller): Promise<string> {
  const started = await caller.post(`/start/${BIRTH}`, {}, `/services/${BIRTH}`)
  assert.equal(started.status, 303, started.body)
  return /^\/drafts\/([0-9a-f-]{36})\//.exec(locationOf(started))![1]!
}

/** A draft with every page answered; `answers` go before those of the table. */
export async function filledDraftOf(caller: Caller, answers: Readonly<Record<string, string>> = {}): Promise<string> {
  const draft = await openDraftOf(caller)
  for (const [page, fields] of pages) {
    const path = `/drafts/${draft}/${page}`
    const asked = /name="_asked" value="([^"]*)"/.exec((await caller.ask(path)).body)?.[1] ?? ""
    const saved = await caller.post(path, { _asked: asked, ...fields, ...answers })
    assert.equal(saved.status, 303, `${page}: ${saved.body}`)
  }
  return draft
}

/** Submits a draft and gives the id of its case. */
export async function submittedCaseOf(caller: Caller, draft: string): Promise<string> {
  const done = await caller.post(`/drafts/${draft}/check`, {})
  assert.equal(done.status, 303, done.body)
  const { body } = await caller.ask(`/drafts/${draft}/done`)
  return /href="\/my\/cases\/([0-9a-f-]{36})"/.exec(body)![1]!
}
