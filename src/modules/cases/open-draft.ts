// Opens a draft: pins the published version and fetches what the state already knows.
import { append } from "#audit"
import { compiled, getService } from "#catalogue"
import { countryOf } from "#country"
import type { FormContext } from "#engines/form"
import { accountNumberOf } from "#identity"
import type { Actor, Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import type { Draft } from "./draft.ts"
import { fetchValues } from "./fetch-values.ts"
import { formContext } from "./form-context.ts"
import { insertDraft, lockDraftsOf, selectOpenDrafts } from "./store.drafts.ts"

const DAY_MS = 86_400_000

/** The signed-in person; drafts belong to people. Throws `not-signed-in` for anybody else. */
export function personOf(tx: Tx): Extract<Actor, { kind: "person" }> {
  if (tx.actor.kind !== "person") throw problem("not-signed-in")
  return tx.actor
}

/** The form's context for the signed-in person, whose number and name are known from the sign-in. */
export async function applicantContext(tx: Tx, lang: string): Promise<FormContext> {
  const person = personOf(tx)
  return formContext(tx, lang, { number: await accountNumberOf(tx, person.accountId), fullName: person.name })
}

/**
 * Opens a draft of the service's current version, or gives the one that the person has open already. Throws `not-found` for an unknown
 * service and `service-not-online` for one that can't be started here.
 */
export async function openDraft(tx: Tx, code: string, lang: string): Promise<Draft> {
  const { subject } = personOf(tx)
  const [service, , drafts] = await Promise.all([
    getService(tx, code),
    lockDraftsOf(tx, subject),
    selectOpenDrafts(tx, subject, tx.now),
  ])
  const open = drafts.find((d) => d.service === code && d.definition === service.hash)
  if (open) return open
  const definition = await compiled(tx, code, service.hash)
  if (!definition) throw problem("service-not-online")
  const context = await applicantContext(tx, lang)
  const id = newId(tx.now)
  const gathered = await fetchValues(tx, definition, id, { values: {}, fetched: {}, silent: [] }, context)
  const draft: Draft = {
    id,
    subject,
    service: code,
    definition: service.hash,
    carriedFrom: null,
    ...gathered,
    typed: {},
    revision: 1,
    lang,
    openedAt: tx.now,
    savedAt: tx.now,
    expiresAt: new Date(tx.now.getTime() + countryOf(tx).oneStop.draftDays * DAY_MS),
    caseId: null,
    agency: null,
  }
  await insertDraft(tx, draft)
  append(tx, { agency: "site", event: "draft-opened", subject, caseId: id, details: { service: code, version: service.hash } })
  return draft
}

/** The person's drafts that are still open, newest first. */
export function listDrafts(tx: Tx): Promise<Draft[]> {
  return selectOpenDrafts(tx, personOf(tx).subject, tx.now)
}
