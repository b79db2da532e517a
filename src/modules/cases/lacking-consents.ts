// A form whose data come only with the person's consent: what it lacks, and the draft once it is given.
import { lackingConsent } from "#exchange"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { askedFor, fetchValues } from "./fetch-values.ts"
import { holdDraft, type OpenedDraft } from "./save-page.ts"
import { updateDraft } from "./store.drafts.ts"

export interface LackingConsent {
  /** Id of the fetch that waits. */
  readonly fetch: string
  /** Hash of the contract that asks for the consent. */
  readonly contract: string
}

/** The consents that the applicant could give so that registers answer. Those of other people are not theirs to give. */
export async function listConsentsLacking(tx: Tx, { draft, service, context }: OpenedDraft): Promise<LackingConsent[]> {
  const lacking: LackingConsent[] = []
  for (const fetch of service.form.fetches) {
    if (!draft.silent.includes(fetch.id)) continue
    const asked = askedFor(tx, service, draft.id, draft, fetch, context)
    if (!asked || asked.number !== context.applicant?.number) continue
    const contract = await lackingConsent(tx, asked)
    if (contract !== undefined) lacking.push({ fetch: fetch.id, contract })
  }
  return lacking
}

/** Asks again the registers that have not answered. Throws as getDraft, and `draft-changed`. */
export async function refreshDraft(tx: Tx, id: string, lang: string): Promise<void> {
  const { draft, service, context } = await holdDraft(tx, id, lang)
  if (draft.caseId) throw problem("draft-changed")
  const gathered = await fetchValues(tx, service, id, draft, context)
  if (!(await updateDraft(tx, { ...draft, ...gathered }))) throw problem("draft-changed")
}
