// A draft whose version may be filed no more goes on under the one in force: nothing typed is lost, and what differs is told.
import { append } from "#audit"
import { type Change, compiled, differencesOf, findService, getVersion, mayBeFiled } from "#catalogue"
import type { Form, FormContext } from "#engines/form"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import type { Draft } from "./draft.ts"
import { fetchValues } from "./fetch-values.ts"
import { findMovedTo, updateDraft } from "./store.drafts.ts"

/**
 * The version under which a draft is handed in: its own, as the person filled it in, until the service was ended, the version ran out, or a
 * plan moved its cases; then the one in force. Undefined when none is.
 */
export async function versionToFile(tx: Tx, { service, definition }: Draft): Promise<string | undefined> {
  const [isOpen, moved] = await Promise.all([mayBeFiled(tx, service, definition), findMovedTo(tx, service, definition)])
  return isOpen && moved === null ? definition : (await findService(tx, service))?.hash
}

/**
 * The draft under the version `to`: answers stay by the ids of their fields, also those that the new form does not ask; registers that the
 * new form reads otherwise are asked again. The caller holds the draft. Throws `service-not-online`, `draft-changed`.
 */
export async function carryDraft(tx: Tx, draft: Draft, to: string, context: FormContext): Promise<Draft> {
  const [before, after] = [await compiled(tx, draft.service, draft.definition), await compiled(tx, draft.service, to)]
  if (!before || !after) throw problem("service-not-online")
  const same = new Set(
    after.form.fetches.filter(({ id }) => readsOf(before.form, id) === readsOf(after.form, id)).map(({ id }) => id),
  )
  const fetched = Object.fromEntries(Object.entries(draft.fetched).filter(([id]) => same.has(id)))
  const silent = draft.silent.filter((id) => same.has(id))
  const gathered = await fetchValues(tx, after, draft.id, { values: draft.values, fetched, silent }, context)
  const carriedFrom = draft.carriedFrom ?? draft.definition
  const carried = { ...draft, ...gathered, definition: to, carriedFrom }
  if (!(await updateDraft(tx, carried))) throw problem("draft-changed")
  const details = { service: draft.service, version: to, before: draft.definition }
  append(tx, { agency: "site", event: "draft-carried", subject: draft.subject, caseId: draft.id, details })
  return { ...carried, revision: draft.revision + 1 }
}

/** What a form reads of a register, as a text to compare. */
const readsOf = ({ fetches, fields }: Form, id: string): string => {
  const fetch = fetches.find((one) => one.id === id)
  const bound = [...fields.values()].filter(({ binding }) => binding?.fetch === id)
  return JSON.stringify([fetch?.service, fetch?.keyCompiled.text, bound.map((field) => [field.id, field.binding])])
}

/** What the person finds otherwise than when they began; nothing where the version is their own. */
export async function changesSince(tx: Tx, { service, definition, carriedFrom }: Draft): Promise<readonly Change[]> {
  if (carriedFrom === null) return []
  const [before, after] = [await getVersion(tx, service, carriedFrom), await getVersion(tx, service, definition)]
  return differencesOf(before.definition, after.definition).filter(({ part }) => part !== "steps" && part !== "result")
}
