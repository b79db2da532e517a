// The applicant's answer to a supplement: one page with just what was asked; the clock starts again.
import { append } from "#audit"
import { handOverUploads } from "#documents"
import {
  checkAll,
  type Field,
  type FieldError,
  type Form,
  type FormContext,
  type FormValues,
  type Page,
  type RawInput,
  type RawTexts,
  rawOf,
  reachedFields,
  readPage,
  submission,
  visiblePages,
} from "#engines/form"
import { openStep } from "#engines/process"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import type { Supplement } from "./dossier.ts"
import { type CaseFile, getMyCase } from "./find-cases.ts"
import { move } from "./move.ts"
import { applicantContext, personOf } from "./open-draft.ts"
import { markAnswered } from "./store.ts"

const SUPPLEMENT_PAGE = "supplement"
/** How often an answer may lead to further questions on one page. */
const TURNS_MAX = 5

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
  const asked = new Set(supplement.items.map((item) => item.field))
  const fields = reachedIn(file, file.dossier.values, context).filter((field) => asked.has(field.id))
  return { file, supplement, context, page: { id: SUPPLEMENT_PAGE, title: {}, fields: fields.map(demanded), checks: [] } }
}

/** The texts to put into the inputs at first: the answers as they stand. */
export const supplementTexts = ({ file, page, context }: OpenSupplement): RawTexts =>
  rawOf(file.service.form, page, file.dossier.values, context)

const reachedIn = ({ service: { form } }: CaseFile, values: FormValues, context: FormContext): Field[] =>
  visiblePages(form, values, context).flatMap((page) => reachedFields(form, page, values, context))

const demanded = (field: Field): Field => ({ ...field, optional: false })

export interface SupplementAnswered {
  readonly errors: readonly FieldError[]
  readonly raw: RawTexts
  /** The page is to be drawn anew: a button inside it was used, or an answer leads to more that has to be told. */
  readonly again: boolean
  /** The page as it is to be drawn, with what an answer has led to. */
  readonly page: Page
}

/**
 * Answers the open supplement. Errors are values and change nothing. What was asked has to be told, and whatever follows from it: the
 * answers together must be ones that could be submitted. Answered twice, the second answer finds `supplement-not-open`.
 */
export async function answerSupplement(tx: Tx, caseId: string, raw: RawInput, lang: string): Promise<SupplementAnswered> {
  const open = await getOpenSupplement(tx, caseId, lang)
  const { file, supplement } = open
  const { dossier } = file
  const { values, ...answered } = readAnswer(open, raw)
  if (answered.errors.length > 0 || answered.again) return answered
  const step = openStep(file.service.process, dossier.process)
  if (step?.kind !== "supplement" || !(await markAnswered(tx, dossier.agency, supplement.id)))
    throw problem("supplement-not-open")
  await handOverUploads(tx, { draftId: dossier.id, caseId: dossier.id, agency: dossier.agency })
  await move(tx, file, { step: step.id, outcome: "answer", by: personOf(tx).subject, roles: ["applicant"] }, { values })
  append(tx, {
    agency: dossier.agency,
    event: "supplement-answered",
    subject: dossier.subject,
    caseId: dossier.id,
    details: { code: dossier.code, items: supplement.items.length },
  })
  return answered
}

/** Reads the page; it grows by the fields that its answers make necessary, until nothing is missing that wasn't before. */
function readAnswer({ file, page, context }: OpenSupplement, raw: RawInput): SupplementAnswered & { values: FormValues } {
  const { form } = file.service
  const before = file.dossier.values
  const known = new Set(checkAll(form, before, context).map(nameOf))
  for (let grown = page, turn = 0; ; turn++) {
    const reading = readPage(form, grown, raw, before, context)
    const { errors, again } = reading
    const values = submission(form, reading.values, context)
    const fresh = errors.length > 0 || again ? [] : checkAll(form, values, context).filter((e) => !known.has(nameOf(e)))
    const onPage = new Set(grown.fields.map((field) => field.id))
    const missing = new Set(fresh.map((e) => fieldOf(form, e)).filter((id) => id !== undefined && !onPage.has(id)))
    if (missing.size === 0 || turn === TURNS_MAX)
      return { values, page: grown, raw: reading.raw, errors: [...errors, ...fresh], again }
    const further = reachedIn(file, values, context).filter((field) => missing.has(field.id))
    grown = { ...grown, fields: [...grown.fields, ...further] }
  }
}

const nameOf = (error: FieldError): string => `${error.field} ${error.code}`

/** The field of a mistake; one in a group's entry (`lines.0.name`) is the group's. */
const fieldOf = (form: Form, { field }: FieldError): string | undefined =>
  [...form.fields.keys()].find((id) => field === id || field.startsWith(`${id}.`))
