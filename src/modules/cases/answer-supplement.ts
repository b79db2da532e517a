// The applicant's answer to a supplement: one page with just what was asked; the clock starts again.
import { append } from "#audit"
import {
  type FieldError,
  type FormContext,
  type Page,
  type RawInput,
  type RawTexts,
  rawOf,
  reachedFields,
  readPage,
  visiblePages,
} from "#engines/form"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import type { Supplement } from "./dossier.ts"
import { type CaseFile, getMyCase } from "./find-cases.ts"
import { move } from "./move.ts"
import { applicantContext, personOf } from "./open-draft.ts"
import { markAnswered } from "./store.ts"

const SUPPLEMENT_PAGE = "supplement"

export interface OpenSupplement {
  readonly file: CaseFile
  readonly supplement: Supplement
  /** A page made of the fields that were asked for; each has to be answered now. */
  readonly page: Page
  readonly context: FormContext
}

/** The supplement that waits for the signed-in applicant. Throws `supplement-not-open` when none does. */
export async function getOpenSupplement(tx: Tx, caseId: string, lang: string): Promise<OpenSupplement> {
  const file = await getMyCase(tx, caseId)
  const supplement = file.supplements.find((s) => s.answeredAt === null)
  if (!supplement || file.dossier.closedAt) throw problem("supplement-not-open")
  const context = await applicantContext(tx, lang)
  return { file, supplement, context, page: pageOfItems(file, supplement, context) }
}

/** The texts to put into the inputs at first: the answers as they stand. */
export const supplementTexts = ({ file, page, context }: OpenSupplement): RawTexts =>
  rawOf(file.service.form, page, file.dossier.values, context)

function pageOfItems({ service, dossier }: CaseFile, { items }: Supplement, context: FormContext): Page {
  const asked = new Set(items.map((item) => item.field))
  const fields = visiblePages(service.form, dossier.values, context)
    .flatMap((page) => reachedFields(service.form, page, dossier.values, context))
    .filter((field) => asked.has(field.id))
    .map((field) => ({ ...field, optional: false }))
  return { id: SUPPLEMENT_PAGE, title: {}, fields, checks: [] }
}

export type SupplementAnswered = { readonly errors: readonly FieldError[]; readonly raw: RawTexts; readonly again: boolean }

/**
 * Answers the open supplement. Errors are values and change nothing. Answered twice, the second answer finds `supplement-not-open`.
 */
export async function answerSupplement(tx: Tx, caseId: string, raw: RawInput, lang: string): Promise<SupplementAnswered> {
  const { file, supplement, page, context } = await getOpenSupplement(tx, caseId, lang)
  const { dossier, service } = file
  const reading = readPage(service.form, page, raw, dossier.values, context)
  if (reading.errors.length > 0 || reading.again) return { errors: reading.errors, raw: reading.raw, again: reading.again }
  const open = [...service.process.steps.values()].find((s) => s.id === dossier.process.at)
  if (open?.kind !== "supplement") throw problem("supplement-not-open")
  await markAnswered(tx, dossier.agency, supplement.id)
  const event = { step: open.id, outcome: "answer", by: personOf(tx).accountId, roles: ["applicant"] }
  await move(tx, file, event, { values: reading.values })
  append(tx, {
    agency: dossier.agency,
    event: "supplement-answered",
    subject: dossier.subject,
    caseId: dossier.id,
    details: { code: dossier.code, items: supplement.items.length },
  })
  return { errors: [], raw: reading.raw, again: false }
}
