// Submits a draft: takes the code, starts the process and the clock, tells the applicant; the same draft never becomes two cases.
import { append } from "#audit"
import { handOverUploads } from "#documents"
import { type FieldError, submission } from "#engines/form"
import { start } from "#engines/process"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import { versionToFile } from "./carry-draft.ts"
import { calendarVersion, dueOf } from "./clock.ts"
import { getCompetentAgency } from "./competent-agency.ts"
import { type Dossier, status } from "./dossier.ts"
import { takeDossierCode } from "./dossier-code.ts"
import { feeDue } from "./fee-due.ts"
import { applyEffects, together } from "./move.ts"
import { openCorrections } from "./open-corrections.ts"
import { carried, errorsOf, holdDraft, type OpenedDraft } from "./save-page.ts"
import { markSubmitted } from "./store.drafts.ts"
import { findDossier, insertDossier, insertEvent } from "./store.ts"
import { tellApplicant } from "./tell-applicant.ts"

/** What a submission gives: the case; or the errors that stand in its way, none where the person must look at another version first. */
export type Submitted = { readonly dossier: Dossier } | { readonly errors: readonly FieldError[] }

/**
 * Submits a draft of the signed-in person. Idempotent: a draft that was submitted gives its case again. Everything is checked against the
 * server's own copy; nothing of the client is trusted. Throws `no-competent-agency` when no agency here may take the case, `service-ended`
 * when no version may be filed any more.
 */
export async function submitDraft(tx: Tx, draftId: string, lang: string): Promise<Submitted> {
  const held = await holdDraft(tx, draftId, lang)
  if (held.draft.caseId) return { dossier: await submittedAs(tx, held.draft.caseId) }
  const to = await versionToFile(tx, held.draft)
  if (to === undefined) throw problem("service-ended")
  const open = await carried(tx, held, to)
  if (open !== held) return { errors: errorsOf(open) } // the person has not seen what is otherwise
  const errors = errorsOf(open)
  if (errors.length > 0) return { errors }
  const dossier = await file(tx, open)
  append(tx, {
    agency: dossier.agency,
    event: "case-submitted",
    subject: dossier.subject,
    caseId: dossier.id,
    details: { code: dossier.code, service: dossier.service },
  })
  return { dossier }
}

async function submittedAs(tx: Tx, caseId: string): Promise<Dossier> {
  const dossier = await findDossier(tx, caseId)
  if (!dossier) throw problem("case-not-found")
  return dossier
}

async function file(tx: Tx, { draft, service, context }: OpenedDraft): Promise<Dossier> {
  const agency = getCompetentAgency(tx, service.definition, draft.values)
  const begun = start(service.process)
  const id = newId(tx.now)
  const values = submission(service.form, draft.values, context)
  const { due } = dueOf(tx, agency, service.definition, tx.now, [])
  const [, , code] = await Promise.all([
    markSubmitted(tx, draft, agency.id, id),
    handOverUploads(tx, { draftId: draft.id, caseId: id, agency: agency.id }),
    takeDossierCode(tx, agency, context.today),
  ])
  const filed: Dossier = {
    agency: agency.id,
    id,
    code,
    subject: draft.subject,
    applicant: tx.actor.kind === "person" ? tx.actor.name : "",
    service: draft.service,
    definition: draft.definition,
    status: status.filed,
    moneyState: feeDue(service.definition) ? "due" : "none",
    deliveryState: "pending",
    syncState: "local",
    process: begun.state,
    values,
    revision: 1,
    lang: draft.lang,
    submittedAt: tx.now,
    dueAt: due,
    calendar: calendarVersion(tx),
    suspensions: [],
    facts: {},
    closedAt: null,
  }
  const { writes } = applyEffects(tx, { dossier: filed, service, agency }, filed, [
    { effect: "produce-form", step: "", form: "01" },
    ...begun.effects,
  ])
  await together([
    () => insertDossier(tx, filed),
    ...writes,
    () => insertEvent(tx, agency.id, id, { code: "submitted", params: { code }, actor: filed.applicant }),
    () => tellApplicant(tx, filed, "case-submitted"),
  ])
  await openCorrections(tx, { ...filed, values: draft.values }, { draft, service, context, pages: [] })
  return filed
}
